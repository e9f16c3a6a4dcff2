/** How well a ranking and a yes/no answer tell fraud from honest, in shares 0–1. */
export interface RankingMetrics {
  readonly precision01: number;
  readonly recall01: number;
  readonly f1: number;
  /** Area under the ROC curve; ties count half. */
  readonly auc: number;
  /** Average precision; within ties the mean over all orders is approximated by the precision at the tie's end. */
  readonly averagePrecision: number;
}

export interface ScoredItem {
  readonly score: number;
  readonly isFlagged: boolean;
  readonly isFraud: boolean;
}

export const rankingMetrics = (items: readonly ScoredItem[]): RankingMetrics => {
  const sorted = [...items].sort((a, b) => b.score - a.score);
  const frauds = items.filter((item) => item.isFraud).length;
  const honest = items.length - frauds;
  let above = 0;
  let aboveFrauds = 0;
  let area = 0;
  let averagePrecision = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    let here = 0;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) {
      if (sorted[end]?.isFraud === true) here += 1;
      end += 1;
    }
    const honestHere = end - start - here;
    area += honestHere * (aboveFrauds + here / 2);
    above = end;
    aboveFrauds += here;
    if (here > 0) averagePrecision += (here / frauds) * (aboveFrauds / above);
    start = end;
  }
  const flagged = items.filter((item) => item.isFlagged).length;
  const caught = items.filter((item) => item.isFlagged && item.isFraud).length;
  const precision01 = flagged === 0 ? 0 : caught / flagged;
  const recall01 = frauds === 0 ? 0 : caught / frauds;
  return {
    precision01,
    recall01,
    f1: caught === 0 ? 0 : (2 * precision01 * recall01) / (precision01 + recall01),
    auc: frauds === 0 || honest === 0 ? 0.5 : area / (frauds * honest),
    averagePrecision,
  };
};
