import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgresForgedPapersStore } from '../../../src/adapters/postgres/forged-papers-store.ts';
import { postgresIntakeStore } from '../../../src/adapters/postgres/intake-store.ts';
import { postgresLedgerStore } from '../../../src/adapters/postgres/ledger-store.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import { loadRuleset } from '../../../src/app/load-ruleset.ts';
import { PROJECT_PATHS } from '../../../src/app/project-paths.ts';
import { createCreditModel } from '../../../src/credit/credit-moment.ts';
import { contentDigest } from '../../../src/pipeline/content-digest.ts';
import { creditReportsFrom, refreshCredit } from '../../../src/pipeline/credit-reports.ts';
import { openForgedCases } from '../../../src/pipeline/open-forged-cases.ts';
import { replayCredit } from '../../../src/pipeline/replay-credit.ts';
import { decide } from '../../../src/policy/decide.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-06-15T12:00:00Z');

describe('what the marketplace says of papers', () => {
  let database: TestDatabase;
  let ruleset: Awaited<ReturnType<typeof loadRuleset>>;
  let nowMs = NOW_MS;
  const clock = { nowMs: () => nowMs };

  beforeAll(async () => {
    database = await openTestDatabase();
    ruleset = await loadRuleset(PROJECT_PATHS.rules);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    nowMs = NOW_MS;
    await database.clear();
  });

  const rules = () => ({
    model: createCreditModel(ruleset.settings['credit.yaml']),
    rulesetDigest: ruleset.digest,
  });
  const ledger = () => postgresLedgerStore(database.prisma, uuidSource);
  const reports = () => creditReportsFrom(ledger(), rules);
  const at = (asOfMs: number, knownAtMs = asOfMs) => reports().report('s-1', { asOfMs, knownAtMs });
  const say = async (kyb: string, fields: object = {}) => {
    const item = {
      id: 's-1',
      legalId: 'le-1',
      storeName: 's-1',
      country: 'DE',
      registeredAt: '2020-01-01T00:00:00Z',
      kyb,
      ownBrands: [],
      ...fields,
    };
    const subject = { kind: 'SELLER', item, contentSha256: contentDigest(item) };
    await postgresIntakeStore(database.prisma, uuidSource).store([subject as never], nowMs);
  };
  const openCases = () =>
    openForgedCases({
      store: postgresForgedPapersStore(database.prisma, uuidSource, () => ruleset.queues.priority),
      decide: (input) => decide(input, ruleset),
      claim01: () => ruleset.policy.claims.forgedPapers01,
      reports: reports(),
      clock,
    });

  it('is used for the score of the moment at which it was said', async () => {
    await say('VERIFIED');
    nowMs += 10 * DAY_MS;
    await say('FORGED');
    nowMs += DAY_MS;
    // Another change says nothing new of the papers.
    await say('FORGED', { storeName: 'Renamed' });
    nowMs += 10 * DAY_MS;
    await say('PENDING');
    nowMs += DAY_MS;
    expect(await database.prisma.sellerKyb.count()).toBe(3);
    expect(await at(NOW_MS + 5 * DAY_MS)).toMatchObject({ strikes: 0 });
    expect(await at(NOW_MS + 15 * DAY_MS)).toMatchObject({ strikes: 1, tier: 'WATCH' });
    // Of a past day, by what was known then.
    expect(await at(NOW_MS + 15 * DAY_MS, NOW_MS + 5 * DAY_MS)).toMatchObject({ strikes: 0 });
    expect(await at(nowMs)).toMatchObject({ strikes: 0 });
    // Before anything was said, what was said first.
    expect(await at(NOW_MS - DAY_MS)).toMatchObject({ strikes: 0 });
    await refreshCredit(ledger(), rules(), clock);
    expect(
      await replayCredit({ ledger: ledger(), clock, rules: rules(), rulesOf: async () => undefined }),
    ).toMatchObject({
      faults: [],
    });
  });

  it('brings forged papers to a person once, and once more where they are said to be forged again', async () => {
    await say('VERIFIED');
    expect(await openCases()).toBe(0);
    await say('FORGED');
    expect(await openCases()).toBe(1);
    await say('FORGED', { storeName: 'Renamed' });
    expect(await openCases()).toBe(0);
    const [opened] = await database.prisma.case.findMany();
    expect(opened).toMatchObject({
      state: 'QUEUED',
      queue: 'safety',
      severity: 'S4',
      violationType: 'ACC_FALSE_QUALIFICATION',
      subjectKind: 'SELLER',
      subjectId: 's-1',
      sellerId: 's-1',
      market: 'DE',
      dueAt: new Date(NOW_MS + 4 * 3_600_000),
    });
    expect(await database.prisma.event.findMany()).toMatchObject([
      { type: 'assay.case.opened', data: { caseId: opened!.id, sellerId: 's-1' } },
    ]);
    // Somebody has judged it; then the marketplace says so anew.
    await database.prisma.case.update({ where: { id: opened!.id }, data: { openKey: null, state: 'CLOSED' } });
    nowMs += DAY_MS;
    await say('VERIFIED');
    nowMs += DAY_MS;
    await say('FORGED');
    expect(await Promise.all([openCases(), openCases()]).then((counts) => counts.reduce((sum, one) => sum + one))).toBe(
      1,
    );
    expect(await database.prisma.case.count()).toBe(2);
  });

  it('leaves papers alone of which something else was said before anybody looked', async () => {
    await say('FORGED');
    nowMs += DAY_MS;
    await say('VERIFIED');
    expect(await openCases()).toBe(0);
  });
});
