import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendLedger } from '../../../src/adapters/postgres/append-ledger.ts';
import { postgresBuyerStore } from '../../../src/adapters/postgres/buyer-store.ts';
import { inTransaction } from '../../../src/adapters/postgres/database.ts';
import { postgresExtortionStore } from '../../../src/adapters/postgres/extortion-store.ts';
import { postgresIntakeStore } from '../../../src/adapters/postgres/intake-store.ts';
import { isKeptApart } from '../../../src/adapters/postgres/kept-apart.ts';
import { postgresStandingAppealStore } from '../../../src/adapters/postgres/standing-appeal-store.ts';
import { appealFindings, appealStanding } from '../../../src/pipeline/appeal-standing.ts';
import { reportBuyer } from '../../../src/pipeline/buyer-reports.ts';
import { postgresKybStore } from '../../../src/adapters/postgres/kyb-store.ts';
import { postgresLedgerStore } from '../../../src/adapters/postgres/ledger-store.ts';
import { reversalClaims } from '../../../src/adapters/postgres/reversal-claims.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import { loadRuleset } from '../../../src/app/load-ruleset.ts';
import { PROJECT_PATHS } from '../../../src/app/project-paths.ts';
import { createCreditModel } from '../../../src/credit/credit-moment.ts';
import { entriesForPenalty } from '../../../src/credit/decision-entries.ts';
import type { CreditReport } from '../../../src/domain/credit.ts';
import { contentDigest } from '../../../src/pipeline/content-digest.ts';
import { creditReportsFrom, refreshCredit, type CreditRules } from '../../../src/pipeline/credit-reports.ts';
import { lostWindows } from '../../../src/pipeline/lost-windows.ts';
import { remindKyb } from '../../../src/pipeline/remind-kyb.ts';
import { replayCredit } from '../../../src/pipeline/replay-credit.ts';
import { reportExtortion } from '../../../src/pipeline/report-extortion.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-06-15T12:00:00Z');

describe('a ledger', () => {
  let database: TestDatabase;
  let rules: CreditRules;
  let settings: Awaited<ReturnType<typeof loadRuleset>>['settings']['credit.yaml'];
  let nowMs = NOW_MS;
  const clock = { nowMs: () => nowMs };

  beforeAll(async () => {
    database = await openTestDatabase();
    const ruleset = await loadRuleset(PROJECT_PATHS.rules);
    settings = ruleset.settings['credit.yaml'];
    rules = { model: createCreditModel(settings), rulesetDigest: ruleset.digest };
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    nowMs = NOW_MS;
    await database.clear();
  });

  const ledger = () => postgresLedgerStore(database.prisma, uuidSource);
  const reports = () => creditReportsFrom(ledger(), () => rules);
  const store = async (items: readonly { kind: 'SELLER' | 'ACCOUNT' | 'REVIEW' | 'ORDER'; item: object }[]) => {
    const subjects = items.map((one) => ({ ...one, contentSha256: contentDigest(one.item) }));
    for (const subject of subjects)
      await postgresIntakeStore(database.prisma, uuidSource).store([subject as never], NOW_MS);
  };
  const seller = (id: string, legalId: string, fields: object = {}) => ({
    kind: 'SELLER' as const,
    item: {
      id,
      legalId,
      storeName: id,
      registeredAt: '2020-01-01T00:00:00Z',
      kyb: 'VERIFIED',
      ownBrands: [],
      ...fields,
    },
  });
  const account = (id: string, sellerId?: string) => ({
    kind: 'ACCOUNT' as const,
    item: {
      id,
      kind: sellerId === undefined ? 'BUYER' : 'SELLER',
      ...(sellerId === undefined ? {} : { sellerId }),
      registeredAt: '2024-01-01T00:00:00Z',
      identifiers: [],
      sessions: [],
    },
  });
  const penalise = (legalId: string, decisionId: string, atMs: number, points = 12) =>
    inTransaction(database.prisma, (tx) =>
      appendLedger(tx, [
        {
          sellerLegalId: legalId,
          subjectRef: 'LISTING/l-1',
          build: () =>
            entriesForPenalty({
              decisionId,
              subject: { kind: 'LISTING', id: 'l-1' },
              violationType: 'IP_TM_COUNTERFEIT_GOODS',
              points,
              strikes: 1,
              effectiveAtMs: atMs,
              recordedAtMs: atMs,
              sellerLegalId: legalId,
              why: 'Counterfeit goods.',
              rulesetVersion: rules.rulesetDigest,
            }),
        },
      ]),
    );
  const decide = (fields: object) =>
    database.prisma.decision.create({
      data: {
        id: uuidSource.next(),
        subjectKind: 'CLUSTER',
        subjectId: 'c-1',
        outcome: 'REVIEW',
        actions: [],
        automation: 'NOT_AUTOMATED',
        decidedBy: 'p-1',
        reason: 'CONFIRMED',
        rulesetDigest: rules.rulesetDigest,
        payload: {},
        decidedAt: new Date(NOW_MS - 5 * DAY_MS),
        ...fields,
      },
    });
  const reportAt = (sellerId: string, asOfMs: number, knownAtMs = asOfMs) =>
    reports().report(sellerId, { asOfMs, knownAtMs }) as Promise<CreditReport>;

  it('gives a won appeal the score as if the penalty had never been, and lists what was lost', async () => {
    await store([seller('s-1', 'le-1')]);
    const before = await reportAt('s-1', NOW_MS);
    await penalise('le-1', 'd-1', NOW_MS - 20 * DAY_MS);
    expect(await reportAt('s-1', NOW_MS)).toMatchObject({ penaltyPoints: 12, strikes: 1, tier: 'WATCH' });
    const order = {
      decisionId: 'd-1',
      reversalId: 'appeal-1',
      legalIds: ['le-1'],
      why: 'The appeal was won.',
      gist: { code: 'REVERSED', values: {} } as const,
      rulesetVersion: rules.rulesetDigest,
      nowMs: NOW_MS - 10 * DAY_MS,
    };
    const reverse = () =>
      inTransaction(database.prisma, async (tx) => appendLedger(tx, await reversalClaims(tx, order)));
    await reverse();
    await reverse();
    expect(await database.prisma.creditEntry.count({ where: { kind: 'REVERSAL' } })).toBe(2);
    const { score, tier, penaltyPoints, strikes } = await reportAt('s-1', NOW_MS);
    expect({ score, tier, penaltyPoints, strikes }).toEqual({
      score: before.score,
      tier: before.tier,
      penaltyPoints: 0,
      strikes: 0,
    });
    // What was known before the appeal is still told as it was.
    expect(await reportAt('s-1', NOW_MS - 15 * DAY_MS)).toMatchObject({ penaltyPoints: 12 });
    expect(await reportAt('s-1', NOW_MS - 15 * DAY_MS, NOW_MS)).toMatchObject({ penaltyPoints: 0 });
    const window = (id: string, daysAgo: number) => ({
      id,
      fromMs: NOW_MS - daysAgo * DAY_MS,
      untilMs: NOW_MS - (daysAgo - 1) * DAY_MS,
    });
    const lost = await lostWindows({ ledger: ledger(), rules, clock }, 's-1', [
      window('spring', 30),
      window('summer', 15),
    ]);
    expect(lost!.periods).toMatchObject([
      { wasTier: 'WATCH', rightTier: 'NEW', lost: expect.arrayContaining(['CAMPAIGNS']) },
    ]);
    expect(lost!.campaigns.map(({ id }) => id)).toEqual(['summer']);
  });

  it('binds those whom people found to be one hand, from the decision on and until it is taken back', async () => {
    await store([seller('s-1', 'le-1'), seller('s-2', 'le-2'), account('a-1', 's-1'), account('a-2', 's-2')]);
    await database.prisma.account.updateMany({ data: { clusterId: 'c-1' } });
    await penalise('le-1', 'd-1', NOW_MS - 20 * DAY_MS);
    expect(await reportAt('s-2', NOW_MS)).toMatchObject({ penaltyPoints: 0 });
    await decide({ memberAccountIds: ['a-1', 'a-2'] });
    expect(await reportAt('s-2', NOW_MS)).toMatchObject({ penaltyPoints: 12, linkedLegalIds: ['le-1'] });
    expect(await reportAt('s-2', NOW_MS, NOW_MS - 6 * DAY_MS)).toMatchObject({ penaltyPoints: 0 });
    await refreshCredit(ledger(), rules, clock);
    const snapshot = await database.prisma.creditSnapshot.findUniqueOrThrow({ where: { sellerId: 's-2' } });
    expect(snapshot.tier).toBe('WATCH');
    await database.prisma.decision.updateMany({ data: { reversedAt: new Date(NOW_MS - DAY_MS) } });
    expect(await reportAt('s-2', NOW_MS)).toMatchObject({ penaltyPoints: 0 });
  });

  it('binds nobody whom the deciding person let go as somebody else', async () => {
    await store([seller('s-1', 'le-1'), seller('s-2', 'le-2'), account('a-1', 's-1'), account('a-2', 's-2')]);
    await database.prisma.account.updateMany({ data: { clusterId: 'c-1' } });
    await penalise('le-1', 'd-1', NOW_MS - 20 * DAY_MS);
    await database.prisma.$executeRaw`
      INSERT INTO "case" (id, "caseKey", state, queue, severity, "violationType", priority, "subjectKind", "subjectId",
        summary, "openedAt", "dueAt", "priorReviewers")
      VALUES ('k-1', 'k', 'APPEALABLE', 'general', 'S3', 'ACC_SOCK_PUPPET_VPN', 1, 'CLUSTER', 'c-1', 's', now(), now(), '{}')`;
    await database.prisma.$executeRaw`
      INSERT INTO case_decision (id, "caseId", state, "decidedBy", "decidedByName", "decidedAt", "undoUntil", reason,
        actions, automation, request, queue, severity, "rulesetDigest")
      VALUES ('cd-1', 'k-1', 'IN_FORCE', 'p-1', 'Ann', now(), now(), 'CONFIRMED', '{}', 'NOT_AUTOMATED',
        '{"keepMemberIds": ["a-2"]}', 'general', 'S3', 'r')`;
    await decide({ memberAccountIds: ['a-1', 'a-2'], decidedAt: new Date(NOW_MS - 6 * DAY_MS) });
    await decide({ memberAccountIds: ['a-1'], caseDecisionId: 'cd-1' });
    expect(await reportAt('s-2', NOW_MS)).toMatchObject({ penaltyPoints: 0 });
    const kept = [await isKeptApart(database.prisma, 'a-1'), await isKeptApart(database.prisma, 'a-2')];
    expect(kept).toEqual([false, true]);
    expect(await postgresBuyerStore(database.prisma).record('a-2', NOW_MS)).toMatchObject({
      isClusterConfirmed: false,
    });
    expect(await postgresBuyerStore(database.prisma).record('a-1', NOW_MS)).toMatchObject({ isClusterConfirmed: true });
    await database.prisma.$executeRaw`UPDATE case_decision SET request = '{}'`;
    expect(await reportAt('s-2', NOW_MS)).toMatchObject({ penaltyPoints: 12 });
  });

  it('binds nobody who came to the cluster by suspicion alone, after people had judged the others', async () => {
    await store([seller('s-1', 'le-1'), seller('s-2', 'le-2'), seller('s-3', 'le-3')]);
    await store([account('a-1', 's-1'), account('a-2', 's-2'), account('a-3', 's-3')]);
    await penalise('le-1', 'd-1', NOW_MS - 20 * DAY_MS);
    await decide({ memberAccountIds: ['a-1', 'a-2'] });
    await database.prisma.account.updateMany({ where: { id: { not: 'a-2' } }, data: { clusterId: 'c-1' } });
    expect(await reportAt('s-3', NOW_MS)).toMatchObject({ penaltyPoints: 0 });
    // The two who were judged stay bound, though one has left what scans hold for the cluster.
    expect(await reportAt('s-2', NOW_MS)).toMatchObject({ penaltyPoints: 12, linkedLegalIds: ['le-1'] });
    const buyers = postgresBuyerStore(database.prisma);
    expect(await buyers.record('a-3', NOW_MS)).toMatchObject({ isClusterConfirmed: false, clusterSize: 2 });
    expect(await buyers.record('a-1', NOW_MS)).toMatchObject({ isClusterConfirmed: true, clusterSize: 2 });
  });

  it('counts for INFORM what was sold new to the United States and not cancelled', async () => {
    const listing = (id: string, condition?: string) => ({
      kind: 'LISTING' as const,
      uploads: [],
      item: {
        id,
        sellerId: 's-1',
        title: id,
        description: '',
        niceClasses: [],
        attributes: {},
        priceMinor: 2_600,
        currency: 'USD',
        destinations: [],
        pictures: [],
        createdAt: '2026-01-01T00:00:00Z',
        ...(condition === undefined ? {} : { condition }),
      },
    });
    await store([seller('s-1', 'le-1', { kyb: 'PENDING', destinations: ['US'] }), account('b-1')]);
    await store([listing('l-new', 'NEW'), listing('l-used', 'USED'), listing('l-silent')] as never);
    const sell = async (count: number, listingId: string, fields: object = {}) =>
      store(
        Array.from({ length: count }, () => ({
          kind: 'ORDER' as const,
          item: {
            id: uuidSource.next(),
            listingId,
            sellerId: 's-1',
            accountId: 'b-1',
            valueMinor: 2_600,
            currency: 'USD',
            placedAt: new Date(NOW_MS - 5 * DAY_MS).toISOString(),
            handlingHours: 72,
            addressMatches: true,
            events: [],
            destination: 'US',
            ...fields,
          },
        })),
      );
    const kyb = postgresKybStore(database.prisma, () => settings.kyb.inform);
    const counted = async () =>
      (await kyb.seller('s-1', NOW_MS))!.facts.dailySales.reduce((sum, { sales }) => sum + sales, 0);
    await sell(3, 'l-new');
    await sell(2, 'l-silent', { destination: undefined });
    expect(await counted()).toBe(5);
    await sell(4, 'l-used');
    await sell(4, 'l-new', { destination: 'DE' });
    await sell(1, 'l-new', { events: [{ id: 'e-1', type: 'CANCELLED', at: '2026-06-14T00:00:00Z' }] });
    expect(await counted()).toBe(5);
    await sell(1, 'l-new', { currency: 'XOF' });
    expect((await kyb.seller('s-1', NOW_MS))!.facts.dailySales).toMatchObject([{ sales: 6, isValueKnown: false }]);
  });

  it('is replayed every night: agrees with what was stored, and raises an alarm where somebody changed it', async () => {
    await store([seller('s-1', 'le-1'), seller('s-2', 'le-2')]);
    await penalise('le-1', 'd-1', NOW_MS - DAY_MS);
    await refreshCredit(ledger(), rules, clock);
    const ports = { ledger: ledger(), clock, rules, rulesOf: async () => undefined };
    nowMs += DAY_MS;
    expect(await replayCredit(ports)).toMatchObject({ sellers: 2, compared: 2, faults: [] });
    const row = await database.prisma.creditSnapshot.findUniqueOrThrow({ where: { sellerId: 's-1' } });
    await database.prisma.creditSnapshot.update({
      where: { sellerId: 's-1' },
      data: { report: { ...(row.report as object), score: 999 } },
    });
    nowMs += DAY_MS;
    const replay = await replayCredit(ports);
    expect(replay.faults).toMatchObject([{ kind: 'DIFFERS', sellerId: 's-1', stored: { score: 999 } }]);
    expect(await database.prisma.event.count({ where: { type: 'assay.credit.replay-differs' } })).toBe(1);
    nowMs += DAY_MS;
    expect(await replayCredit(ports)).toMatchObject({ faults: [] });
    // A ledger that somebody changed past the trigger: the alarm comes back every night, and its score is not taken over.
    const scoreOf = async () =>
      (await database.prisma.creditSnapshot.findUniqueOrThrow({ where: { sellerId: 's-1' } })).report;
    const before = await scoreOf();
    await database.prisma.$transaction([
      database.prisma.$executeRaw`ALTER TABLE credit_entry DISABLE TRIGGER USER`,
      database.prisma
        .$executeRaw`UPDATE credit_entry SET payload = jsonb_set(payload, '{points}', '1') WHERE "legalId" = 'le-1'`,
      database.prisma.$executeRaw`ALTER TABLE credit_entry ENABLE TRIGGER USER`,
    ]);
    for (let night = 0; night < 2; night += 1) {
      nowMs += DAY_MS;
      const { faults } = await replayCredit(ports);
      expect(faults).toContainEqual(expect.objectContaining({ kind: 'CHAIN_BROKEN', legalId: 'le-1' }));
      expect(await scoreOf()).toEqual(before);
    }
  });

  it('has all snapshots taken anew when the credit rules change, and tells whose rights changed', async () => {
    await store([seller('s-1', 'le-1')]);
    await ledger().useCreditRules('a'.repeat(64));
    await refreshCredit(ledger(), rules, clock);
    await ledger().useCreditRules('a'.repeat(64));
    expect(await ledger().staleEntities(10)).toEqual([]);
    await ledger().useCreditRules('b'.repeat(64));
    const tiers = settings.tiers.map((tier) =>
      tier.tier === 'NEW' ? { ...tier, eligibility: { ...tier.eligibility, campaigns: 'CLOSED' as const } } : tier,
    );
    await refreshCredit(ledger(), { ...rules, model: createCreditModel({ ...settings, tiers }) }, clock);
    const events = await database.prisma.event.findMany({ where: { type: 'assay.credit.eligibility-changed' } });
    expect(events).toMatchObject([{ subject: 'SELLER/s-1', data: { after: { campaigns: 'CLOSED' } } }]);
  });

  it('reminds once of what has to be done to know a seller', async () => {
    await store([
      seller('s-1', 'le-1', { kyb: 'MISSING', destinations: ['DE'] }),
      seller('s-2', 'le-2', { kyb: 'MISSING', destinations: ['US'] }),
    ]);
    const { kyb } = settings;
    const ports = {
      store: postgresKybStore(database.prisma, () => kyb.inform),
      clock,
      settings: () => kyb,
    };
    expect(await remindKyb(ports)).toBe(1);
    expect(await remindKyb(ports)).toBe(0);
    const events = await database.prisma.event.findMany();
    expect(events).toMatchObject([{ type: 'assay.kyb.reminder', subject: 'SELLER/s-1', data: { law: 'DSA_30' } }]);
    nowMs += 40 * DAY_MS;
    expect(await remindKyb(ports)).toBe(1);
  });

  it('knows a buyer by settled things alone, and brings a report of extortion to a person once', async () => {
    await store([
      seller('s-1', 'le-1'),
      account('b-1'),
      {
        kind: 'REVIEW',
        item: {
          id: 'r-1',
          listingId: 'l-1',
          sellerId: 's-1',
          accountId: 'b-1',
          stars: 1,
          text: 'Bad.',
          createdAt: '2026-06-01T00:00:00Z',
        },
      },
    ]);
    const buyers = postgresBuyerStore(database.prisma);
    expect(await buyers.record('b-1', NOW_MS)).toMatchObject({ reviews: 1, extortions: 0, clusterSize: 1 });
    const ports = {
      store: postgresExtortionStore(database.prisma, uuidSource),
      clock,
      ids: uuidSource,
      kickOutbox: () => {},
    };
    const told = { statement: 'Five stars for a second pair.', quotes: ['Or one star.'], reportedBy: 'key-1' };
    expect(await reportExtortion(ports, 'r-1', told)).toEqual({ status: 'saved', accountId: 'b-1' });
    expect(await reportExtortion(ports, 'r-1', told)).toMatchObject({ status: 'known' });
    const checks = await database.prisma.check.findMany({ where: { subjectKind: 'ACCOUNT', subjectId: 'b-1' } });
    expect(checks.filter(({ trigger }) => trigger.startsWith('extortion-report:'))).toHaveLength(1);
    await expect(reportExtortion(ports, 'r-9', told)).rejects.toMatchObject({ code: 'resource.not-found' });
    await decide({ subjectKind: 'ACCOUNT', subjectId: 'b-1', violationType: 'REV_BUYER_EXTORTION' });
    expect(await buyers.record('b-1', NOW_MS)).toMatchObject({ extortions: 1 });
  });

  it('brings a buyer’s appeal to a person, and counts no more what was settled where it is granted', async () => {
    await store([account('b-1')]);
    const buyers = { store: postgresBuyerStore(database.prisma), clock, settings: () => settings.buyer };
    const appeals = postgresStandingAppealStore(database.prisma, uuidSource);
    const ports = { store: appeals, buyers, ids: uuidSource, kickOutbox: () => {} };
    const told = { about: [], statement: 'I never wrote that.', submittedBy: 'key-1' };
    await expect(appealStanding(ports, 'b-1', told)).rejects.toMatchObject({ code: 'resource.conflict' });
    await decide({ subjectKind: 'ACCOUNT', subjectId: 'b-1', violationType: 'REV_BUYER_EXTORTION' });
    const before = await reportBuyer(buyers, 'b-1');
    expect(before).toMatchObject({ tier: 'UNRELIABLE', isAppealable: true, appealableLines: ['EXTORTION'] });
    await expect(appealStanding(ports, 'b-1', { ...told, about: ['FRAUD'] })).rejects.toMatchObject({
      code: 'resource.conflict',
    });
    expect(await appealStanding(ports, 'b-1', told)).toMatchObject({ state: 'OPEN', about: ['EXTORTION'] });
    await expect(appealStanding(ports, 'b-1', told)).rejects.toMatchObject({ code: 'resource.conflict' });
    expect(await database.prisma.check.count({ where: { trigger: { startsWith: 'standing-appeal:' } } })).toBe(1);
    expect(appealFindings(await appeals.list('b-1'), 0.5)).toMatchObject([{ violationType: 'SYS_STANDING_APPEAL' }]);
    // Open, it changes nothing; granted, the standing is as if the matter had never been settled; taken back, as before.
    expect(await reportBuyer(buyers, 'b-1')).toMatchObject({ score: before!.score });
    const ruling = { subjectKind: 'ACCOUNT', subjectId: 'b-1', violationType: 'SYS_STANDING_APPEAL' };
    const granted = await decide({ ...ruling, decidedAt: new Date(NOW_MS + 1_000) });
    expect(await appeals.list('b-1')).toMatchObject([{ state: 'GRANTED' }]);
    expect(appealFindings(await appeals.list('b-1'), 0.5)).toEqual([]);
    const after = await reportBuyer(buyers, 'b-1');
    expect(after).toMatchObject({ tier: 'NEW', isAppealable: false, record: { extortions: 0 } });
    expect(after!.lines.map(({ why }) => why).join(' ')).toContain('An appeal about EXTORTION was granted');
    await decide({
      subjectKind: 'ACCOUNT',
      subjectId: 'b-1',
      violationType: 'REV_BUYER_EXTORTION',
      decidedAt: new Date(NOW_MS + 5_000),
    });
    expect(await reportBuyer(buyers, 'b-1')).toMatchObject({ record: { extortions: 1 } });
    await database.prisma.decision.update({
      where: { id: granted.id },
      data: { reversedAt: new Date(NOW_MS + 9_000) },
    });
    expect(await reportBuyer(buyers, 'b-1')).toMatchObject({ record: { extortions: 2 } });
    expect(await appeals.list('b-1')).toMatchObject([{ state: 'OPEN' }]);
  });
});
