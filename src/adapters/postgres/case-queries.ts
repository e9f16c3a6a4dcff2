import { z } from 'zod';
import type { CaseState } from '../../domain/case.ts';
import type { CreditTier } from '../../domain/credit.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { Severity, ViolationType } from '../../domain/violation.ts';
import type { CaseItemView, CaseSummary, CaseView } from '../../domain/views/case-view.ts';
import { decodeCursor, toPage } from '../../pipeline/page-cursor.ts';
import { WAITING_STATES, type CaseFilter, type Queries } from '../../pipeline/queries.ts';
import type { CaseGist } from '../../domain/views/case-gist-view.ts';
import { gistIn, readGists } from './case-gists.ts';
import { CHECK_PARTS, toCheckView } from './check-queries.ts';
import { type CaseClock, type CaseMoment, momentOf } from './case-clock.ts';
import { whereWithinReach } from './case-reach.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { readNames } from './read-names.ts';
import { readCaseAppeals } from './seller-appeal-views.ts';
import { readSeller } from './subject-queries.ts';
import { readSubjects, subjectName } from './read-subjects.ts';
import { unlessNull } from './stored-json.ts';

/** Items that a case page is given at most; a ring of more members is shown by its ring evidence. */
const MAX_ITEMS = 200;

/** Where a page of cases begins: after this priority, time of opening and id. */
const caseKey = z.tuple([z.number(), z.iso.datetime(), z.string()]);

export const WITH_COUNT = { _count: { select: { items: true } } } as const satisfies Prisma.CaseInclude;
export type CaseRow = Prisma.CaseGetPayload<{ include: typeof WITH_COUNT }>;

/** Reads cases in the order in which they are worked. */
export function caseQueries(database: Database, clock: CaseClock): Pick<Queries, 'cases' | 'case'> {
  return {
    async cases(filter, { limit, cursor }) {
      const { withGist, ...conditions } = filter;
      const rows = await database.case.findMany({
        where: {
          AND: [await conditionsOf(database, conditions, clock.nowMs()), cursor === undefined ? {} : after(cursor)],
        },
        include: WITH_COUNT,
        orderBy: [{ priority: 'desc' }, { openedAt: 'asc' }, { id: 'asc' }],
        take: limit + 1,
      });
      const names = await readNames(database, rows.flatMap(peopleOf));
      const gists =
        withGist === true
          ? await readGists(
              database,
              rows.map(({ id }) => id),
            )
          : new Map<string, CaseGist>();
      const moment = momentOf(clock);
      return toPage(rows, limit, {
        item: (row) => ({ ...toCaseSummary(row, moment, names), ...gistIn(gists, row.id) }),
        key: ({ priority, openedAt, id }) => [priority, openedAt.toISOString(), id],
      });
    },
    case: (id) => readCase(database, id, momentOf(clock)),
  };
}

async function conditionsOf(
  database: Database,
  filter: Omit<CaseFilter, 'withGist'>,
  nowMs: number,
): Promise<Prisma.CaseWhereInput> {
  const { states = WAITING_STATES, outcome, tier, holder, isOverdue, reach, ...rest } = filter;
  return {
    AND: [
      { ...rest, state: { in: [...states] } },
      holder === undefined ? {} : { leaseHolder: holder },
      isOverdue === true ? { dueAt: { lt: new Date(nowMs) } } : {},
      reach === undefined ? {} : whereWithinReach(reach),
      outcome === undefined ? {} : { items: { some: { check: { outcome } } } },
      tier === undefined ? {} : { sellerId: { in: await sellersOfTier(database, states, tier) } },
    ],
  };
}

/** Sellers of a tier who have a case in one of the states: these are few, however many sellers there are. */
async function sellersOfTier(database: Database, states: readonly CaseState[], tier: CreditTier): Promise<string[]> {
  const rows = await database.$queryRaw<{ sellerId: string }[]>`
    SELECT DISTINCT c."sellerId" FROM "case" c JOIN credit_snapshot s ON s."sellerId" = c."sellerId"
    WHERE c.state IN (${Prisma.join([...states])}) AND s.tier = ${tier}`;
  return rows.map(({ sellerId }) => sellerId);
}

function after(cursor: string): Prisma.CaseWhereInput {
  const [priority, openedAt, id] = decodeCursor(cursor, caseKey);
  return {
    // Said once more than needed: an index starts at a bound, but not at one of several.
    priority: { lte: priority },
    OR: [
      { priority: { lt: priority } },
      { priority, openedAt: { gt: openedAt } },
      { priority, openedAt, id: { gt: id } },
    ],
  };
}

/** Ids of the people that a case names. */
export const peopleOf = ({ leaseHolder, assigneeId }: Pick<CaseRow, 'leaseHolder' | 'assigneeId'>): string[] =>
  [leaseHolder, assigneeId].filter((id) => id !== null);

/** A case as lists show it. `names` gives those of the people that it names. */
export function toCaseSummary(row: CaseRow, moment: CaseMoment, names: ReadonlyMap<string, string>): CaseSummary {
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));
  return {
    id: row.id,
    caseKey: row.caseKey,
    state: row.state as CaseState,
    queue: row.queue,
    severity: row.severity as Severity,
    violationType: row.violationType as ViolationType,
    priority: row.priority,
    subject: { kind: row.subjectKind as SubjectKind, id: row.subjectId },
    ...unlessNull('sellerId', row.sellerId),
    ...unlessNull('markId', row.markId),
    summary: row.summary,
    itemCount: row._count.items,
    openedAt: row.openedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    ...unlessNull('closedAt', row.closedAt?.toISOString() ?? null),
    ...unlessNull('leaseHolder', row.leaseHolder),
    ...unlessNull('leaseHolderName', nameOf(row.leaseHolder)),
    ...unlessNull('leaseUntil', row.leaseUntil?.toISOString() ?? null),
    level: row.level,
    ...unlessNull('market', row.market),
    ...unlessNull('language', row.language),
    ...((row.neededSkills ?? []).length === 0 ? {} : { neededSkills: row.neededSkills }),
    ...unlessNull('assigneeId', row.assigneeId),
    ...unlessNull('assigneeName', nameOf(row.assigneeId)),
    ...unlessNull('holdReason', row.holdReason),
    sla: slaOf(row, moment),
    ...unlessNull('mergedIntoId', row.mergedIntoId),
  };
}

function slaOf({ state, openedAt, dueAt }: CaseRow, { nowMs, warnAt01 }: CaseMoment): CaseSummary['sla'] {
  if (!(WAITING_STATES as readonly string[]).includes(state)) return 'DONE';
  if (nowMs > dueAt.getTime()) return 'OVERDUE';
  const span = dueAt.getTime() - openedAt.getTime();
  return nowMs - openedAt.getTime() >= span * warnAt01 ? 'DUE_SOON' : 'IN_TIME';
}

async function readCase(database: Database, id: string, moment: CaseMoment): Promise<CaseView | undefined> {
  const row = await database.case.findUnique({
    where: { id },
    include: {
      ...WITH_COUNT,
      items: { orderBy: { addedAt: 'desc' }, take: MAX_ITEMS, include: { check: { include: CHECK_PARTS } } },
      events: { orderBy: { seq: 'asc' } },
    },
  });
  if (row === null) return undefined;
  const subjects = await readSubjects(
    database,
    row.items.map(({ check }) => check),
  );
  const items = row.items.map(({ addedAt, check }): CaseItemView => {
    const subject = subjects.get(subjectName(check));
    return {
      addedAt: addedAt.toISOString(),
      check: toCheckView(check),
      ...(subject === undefined ? {} : { subject }),
    };
  });
  const seller = row.sellerId === null ? undefined : await readSeller(database, row.sellerId);
  const actors = row.events.map(({ actor }) => actor);
  const names = await readNames(database, [...peopleOf(row), ...actors]);
  return {
    ...toCaseSummary(row, moment, names),
    fencingToken: row.fencingToken,
    items: items.reverse(),
    events: row.events.map(({ seq, at, actor, type, payload }) => ({
      seq,
      at: at.toISOString(),
      actor,
      ...unlessNull('actorName', names.get(actor) ?? null),
      type,
      payload,
    })),
    ...(seller === undefined ? {} : { seller }),
    appeals: await readCaseAppeals(database, id),
  };
}
