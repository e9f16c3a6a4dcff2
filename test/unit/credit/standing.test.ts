import { describe, expect, it } from 'vitest';
import { buyerStanding, type BuyerRecord } from '../../../src/credit/buyer-standing.ts';
import { createCreditModel } from '../../../src/credit/credit-moment.ts';
import { type KybFacts, kybDuties } from '../../../src/credit/kyb-duties.ts';
import { lostCampaigns, lostEligibility } from '../../../src/credit/lost-eligibility.ts';
import { createCreditSimulator } from '../../../src/credit/simulate-credit.ts';
import {
  DAY_MS,
  entriesOf,
  entryOf,
  NOW_MS,
  penaltyOf,
  reversalOf,
  scoreOf,
  shippedModel,
  strikeOf,
} from './ledger-fixtures.ts';

const { settings } = shippedModel;
const good = (count: number, ageDays = 10) => entriesOf(count, ageDays);
const youngContext = { registeredAtMs: NOW_MS - 89 * DAY_MS, kyb: 'VERIFIED' } as const;

describe('a tier', () => {
  it.each([
    ['nothing but good, for long', good(300, 20), {}, 'EXCELLENT'],
    ['too little evidence', good(20, 10), {}, 'NEW'],
    ['an account of 89 days', good(300, 20), { context: youngContext }, 'NEW'],
    [
      'a missing verification',
      good(300, 20),
      { context: { ...youngContext, registeredAtMs: 0, kyb: 'MISSING' } },
      'STANDARD',
    ],
    ['forged papers', good(300, 20), { context: { ...youngContext, registeredAtMs: 0, kyb: 'FORGED' } }, 'WATCH'],
    ['three penalty points', [...good(300, 20), penaltyOf(20, 3)], {}, 'GOOD'],
    ['six penalty points', [...good(300, 20), penaltyOf(20, 6)], {}, 'STANDARD'],
    ['twelve penalty points', [...good(300, 20), penaltyOf(20, 12)], {}, 'WATCH'],
    ['a strike', [...good(300, 20), strikeOf(20)], {}, 'WATCH'],
    ['24 penalty points', [...good(300, 20), penaltyOf(20, 24)], {}, 'RESTRICTED'],
    [
      'a suspension by people',
      good(300, 20),
      { context: { registeredAtMs: 0, kyb: 'VERIFIED', standing: 'SUSPENDED' } },
      'SUSPENDED',
    ],
  ] as const)('is the worst that one criterion implies: %s', (_why, entries, question, tier) => {
    expect(scoreOf(entries, question).tier).toBe(tier);
  });

  it('is lost at once and won back after seven days above', () => {
    const expiring = penaltyOf(20, 6, { expiresAtMs: NOW_MS });
    const at = (days: number) => scoreOf([...good(300, 40), expiring], { asOfMs: NOW_MS + days * DAY_MS });
    expect(at(-1)).toMatchObject({ tier: 'STANDARD', tierNow: 'STANDARD' });
    expect(at(1)).toMatchObject({ tier: 'STANDARD', tierNow: 'EXCELLENT' });
    expect(at(1).lines.at(-1)?.why).toContain('after 7 days above');
    expect(at(8)).toMatchObject({ tier: 'EXCELLENT', tierNow: 'EXCELLENT' });
    expect(scoreOf([...good(300, 40), penaltyOf(0, 6)]).tier).toBe('STANDARD');
  });

  it('comes back at once when the penalty is reversed, with everything it allows', () => {
    const penalty = penaltyOf(20, 12);
    const ledger = [...good(300, 40), penalty];
    expect(scoreOf(ledger).eligibility).toMatchObject({ campaigns: 'CLOSED', publication: 'PRE_CHECKED' });
    const won = scoreOf([...ledger, reversalOf(penalty)]);
    expect(won).toMatchObject({ tier: 'EXCELLENT', penaltyPoints: 0 });
    expect(won.eligibility).toMatchObject({ campaigns: 'PRIORITY', publication: 'INSTANT' });
  });
});

describe('penalties', () => {
  it('count for a year', () => {
    expect(scoreOf([penaltyOf(364, 12)]).penaltyPoints).toBe(12);
    expect(scoreOf([penaltyOf(365, 12)]).penaltyPoints).toBe(0);
  });

  it('cost no more than six points for the general ones of one day', () => {
    const day = Array.from({ length: 5 }, () => penaltyOf(10, 2, { violationType: 'IP_CR_IMAGE_THEFT' }));
    expect(scoreOf(day).penaltyPoints).toBe(6);
  });

  it('count serious ones within three days once, the dearest of them', () => {
    expect(scoreOf([penaltyOf(12, 12), penaltyOf(10, 24)]).penaltyPoints).toBe(24);
    expect(scoreOf([strikeOf(12), strikeOf(10)]).strikes).toBe(1);
  });

  it('rise by half and to the double for the second and third of one type', () => {
    const type = { violationType: 'IP_CR_IMAGE_THEFT' } as const;
    const report = scoreOf([penaltyOf(40, 2, type), penaltyOf(30, 2, type), penaltyOf(20, 2, type)]);
    expect(report.penalties.map(({ countedPoints }) => countedPoints)).toEqual([2, 3, 4]);
    expect(scoreOf([penaltyOf(20, 2, type), penaltyOf(20, 2, type)]).penaltyPoints).toBe(4);
  });

  it('bring feature limits at 12, 24 and 36 points and the end of the contract at 48 to people', () => {
    const proposalsAt = (points: number) => scoreOf([penaltyOf(20, points)]).proposals;
    expect(proposalsAt(11)).toEqual([]);
    expect(proposalsAt(12)).toMatchObject([{ step: 'L4', limitDays: 7, approvals: 1 }]);
    expect(proposalsAt(24)).toMatchObject([{ step: 'L4', limitDays: 14, approvals: 2 }]);
    expect(proposalsAt(36)).toMatchObject([{ step: 'L4', limitDays: 21 }]);
    expect(proposalsAt(48)).toMatchObject([{ step: 'L4' }, { step: 'L6', approvals: 2 }]);
    expect(scoreOf([strikeOf(40), strikeOf(30), strikeOf(20)]).proposals).toMatchObject([{ step: 'L6' }]);
  });

  it('cap the score at 649 while a strike is in force', () => {
    expect(scoreOf([...good(300, 20), strikeOf(20)])).toMatchObject({ score: 649, cap: 649 });
    expect(scoreOf([...good(300, 20), entryOf(1, { kind: 'CAP', points: 500 })])).toMatchObject({ score: 500 });
  });
});

describe('the break-down', () => {
  it('tells what the worst entries cost, the dearest first', () => {
    const fresh = entryOf(1, { valueBp: 0 });
    const old = entryOf(300, { valueBp: 0 });
    const { breakdown } = scoreOf([...good(5), old, fresh]);
    expect(breakdown.slice(0, 2).map(({ entryId }) => entryId)).toEqual([fresh.entryId, old.entryId]);
    expect(breakdown[0]?.costQuality).toBeGreaterThan(breakdown[1]?.costQuality ?? 0);
    expect(breakdown.at(-1)?.costQuality).toBeLessThan(0);
  });
});

describe('what an appeal gives back', () => {
  it('names the days lost and the campaigns that fell on them', () => {
    const penalty = penaltyOf(20, 12, { recordedAtMs: NOW_MS - 20 * DAY_MS });
    const reversal = reversalOf(penalty, NOW_MS - 5 * DAY_MS);
    const question = {
      sellerLegalId: 'legal-1',
      context: { registeredAtMs: 0, kyb: 'VERIFIED' as const },
      fromMs: NOW_MS - 25 * DAY_MS,
      untilMs: NOW_MS,
      knownAtMs: NOW_MS,
    };
    const lost = lostEligibility([...good(300, 60), penalty, reversal], shippedModel, question);
    expect(lost).toMatchObject([
      { wasTier: 'WATCH', rightTier: 'EXCELLENT', lost: ['CAMPAIGNS', 'RECOMMENDATIONS', 'PUBLICATION'] },
    ]);
    expect(lost[0]).toMatchObject({ fromMs: penalty.effectiveAtMs, untilMs: reversal.recordedAtMs });
    const campaign = (id: string, daysAgo: number) => ({
      id,
      fromMs: NOW_MS - daysAgo * DAY_MS,
      untilMs: NOW_MS - (daysAgo - 2) * DAY_MS,
    });
    const campaigns = [campaign('before', 24), campaign('during', 12), campaign('after', 3)];
    expect(lostCampaigns(lost, campaigns).map(({ id }) => id)).toEqual(['during']);
    const hour = { id: 'hour', fromMs: reversal.recordedAtMs, untilMs: reversal.recordedAtMs + 1 };
    expect(lostCampaigns(lost, [hour])).toEqual([]);
  });

  it('names what was lost within an hour of one day', () => {
    const penalty = penaltyOf(0, 12, { effectiveAtMs: NOW_MS - 7_200_000, recordedAtMs: NOW_MS - 3_600_000 });
    const question = {
      sellerLegalId: 'legal-1',
      context: { registeredAtMs: 0, kyb: 'VERIFIED' as const },
      fromMs: penalty.effectiveAtMs,
      untilMs: NOW_MS,
      knownAtMs: NOW_MS + 1,
    };
    expect(lostEligibility([...good(300, 60), penalty, reversalOf(penalty)], shippedModel, question)).toMatchObject([
      { fromMs: penalty.recordedAtMs, untilMs: NOW_MS, wasTier: 'WATCH', rightTier: 'EXCELLENT' },
    ]);
  });
});

describe('a simulation', () => {
  it('shows who would move under a change, and why', () => {
    const stricter = createCreditModel({ ...settings, prior: { good: 8, bad: 30 } });
    const simulator = createCreditSimulator({ before: shippedModel, after: stricter }, NOW_MS);
    const context = { registeredAtMs: 0, kyb: 'VERIFIED' } as const;
    simulator.add({ sellerLegalId: 'legal-1', context, entries: good(60, 10) });
    simulator.add({ sellerLegalId: 'legal-1', context, entries: good(5_000, 10) });
    const report = simulator.report();
    expect(report).toMatchObject({ sellers: 2, moved: 1, tiers: { EXCELLENT: { before: 2, after: 1 } } });
    expect(report.examples[0]?.why).toMatch(/^Under the change the score is \d+, under \d+/);
    expect(report.histogram.reduce((sum, { after }) => sum + after, 0)).toBe(2);
  });
});

describe('the standing of a buyer', () => {
  const plain: BuyerRecord = {
    ageDays: 400,
    orders: 30,
    disputesLost: 0,
    refundFrauds: 0,
    reviews: 10,
    reviewsRemoved: 0,
    extortions: 0,
    clusterSize: 1,
    isClusterConfirmed: false,
    grantedAppeals: [],
  };

  it.each([
    [{}, 'TRUSTED', false],
    [{ ageDays: 10 }, 'NEW', false],
    [{ disputesLost: 2 }, 'NORMAL', true],
    [{ isClusterConfirmed: true, clusterSize: 4 }, 'DOUBTFUL', true],
    [{ refundFrauds: 3 }, 'DOUBTFUL', true],
    [{ orders: 2, reviews: 0, extortions: 1 }, 'UNRELIABLE', true],
  ] as const)('with %o is %s', (fields, tier, isAppealable) => {
    expect(buyerStanding({ ...plain, ...fields }, settings.buyer)).toMatchObject({ tier, isAppealable });
  });

  it('explains every settled thing against the buyer, and hides no review', () => {
    const { lines, reviewWeightPpm } = buyerStanding({ ...plain, reviewsRemoved: 3 }, settings.buyer);
    expect(lines[0]).toMatchObject({ about: 'SCORE', why: '3 reviews were found inauthentic.' });
    expect(lines[0]?.deltaScore).toBeLessThan(0);
    expect(reviewWeightPpm).toBe(settings.buyer.reviewWeightPpm.NORMAL);
  });
});

describe('duties to know the seller', () => {
  const day = (daysAgo: number, sales: number, valueUsdMinor: number, isValueKnown = true) => ({
    atMs: NOW_MS - daysAgo * DAY_MS,
    sales,
    valueUsdMinor,
    isValueKnown,
  });
  const facts: KybFacts = { kyb: 'PENDING', dailySales: [], destinations: ['US'], isTrader: true, isDisclosed: false };

  it('begin with 200 sales and $5,000 within a continuous twelve months of the last twenty-four', () => {
    const due = (dailySales: KybFacts['dailySales']) => kybDuties({ ...facts, dailySales }, settings.kyb, NOW_MS);
    expect(due([day(30, 150, 400_000), day(60, 49, 200_000)])).toEqual([]);
    expect(due([day(30, 150, 400_000), day(420, 60, 200_000)])).toEqual([]);
    expect(due([day(30, 150, 400_000), day(60, 60, 99_999)])).toEqual([]);
    expect(due([day(30, 150, 400_000), day(60, 60, 200_000)])).toMatchObject([
      { law: 'INFORM', duty: 'COLLECT', isOverdue: true, dueAtMs: NOW_MS - 20 * DAY_MS },
    ]);
    // Twelve months end to the day, and may lie anywhere in the twenty-four.
    expect(due([day(400, 150, 400_000), day(400 + 366, 60, 200_000)])).toEqual([]);
    expect(due([day(300, 150, 400_000), day(300 + 366, 60, 200_000)])).toEqual([]);
    expect(due([day(300, 150, 400_000), day(300 + 364, 60, 200_000)])).toMatchObject([
      { duty: 'COLLECT', dueAtMs: NOW_MS - 290 * DAY_MS, isOverdue: true },
    ]);
  });

  it('come too early rather than too late where the value of a sale is not known', () => {
    const due = (isValueKnown: boolean) =>
      kybDuties({ ...facts, dailySales: [day(1, 200, 100, isValueKnown)] }, settings.kyb, NOW_MS);
    expect(due(true)).toEqual([]);
    expect(due(false)).toMatchObject([{ duty: 'COLLECT', why: expect.stringContaining('currency') }]);
  });

  it('go on with verifying, certifying yearly with reminders, and disclosure from $20,000', () => {
    const dailySales = [day(30, 300, 2_500_000)];
    const collected = { ...facts, dailySales, collectedAtMs: NOW_MS - 2 * DAY_MS };
    expect(kybDuties(collected, settings.kyb, NOW_MS)).toMatchObject([
      { duty: 'DISCLOSE' },
      { duty: 'VERIFY', isOverdue: false, dueAtMs: NOW_MS + 8 * DAY_MS },
    ]);
    const verified = { ...collected, kyb: 'VERIFIED' as const, verifiedAtMs: NOW_MS - 358 * DAY_MS, isDisclosed: true };
    expect(kybDuties(verified, settings.kyb, NOW_MS)).toMatchObject([{ duty: 'RECERTIFY', isReminderDue: true }]);
  });

  it('come before trading for whoever sells into the Union', () => {
    expect(kybDuties({ ...facts, destinations: ['US', 'FR'] }, settings.kyb, NOW_MS)).toMatchObject([
      { law: 'DSA_30', duty: 'BEFORE_TRADING' },
    ]);
    expect(kybDuties({ ...facts, destinations: ['FR'], isTrader: false }, settings.kyb, NOW_MS)).toEqual([]);
  });
});
