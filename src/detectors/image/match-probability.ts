import type { ColourVerdict } from './colour-check.ts';
import type { DenseAgreement } from './dense-check.ts';
import type { CalibrationSettings } from './settings.ts';

/** What is measured of a match. */
export interface MatchMeasurements {
  readonly inliers: number;
  readonly support01: number;
  readonly medianBits: number;
  readonly squeeze: number;
  readonly distanceBits: number;
  readonly dense: DenseAgreement;
  readonly colours: ColourVerdict;
}

/** The features of the model, in the order in which `matchFeatures` gives them. */
export const MATCH_FEATURES = [
  'logInliers',
  'support',
  'nearness',
  'agreement',
  'hashCloseness',
  'logSqueeze',
  'isRecoloured',
] as const satisfies readonly (keyof CalibrationSettings)[];

/** The measurements as the model sees them, in the order of `MATCH_FEATURES`. */
export function matchFeatures(measured: MatchMeasurements): readonly number[] {
  const { inliers, support01, medianBits, squeeze, distanceBits, dense, colours } = measured;
  return [
    Math.log(1 + Math.max(0, inliers - 3)),
    support01,
    1 - medianBits / 128,
    // Of few blocks that all agree nobody knows that the next one would, too.
    -Math.log(1 - dense.agreement01 + 1 / (dense.blocks + 4)),
    Math.max(0, 64 - distanceBits) / 64,
    Math.log(squeeze),
    colours === 'edited' ? 1 : 0,
  ];
}

/** Probability that one picture was made from the other, by the calibrated logistic model; 0 for another dye. */
export function matchProbability(measured: MatchMeasurements, weights: CalibrationSettings): number {
  if (measured.colours === 'variant') return 0;
  const features = matchFeatures(measured);
  const logit = MATCH_FEATURES.reduce(
    (sum, name, i) => sum + (features[i] as number) * weights[name],
    weights.intercept,
  );
  return 1 / (1 + Math.exp(-logit));
}
