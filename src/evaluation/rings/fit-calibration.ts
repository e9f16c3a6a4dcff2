/** A ring that somebody judged. */
export interface JudgedRing {
  readonly nats: number;
  readonly isConfirmed: boolean;
}

/**
 * Points of the calibration line from judged rings: isotonic regression by pooling adjacent violators (Ayer et al.
 * 1955), one point at the middle of each pool. Pools are drawn to one half by one ring each way, so that a few
 * judgements never make certainty. Empty without rings.
 */
export const fitCalibration = (rings: readonly JudgedRing[]): { nats: number; probability: number }[] => {
  const pools: { nats: number; confirmed: number; count: number }[] = [];
  for (const { nats, isConfirmed } of [...rings].sort((a, b) => a.nats - b.nats)) {
    let pool = { nats, confirmed: isConfirmed ? 1 : 0, count: 1 };
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.nats < pool.nats && last.confirmed / last.count < pool.confirmed / pool.count) break;
      pools.pop();
      const count = last.count + pool.count;
      pool = {
        nats: (last.nats * last.count + pool.nats * pool.count) / count,
        confirmed: last.confirmed + pool.confirmed,
        count,
      };
    }
    pools.push(pool);
  }
  let highest = 0;
  return pools.map(({ nats, confirmed, count }) => {
    // Drawing small pools inwards may not undo the order that pooling made.
    highest = Math.max(highest, (confirmed + 1) / (count + 2));
    return { nats, probability: highest };
  });
};
