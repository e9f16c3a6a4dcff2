import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHitBuffer } from '../../../src/detectors/image/hit-buffer.ts';

const hit = fc.record({
  handle: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 90_000 })),
  subject: fc.integer({ min: 0, max: 299 }),
  bank: fc.integer({ min: 0, max: 511 }),
});
type Hit = { readonly handle: number; readonly subject: number; readonly bank: number };

const groupsOf = (hits: readonly Hit[], least: number): ReadonlyMap<number, readonly string[]> => {
  const groups = new Map<number, string[]>();
  for (const { handle, subject, bank } of hits) {
    groups.set(handle, [...(groups.get(handle) ?? []), `${subject}-${bank}`]);
  }
  return new Map([...groups].filter(([, group]) => group.length >= least));
};

describe('the buffer of hits', () => {
  it('gives the hits of each picture together, each once, in their order, search after search', () => {
    const buffer = createHitBuffer();
    fc.assert(
      fc.property(fc.array(hit, { maxLength: 400 }), fc.integer({ min: 1, max: 5 }), (hits, least) => {
        buffer.clear();
        for (const { handle, subject, bank } of hits) buffer.add(handle, subject, bank);
        const told = new Map<number, readonly string[]>();
        buffer.forEachHandle(least, (handle, { count, subject, bank }) => {
          expect(told.has(handle)).toBe(false);
          expect([subject.length, bank.length]).toEqual([count, count]);
          told.set(
            handle,
            Array.from(subject, (number, i) => `${number}-${bank[i]}`),
          );
        });
        expect(told).toEqual(groupsOf(hits, least));
      }),
    );
  });

  it('holds more hits than it began with', () => {
    const buffer = createHitBuffer();
    const hits = Array.from({ length: 20_000 }, (_, i) => ({ handle: i % 7, subject: i % 300, bank: i % 512 }));
    for (const { handle, subject, bank } of hits) buffer.add(handle, subject, bank);
    const counts: number[] = [];
    buffer.forEachHandle(1, (_, { count }) => counts.push(count));
    expect(counts.reduce((sum, count) => sum + count)).toBe(20_000);
    expect(counts).toHaveLength(7);
  });
});
