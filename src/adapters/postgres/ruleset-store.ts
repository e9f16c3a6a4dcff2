import type { RuleFile } from '../../policy/rule-file.ts';
import type { RulesetMoment, RulesetState } from '../../policy/ruleset-life.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type {
  BacktestProgress,
  NewRuleset,
  RecordedMove,
  RulesetMoved,
  RulesetStore,
  ShadowSummary,
  StoredRuleset,
  WantedMove,
} from '../../pipeline/ruleset-store.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { recordEvents } from './record-events.ts';
import { asStored, unlessNull } from './stored-json.ts';

/** Name of the lock of all moves, so that never two versions are in force. */
const MOVES_LOCK = 7_310_005;

/** Every version of the rules with its life. */
export function postgresRulesetStore(database: Database, ids: IdSource): RulesetStore {
  return {
    async list() {
      const rows = await database.ruleset.findMany({
        orderBy: { createdAt: 'desc' },
        omit: { files: true, tests: true },
      });
      return rows.map(toStored);
    },
    async find(digest) {
      const rows = await database.ruleset.findMany({ where: { digest: { startsWith: digest } }, take: 2 });
      const [row] = rows;
      if (row === undefined || rows.length > 1) return undefined;
      const texts = { files: asStored<RuleFile[]>(row.files), tests: asStored<RuleFile[]>(row.tests) };
      return { ...toStored(row), ...texts };
    },
    async inForce() {
      const rows = await database.ruleset.findMany({
        where: { state: { in: ['PUBLISHED', 'SHADOW'] } },
        select: { digest: true, state: true },
      });
      const digestOf = (state: RulesetState) => rows.find((row) => row.state === state)?.digest ?? null;
      return { ...unlessNull('published', digestOf('PUBLISHED')), ...unlessNull('shadow', digestOf('SHADOW')) };
    },
    async previous() {
      const where = { type: 'RETIRE', from: 'PUBLISHED' };
      return (await database.rulesetMove.findFirst({ where, orderBy: { id: 'desc' }, select: { digest: true } }))
        ?.digest;
    },
    submit: (version, nowMs) => inTransaction(database, (tx) => submit(tx, version, nowMs)),
    move: (wanted) => inTransaction(database, (tx) => move(tx, ids, wanted)),
    async moves(digest) {
      const rows = await database.rulesetMove.findMany({ where: { digest }, orderBy: { id: 'asc' } });
      return rows.map(({ id: _id, at, ...row }) => ({ ...row, atMs: at.getTime() }) as RecordedMove);
    },
    async backtestProgress(digest) {
      const row = await database.setting.findUnique({ where: { key: progressKey(digest) } });
      return row === null ? undefined : asStored<BacktestProgress>(row.value);
    },
    async noteBacktest(digest, progress) {
      const key = progressKey(digest);
      if (progress === undefined) return void (await database.setting.deleteMany({ where: { key } }));
      const data = { value: { ...progress }, updatedAt: new Date(progress.updatedAtMs) };
      await database.setting.upsert({ where: { key }, create: { key, ...data }, update: data });
    },
    async isLedByPeople() {
      return (await database.rulesetMove.count({ where: { type: { in: ['PUBLISH', 'ROLL_BACK'] } } })) > 0;
    },
    shadowSummary: (digest, examples) => readShadow(database, digest, examples),
  };
}

const progressKey = (digest: string): string => `rules.backtest.${digest}`;

type RulesetRow = Omit<Awaited<ReturnType<Transaction['ruleset']['findUniqueOrThrow']>>, 'files' | 'tests'>;

const toStored = (row: RulesetRow): StoredRuleset =>
  ({
    digest: row.digest,
    state: row.state as RulesetState,
    source: row.source as StoredRuleset['source'],
    authorId: row.authorId,
    authorName: row.authorName,
    note: row.note,
    wasPublished: row.wasPublished,
    createdAtMs: row.createdAt.getTime(),
    ...unlessNull('shadowSinceMs', row.shadowSince?.getTime() ?? null),
    ...unlessNull('publishedAtMs', row.publishedAt?.getTime() ?? null),
    ...unlessNull('testReport', asStored<StoredRuleset['testReport'] | null>(row.testReport) ?? null),
    ...unlessNull('backtest', asStored<StoredRuleset['backtest'] | null>(row.backtest) ?? null),
  }) as StoredRuleset;

const lockMoves = (tx: Transaction) => tx.$executeRaw`SELECT pg_advisory_xact_lock(${MOVES_LOCK})`;

async function submit(tx: Transaction, version: NewRuleset, nowMs: number): Promise<'stored' | 'known'> {
  await lockMoves(tx);
  const { digest, author, source, note, state } = version;
  const before = await tx.ruleset.findUnique({ where: { digest }, omit: { files: true, tests: true } });
  const isOpen =
    before === null ||
    before.state === 'DRAFT' ||
    before.state === 'CHECKED' ||
    (before.state === 'RETIRED' && !before.wasPublished);
  if (!isOpen) return 'known';
  const data = {
    tests: version.tests as object,
    state,
    source,
    authorId: author.id,
    authorName: author.name,
    // Handed in again without a word, it keeps what it was for.
    note: note === '' ? (before?.note ?? '') : note,
    testReport: version.testReport as object,
  };
  const createdAt = new Date(nowMs);
  await tx.ruleset.upsert({
    where: { digest },
    create: { digest, files: version.files as object, createdAt, ...data },
    update: data,
  });
  const from = before?.state ?? 'DRAFT';
  await recordMove(tx, { digest, type: 'SUBMIT', from, to: state, actor: author, note, nowMs });
  return before === null ? 'stored' : 'known';
}

async function move(tx: Transaction, ids: IdSource, wanted: WantedMove): Promise<RulesetMoved> {
  const { digest, type, actor, note, nowMs } = wanted;
  await lockMoves(tx);
  const row = await tx.ruleset.findUnique({ where: { digest }, omit: { files: true, tests: true } });
  if (row === null) return { kind: 'missing' };
  const others = await tx.ruleset.findMany({
    where: { state: { in: ['PUBLISHED', 'SHADOW'] }, digest: { not: digest } },
    select: { digest: true, state: true },
  });
  const inShadow = others.find(({ state }) => state === 'SHADOW')?.digest;
  const people = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT p.id FROM ruleset_move m JOIN person p ON p.id = m."byId"
    WHERE m.digest = ${digest} AND m.type IN ('SUBMIT', 'BACKTEST', 'BEGIN_SHADOW') ORDER BY p.id`;
  const moment: RulesetMoment = {
    digest,
    state: row.state as RulesetState,
    authorId: row.authorId,
    wasPublished: row.wasPublished,
    peopleIds: people.map(({ id }) => id),
    arePeopleKnown: (await tx.person.count({ where: { disabledAt: null } })) > 0,
  };
  const moved = wanted.decide(moment, inShadow);
  if (moved.kind === 'refused') return moved;
  const to = moved.moment.state;
  const now = new Date(nowMs);
  if (to === 'PUBLISHED')
    for (const { digest: retired } of others.filter(({ state }) => state === 'PUBLISHED')) {
      await tx.ruleset.update({ where: { digest: retired }, data: { state: 'RETIRED' } });
      const why = `gave way to ${digest.slice(0, 12)}`;
      await recordMove(tx, {
        digest: retired,
        type: 'RETIRE',
        from: 'PUBLISHED',
        to: 'RETIRED',
        actor,
        note: why,
        nowMs,
      });
    }
  await tx.ruleset.update({
    where: { digest },
    data: {
      state: to,
      wasPublished: moved.moment.wasPublished,
      ...(to === 'PUBLISHED' ? { publishedAt: now } : {}),
      ...(type === 'BEGIN_SHADOW' ? { shadowSince: now } : {}),
      ...(wanted.backtest === undefined ? {} : { backtest: wanted.backtest as object }),
    },
  });
  await recordMove(tx, { digest, type, from: moment.state, to, actor, note, nowMs });
  const data = { digest, type, from: moment.state, to, byId: actor.id, byName: actor.name, note };
  await recordEvents(tx, ids, [{ type: 'assay.ruleset.moved', subject: `RULESET/${digest}`, data }], now);
  return { kind: 'moved' };
}

async function recordMove(
  tx: Transaction,
  given: Pick<WantedMove, 'digest' | 'actor' | 'note' | 'nowMs'> & { type: string; from: string; to: string },
): Promise<void> {
  const { actor, nowMs, ...move } = given;
  await tx.rulesetMove.create({ data: { ...move, byId: actor.id, byName: actor.name, at: new Date(nowMs) } });
}

async function readShadow(database: Database, digest: string, examples: number): Promise<ShadowSummary> {
  const compared = await database.check.count({ where: { shadowDigest: digest } });
  const where = { rulesetDigest: digest };
  const groups = await database.shadowDifference.groupBy({ by: ['from', 'to'], where, _count: { _all: true } });
  const moves = groups
    .map(({ from, to, _count }) => ({ from, to, count: _count._all }))
    .toSorted((left, right) => right.count - left.count || (left.from + left.to < right.from + right.to ? -1 : 1));
  const rows = await database.shadowDifference.findMany({
    where,
    orderBy: [{ at: 'desc' }, { checkId: 'asc' }],
    take: examples,
  });
  return {
    compared,
    differed: moves.reduce((sum, { count }) => sum + count, 0),
    moves,
    examples: rows.map(({ rulesetDigest: _digest, at, sellerId, ...row }) => ({
      ...row,
      ...unlessNull('sellerId', sellerId),
      atMs: at.getTime(),
    })),
  };
}
