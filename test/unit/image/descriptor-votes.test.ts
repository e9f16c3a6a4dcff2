import { describe, expect, it } from 'vitest';
import { ANGLE_STEPS } from '../../../src/detectors/image/descriptor-pattern.ts';
import { countAgreeing, createScaleTable } from '../../../src/detectors/image/descriptor-votes.ts';
import type { DescriptorSet } from '../../../src/detectors/image/descriptors.ts';
import { seededRandom } from './drawn-picture.ts';

const SCALE_STEP = 1.25;
const scales = createScaleTable(SCALE_STEP);

function scattered(count: number, seed: number): DescriptorSet {
  const random = seededRandom(seed);
  return {
    count,
    bits: new Uint32Array(count * 8),
    x01: Float32Array.from({ length: count }, () => random()),
    y01: Float32Array.from({ length: count }, () => random()),
    angleStep: Uint8Array.from({ length: count }, () => Math.floor(random() * ANGLE_STEPS)),
    level: Uint8Array.from({ length: count }, () => Math.floor(random() * 4)),
  };
}

/** The same places turned by whole steps around the origin, moved, and seen so many levels smaller. */
function copyOf(
  set: DescriptorSet,
  { steps, levels, move }: { steps: number; levels: number; move: number },
): DescriptorSet {
  const scale = SCALE_STEP ** levels;
  const cos = scale * Math.cos((2 * Math.PI * steps) / ANGLE_STEPS);
  const sin = scale * Math.sin((2 * Math.PI * steps) / ANGLE_STEPS);
  const map = (x: number, y: number): readonly [number, number] => [cos * x - sin * y + move, sin * x + cos * y + move];
  return {
    ...set,
    x01: set.x01.map((x, i) => map(x, set.y01[i]!)[0]),
    y01: set.y01.map((y, i) => map(set.x01[i]!, y)[1]),
    angleStep: set.angleStep.map((step) => (step + steps) % ANGLE_STEPS),
    level: set.level.map((level) => level + levels),
  };
}

const paired = (count: number) => ({
  count,
  subject: Uint16Array.from({ length: count }, (_, i) => i),
  bank: Uint16Array.from({ length: count }, (_, i) => i),
});

describe('votes of descriptors', () => {
  const bank = scattered(80, 3);

  it.each([
    { steps: 0, levels: 0, move: 0 },
    { steps: 5, levels: 0, move: 0.1 },
    { steps: 40, levels: 1, move: -0.2 },
    { steps: 63, levels: 2, move: 0.3 },
  ])('agree for a copy that is turned by $steps steps, $levels levels larger and moved', (how) => {
    expect(countAgreeing(paired(80), { bank, subject: copyOf(bank, how), scales })).toBe(80);
  });

  it('are scattered for a stranger', () => {
    expect(countAgreeing(paired(80), { bank, subject: scattered(80, 4), scales })).toBeLessThan(10);
  });

  it('count a descriptor once, however many places of the other picture it resembles', () => {
    const hits = { count: 60, subject: new Uint16Array(60), bank: new Uint16Array(60).fill(7) };
    expect(countAgreeing(hits, { bank, subject: copyOf(bank, { steps: 0, levels: 0, move: 0 }), scales })).toBe(1);
  });

  it('find the part that agrees among strangers', () => {
    const copy = copyOf(bank, { steps: 9, levels: 0, move: 0.05 });
    const stranger = scattered(80, 8);
    const half = <Values extends Float32Array | Uint8Array>(own: Values, other: Values): Values =>
      own.map((value, i) => (i < 40 ? value : other[i]!)) as Values;
    const subject = {
      ...copy,
      x01: half(copy.x01, stranger.x01),
      y01: half(copy.y01, stranger.y01),
      angleStep: half(copy.angleStep, stranger.angleStep),
      level: half(copy.level, stranger.level),
    };
    const agreeing = countAgreeing(paired(80), { bank, subject, scales });
    expect(agreeing).toBeGreaterThanOrEqual(40);
    expect(agreeing).toBeLessThan(50);
  });
});
