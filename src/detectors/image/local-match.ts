import { composeAffine, fitAffine, fitSimilarity, squeezeOf, type Affine } from './affine.ts';
import { ANGLE_STEPS, invertWord, mirrorWord } from './descriptor-pattern.ts';
import type { DescriptorSet } from './descriptors.ts';
import { findNearestKeys } from './nearest-keys.ts';
import type { VerificationSettings } from './settings.ts';

/** How the subject's picture is read before it is compared. */
export interface Reading {
  readonly isMirrored: boolean;
  readonly isInverted: boolean;
}

/** Two pictures laid over each other by their local features. */
export interface LocalMatch {
  /** From the bank picture's to the subject picture's unit square. */
  readonly transform: Affine;
  /** Places of the bank picture that have a partner in the subject where the transform says. */
  readonly inliers: number;
  /** How much longer the map draws one direction than the other, from 1; a change of aspect is some 1.3. */
  readonly squeeze: number;
}

/** Sides of a picture as parts of its longer side. */
export interface Proportions {
  readonly width01: number;
  readonly height01: number;
}

/** Descriptors as they would be if the picture had been mirrored left-right, inverted, or both. */
export function rereadDescriptors(set: DescriptorSet, reading: Reading, width01: number): DescriptorSet {
  if (!reading.isMirrored && !reading.isInverted) return set;
  const bits = new Uint32Array(set.bits);
  const x01 = new Float32Array(set.x01);
  const angleStep = new Uint8Array(set.angleStep);
  if (reading.isInverted) {
    for (let i = 0; i < bits.length; i++) bits[i] = invertWord(bits[i] as number);
    for (let i = 0; i < set.count; i++) angleStep[i] = ((angleStep[i] as number) + ANGLE_STEPS / 2) % ANGLE_STEPS;
  }
  if (reading.isMirrored) {
    for (let i = 0; i < bits.length; i++) bits[i] = mirrorWord(bits[i] as number);
    for (let i = 0; i < set.count; i++) {
      x01[i] = width01 - (x01[i] as number);
      angleStep[i] = (ANGLE_STEPS + ANGLE_STEPS / 2 - (angleStep[i] as number)) % ANGLE_STEPS;
    }
  }
  return { ...set, bits, x01, angleStep };
}

interface Correspondences {
  readonly count: number;
  readonly bank: Int32Array;
  readonly subject: Int32Array;
  readonly distanceBits: Int32Array;
}

/**
 * Lays the bank picture over the subject: nearest descriptors propose similarities (each pair knows turn and scale, so
 * one pair is a hypothesis and nothing is drawn at random), the best is refined to an affine map by its inliers.
 * `subject` must already be reread by `reading`.
 */
export function matchLocally(
  bank: { readonly descriptors: DescriptorSet; readonly sides: Proportions },
  subject: { readonly descriptors: DescriptorSet; readonly sides: Proportions; readonly reading: Reading },
  settings: VerificationSettings & { readonly scaleStep: number },
): LocalMatch | undefined {
  const pairs = pairDescriptors(bank.descriptors, subject.descriptors, settings.pairRadiusBits);
  if (pairs.count < 3) return undefined;
  const from = pointsOf(bank.descriptors, pairs.bank, pairs.count);
  const to = pointsOf(subject.descriptors, pairs.subject, pairs.count);

  let best: Affine | undefined;
  let bestScore = 0;
  const order = Array.from({ length: pairs.count }, (_, i) => i).sort(
    (a, b) => (pairs.distanceBits[a] as number) - (pairs.distanceBits[b] as number),
  );
  for (const seed of order.slice(0, settings.maxHypotheses)) {
    const hypothesis = similarityOf(pairs, seed, { bank, subject, scaleStep: settings.scaleStep });
    const score = countConsistent(hypothesis, { from, to, pairs, bank, subject }, settings);
    if (score > bestScore) {
      bestScore = score;
      best = hypothesis.map;
    }
  }
  if (best === undefined || bestScore < 3) return undefined;

  let map: Affine = best;
  for (const tolerance01 of [settings.coarseTolerance01, settings.fineTolerance01 * 1.5, settings.fineTolerance01]) {
    const inliers = inliersOf(map, from, to, tolerance01);
    if (inliers.count < 3) return undefined;
    const refined = fitAffine(inliers) ?? fitSimilarity(inliers);
    if (refined === undefined || !isPlausible(refined)) break;
    map = refined;
  }
  const inliers = distinctPlaces(inliersOf(map, from, to, settings.fineTolerance01));
  if (inliers < 3 || !isPlausible(map)) return undefined;

  const unitToBank: Affine = [bank.sides.width01, 0, 0, bank.sides.height01, 0, 0];
  const subjectToUnit: Affine = [1 / subject.sides.width01, 0, 0, 1 / subject.sides.height01, 0, 0];
  const unmirror: Affine = subject.reading.isMirrored ? [-1, 0, 0, 1, 1, 0] : [1, 0, 0, 1, 0, 0];
  return {
    transform: composeAffine(unmirror, composeAffine(subjectToUnit, composeAffine(map, unitToBank))),
    inliers,
    squeeze: squeezeOf(map),
  };
}

/** For every subject descriptor its nearest bank descriptor within the radius. */
function pairDescriptors(bank: DescriptorSet, subject: DescriptorSet, radiusBits: number): Correspondences {
  const bankIndex = new Int32Array(subject.count);
  const subjectIndex = new Int32Array(subject.count);
  const distanceBits = new Int32Array(subject.count);
  let count = 0;
  findNearestKeys(subject.bits, bank.bits, (query, key, distance) => {
    if (distance > radiusBits) return;
    bankIndex[count] = key;
    subjectIndex[count] = query;
    distanceBits[count] = distance;
    count++;
  });
  return { count, bank: bankIndex, subject: subjectIndex, distanceBits };
}

function pointsOf(set: DescriptorSet, indexes: Int32Array, count: number): Float64Array {
  const points = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    points[2 * i] = set.x01[indexes[i] as number] as number;
    points[2 * i + 1] = set.y01[indexes[i] as number] as number;
  }
  return points;
}

interface Hypothesis {
  readonly map: Affine;
  /** Scale as a difference of levels, and turn in angle steps. */
  readonly levels: number;
  readonly steps: number;
}

function similarityOf(
  pairs: Correspondences,
  seed: number,
  sides: {
    readonly bank: { readonly descriptors: DescriptorSet };
    readonly subject: { readonly descriptors: DescriptorSet };
    readonly scaleStep: number;
  },
): Hypothesis {
  const b = pairs.bank[seed] as number;
  const s = pairs.subject[seed] as number;
  const bank = sides.bank.descriptors;
  const subject = sides.subject.descriptors;
  const levels = (subject.level[s] as number) - (bank.level[b] as number);
  const steps = (subject.angleStep[s] as number) - (bank.angleStep[b] as number);
  const scale = sides.scaleStep ** levels;
  const cos = scale * Math.cos((2 * Math.PI * steps) / ANGLE_STEPS);
  const sin = scale * Math.sin((2 * Math.PI * steps) / ANGLE_STEPS);
  const x = bank.x01[b] as number;
  const y = bank.y01[b] as number;
  return {
    map: [
      cos,
      sin,
      -sin,
      cos,
      (subject.x01[s] as number) - cos * x + sin * y,
      (subject.y01[s] as number) - sin * x - cos * y,
    ],
    levels,
    steps,
  };
}

function countConsistent(
  hypothesis: Hypothesis,
  data: {
    readonly from: Float64Array;
    readonly to: Float64Array;
    readonly pairs: Correspondences;
    readonly bank: { readonly descriptors: DescriptorSet };
    readonly subject: { readonly descriptors: DescriptorSet };
  },
  settings: VerificationSettings,
): number {
  const [a, b, c, d, e, f] = hypothesis.map;
  const { from, to, pairs } = data;
  const limit = settings.coarseTolerance01 ** 2;
  let count = 0;
  for (let i = 0; i < pairs.count; i++) {
    const x = from[2 * i] as number;
    const y = from[2 * i + 1] as number;
    const dx = a * x + c * y + e - (to[2 * i] as number);
    const dy = b * x + d * y + f - (to[2 * i + 1] as number);
    if (dx * dx + dy * dy > limit) continue;
    const bank = pairs.bank[i] as number;
    const subject = pairs.subject[i] as number;
    const levels = (data.subject.descriptors.level[subject] as number) - (data.bank.descriptors.level[bank] as number);
    if (Math.abs(levels - hypothesis.levels) > 2) continue;
    const steps =
      (data.subject.descriptors.angleStep[subject] as number) - (data.bank.descriptors.angleStep[bank] as number);
    const turn = (((steps - hypothesis.steps) % ANGLE_STEPS) + ANGLE_STEPS) % ANGLE_STEPS;
    if (Math.min(turn, ANGLE_STEPS - turn) > settings.maxTurnSteps) continue;
    count++;
  }
  return count;
}

function inliersOf(
  map: Affine,
  from: Float64Array,
  to: Float64Array,
  tolerance01: number,
): { from: Float64Array; to: Float64Array; count: number } {
  const [a, b, c, d, e, f] = map;
  const kept = { from: new Float64Array(from.length), to: new Float64Array(to.length), count: 0 };
  for (let i = 0; i < from.length; i += 2) {
    const x = from[i] as number;
    const y = from[i + 1] as number;
    const dx = a * x + c * y + e - (to[i] as number);
    const dy = b * x + d * y + f - (to[i + 1] as number);
    if (dx * dx + dy * dy > tolerance01 * tolerance01) continue;
    kept.from[2 * kept.count] = x;
    kept.from[2 * kept.count + 1] = y;
    kept.to[2 * kept.count] = to[i] as number;
    kept.to[2 * kept.count + 1] = to[i + 1] as number;
    kept.count++;
  }
  return kept;
}

/** One corner is seen at several scales: places on a grid of 1/32 of the longer side count once. */
function distinctPlaces(inliers: { readonly from: Float64Array; readonly count: number }): number {
  const places = new Set<number>();
  for (let i = 0; i < inliers.count; i++) {
    places.add(
      Math.floor((inliers.from[2 * i] as number) * 32) * 64 + Math.floor((inliers.from[2 * i + 1] as number) * 32),
    );
  }
  return places.size;
}

/** A copy is shown between a tenth and ten times its size, and is not squeezed more than 2.5 times. */
function isPlausible(map: Affine): boolean {
  const [a, b, c, d] = map;
  const determinant = a * d - b * c;
  return determinant >= 0.01 && determinant <= 100 && squeezeOf(map) < 2.5;
}
