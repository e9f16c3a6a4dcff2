import { describe, expect, it } from 'vitest';
import { fitOnHalf, reliabilityOf, weightOfViolation } from '../../../src/evaluation/brands/fit-calibration.ts';
import type { Observation } from '../../../src/evaluation/brands/fit-calibration.ts';
import { seededRandom } from '../../../src/evaluation/brands/evasions.ts';

const AS_THEY_ARE = { ofViolation: 1 };
const UNCHANGED = { slope: 1, intercept: 0 };

/** Findings whose odds of being a violation are twice as long as they say, and lower by a factor of e. */
const boastful = (): Observation[] => {
  const random = seededRandom(7);
  return Array.from({ length: 4_000 }, (_, at) => {
    const logOdds = random() * 8 - 4;
    const truth01 = 1 / (1 + Math.exp(-(logOdds / 2 - 1)));
    return { rowId: `row-${at}`, logOdds, isViolation: random() < truth01 };
  });
};

describe('calibration fitted to labelled rows', () => {
  it('recovers stretch and shift on rows that it was not fitted to', () => {
    const fitted = fitOnHalf(boastful(), UNCHANGED, AS_THEY_ARE);
    expect(fitted.slope).toBeCloseTo(0.5, 1);
    expect(fitted.intercept).toBeCloseTo(-1, 0);
    expect(fitted.fittedOn + fitted.heldOut).toBe(4_000);
    expect(Math.min(fitted.fittedOn, fitted.heldOut)).toBeGreaterThan(1_800);
    expect(fitted.after.ece).toBeLessThan(fitted.before.ece / 2);
    expect(fitted.after.brier).toBeLessThan(fitted.before.brier);
  });

  it('keeps what is shipped where all rows are of one kind', () => {
    const lawful = boastful().map((one) => ({ ...one, isViolation: false }));
    expect(fitOnHalf(lawful, UNCHANGED, AS_THEY_ARE)).toMatchObject(UNCHANGED);
  });

  it('weighs violations down to the share that they have on the marketplace', () => {
    expect(weightOfViolation(1_000, 500, 0.02)).toBeCloseTo(0.02 / 0.98);
    expect(weightOfViolation(1_000, 20, 0.02)).toBeCloseTo(1);
    const rare = { ofViolation: weightOfViolation(4_000, 1_200, 0.02) };
    expect(fitOnHalf(boastful(), UNCHANGED, rare).intercept).toBeLessThan(-3);
  });

  it('measures no error where what is told is what happens', () => {
    const sure: Observation[] = [true, false].map((isViolation) => ({
      rowId: String(isViolation),
      logOdds: isViolation ? 40 : -40,
      isViolation,
    }));
    const { brier, ece } = reliabilityOf(sure, UNCHANGED, AS_THEY_ARE);
    expect(brier).toBeCloseTo(0, 9);
    expect(ece).toBeCloseTo(0, 9);
  });
});
