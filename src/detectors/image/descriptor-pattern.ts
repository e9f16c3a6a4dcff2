/** Radius in pixels of the patch that a descriptor looks at. */
export const PATCH_RADIUS_PX = 13;
/** Steps of a full turn into which the orientation of a patch is rounded. Even, so that mirrored angles are steps too. */
export const ANGLE_STEPS = 64;
/** Bits of a descriptor. */
export const DESCRIPTOR_BITS = 256;

/**
 * Offsets of the 256 comparisons for each orientation: `[(step * 256 + bit) * 4]` = ax, ay, bx, by. A bit says whether
 * brightness, less what its even rise along the patch's axis explains, is lower at a than at b.
 * The pattern is closed under mirroring across the patch's axis and under a half turn: bits come in groups of four,
 * (plain, mirrored, turned, mirrored and turned). So a mirrored or inverted picture's descriptor is a reordering
 * of the bits, and neither has to be computed again.
 */
export const PATTERN_OFFSETS: Int8Array = new Int8Array(ANGLE_STEPS * DESCRIPTOR_BITS * 4);

/** For each comparison how much farther its first end lies along the patch's axis than its second, in pixels. */
export const PATTERN_ADVANCES: Float32Array = new Float32Array(DESCRIPTOR_BITS);

/**
 * The ends of a comparison lie about equally far along the axis. The axis points to the bright side, so that an end
 * farther along it is the brighter one in nearly every patch, and bits that are alike in all pictures tell none apart:
 * with free pairs 1 to 7 of 100 strangers' descriptors are within 40 bits, so 2 to 40 of 10,000 (measured).
 */
const MAX_ADVANCE_PX = 4;

/** A small fixed generator (mulberry32): the pattern must be the same in every build, for keys are stored. */
function fixedSequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function fillPattern(): void {
  const next = fixedSequence(0x0a55a7);
  const gaussian = (): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return radius * Math.cos(2 * Math.PI * next());
  };
  // BRIEF's best layout: both ends drawn from an isotropic normal distribution (Calonder et al. 2010, GII).
  const spread = PATCH_RADIUS_PX / 2.2;
  const point = (): readonly [number, number] => {
    for (;;) {
      const u = gaussian() * spread;
      const v = gaussian() * spread;
      if (u * u + v * v < (PATCH_RADIUS_PX - 0.5) ** 2) return [u, v];
    }
  };
  const pairs: (readonly [number, number, number, number])[] = [];
  while (pairs.length < DESCRIPTOR_BITS) {
    const [au, av] = point();
    const [bu, bv] = point();
    // Ends close to each other, or to their own mirror image, compare nothing that survives noise.
    if (Math.hypot(au - bu, av - bv) < 3.5 || Math.abs(au - bu) > MAX_ADVANCE_PX) continue;
    pairs.push([au, av, bu, bv], [au, -av, bu, -bv], [-au, -av, -bu, -bv], [-au, av, -bu, bv]);
  }
  pairs.forEach(([au, , bu], bit) => {
    PATTERN_ADVANCES[bit] = au - bu;
  });
  // Math.round(-0.5) is -0 but Math.round(0.5) is 1: rounding must be symmetric or mirroring is not exact.
  const round = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));
  for (let step = 0; step < ANGLE_STEPS; step++) {
    const cos = Math.cos((2 * Math.PI * step) / ANGLE_STEPS);
    const sin = Math.sin((2 * Math.PI * step) / ANGLE_STEPS);
    pairs.forEach(([au, av, bu, bv], bit) => {
      const at = (step * DESCRIPTOR_BITS + bit) * 4;
      PATTERN_OFFSETS[at] = round(au * cos - av * sin);
      PATTERN_OFFSETS[at + 1] = round(au * sin + av * cos);
      PATTERN_OFFSETS[at + 2] = round(bu * cos - bv * sin);
      PATTERN_OFFSETS[at + 3] = round(bu * sin + bv * cos);
    });
  }
}

fillPattern();

const swapPairs = (word: number): number => ((word & 0x55555555) << 1) | ((word >>> 1) & 0x55555555);
const swapTwos = (word: number): number => ((word & 0x33333333) << 2) | ((word >>> 2) & 0x33333333);

/** One word of the descriptor of the left-right mirrored picture. */
export const mirrorWord = (word: number): number => swapPairs(word) >>> 0;

/** One word of the descriptor of the inverted picture: the patch's axis turns by 180°, every comparison turns over. */
export const invertWord = (word: number): number => ~swapTwos(word) >>> 0;
