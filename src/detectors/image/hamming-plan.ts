/** How a segment cuts its keys: chunks of neighbouring (permuted) bits, each with a table of its own. */
export interface ChunkPlan {
  /** Bits of each chunk, 256 in all. */
  readonly widths: readonly number[];
  /**
   * Keys in the bucket that a key of the segment falls into, on average, a chunk. Where it is far above keys / 2^width,
   * keys crowd into few buckets and looking them up costs more than for random keys. Random keys where absent.
   */
  readonly loads?: readonly number[];
}

/** How far each chunk must be searched so that nothing within the radius is missed. */
export type ChunkRadii =
  | { readonly kind: 'chunks'; readonly radii: readonly number[]; readonly costNs: number }
  /** Comparing with every key costs less. */
  | { readonly kind: 'scan' };

/** Chunks are never searched further: the neighbours of a value grow with the power of the radius. */
export const MAX_CHUNK_RADIUS = 4;
/** Neighbours that one search of a chunk may visit; the kernel's list has room for so many. */
export const MAX_NEIGHBOURS = 16_384;
const MIN_WIDTH = 8;
const MAX_WIDTH = 27;

// Costs of one step in nanoseconds, measured at 10 million keys; only their ratios matter.
const PROBE_NS = 1.1;
const BUCKET_NS = 12;
const CANDIDATE_NS = 22;
const SCAN_NS = 2.4;
/** A key compared with one of many queries. */
export const SCAN_MANY_NS = 0.75;

/** Values of `width` bits within `radius` of one value. */
export function neighbours(width: number, radius: number): number {
  let sum = 0;
  let ways = 1;
  for (let r = 0; r <= radius; r++) {
    sum += ways;
    ways = (ways * (width - r)) / (r + 1);
  }
  return sum;
}

function costNs(width: number, radius: number, crowd: { readonly keys: number; readonly load: number }): number {
  const probes = neighbours(width, radius);
  if (probes > MAX_NEIGHBOURS) return Infinity;
  const even = crowd.keys / 2 ** width;
  // Buckets next to a crowded one are less crowded, but not as empty as chance would leave them.
  const load = even + Math.max(0, crowd.load - even) / (1 + radius);
  return probes * (PROBE_NS + (1 - Math.exp(-load)) * BUCKET_NS + load * CANDIDATE_NS);
}

/**
 * The cheapest search that is exact (Norouzi et al. 2012, generalised): a key within radius R of the query is within
 * rᵢ of it in some chunk i as long as Σ(rᵢ + 1) > R. Starts with no chunk searched and extends the chunk whose next
 * step costs least.
 */
export function allotRadii(plan: ChunkPlan, radiusBits: number, keys: number): ChunkRadii {
  const radii: number[] = plan.widths.map(() => -1);
  let total = 0;
  for (let step = 0; step <= radiusBits; step++) {
    let best = -1;
    let bestCost = Infinity;
    plan.widths.forEach((width, chunk) => {
      const crowd = { keys, load: plan.loads?.[chunk] ?? keys / 2 ** width };
      const radius = radii[chunk] as number;
      if (radius >= MAX_CHUNK_RADIUS || radius >= width) return;
      const before = radius < 0 ? 0 : costNs(width, radius, crowd);
      const cost = costNs(width, radius + 1, crowd) - before;
      if (cost < bestCost) {
        bestCost = cost;
        best = chunk;
      }
    });
    if (best < 0 || bestCost === Infinity) return { kind: 'scan' };
    radii[best] = (radii[best] as number) + 1;
    total += bestCost;
  }
  return total > keys * SCAN_NS ? { kind: 'scan' } : { kind: 'chunks', radii, costNs: total };
}

/** Bytes of the tables of a chunk, on average for random keys. */
function chunkBytes(width: number, keys: number): number {
  // See segment-layout.ts: small segments number their keys in three bytes.
  const entryBytes = keys <= 0x7f_ffff ? 3 : 4;
  const buckets = 2 ** width;
  const load = keys / buckets;
  const occupied = buckets * (1 - Math.exp(-load));
  const alone = keys * Math.exp(-load);
  return (buckets / 8) * 1.25 + entryBytes * (occupied + keys - alone);
}

/**
 * The plan with the cheapest search at the radius among those that stay within `bytesPerKey` for tables. Chunks come
 * in two widths at most two bits apart or in a wide and a narrow sort: a narrow chunk is searched one step less far.
 */
export function planChunks(keys: number, radiusBits: number, bytesPerKey: number): ChunkPlan {
  let best: { plan: ChunkPlan; cost: number } | undefined;
  for (let chunks = 9; chunks <= 24; chunks++) {
    for (let narrow = 0; narrow < chunks; narrow++) {
      for (let gap = 0; gap <= 6; gap++) {
        const widths = spreadWidths(chunks, narrow, gap);
        if (widths === undefined) continue;
        const bytes = widths.reduce((sum, width) => sum + chunkBytes(width, keys), 0);
        // A small segment may be wasteful: what counts are the large ones.
        if (bytes > Math.max(keys * bytesPerKey, 262_144)) continue;
        const plan = { widths };
        const allotted = allotRadii(plan, radiusBits, keys);
        const cost = allotted.kind === 'scan' ? keys * SCAN_NS : allotted.costNs;
        if (best === undefined || cost < best.cost) best = { plan, cost };
        if (narrow === 0) break;
      }
    }
  }
  return best?.plan ?? { widths: spreadWidths(16, 0, 0) as readonly number[] };
}

/** Widths for `chunks` chunks of which `narrow` are `gap` bits narrower; 256 in all. */
function spreadWidths(chunks: number, narrow: number, gap: number): readonly number[] | undefined {
  const wide = Math.floor((256 + narrow * gap) / chunks);
  const rest = 256 + narrow * gap - wide * chunks;
  const widths = Array.from({ length: chunks }, (_, i) => {
    const base = i >= chunks - narrow ? wide - gap : wide;
    return base + (i < rest ? 1 : 0);
  });
  return widths.every((width) => width >= MIN_WIDTH && width <= MAX_WIDTH) ? widths : undefined;
}
