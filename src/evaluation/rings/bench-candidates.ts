import { ringsAround } from '../../detectors/ring/find-rings.ts';
import { polarityOf, type ReviewEvent } from '../../detectors/ring/review-event.ts';
import { RingState, ringStateOptions } from '../../detectors/ring/ring-state.ts';
import type { RingSettings } from '../../detectors/ring/settings.ts';
import { reviewStream } from './review-stream.ts';
import { seededRandom } from './seeded-random.ts';

const DAY_MS = 86_400_000;
/** One review in so many is also looked at as the detector looks at it. */
const DETECT_EVERY = 50;

/** Microseconds a review. */
export interface Latencies {
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export interface CandidateBench {
  readonly reviews: number;
  /** Taking a review in, with its pairs, and what expires meanwhile. */
  readonly candidateStage: Latencies;
  /** The search for rings around the author after that. */
  readonly search: Latencies;
  readonly livePairs: number;
  readonly memoryMb: number;
  /** The same pairs kept in a `Map` by joined ids, without expiry. */
  readonly plainMeanMicroseconds: number;
}

/** Streams reviews through the ring state, 1,000 days in all, with a plain reference on the first of them in the same run. */
export const benchCandidates = (reviews: number, settings: RingSettings): CandidateBench => {
  const days = 1_000;
  const state = new RingState(ringStateOptions(settings));
  const added = new Float64Array(reviews);
  const searched: number[] = [];
  let expireMs = 0;
  let day = 0;
  let i = 0;
  for (const event of reviewStream(reviews, days, seededRandom(1))) {
    if (event.atMs >= (day + 1) * DAY_MS) {
      day = Math.floor(event.atMs / DAY_MS);
      const startMs = performance.now();
      state.expire(event.atMs);
      expireMs += performance.now() - startMs;
    }
    const startMs = performance.now();
    state.add(event);
    const addedMs = performance.now();
    added[i] = 1_000 * (addedMs - startMs);
    if (i % DETECT_EVERY === 0) {
      ringsAround(state, state.accountNumber(event.accountId) ?? -1, settings, {});
      searched.push(1_000 * (performance.now() - addedMs));
    }
    i += 1;
  }
  const stage = latencies(added);
  const plainReviews = Math.min(reviews, 200_000);
  return {
    reviews,
    candidateStage: { ...stage, mean: stage.mean + (1_000 * expireMs) / reviews },
    search: latencies(Float64Array.from(searched)),
    livePairs: state.livePairs,
    memoryMb: Math.round(process.memoryUsage().rss / 1e6),
    // The first of the same stream, so that both see the same listings equally busy.
    plainMeanMicroseconds: plainMean(reviewStream(reviews, days, seededRandom(1)), plainReviews, settings),
  };
};

const plainMean = (stream: Iterable<ReviewEvent>, reviews: number, settings: RingSettings): number => {
  const windowMs = settings.pairWindowDays * DAY_MS;
  const lanes = new Map<string, ReviewEvent[]>();
  const pairs = new Map<string, number>();
  let spentMs = 0;
  let done = 0;
  for (const event of stream) {
    const startMs = performance.now();
    const key = `${event.listingId}/${polarityOf(event.stars)}`;
    const lane = (lanes.get(key) ?? []).filter((other) => event.atMs - other.atMs <= windowMs);
    for (const other of lane) {
      const pair =
        other.accountId < event.accountId
          ? `${other.accountId}+${event.accountId}`
          : `${event.accountId}+${other.accountId}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    lane.push(event);
    lanes.set(key, lane);
    spentMs += performance.now() - startMs;
    done += 1;
    if (done === reviews) break;
  }
  return (1_000 * spentMs) / Math.max(1, done);
};

const latencies = (microseconds: Float64Array): Latencies => {
  const sorted = microseconds.slice().sort();
  const at = (share01: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share01 * sorted.length))] ?? 0;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length);
  return { mean, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: sorted.at(-1) ?? 0 };
};
