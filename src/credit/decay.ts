/** Fixed-point bits while the daily factor is raised to powers; 96 leave every table entry exact to the last millionth. */
const FRACTION_BITS = 96n;
const ONE = 1n << FRACTION_BITS;
const PPM = 1_000_000n;

/** `base` to the power `exponent`, both fixed point with FRACTION_BITS, rounded down at each step. */
const power = (base: bigint, exponent: number): bigint => {
  let result = ONE;
  let square = base;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) result = (result * square) >> FRACTION_BITS;
    square = (square * square) >> FRACTION_BITS;
  }
  return result;
};

/** The greatest fixed-point x with x^halfLifeDays ≤ ½, found by bisection. */
const dailyFactor = (halfLifeDays: number): bigint => {
  let low = ONE >> 1n;
  let high = ONE;
  const half = ONE >> 1n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (power(middle, halfLifeDays) <= half) low = middle;
    else high = middle;
  }
  return low;
};

/**
 * Weight of an event by its age in days, millionths: entry d is round(10^6 · 2^(−d/halfLifeDays)), d = 0…horizonDays.
 * Made of integer arithmetic alone, because `Math.pow` may differ between engines in the last bit.
 */
export const decayTablePpm = (halfLifeDays: number, horizonDays: number): readonly number[] => {
  const factor = dailyFactor(halfLifeDays);
  return Array.from({ length: horizonDays + 1 }, (_, day) =>
    Number((power(factor, day) * PPM + (ONE >> 1n)) >> FRACTION_BITS),
  );
};

/** floor(mass · ppm / 10^6), exact for masses up to 9·10^15 / 10^6 whole events. */
export const timesPpm = (massPpm: number, ppm: number): number => {
  const whole = Math.floor(massPpm / 1_000_000);
  return whole * ppm + Math.floor(((massPpm - whole * 1_000_000) * ppm) / 1_000_000);
};
