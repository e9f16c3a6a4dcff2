import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHammingIndex } from '../../../src/detectors/image/hamming-index.ts';
import { adoptSegment, loadSegment, segmentBytes } from '../../../src/detectors/image/hamming-segment.ts';
import { allocateMemory } from '../../../src/detectors/image/wasm-memory.ts';
import { openSegment } from '../../../src/detectors/image/hamming-segment.ts';
import { buildSegmentNow } from '../../../src/detectors/image/segment-builder.ts';
import { hammingDistanceBits } from '../../../src/detectors/image/hash256.ts';
import { permuteKey } from '../../../src/detectors/image/key-permutation.ts';
import { seededRandom } from '../../unit/image/drawn-picture.ts';

/** Random keys, keys near each other, and keys in crowded buckets: real pictures have all three. */
function makeKeys(seed: number, count: number): Uint32Array[] {
  const random = seededRandom(seed);
  const word = (): number => Math.floor(random() * 4_294_967_296);
  const keys: Uint32Array[] = [];
  for (let i = 0; i < count; i++) {
    const near = keys[Math.floor(random() * i)];
    if (near !== undefined && random() < 0.5) {
      keys.push(flip(near, Math.floor(random() * 60), random));
    } else {
      keys.push(Uint32Array.from({ length: 8 }, (_, w) => (w < 4 && random() < 0.3 ? 0 : word())));
    }
  }
  return keys;
}

function flip(key: Uint32Array, bits: number, random: () => number): Uint32Array {
  const out = key.slice();
  for (let i = 0; i < bits; i++) {
    const bit = Math.floor(random() * 256);
    out[bit >> 5] = (out[bit >> 5] as number) ^ (1 << (bit & 31));
  }
  return out;
}

const found = (search: (visit: (reference: number, distance: number) => void) => void): string[] => {
  const all: string[] = [];
  search((reference, distance) => all.push(`${reference}:${distance}`));
  return all.sort();
};

const expected = (entries: Iterable<readonly [number, Uint32Array]>, key: Uint32Array, radius: number): string[] =>
  [...entries]
    .map(([reference, other]) => [reference, hammingDistanceBits(key, other)] as const)
    .filter(([, distance]) => distance <= radius)
    .map(([reference, distance]) => `${reference}:${distance}`)
    .sort();

describe('a Hamming segment', () => {
  it('answers as a comparison with every key does, at every radius', () => {
    const keys = makeKeys(5, 6_000);
    const words = new Uint32Array(keys.length * 8);
    keys.forEach((key, i) => permuteKey(key, words, i * 8));
    const segment = buildSegmentNow({ words, references: Uint32Array.from(keys, (_, i) => i), count: keys.length });
    const random = seededRandom(6);
    const permuted = new Uint32Array(8);
    for (const radius of [0, 1, 5, 16, 30, 31, 46, 62, 90]) {
      for (let q = 0; q < 12; q++) {
        const key = flip(keys[Math.floor(random() * keys.length)] as Uint32Array, Math.floor(random() * 32), random);
        permuteKey(key, permuted, 0);
        expect(found((visit) => segment.search(permuted, radius, (_, reference, d) => visit(reference, d)))).toEqual(
          expected(keys.entries(), key, radius),
        );
      }
    }
  });

  it('tells all of more equal keys than its buffer holds', () => {
    const words = new Uint32Array(20_000 * 8).fill(0x5a5a5a5a);
    const segment = buildSegmentNow({
      words,
      references: Uint32Array.from({ length: 20_000 }, (_, i) => i),
      count: 20_000,
    });
    let seen = 0;
    segment.search(words.slice(0, 8), 31, () => seen++);
    expect(seen).toBe(20_000);
  });

  it('can be searched through the same memory by another reader', () => {
    const words = Uint32Array.from({ length: 5_000 * 8 }, (_, i) => Math.imul(i + 1, 0x9e3779b1));
    const segment = buildSegmentNow({
      words,
      references: Uint32Array.from({ length: 5_000 }, (_, i) => i),
      count: 5_000,
    });
    const other = openSegment(segment.memory, 1);
    const hits: number[] = [];
    other.search(words.slice(800, 808), 10, (_, reference) => hits.push(reference));
    expect(hits).toContain(100);
    segment.remove(100);
    hits.length = 0;
    other.search(words.slice(800, 808), 10, (_, reference) => hits.push(reference));
    expect(hits).not.toContain(100);
  });
});

describe('the Hamming index', () => {
  it('equals a comparison with every key after any run of additions and removals, across merges', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 30_000 }),
        fc.integer({ min: 0, max: 62 }),
        (seed, count, radius) => {
          const random = seededRandom(seed);
          const keys = makeKeys(seed, count);
          const index = createHammingIndex();
          const alive = new Map<number, Uint32Array>();
          keys.forEach((key, i) => {
            index.add(i, key);
            alive.set(i, key);
            if (random() < 0.1) {
              const victim = Math.floor(random() * (i + 1));
              const there = alive.get(victim);
              expect(index.remove(victim, keys[victim] as Uint32Array)).toBe(there !== undefined);
              alive.delete(victim);
            }
            if (random() < 0.01) index.maintain();
          });
          expect(index.size).toBe(alive.size);
          for (let q = 0; q < 4; q++) {
            const key = flip(keys[Math.floor(random() * count)] as Uint32Array, Math.floor(random() * 40), random);
            expect(found((visit) => index.search(key, radius, visit))).toEqual(expected(alive, key, radius));
          }
        },
      ),
      { numRuns: 6, seed: 7 },
    );
  });

  it('tells of many keys at once what it tells of each, from segments, a delta and after removals', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 14_000 }),
        fc.constantFrom(0, 31, 34, 46, 62),
        (seed, n, r) => {
          const random = seededRandom(seed);
          const keys = makeKeys(seed, n);
          const index = createHammingIndex();
          keys.forEach((key, i) => index.add(i, key));
          const gone = new Set<number>();
          for (let k = 0; k < 20; k++) gone.add(Math.floor(random() * n));
          for (const i of gone) index.remove(i, keys[i] as Uint32Array);
          // More than one block of queries, not a whole number of blocks.
          const asked = Array.from({ length: 37 }, () =>
            flip(keys[Math.floor(random() * n)] as Uint32Array, Math.floor(random() * 40), random),
          );
          const words = new Uint32Array(asked.length * 8);
          asked.forEach((key, q) => words.set(key, q * 8));
          const told = asked.map((): string[] => []);
          index.searchMany(words, r, (q, reference, distance) => told[q]!.push(`${reference}:${distance}`));
          const alive = [...keys.entries()].filter(([i]) => !gone.has(i));
          asked.forEach((key, q) => expect(told[q]!.sort()).toEqual(expected(alive, key, r)));
        },
      ),
      { numRuns: 8, seed: 11 },
    );
  });

  it('goes on from what was captured as it was at that moment, whatever happened to the index since', () => {
    const keys = makeKeys(9, 30_000);
    const index = createHammingIndex();
    keys.forEach((key, i) => index.add(i, key));
    index.remove(3, keys[3] as Uint32Array);
    const { segments, recent } = index.capture();
    expect(segments.length).toBeGreaterThan(0);
    expect(recent.count).toBeGreaterThan(0);
    const bytes = segments.map(({ segment }) => segmentBytes(segment).slice());
    // Whoever writes the bytes takes time: what goes meanwhile is marked in them, and not in what was captured.
    index.remove(4, keys[4] as Uint32Array);
    index.add(70_000, keys[5] as Uint32Array);

    const adopted = segments.map(({ segment, marks }) => {
      const memory = allocateMemory(segment.bytes);
      new Uint8Array(memory.buffer).set(segmentBytes(segment));
      const loaded = adoptSegment(memory, segment.bytes, marks);
      if (loaded.kind === 'unusable') throw new Error(loaded.why);
      return loaded.segment;
    });
    const again = createHammingIndex({ segments: adopted, recent });
    expect(again.size).toBe(29_999);
    const alive = [...keys.entries()].filter(([i]) => i !== 3);
    for (const key of keys.slice(0, 8)) {
      expect(found((visit) => again.search(key, 31, visit))).toEqual(expected(alive, key, 31));
    }
    expect(loadSegment(bytes[0]!.slice(0, -1))).toEqual({ kind: 'unusable', why: 'the segment is cut off' });
    expect(loadSegment(new Uint8Array(5_000)).kind).toBe('unusable');
    const memory = allocateMemory(bytes[0]!.length);
    new Uint8Array(memory.buffer).set(bytes[0]!);
    expect(adoptSegment(memory, bytes[0]!.length, new Uint32Array(1)).kind).toBe('unusable');
  });
});
