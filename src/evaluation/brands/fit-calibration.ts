/** One observation: the raw log-odds of a finding, and whether it was a violation. */
export interface Observation {
  /** The same for every observation of one row, whose fate decides on which side of the split it falls. */
  readonly rowId: string;
  readonly logOdds: number;
  readonly isViolation: boolean;
}

/** Stretch and shift of log-odds that make probabilities out of them. */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

/** How far probabilities are from what became true. */
export interface Reliability {
  /** Mean squared error, 0–1. */
  readonly brier: number;
  /** Expected calibration error, 0–1: mean distance of told and true share over ten bins. */
  readonly ece: number;
}

/** A calibration fitted to one half of the rows, and what it is worth on the other half. */
export interface FittedCalibration extends Calibration {
  readonly fittedOn: number;
  readonly heldOut: number;
  readonly before: Reliability;
  readonly after: Reliability;
}

const STEPS = 100;
const BINS = 10;
/** Keeps the fit finite where the labels are separated perfectly: a weak prior towards no change. */
const PRIOR_WEIGHT = 1;

const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** Weight of violations against the others that makes them so large a share of all rows; 1 where they stay as they are. */
export interface Weighting {
  readonly ofViolation: number;
}

/** The weight with which `violations` of `rows` count as the share `prevalence01`. */
export const weightOfViolation = (rows: number, violations: number, prevalence01: number): number =>
  violations === 0 || violations === rows
    ? 1
    : (prevalence01 / (1 - prevalence01)) * ((rows - violations) / violations);

/**
 * Fits slope and intercept by penalised logistic regression (Newton's method), drawn towards slope 1 and intercept 0.
 * Source: Platt 1999, with a Gaussian prior in place of his target smoothing. Needs both kinds of observation;
 * without them the calibration stays as it is.
 */
export const fitCalibration = (observations: readonly Observation[], { ofViolation }: Weighting): Calibration => {
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
      const counts = isViolation ? ofViolation : 1;
      const predicted = sigmoid(slope * logOdds + intercept);
      const error = counts * (predicted - (isViolation ? 1 : 0));
      const weight = counts * Math.max(1e-6, predicted * (1 - predicted));
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

/** Brier score and expected calibration error of calibrated observations. */
export const reliabilityOf = (
  observations: readonly Observation[],
  { slope, intercept }: Calibration,
  { ofViolation }: Weighting,
): Reliability => {
  const bins = Array.from({ length: BINS }, () => ({ weight: 0, told: 0, true: 0 }));
  let squares = 0;
  let total = 0;
  for (const { logOdds, isViolation } of observations) {
    const weight = isViolation ? ofViolation : 1;
    const told = sigmoid(slope * logOdds + intercept);
    const bin = bins[Math.min(BINS - 1, Math.floor(told * BINS))]!;
    bin.weight += weight;
    bin.told += weight * told;
    bin.true += isViolation ? weight : 0;
    squares += weight * (told - (isViolation ? 1 : 0)) ** 2;
    total += weight;
  }
  if (total === 0) return { brier: 0, ece: 0 };
  return { brier: squares / total, ece: bins.reduce((sum, bin) => sum + Math.abs(bin.told - bin.true), 0) / total };
};

/** Fits to the rows of one half and measures on the other; halves are told apart by a hash of the row's id. */
export const fitOnHalf = (
  observations: readonly Observation[],
  shipped: Calibration,
  weighting: Weighting,
): FittedCalibration => {
  const fitted = observations.filter(({ rowId }) => isInFirstHalf(rowId));
  const heldOut = observations.filter(({ rowId }) => !isInFirstHalf(rowId));
  const calibration = fitCalibration(fitted, weighting);
  return {
    ...calibration,
    fittedOn: fitted.length,
    heldOut: heldOut.length,
    before: reliabilityOf(heldOut, shipped, weighting),
    after: reliabilityOf(heldOut, calibration, weighting),
  };
};

/** FNV-1a, then a mix: ids that count up fall on either side alike. */
const isInFirstHalf = (rowId: string): boolean => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < rowId.length; at++) hash = Math.imul(hash ^ rowId.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15) ^ (hash >>> 7)) & 1) === 0;
};
