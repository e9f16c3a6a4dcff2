import { ringsAround } from '../../detectors/ring/find-rings.ts';
import { polarityOf, type ReviewEvent } from '../../detectors/ring/review-event.ts';
import { RingState } from '../../detectors/ring/ring-state.ts';
import { ringStateOptions } from '../../detectors/ring/ring-state-options.ts';
import type { RingSettings } from '../../detectors/ring/settings.ts';
import { latenciesOf, type Latencies } from './latencies.ts';
import { reviewStream } from './review-stream.ts';
import { seededRandom } from './seeded-random.ts';

const DAY_MS = 86_400_000;
/** One review in so many is also looked at as the detector looks at it. */
const DETECT_EVERY = 50;
/** Reviews that the plain reference gets: it forgets nothing and would fill the memory. */
const PLAIN_REVIEWS = 200_000;

export interface CandidateBench {
  readonly reviews: number;
  /** Taking a review in, with its pairs, and forgetting what expires meanwhile: of this process's processor, then on the wall. */
  readonly cpuMeanMicroseconds: number;
  readonly wallMeanMicroseconds: number;
  /** Taking each review in, on the wall, without what expires. */
  readonly add: Latencies;
  /** The search for rings around the author after that, for some of the reviews, on the wall. */
  readonly search: Latencies;
  readonly livePairs: number;
  readonly memoryMb: number;
  /** Only keeping the ids of the same reviews in `Map`s for the same time, which everything that keeps them must do. */
  readonly idsCpuMeanMicroseconds: number;
  /** The same pairs kept in a `Map` by joined ids, without expiry, on the first of the same reviews; of the processor. */
  readonly plainCpuMeanMicroseconds: number;
}

/** Streams reviews through the ring state, 1,000 days in all, with a plain reference in the same run. */
export const benchCandidates = (reviews: number, settings: RingSettings): CandidateBench => {
  const events = [...reviewStream(reviews, 1_000, seededRandom(1))];
  const whole = meanMicroseconds(reviews, () => feed(events, settings, () => undefined));
  const added = new Float64Array(reviews);
  const searched: number[] = [];
  let startMs = 0;
  const state = feed(events, settings, (event, index, isBefore) => {
    if (isBefore) {
      startMs = performance.now();
      return;
    }
    const addedMs = performance.now();
    added[index] = 1_000 * (addedMs - startMs);
    if (index % DETECT_EVERY !== 0) return;
    ringsAround(event.state, event.state.accountNumber(event.review.accountId) ?? -1, settings, {});
    searched.push(1_000 * (performance.now() - addedMs));
  });
  const memoryMb = Math.round(process.memoryUsage().rss / 1e6);
  const first = events.slice(0, PLAIN_REVIEWS);
  // Made anew: a string that was a key once remembers its hash.
  const unread = [...reviewStream(reviews, 1_000, seededRandom(1))];
  return {
    reviews,
    cpuMeanMicroseconds: whole.cpu,
    wallMeanMicroseconds: whole.wall,
    add: latenciesOf(added),
    search: latenciesOf(Float64Array.from(searched)),
    livePairs: state.livePairs,
    memoryMb,
    idsCpuMeanMicroseconds: meanMicroseconds(reviews, () => keepIds(unread, settings)).cpu,
    plainCpuMeanMicroseconds: meanMicroseconds(first.length, () => countPlainly(first, settings)).cpu,
  };
};

type Watch = (
  at: { readonly state: RingState; readonly review: ReviewEvent },
  index: number,
  isBefore: boolean,
) => void;

/** Takes the reviews in by time and lets a day expire whenever one has passed. */
const feed = (events: readonly ReviewEvent[], settings: RingSettings, watch: Watch): RingState => {
  const state = new RingState(ringStateOptions(settings));
  let day = 0;
  for (const [index, review] of events.entries()) {
    if (review.atMs >= (day + 1) * DAY_MS) {
      day = Math.floor(review.atMs / DAY_MS);
      state.expire(review.atMs);
    }
    watch({ state, review }, index, true);
    state.add(review);
    watch({ state, review }, index, false);
  }
  return state;
};

const meanMicroseconds = (count: number, work: () => unknown): { cpu: number; wall: number } => {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  work();
  const wallMs = performance.now() - startMs;
  const spent = process.cpuUsage(cpu);
  return { cpu: (spent.user + spent.system) / Math.max(1, count), wall: (1_000 * wallMs) / Math.max(1, count) };
};

const keepIds = (events: readonly ReviewEvent[], settings: RingSettings): number => {
  const reviews = new Map<string, ReviewEvent>();
  const counts = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()] as const;
  const change = (ids: Map<string, number>, id: string, by: number): void => {
    const count = (ids.get(id) ?? 0) + by;
    if (count > 0) ids.set(id, count);
    else ids.delete(id);
  };
  const changeAll = ({ accountId, listingId, sellerId }: ReviewEvent, by: number): void => {
    change(counts[0], accountId, by);
    change(counts[1], listingId, by);
    change(counts[2], sellerId, by);
  };
  let oldest = 0;
  for (const event of events) {
    for (let old = events[oldest]; old !== undefined; old = events[oldest]) {
      if (event.atMs - old.atMs <= settings.horizonDays * DAY_MS) break;
      oldest += 1;
      reviews.delete(old.reviewId);
      changeAll(old, -1);
    }
    reviews.set(event.reviewId, event);
    changeAll(event, 1);
  }
  return reviews.size;
};

const countPlainly = (events: readonly ReviewEvent[], settings: RingSettings): number => {
  const windowMs = settings.pairWindowDays * DAY_MS;
  const lanes = new Map<string, ReviewEvent[]>();
  const pairs = new Map<string, number>();
  for (const event of events) {
    const key = `${event.listingId}/${polarityOf(event.stars)}`;
    const lane = (lanes.get(key) ?? []).filter((other) => event.atMs - other.atMs <= windowMs);
    for (const other of lane) {
      const [low, high] =
        other.accountId < event.accountId ? [other.accountId, event.accountId] : [event.accountId, other.accountId];
      pairs.set(`${low}+${high}`, (pairs.get(`${low}+${high}`) ?? 0) + 1);
    }
    lane.push(event);
    lanes.set(key, lane);
  }
  return pairs.size;
};
