import { probabilityOf } from '../../detectors/ring/probability.ts';

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

/** How well probabilities that were said agree with what was found. */
export interface Reliability {
  readonly rings: number;
  /** Mean squared difference of what was said and what was so, 0–1; 0.25 is that of always saying one half. */
  readonly brier: number;
  /** By fifths of the probability said, those without rings left out: mean of what was said, share confirmed. */
  readonly bins: readonly { readonly rings: number; readonly said01: number; readonly confirmed01: number }[];
}

/** Holds the line of some points against judged rings. */
export const reliabilityOf = (
  rings: readonly JudgedRing[],
  points: Parameters<typeof probabilityOf>[1],
): Reliability => {
  const bins = Array.from({ length: 5 }, () => ({ rings: 0, said: 0, confirmed: 0 }));
  let squares = 0;
  for (const { nats, isConfirmed } of rings) {
    const said01 = probabilityOf(nats, points);
    const so = isConfirmed ? 1 : 0;
    squares += (said01 - so) ** 2;
    const bin = bins[Math.min(4, Math.floor(5 * said01))];
    if (bin === undefined) continue;
    bin.rings += 1;
    bin.said += said01;
    bin.confirmed += so;
  }
  return {
    rings: rings.length,
    brier: rings.length === 0 ? 0 : squares / rings.length,
    bins: bins
      .filter((bin) => bin.rings > 0)
      .map((bin) => ({ rings: bin.rings, said01: bin.said / bin.rings, confirmed01: bin.confirmed / bin.rings })),
  };
};

/** Every second ring by nats is held out: both halves reach from the unlikely to the sure. */
export const holdOutHalf = (rings: readonly JudgedRing[]): { fitted: JudgedRing[]; heldOut: JudgedRing[] } => {
  const sorted = [...rings].sort((a, b) => a.nats - b.nats || Number(a.isConfirmed) - Number(b.isConfirmed));
  return {
    fitted: sorted.filter((_, index) => index % 2 === 0),
    heldOut: sorted.filter((_, index) => index % 2 === 1),
  };
};
