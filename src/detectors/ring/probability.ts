/** A point of a rising line from nats to probability. */
interface CalibrationPoint {
  readonly nats: number;
  readonly probability: number;
}

/** Probability of so many nats: straight between the points, which come in order of nats, and flat outside them. */
export const probabilityOf = (nats: number, points: readonly CalibrationPoint[]): number => {
  let before = points[0];
  for (const point of points) {
    if (before === undefined || nats <= before.nats) break;
    if (nats < point.nats) {
      const share01 = (nats - before.nats) / (point.nats - before.nats);
      return before.probability + share01 * (point.probability - before.probability);
    }
    before = point;
  }
  return before?.probability ?? 0;
};
