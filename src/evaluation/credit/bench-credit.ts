import { createCreditModel } from '../../credit/credit-moment.ts';
import { createLiveCredit } from '../../credit/live-credit.ts';
import { resolveLedger } from '../../credit/resolve-ledger.ts';
import { scoreLedger, standingOf } from '../../credit/score-ledger.ts';
import type { CreditSettings } from '../../credit/settings.ts';
import { makeSeller, type WorldOptions, type WorldSeller } from './credit-world.ts';

const DAY_MS = 86_400_000;
const ZEROS = '0'.repeat(64);

/** Largest ledgers whose events are taken one by one; the events of large sellers are the slow ones. */
const LIVE_SELLERS = 200;
/** Of each of them, the last events are timed and the ones before only taken in. */
const TIMED_EVENTS = 100;

export interface CreditBench {
  readonly sellers: number;
  readonly entries: number;
  /** Seconds of processor time of this process: a busy machine does not count against it. */
  readonly replaySeconds: number;
  readonly replayMicrosecondsPerEntry: number;
  readonly replayWallSeconds: number;
  /** The floor: summing value and weight of the same entries in a plain loop, no decay, no cap, no tier. */
  readonly floorSeconds: number;
  readonly timesFloor: number;
  /** Full reports with explanation and digest, a sample of the sellers. */
  readonly reportMicrosecondsPerEntry: number;
  readonly liveEvents: number;
  readonly liveLargestLedger: number;
  /** Taking one event in and telling score and tier, milliseconds of processor time. */
  readonly liveP50Ms: number;
  readonly liveP99Ms: number;
  readonly liveMaxMs: number;
  /** The same by the clock, which counts other processes of a busy machine too. */
  readonly liveWallP99Ms: number;
  readonly tiers: Readonly<Record<string, number>>;
  readonly peakMemoryMb: number;
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const quantile = (sorted: readonly number[], share01: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share01))] ?? 0;

/**
 * Replays a world of sellers and takes events in one by one. Ledgers are made seller by seller and not kept, as a
 * nightly job reads them from the database; making them is not timed.
 */
export const benchCredit = (
  settings: CreditSettings,
  options: WorldOptions,
  onProgress: (done: number) => void,
): CreditBench => {
  const model = createCreditModel(settings);
  const tiers = new Map<string, number>();
  const largest: { readonly index: number; readonly size: number }[] = [];
  let entries = 0;
  let replayMs = 0;
  let replayWallMs = 0;
  let floorMs = 0;
  let reportMs = 0;
  let reported = 0;
  let peakMemory = 0;
  let sink = 0;
  const questionOf = (seller: WorldSeller) => ({
    sellerLegalId: seller.legalId,
    asOfMs: options.nowMs,
    knownAtMs: options.nowMs,
    context: { registeredAtMs: seller.registeredAtMs, kyb: 'VERIFIED' as const },
    rulesetDigest: ZEROS,
  });
  // Sellers are timed in batches, because the clock of the processor is too coarse for one of them.
  const batchSize = 500;
  for (let start = 0; start < options.sellers; start += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, options.sellers - start) }, (_, offset) =>
      makeSeller(start + offset, options),
    );
    const wallStart = performance.now();
    let began = cpuMs();
    for (const seller of batch) {
      const question = questionOf(seller);
      const { tier } = standingOf(resolveLedger(seller.entries, question), model, question);
      tiers.set(tier, (tiers.get(tier) ?? 0) + 1);
    }
    replayMs += cpuMs() - began;
    replayWallMs += performance.now() - wallStart;
    began = cpuMs();
    for (const seller of batch) for (const entry of seller.entries) sink += entry.valueBp * entry.weightPpm;
    floorMs += cpuMs() - began;
    if ((start / batchSize) % 20 === 0) {
      began = cpuMs();
      for (const seller of batch) sink += scoreLedger(seller.entries, model, questionOf(seller)).score;
      reportMs += cpuMs() - began;
      reported += batch.reduce((sum, seller) => sum + seller.entries.length, 0);
    }
    batch.forEach((seller, offset) => {
      entries += seller.entries.length;
      largest.push({ index: start + offset, size: seller.entries.length });
    });
    largest.sort((left, right) => right.size - left.size).splice(LIVE_SELLERS);
    peakMemory = Math.max(peakMemory, process.memoryUsage().rss);
    onProgress(start + batch.length);
  }
  const times: number[] = [];
  const wallTimes: number[] = [];
  for (const { index } of largest) {
    const seller = makeSeller(index, options);
    const live = createLiveCredit(model, questionOf(seller));
    const inOrder = seller.entries.toSorted((left, right) => left.effectiveAtMs - right.effectiveAtMs);
    const untimed = inOrder.slice(0, -TIMED_EVENTS);
    for (const entry of untimed) live.record(entry);
    live.standing(untimed.at(-1)?.effectiveAtMs ?? options.nowMs - 900 * DAY_MS);
    for (const entry of inOrder.slice(-TIMED_EVENTS)) {
      const wallBegan = performance.now();
      const began = cpuMs();
      live.record(entry);
      sink += live.standing(entry.effectiveAtMs).now.score;
      times.push(cpuMs() - began);
      wallTimes.push(performance.now() - wallBegan);
    }
  }
  times.sort((left, right) => left - right);
  wallTimes.sort((left, right) => left - right);
  if (!Number.isFinite(sink)) throw new RangeError('the sums of the bench are not finite');
  return {
    sellers: options.sellers,
    entries,
    replaySeconds: replayMs / 1_000,
    replayMicrosecondsPerEntry: (replayMs * 1_000) / entries,
    replayWallSeconds: replayWallMs / 1_000,
    floorSeconds: floorMs / 1_000,
    timesFloor: replayMs / floorMs,
    reportMicrosecondsPerEntry: (reportMs * 1_000) / reported,
    liveEvents: times.length,
    liveLargestLedger: largest[0]?.size ?? 0,
    liveP50Ms: quantile(times, 0.5),
    liveP99Ms: quantile(times, 0.99),
    liveMaxMs: times.at(-1) ?? 0,
    liveWallP99Ms: quantile(wallTimes, 0.99),
    tiers: Object.fromEntries([...tiers].toSorted(([left], [right]) => (left < right ? -1 : 1))),
    peakMemoryMb: peakMemory / 1_048_576,
  };
};
