import { invertAffine, type Affine } from './affine.ts';
import type { DescriptorSet } from './descriptors.ts';
import { hammingDistanceBits, HASH_WORDS } from './hash256.ts';
import type { Proportions } from './local-match.ts';

/** What the local features of two pictures say of a transform, whoever proposed it. */
export interface PlaceAgreement {
  /** Places of the bank picture with a feature that the subject has, too, where the transform says. */
  readonly inliers: number;
  /** Part of the places where both pictures have features that coincide, 0–1. */
  readonly support01: number;
  /** Median difference of features that lie on each other, in bits of 256; 128 where none does: chance. */
  readonly medianBits: number;
}

/** Features whose places differ by more than this part of the longer side do not lie on each other. */
const SAME_PLACE01 = 0.015;
/** Levels by which the scales of two features of one place may differ from what the transform says. */
const SAME_SCALE_LEVELS = 1;
/** Fewer places than this are no measure of how many should coincide. */
const FEWEST_PLACES = 12;
/** Two strangers' features differ in half of the bits. */
const CHANCE_BITS = 128;

interface Side {
  readonly descriptors: DescriptorSet;
  readonly sides: Proportions;
}

/**
 * Compares the features of two pictures where a transform lays them on each other: each feature of the bank picture with
 * the most similar one of the subject at its place and scale. `toSubject` maps parts of the longer side; features of the
 * subject are already read as its reading says.
 */
export function comparePlaces(
  bank: Side,
  subject: Side,
  how: { readonly toSubject: Affine; readonly radiusBits: number; readonly scaleStep: number },
): PlaceAgreement {
  const { toSubject } = how;
  const back = invertAffine(toSubject);
  if (back === undefined) return { inliers: 0, support01: 0, medianBits: CHANCE_BITS };
  const scale = Math.sqrt(Math.abs(toSubject[0] * toSubject[3] - toSubject[1] * toSubject[2]));
  const levels = Math.round(Math.log(scale) / Math.log(how.scaleStep));
  const visible = new Set<number>();
  const coinciding = new Set<number>();
  const distances: number[] = [];
  for (let i = 0; i < bank.descriptors.count; i++) {
    const x = bank.descriptors.x01[i] as number;
    const y = bank.descriptors.y01[i] as number;
    const at = apply(toSubject, x, y);
    if (!isInside(at, subject.sides)) continue;
    const place = placeOf(x, y);
    visible.add(place);
    const nearest = nearestAt(bank.descriptors, i, { subject: subject.descriptors, at, levels });
    if (nearest === undefined) continue;
    distances.push(nearest);
    if (nearest <= how.radiusBits) coinciding.add(place);
  }
  const inside = new Set<number>();
  for (let j = 0; j < subject.descriptors.count; j++) {
    const at = apply(back, subject.descriptors.x01[j] as number, subject.descriptors.y01[j] as number);
    if (isInside(at, bank.sides)) inside.add(placeOf(at[0], at[1]));
  }
  const shared = Math.max(FEWEST_PLACES, Math.min(visible.size, inside.size));
  return {
    inliers: coinciding.size,
    support01: Math.min(1, coinciding.size / shared),
    medianBits: distances.length === 0 ? CHANCE_BITS : medianOf(distances),
  };
}

/** Bits by which the most similar feature of the subject at a place and scale differs; undefined where there is none. */
function nearestAt(
  bank: DescriptorSet,
  i: number,
  { subject, at, levels }: { readonly subject: DescriptorSet; readonly at: Place; readonly levels: number },
): number | undefined {
  let nearest: number | undefined;
  const level = (bank.level[i] as number) + levels;
  for (let j = 0; j < subject.count; j++) {
    const dx = (subject.x01[j] as number) - at[0];
    const dy = (subject.y01[j] as number) - at[1];
    if (dx * dx + dy * dy > SAME_PLACE01 * SAME_PLACE01) continue;
    if (Math.abs((subject.level[j] as number) - level) > SAME_SCALE_LEVELS) continue;
    const distance = hammingDistanceBits(bank.bits, subject.bits, i * HASH_WORDS, j * HASH_WORDS);
    if (nearest === undefined || distance < nearest) nearest = distance;
  }
  return nearest;
}

type Place = readonly [number, number];

const apply = ([a, b, c, d, e, f]: Affine, x: number, y: number): Place => [a * x + c * y + e, b * x + d * y + f];

const isInside = ([x, y]: Place, { width01, height01 }: Proportions): boolean =>
  x >= 0 && y >= 0 && x <= width01 && y <= height01;

/** One corner is seen at several scales: places on a grid of 1/32 of the longer side count once. */
const placeOf = (x: number, y: number): number => Math.floor(x * 32) * 64 + Math.floor(y * 32);

function medianOf(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] as number;
}
