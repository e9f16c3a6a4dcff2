import type { ResolvedEvidence } from './resolve-ledger.ts';
import type { CreditSettings } from './settings.ts';
import { DAY_MS, dayOf, monthOf } from './calendar.ts';
import { timesPpm } from './decay.ts';

/** Why an event counts, or why it does not. */
export type EvidenceVerdict =
  | 'COUNTS'
  | 'NOT_THE_SELLERS_FAULT'
  | 'FAULT_UNDETERMINED'
  | 'QUARANTINED'
  | 'INAUTHENTIC'
  | 'PAIR_CAP'
  | 'WEIGHS_NOTHING'
  | 'REVIEW_SPEAKS'
  | 'EXPIRED';

export interface WeighedEvidence {
  readonly evidence: ResolvedEvidence;
  readonly verdict: EvidenceVerdict;
  /** Millionths of an event before decay; 0 unless the verdict is COUNTS. */
  readonly massPpm: number;
}

const verdictAlone = (evidence: ResolvedEvidence, settings: CreditSettings, atMs: number): EvidenceVerdict => {
  const { entry } = evidence;
  if (entry.expiresAtMs !== undefined && atMs >= entry.expiresAtMs) return 'EXPIRED';
  if (evidence.authenticity === 'CONFIRMED_INAUTHENTIC') return 'INAUTHENTIC';
  if (
    evidence.authenticity === 'QUARANTINED' &&
    atMs >= evidence.authenticFromMs &&
    atMs < evidence.authenticFromMs + settings.quarantineDays * DAY_MS
  )
    return 'QUARANTINED';
  let party = evidence.faultParty;
  if (party === 'UNDETERMINED') {
    if (atMs < entry.effectiveAtMs + settings.undetermined.waitDays * DAY_MS) return 'FAULT_UNDETERMINED';
    party = evidence.presumedFault ?? settings.undetermined.presumed;
  }
  if (party !== 'SELLER') return 'NOT_THE_SELLERS_FAULT';
  return entry.weightPpm === 0 ? 'WEIGHS_NOTHING' : 'COUNTS';
};

/** Orders of which a believed review speaks: their dispute would be the same event a second time. */
const reviewedOrders = (
  evidence: readonly ResolvedEvidence[],
  verdicts: readonly EvidenceVerdict[],
): ReadonlySet<string> => {
  const orders = new Set<string>();
  evidence.forEach(({ entry }, index) => {
    const verdict = verdicts[index];
    const isBelieved = verdict !== 'INAUTHENTIC' && verdict !== 'QUARANTINED';
    if (isBelieved && entry.orderId !== undefined && entry.subjectRef.startsWith('REVIEW/')) orders.add(entry.orderId);
  });
  return orders;
};

/** The pair cap: of one buyer cluster the first event in a window counts, and so many a calendar month. */
const createPairCap = (settings: CreditSettings) => {
  const pairs = new Map<string, { lastMs: number; month: number; inMonth: number }>();
  return (clusterId: string, atMs: number): boolean => {
    const month = monthOf(atMs);
    const pair = pairs.get(clusterId);
    if (pair === undefined) {
      pairs.set(clusterId, { lastMs: atMs, month, inMonth: 1 });
      return true;
    }
    const inMonth = pair.month === month ? pair.inMonth : 0;
    if (atMs - pair.lastMs < settings.pair.firstInDays * DAY_MS || inMonth >= settings.pair.maxPerMonth) return false;
    pairs.set(clusterId, { lastMs: atMs, month, inMonth: inMonth + 1 });
    return true;
  };
};

/**
 * Weighs the events that had happened by `atMs`: authenticity, fault and pair cap, everything but decay.
 * `evidence` must be sorted by time, as `resolveLedger` gives it. An event without weight takes no place of its pair.
 */
export const weighEvidence = (
  evidence: readonly ResolvedEvidence[],
  settings: CreditSettings,
  atMs: number,
): WeighedEvidence[] => {
  const happened = evidence.filter(({ entry }) => entry.effectiveAtMs <= atMs);
  const alone = happened.map((one) => verdictAlone(one, settings, atMs));
  const reviewed = reviewedOrders(happened, alone);
  const isPairFree = createPairCap(settings);
  return happened.map((one, index) => {
    const { entry } = one;
    let verdict = alone[index] ?? 'COUNTS';
    const isDispute = entry.subjectRef.startsWith('ORDER/');
    if (verdict === 'COUNTS' && isDispute && entry.orderId !== undefined && reviewed.has(entry.orderId))
      verdict = 'REVIEW_SPEAKS';
    if (
      verdict === 'COUNTS' &&
      one.buyerClusterId !== undefined &&
      !isPairFree(one.buyerClusterId, entry.effectiveAtMs)
    )
      verdict = 'PAIR_CAP';
    // Too old to weigh anything, but it happened: it keeps its place of its pair, so that places never change hands.
    if (verdict === 'COUNTS' && dayOf(atMs) - dayOf(entry.effectiveAtMs) > settings.decay.horizonDays)
      verdict = 'EXPIRED';
    return { evidence: one, verdict, massPpm: verdict === 'COUNTS' ? entry.weightPpm : 0 };
  });
};

/**
 * Whether the verdicts at every moment of `fromMs`–`untilMs` are those at `untilMs` for what had happened by then: no
 * quarantine begins or ends, no wait for a fault ends, no review takes the place of a dispute in between.
 */
export const isSteadyBetween = (
  evidence: readonly ResolvedEvidence[],
  settings: CreditSettings,
  span: { readonly fromMs: number; readonly untilMs: number },
): boolean => {
  const isInside = (atMs: number): boolean => atMs > span.fromMs && atMs <= span.untilMs;
  let hasDispute = false;
  let hasFreshReview = false;
  for (const { entry, faultParty, authenticity, authenticFromMs } of evidence) {
    if (authenticity === 'QUARANTINED') {
      if (isInside(authenticFromMs + settings.quarantineDays * DAY_MS)) return false;
      if (authenticFromMs !== entry.effectiveAtMs && isInside(authenticFromMs)) return false;
    }
    const waitEndsMs = entry.effectiveAtMs + settings.undetermined.waitDays * DAY_MS;
    if (faultParty === 'UNDETERMINED' && isInside(waitEndsMs)) return false;
    if (entry.expiresAtMs !== undefined && isInside(entry.expiresAtMs)) return false;
    if (entry.orderId === undefined) continue;
    if (entry.subjectRef.startsWith('ORDER/')) hasDispute = true;
    else if (isInside(entry.effectiveAtMs)) hasFreshReview = true;
  }
  return !(hasDispute && hasFreshReview);
};

/** Good and all evidence of one UTC day, millionths of an event. */
export interface DayMass {
  day: number;
  goodPpm: number;
  massPpm: number;
}

/** Sums the events of each day; sorted by day. */
export const massByDay = (weighed: readonly WeighedEvidence[]): DayMass[] => {
  const days: DayMass[] = [];
  for (const { evidence, massPpm } of weighed) {
    if (massPpm === 0) continue;
    const day = dayOf(evidence.entry.effectiveAtMs);
    let last = days.at(-1);
    if (last?.day !== day) {
      last = { day, goodPpm: 0, massPpm: 0 };
      days.push(last);
    }
    last.goodPpm += goodPartPpm(massPpm, evidence.entry.valueBp);
    last.massPpm += massPpm;
  }
  return days;
};

/** The good part of an event's mass, rounded down to a millionth. */
export const goodPartPpm = (massPpm: number, valueBp: number): number => Math.floor((massPpm * valueBp) / 10_000);

export interface EvidenceSum {
  readonly goodPpm: number;
  readonly badPpm: number;
  /** All evidence in force after decay, millionths of an event (n_eff). */
  readonly massPpm: number;
}

/** The evidence at the end of day `day` after decay; days later than it, or beyond the decay table, count nothing. */
export const sumDays = (days: readonly DayMass[], decayPpm: readonly number[], day: number): EvidenceSum => {
  let goodPpm = 0;
  let massPpm = 0;
  for (const one of days) {
    const ppm = decayPpm[day - one.day] ?? 0;
    if (ppm === 0) continue;
    goodPpm += timesPpm(one.goodPpm, ppm);
    massPpm += timesPpm(one.massPpm, ppm);
  }
  return { goodPpm, badPpm: massPpm - goodPpm, massPpm };
};
