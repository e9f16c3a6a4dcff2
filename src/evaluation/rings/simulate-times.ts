import type { BipartiteEdges } from '../../detectors/ring/review-graph.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Where the simulated days begin: any date does. */
export const STREAM_START_MS = Date.UTC(2020, 0, 1);

/** Days over which listings are launched. */
export const LAUNCH_DAYS = 1_095;
/** Mean days from a listing's launch to a review. */
const MEAN_LAG_DAYS = 180;
/** Share of listings that get half of their reviews within three days: a sale, a newsletter. */
const BURST_SHARE01 = 0.05;
const BURST_DAYS = 3;

/** A day for each edge, in fractions, by the timing model of protocol C: no real graph of this shape has public times. */
export const simulateDays = (graph: BipartiteEdges, random: SeededRandom): Float64Array => {
  const launch = Float64Array.from({ length: graph.items }, () => LAUNCH_DAYS * random.next());
  const burst = Float64Array.from({ length: graph.items }, (_, item) =>
    random.next() < BURST_SHARE01 ? (launch[item] ?? 0) + random.exponential(MEAN_LAG_DAYS) : Number.NaN,
  );
  return Float64Array.from({ length: graph.userOf.length }, (_, edge) => {
    const item = graph.itemOf[edge] ?? 0;
    const burstDay = burst[item] ?? Number.NaN;
    if (!Number.isNaN(burstDay) && random.next() < 0.5) return burstDay + BURST_DAYS * random.next();
    return (launch[item] ?? 0) + random.exponential(MEAN_LAG_DAYS);
  });
};
