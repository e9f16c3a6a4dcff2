const UNIT = 1_000_000;

/** Nearer than this to a whole number, the floating-point result is settled in whole numbers. Its own error is under 10^-11. */
const UNSURE = 1e-8;

/** Whether `candidate ≤ 1000 · (mean − standard deviation)`, in whole numbers. */
const isReached = (candidate: number, goodPpm: number, badPpm: number): boolean => {
  const good = BigInt(goodPpm);
  const bad = BigInt(badPpm);
  const all = good + bad;
  const lead = 1_000n * good - BigInt(candidate) * all;
  if (lead < 0n) return false;
  return lead * lead * (all + BigInt(UNIT)) >= 1_000_000n * good * bad * BigInt(UNIT);
};

/**
 * ⌊1000 · (m − sd)⌋ of a Beta(α, β) with α = goodPpm / 10^6 and β = badPpm / 10^6, both positive: the mean less one
 * standard deviation, so that little evidence is worth less than much. Exact, whatever the engine's rounding.
 * Source: Jøsang & Ismail 2002 (Beta reputation); the discount is policy.md section 6, step 3.
 */
export const qualityOf = (goodPpm: number, badPpm: number): number => {
  const alpha = goodPpm / UNIT;
  const beta = badPpm / UNIT;
  const all = alpha + beta;
  const mean = alpha / all;
  const value = 1_000 * (mean - Math.sqrt((mean * (beta / all)) / (all + 1)));
  const nearest = Math.round(value);
  const floor = Math.abs(value - nearest) < UNSURE && !isReached(nearest, goodPpm, badPpm) ? nearest - 1 : nearest;
  return Math.max(0, Math.abs(value - nearest) < UNSURE ? floor : Math.floor(value));
};
