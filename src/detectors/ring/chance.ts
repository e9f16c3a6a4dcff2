/** Lanczos coefficients, g = 7, n = 9 (Numerical Recipes, 3rd edition, section 6.1). */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of Γ(x), x > 0, to about 1e-13. */
export const logGamma = (x: number): number => {
  const z = x - 1;
  let sum = LANCZOS[0] ?? 1;
  for (let i = 1; i < LANCZOS.length; i += 1) sum += (LANCZOS[i] ?? 0) / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
};

/** Natural logarithm of the number of ways to choose k of n; 0 where there is no choice. */
export const logChoose = (n: number, k: number): number =>
  k <= 0 || k >= n ? 0 : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Surprise of seeing `count` or more where `mean` were expected: −ln P(X ≥ count), X ~ Poisson(mean), in nats, never negative.
 */
export const poissonSurpriseNats = (count: number, mean: number): number => {
  if (count <= 0) return 0;
  if (mean <= 0) return Number.POSITIVE_INFINITY;
  if (count <= mean) {
    let term = Math.exp(-mean);
    let below = term;
    for (let i = 1; i < count; i += 1) {
      term *= mean / i;
      below += term;
    }
    return Math.max(0, -Math.log1p(-Math.min(below, 1 - Number.EPSILON)));
  }
  // The tail as its first term times a series that falls at least geometrically by mean / (count + 1).
  let ratio = 1;
  let series = 1;
  for (let i = 1; ratio > 1e-16 * series; i += 1) {
    ratio *= mean / (count + i);
    series += ratio;
  }
  return Math.max(0, mean - count * Math.log(mean) + logGamma(count + 1) - Math.log(series));
};
