import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { DemoReview, DemoTruth } from '../../../src/evaluation/demo-marketplace/demo-records.ts';
import { createTextMemory } from '../../../src/evaluation/demo-marketplace/text-likeness.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/demo');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const reviews = read('reviews.ndjson')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as DemoReview);
const truth = parse(read('truth.yaml')) as DemoTruth;
const crooked = new Set(truth.rings.flatMap(({ members }) => members));
/** Below this a text has too few shingles for likeness to mean anything. */
const SHORTEST_TEXT = 25;

describe('texts of the demo', () => {
  it('measures likeness as shared shingles among all shingles', () => {
    const memory = createTextMemory();
    memory.remember('abcdefgh');
    expect(memory.nearest01('abcdefgh')).toBe(1);
    expect(memory.nearest01('ABC-DEFGH')).toBeLessThan(1);
    expect(memory.nearest01('abcdefgX')).toBeCloseTo(3 / 5, 10);
    expect(memory.nearest01('nothing in common')).toBe(0);
  });

  it('keeps honest reviews from looking like copies of each other', () => {
    const memory = createTextMemory();
    const alike: string[] = [];
    for (const { accountId, text = '', id } of reviews) {
      if (crooked.has(accountId) || text.length < SHORTEST_TEXT) continue;
      if (memory.nearest01(text) >= 0.4) alike.push(`${id}: ${text}`);
      memory.remember(text);
    }
    expect(alike).toEqual([]);
  });

  it('lets the members of each ring repeat themselves in part', () => {
    for (const ring of truth.rings) {
      const members = new Set(ring.members);
      const targets = new Set(ring.listings);
      const memory = createTextMemory();
      let copies = 0;
      const own = reviews.filter(({ accountId, listingId }) => members.has(accountId) && targets.has(listingId));
      for (const { text = '' } of own) {
        if (memory.nearest01(text) >= 0.4) copies += 1;
        memory.remember(text);
      }
      expect(copies / own.length, ring.id).toBeGreaterThan(0.1);
      expect(copies / own.length, ring.id).toBeLessThan(0.9);
    }
  });
});

describe('rings of the demo', () => {
  it('review the same listings within days, each member at least two of them', () => {
    for (const ring of truth.rings) {
      const times: number[] = [];
      const counts = new Map<string, number>();
      for (const { accountId, listingId, createdAt, stars } of reviews) {
        if (!ring.members.includes(accountId) || !ring.listings.includes(listingId)) continue;
        times.push(Date.parse(createdAt));
        counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
        expect(ring.direction === 'PRAISE' ? stars >= 4 : stars <= 2).toBe(true);
      }
      expect((Math.max(...times) - Math.min(...times)) / 86_400_000, ring.id).toBeLessThan(15);
      expect(
        ring.members.filter((member) => (counts.get(member) ?? 0) < 2),
        ring.id,
      ).toEqual([]);
    }
  });

  it('leave honest buyers out: chance lets two of them meet three times at most', () => {
    const byListing = new Map<string, DemoReview[]>();
    for (const review of reviews) byListing.set(review.listingId, [...(byListing.get(review.listingId) ?? []), review]);
    expect(byListing.size).toBeGreaterThan(200);
    const meetings = new Map<string, number>();
    for (const list of byListing.values()) {
      const honest = list.filter(({ accountId }) => !crooked.has(accountId));
      for (const [index, left] of honest.entries()) {
        for (const right of honest.slice(index + 1)) {
          if (Math.abs(Date.parse(left.createdAt) - Date.parse(right.createdAt)) > 7 * 86_400_000) continue;
          const pair = [left.accountId, right.accountId].toSorted().join(' ');
          meetings.set(pair, (meetings.get(pair) ?? 0) + 1);
        }
      }
    }
    expect(Math.max(...meetings.values())).toBeLessThanOrEqual(3);
    expect([...meetings].filter(([, count]) => count === 3).length).toBeLessThanOrEqual(3);
  });
});
