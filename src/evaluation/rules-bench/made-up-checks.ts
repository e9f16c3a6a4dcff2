import type { Finding } from '../../domain/finding.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { StoredCheck } from '../../policy/stored-check.ts';

const TYPES: readonly ViolationType[] = [
  'IP_TM_KEYWORD_MISUSE',
  'IP_TM_COUNTERFEIT_GOODS',
  'IP_CR_IMAGE_THEFT',
  'LST_SEARCH_CHEATING',
  'REV_OFF_TOPIC_LOGISTICS',
];

/** Numbers that look random and are the same in every run: MurmurHash3's finaliser, so that salts are independent. */
const spread01 = (index: number, salt: number): number => {
  let hash = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};

/** The moment of a measurement. */
export const BENCH_NOW_MS = Date.UTC(2026, 5, 15, 12);

/** A stored check: most find nothing, some one thing, few several, as on a marketplace. */
export const madeUpCheck = (index: number): StoredCheck => {
  const roll = spread01(index, 1);
  const count = roll < 0.6 ? 0 : roll < 0.9 ? 1 : 3;
  const findings = Array.from({ length: count }, (_, nth): Finding => ({
    detector: nth === 0 ? 'brand' : 'image',
    detectorVersion: 1,
    violationType: TYPES[Math.floor(spread01(index, nth + 2) * TYPES.length)] ?? 'LST_SEARCH_CHEATING',
    probability: spread01(index, nth + 5),
    summary: 'made up',
    evidence: [],
    about: `mark-${nth}`,
    markId: `mark-${nth}`,
    signals: { hasReplicaWord: spread01(index, nth + 8) < 0.05, bank: 'PROTECTED', distanceBits: 12 },
  }));
  const isJudged = spread01(index, 11) < 0.1 && count > 0;
  return {
    checkId: `check-${index}`,
    subject: { kind: 'LISTING', id: `listing-${index}`, sellerId: `seller-${index % 5_000}` },
    findings,
    context: {
      sellerTier: 'STANDARD',
      sellerPoints: index % 40,
      isLive: index % 3 === 0,
      exposure: index % 100,
      nowMs: BENCH_NOW_MS - (index % 56) * 86_400_000,
      preCheckShare01: 0.2,
      postCheckShare01: 0,
      sampleRoll01: spread01(index, 12),
      marks: { authorisedIds: [], disputedIds: [] },
    },
    decided: { step: 'L2', outcome: 'HOLD', needsPerson: true, firedRuleIds: [`rule-${index % 12}`] },
    ...(isJudged ? { verdict: spread01(index, 13) < 0.7 ? ('CONFIRMED' as const) : ('NOT_VIOLATION' as const) } : {}),
    isOverturned: false,
  };
};
