import type { ColourVerdict } from './colour-check.ts';
import type { DenseAgreement } from './dense-check.ts';
import type { CalibrationSettings } from './settings.ts';

/** What is measured of a match. */
export interface MatchMeasurements {
  readonly inliers: number;
  readonly support01: number;
  readonly squeeze: number;
  readonly distanceBits: number;
  readonly dense: DenseAgreement;
}

/** The measurements as the model sees them, in the order of `CalibrationSettings` after the intercept. */
export function matchFeatures({
  inliers,
  support01,
  squeeze,
  distanceBits,
  dense,
}: MatchMeasurements): readonly number[] {
  return [
    Math.log(1 + Math.max(0, inliers - 3)),
    dense.agreement01,
    Math.log(1 + dense.blocks),
    Math.max(0, 64 - distanceBits) / 64,
    dense.correlation,
    support01,
    Math.log(squeeze),
  ];
}

/** Probability that one picture was made from the other, by the calibrated logistic model; 0 for another dye. */
export function matchProbability(
  measured: MatchMeasurements & { readonly colours: ColourVerdict },
  weights: CalibrationSettings,
): number {
  if (measured.colours === 'variant') return 0;
  const { intercept, logInliers, agreement, logBlocks, hashCloseness, correlation, support, logSqueeze } = weights;
  const factors = [logInliers, agreement, logBlocks, hashCloseness, correlation, support, logSqueeze];
  const logit = matchFeatures(measured).reduce((sum, feature, i) => sum + feature * (factors[i] as number), intercept);
  return 1 / (1 + Math.exp(-logit));
}
