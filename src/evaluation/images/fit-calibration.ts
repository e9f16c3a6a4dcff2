import type { CalibrationSettings } from '../../detectors/image/settings.ts';
import { solveLinear } from '../../detectors/image/linear-equations.ts';
import { MATCH_FEATURES, matchFeatures, type MatchMeasurements } from '../../detectors/image/match-probability.ts';

/** A verified candidate and whether it was right. */
export interface JudgedCandidate {
  readonly match: MatchMeasurements;
  readonly isRight: boolean;
}

/** Pull of every weight towards zero: keeps the fit finite where right and wrong are cleanly apart. */
const RIDGE = 0.02;
/**
 * How many candidates of a large bank one wrong candidate stands for: an evaluation has some hundred bank pictures, a
 * marketplace millions, so what is rare here is not rare there. Source: measured, docs/decisions/0106.
 */
const STRANGER_WEIGHT = 8;
const ROUNDS = 60;

/** Which way each feature speaks, in the order of `MATCH_FEATURES`: more of it never speaks the other way. */
const DIRECTIONS = [1, 1, 1, 1, 1, -1, -1] as const;

/**
 * Fits the logistic model by iteratively reweighted least squares. Deterministic. A feature that would speak against
 * its nature (two features tell nearly the same) is left out, so that the model stays sound on other pictures.
 */
export function fitCalibration(judged: readonly JudgedCandidate[]): CalibrationSettings {
  // Another dye is no match whatever the weights say.
  const candidates = judged.filter(({ match }) => match.colours !== 'variant');
  const left = new Set<number>();
  for (;;) {
    const weights = fitWeights(candidates, left);
    const wrong = DIRECTIONS.findIndex((direction, i) => !left.has(i) && (weights[i + 1] as number) * direction < 0);
    if (wrong < 0) return toSettings(weights);
    left.add(wrong);
  }
}

/** The intercept and the weights of the features; those in `left` are 0. */
function fitWeights(candidates: readonly JudgedCandidate[], left: ReadonlySet<number>): readonly number[] {
  const rows = candidates.map(({ match, isRight }) => ({
    x: [1, ...matchFeatures(match).map((feature, i) => (left.has(i) ? 0 : feature))],
    y: isRight ? 1 : 0,
    weight: isRight ? 1 : STRANGER_WEIGHT,
  }));
  const size = 1 + MATCH_FEATURES.length;
  let weights = new Array<number>(size).fill(0);
  const total = Math.max(1, rows.length);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = new Array<number>(size).fill(0);
    const curvature = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    for (const { x, y, weight } of rows) {
      const logit = x.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
      const p = 1 / (1 + Math.exp(-logit));
      const bend = Math.max(1e-6, p * (1 - p)) * weight;
      for (let i = 0; i < size; i++) {
        gradient[i] = (gradient[i] as number) + (x[i] as number) * (y - p) * weight;
        const row = curvature[i] as number[];
        for (let j = 0; j < size; j++) row[j] = (row[j] as number) + (x[i] as number) * (x[j] as number) * bend;
      }
    }
    for (let i = 1; i < size; i++) {
      gradient[i] = (gradient[i] as number) - RIDGE * total * 0.01 * (weights[i] as number);
      (curvature[i] as number[])[i] = ((curvature[i] as number[])[i] as number) + RIDGE * total * 0.01;
    }
    (curvature[0] as number[])[0] = ((curvature[0] as number[])[0] as number) + 1e-6;
    const step = solveLinear(curvature, gradient);
    if (step === undefined) break;
    const largest = Math.max(...step.map(Math.abs));
    const damping = largest > 2 ? 2 / largest : 1;
    weights = weights.map((weight, i) => weight + damping * (step[i] as number));
    if (largest < 1e-6) break;
  }
  return weights;
}

function toSettings(weights: readonly number[]): CalibrationSettings {
  const [intercept = 0, ...rest] = weights.map((weight) => Math.round(weight * 100) / 100);
  return { intercept, ...Object.fromEntries(MATCH_FEATURES.map((name, i) => [name, rest[i]])) } as CalibrationSettings;
}

/** The section of `rules/image.yaml` without its heading. */
export const calibrationLines = (calibration: CalibrationSettings): string =>
  ['intercept' as const, ...MATCH_FEATURES].map((name) => `  ${name}: ${calibration[name]}`).join('\n');

/** The text of `image.yaml` with these weights; everything else stays as it is. Throws where it has no such section. */
export function withCalibration(text: string, calibration: CalibrationSettings): string {
  const section = /(^calibration:\n)(?: {2}\w+: .*\n)+/m;
  if (!section.test(text)) throw new Error('image.yaml has no section "calibration" of plain lines');
  return text.replace(section, (_, heading: string) => `${heading}${calibrationLines(calibration)}\n`);
}
