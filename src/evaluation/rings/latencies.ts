/** Microseconds of one step of many. */
export interface Latencies {
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Mean, quantiles and maximum; zeros for none. */
export const latenciesOf = (microseconds: Float64Array): Latencies => {
  const sorted = microseconds.slice().sort();
  const at = (share01: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share01 * sorted.length))] ?? 0;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length);
  return { mean, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: sorted.at(-1) ?? 0 };
};
