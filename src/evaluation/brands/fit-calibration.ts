/** One observation: the raw log-odds of a finding, and whether it was a violation. */
export interface Observation {
  readonly logOdds: number;
  readonly isViolation: boolean;
}

/** Stretch and shift of log-odds that make probabilities out of them. */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

const STEPS = 100;
/** Keeps the fit finite where the labels are separated perfectly: a weak prior towards no change. */
const PRIOR_WEIGHT = 1;

const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/**
 * Fits slope and intercept by penalised logistic regression (Newton's method), drawn towards slope 1 and intercept 0.
 * Source: Platt 1999, with a Gaussian prior in place of his target smoothing. Needs both kinds of observation;
 * without them the calibration stays as it is.
 */
export const fitCalibration = (observations: readonly Observation[]): Calibration => {
  const violations = observations.filter((one) => one.isViolation).length;
  let slope = 1;
  let intercept = 0;
  if (violations === 0 || violations === observations.length) return { slope, intercept };
  for (let step = 0; step < STEPS; step++) {
    let gradientSlope = PRIOR_WEIGHT * (slope - 1);
    let gradientIntercept = PRIOR_WEIGHT * intercept;
    let curveSlope = PRIOR_WEIGHT;
    let curveBoth = 0;
    let curveIntercept = PRIOR_WEIGHT;
    for (const { logOdds, isViolation } of observations) {
      const predicted = sigmoid(slope * logOdds + intercept);
      const error = predicted - (isViolation ? 1 : 0);
      const weight = Math.max(1e-6, predicted * (1 - predicted));
      gradientSlope += error * logOdds;
      gradientIntercept += error;
      curveSlope += weight * logOdds * logOdds;
      curveBoth += weight * logOdds;
      curveIntercept += weight;
    }
    const determinant = curveSlope * curveIntercept - curveBoth * curveBoth;
    const slopeStep = (curveIntercept * gradientSlope - curveBoth * gradientIntercept) / determinant;
    const interceptStep = (curveSlope * gradientIntercept - curveBoth * gradientSlope) / determinant;
    slope = Math.max(0.05, slope - slopeStep);
    intercept -= interceptStep;
    if (Math.abs(slopeStep) + Math.abs(interceptStep) < 1e-6) break;
  }
  return { slope, intercept };
};

/** Mean squared error of probabilities, 0–1: the Brier score. */
export const brierScore = (observations: readonly Observation[], { slope, intercept }: Calibration): number => {
  if (observations.length === 0) return 0;
  const errors = observations.map(
    ({ logOdds, isViolation }) => (sigmoid(slope * logOdds + intercept) - (isViolation ? 1 : 0)) ** 2,
  );
  return errors.reduce((sum, error) => sum + error, 0) / observations.length;
};
