import type { ColourVerdict } from './colour-check.ts';
import type { DenseAgreement } from './dense-check.ts';
import type { CalibrationSettings } from './settings.ts';

/** What is measured of a match. */
export interface MatchMeasurements {
  readonly inliers: number;
  readonly distanceBits: number;
  readonly dense: DenseAgreement;
}

/** The measurements as the model sees them, in the order of `CalibrationSettings` after the intercept. */
export function matchFeatures({ inliers, distanceBits, dense }: MatchMeasurements): readonly number[] {
  return [
    Math.log(1 + Math.max(0, inliers - 3)),
    dense.agreement01,
    Math.log(1 + dense.blocks),
    Math.max(0, 64 - distanceBits) / 64,
    dense.correlation,
  ];
}

/** Probability that one picture was made from the other, by the calibrated logistic model; 0 for another dye. */
export function matchProbability(
  measured: MatchMeasurements & { readonly colours: ColourVerdict },
  weights: CalibrationSettings,
): number {
  if (measured.colours === 'variant') return 0;
  const [inliers, agreement, blocks, closeness, correlation] = matchFeatures(measured) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const logit =
    weights.intercept +
    weights.logInliers * inliers +
    weights.agreement * agreement +
    weights.logBlocks * blocks +
    weights.hashCloseness * closeness +
    weights.correlation * correlation;
  return 1 / (1 + Math.exp(-logit));
}
