/** A share with the interval in which the true one lies at 95 %. */
export interface ShareInterval {
  readonly hits: number;
  readonly of: number;
  /** Absent where nothing was counted. */
  readonly share01?: number;
  readonly low01: number;
  readonly high01: number;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959_963_985;

/** Share with Wilson's score interval, which stays honest for few and for extreme counts. Source: Wilson 1927. */
export const shareOf = (hits: number, of: number): ShareInterval => {
  if (of === 0) return { hits, of, low01: 0, high01: 1 };
  const share01 = hits / of;
  const centre = share01 + (Z * Z) / (2 * of);
  const spread = Z * Math.sqrt((share01 * (1 - share01)) / of + (Z * Z) / (4 * of * of));
  const scale = 1 + (Z * Z) / of;
  return {
    hits,
    of,
    share01,
    low01: Math.max(0, (centre - spread) / scale),
    high01: Math.min(1, (centre + spread) / scale),
  };
};
