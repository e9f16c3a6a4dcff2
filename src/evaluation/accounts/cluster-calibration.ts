import type { ClusterSettings } from '../../detectors/account/settings.ts';
import { fitOnHalf, type Observation, type Reliability } from '../brands/fit-calibration.ts';

/** The line from nats to log-odds of `cluster` in account.yaml. */
export type ClusterCalibration = Pick<ClusterSettings, 'slope' | 'offsetNats'>;

/** A line fitted to one half of the clusters, and what it is worth on the other half, beside the line before. */
export interface FittedClusters extends ClusterCalibration {
  readonly fittedOn: number;
  readonly heldOut: number;
  readonly before: Reliability;
  readonly after: Reliability;
}

/** A cluster on which a probability is said, with the truth about it. */
export interface JudgedCluster {
  readonly clusterId: string;
  /** Sum of the terms of its score. */
  readonly nats: number;
  /** Most of its accounts are one hand's. */
  readonly isOneHand: boolean;
}

const UNWEIGHTED = { ofViolation: 1 };

/**
 * Fits the probability of a cluster to clusters whose truth is known, each counting once. The fit is drawn towards the line
 * as it is, so a few clusters move it little.
 */
export const fitClusterCalibration = (
  judged: readonly JudgedCluster[],
  { slope, offsetNats }: ClusterCalibration,
): FittedClusters => {
  const observations = judged.map(({ clusterId, nats, isOneHand }): Observation => ({
    rowId: clusterId,
    logOdds: slope * nats + offsetNats,
    isViolation: isOneHand,
  }));
  const { slope: stretch, intercept, ...rest } = fitOnHalf(observations, { slope: 1, intercept: 0 }, UNWEIGHTED);
  return { ...rest, slope: stretch * slope, offsetNats: stretch * offsetNats + intercept };
};

/**
 * The text of account.yaml with another line in its cluster section, comments and all else as they are.
 *
 * @throws Error when the section has no such lines.
 */
export const withClusterCalibration = (text: string, { slope, offsetNats }: ClusterCalibration): string => {
  const lines = /(^cluster:\n(?:(?:[ #].*)?\n)*? {2}offsetNats: ).*(\n {2}slope: ).*$/m;
  if (!lines.test(text)) throw new Error('account.yaml has no lines “offsetNats” and “slope” in its section “cluster”');
  return text.replace(lines, `$1${offsetNats.toFixed(3)}$2${slope.toFixed(3)}`);
};
