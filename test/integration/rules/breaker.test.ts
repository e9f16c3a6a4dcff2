import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresEffectStore } from '../../../src/adapters/postgres/effect-store.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import { applyEffects } from '../../../src/pipeline/apply-effects.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { shippedRuleset } from '../../unit/policy/policy-fixtures.ts';

const NOW_MS = Date.parse('2026-06-15T12:00:00Z');
const HOUR_MS = 3_600_000;
const quotas = { perRulePerHour: 3, perSellerPerHour: 2, perHour: 100 };

const hold = (id: string, ruleId: string): Decision => ({
  subject: { kind: 'LISTING', id },
  outcome: 'HOLD',
  step: 'L2',
  actions: ['HOLD'],
  severity: 'S2',
  risk01: 0.6,
  violationType: 'IP_TM_KEYWORD_MISUSE',
  firedRules: [{ ruleId, why: 'A rule of the test.', about: [id] }],
  needsPerson: true,
  queue: 'ip',
  slaHours: 72,
  caseKey: `listing:${id}`,
  isSampled: false,
  automation: 'FULLY',
  proposedPoints: 2,
  proposedStrikes: 0,
  rulesetDigest: 'a'.repeat(64),
});

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** Checks a listing of a seller that the rule holds, at a moment. */
async function apply(id: string, sellerId: string, ruleId: string, nowMs = NOW_MS): Promise<string> {
  const { prisma } = database;
  const now = new Date(nowMs);
  await prisma.seller.createMany({
    data: [
      {
        id: sellerId,
        legalId: sellerId,
        version: 1,
        contentSha256: '',
        payload: {},
        registeredAt: now,
        receivedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  await prisma.listing.createMany({
    data: [
      {
        id,
        sellerId,
        version: 1,
        contentSha256: '',
        title: id,
        payload: {},
        priceMinor: 1n,
        currency: 'USD',
        createdAt: now,
        receivedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  const check = {
    id: `check-${id}`,
    subjectKind: 'LISTING',
    subjectId: id,
    subjectVersion: 1,
    trigger: 'SUBMISSION',
  } as const;
  await prisma.check.createMany({
    data: [{ ...check, contentSha256: '', state: 'RUNNING', acceptedAt: now }],
    skipDuplicates: true,
  });
  const decision = hold(id, ruleId);
  return applyEffects(
    postgresEffectStore(prisma, uuidSource, () => shippedRuleset.queues.priority),
    {
      check,
      sellerId,
      findings: [],
      decision,
      quotas,
      nowMs,
    },
  );
}

const publicationOf = async (id: string) =>
  (await database.prisma.listing.findUniqueOrThrow({ where: { id } })).publication;

it('lets automatic measures act up to the quota, then restricts nothing, opens a case, and raises one alarm an hour', async () => {
  expect(await apply('l-1', 's-1', 'rule-a')).toBe('applied');
  expect(await apply('l-2', 's-1', 'rule-a')).toBe('applied');
  expect(await apply('l-3', 's-1', 'rule-a')).toBe('stopped');
  expect(await apply('l-4', 's-1', 'rule-a')).toBe('stopped');
  expect([await publicationOf('l-2'), await publicationOf('l-3')]).toEqual(['HELD', 'LIVE']);
  const check = await database.prisma.check.findUniqueOrThrow({ where: { id: 'check-l-3' } });
  expect(check.outcome).toBe('REVIEW');
  expect(check.decision).toMatchObject({ automation: 'PARTIALLY', actions: [] });
  const opened = await database.prisma.caseItem.findMany({ where: { checkId: 'check-l-3' } });
  expect(opened).toHaveLength(1);
  const alarms = await database.prisma.event.findMany({ where: { type: 'assay.breaker.tripped' } });
  expect(alarms).toMatchObject([{ subject: 'SELLER/s-1', data: { by: 'SELLER' } }]);
  expect(await database.prisma.breakerTrip.findMany()).toMatchObject([{ by: 'SELLER', key: 's-1', stopped: 2 }]);
});

it('counts a measure once however often its job is delivered, and forgets it after the hour', async () => {
  expect(await apply('l-1', 's-1', 'rule-a')).toBe('already-applied');
  expect(await database.prisma.automaticMeasure.count()).toBe(2);
  expect(await apply('l-5', 's-1', 'rule-a', NOW_MS + HOUR_MS + 1)).toBe('applied');
});

it('never lets workers at the same moment pass more than the quota of a rule', async () => {
  const atMs = NOW_MS + 3 * HOUR_MS;
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, index) => apply(`l-b${index}`, `s-b${index}`, 'rule-b', atMs)),
  );
  expect(results.filter((one) => one === 'applied')).toHaveLength(3);
  expect(results.filter((one) => one === 'stopped')).toHaveLength(5);
});
