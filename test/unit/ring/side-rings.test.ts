import { describe, expect, it } from 'vitest';
import { createRingDetector } from '../../../src/detectors/ring/ring-detector.ts';
import { sweepRings } from '../../../src/detectors/ring/sweep-rings.ts';
import { honestMarket, NOW_MS, randomFrom, reviewOf, shippedSettings, stateOf } from './ring-fixture.ts';

const settings = shippedSettings();
const detector = createRingDetector(settings);
const market = honestMarket(5);

/** Accounts that each write once, all about different listings of one shop, within five days. */
const loneAccounts = (count: number, text: (index: number) => string, gapMs = 3_600_000 * 5) =>
  Array.from({ length: count }, (_, index) =>
    reviewOf(`lone-${index}`, `burst-shop.item-${index % 7}`, 12, {
      atMs: NOW_MS - 12 * 86_400_000 + index * gapMs,
      text: text(index),
    }),
  );

const words = [
  'quick',
  'solid',
  'fine',
  'sturdy',
  'bright',
  'plain',
  'heavy',
  'quiet',
  'smooth',
  'clean',
  'round',
  'tall',
];
const honestText = (index: number): string => {
  const random = randomFrom(index + 1);
  return Array.from({ length: 14 }, () => words[Math.floor(random() * words.length)]).join(' ');
};
const ringText = (index: number): string =>
  `I have bought ${words[index % words.length]} goods in many shops but this one beats them all in every single way`;

describe('rings that no pair of meetings shows', () => {
  const alike = loneAccounts(12, ringText);

  it('finds accounts that wrote one text about different listings', () => {
    const state = stateOf([...market, ...alike]);
    const [swept] = sweepRings(state, settings);
    expect(swept?.ring.memberAccountIds).toHaveLength(12);
    expect(swept?.ring.terms.some(({ name }) => name === 'nearDuplicateTexts')).toBe(true);
  });

  it('shows the burst beside the texts to whoever looks at one review', () => {
    const state = stateOf([...market, ...alike]);
    const result = detector.detect({ review: alike[5]!, ringState: state, nowMs: NOW_MS });
    const [found] = result.kind === 'findings' ? result.findings : [];
    const ring = found?.evidence[0];
    const terms = ring?.kind === 'RING' ? ring.terms.map(({ name }) => name) : [];
    expect(terms).toContain('sellerBurst');
    expect(terms).toContain('nearDuplicateTexts');
  });

  it('leaves a sale alone that brings many buyers with words of their own', () => {
    const sale = loneAccounts(25, honestText);
    expect(sweepRings(stateOf([...market, ...sale]), settings)).toEqual([]);
  });

  it('finds a burst of newcomers who write nothing', () => {
    const burst = loneAccounts(15, () => '');
    const registered = new Map(burst.map(({ accountId, atMs }) => [accountId, atMs - 86_400_000]));
    const knowledge = { registeredAtMs: (accountId: string) => registered.get(accountId) };
    const [swept] = sweepRings(stateOf([...market, ...burst]), settings, knowledge);
    expect(swept?.ring.memberAccountIds).toHaveLength(15);
    expect(sweepRings(stateOf([...market, ...burst]), settings)).toEqual([]);
  });

  it('takes a phrase that everybody uses for what it is', () => {
    const phrase = market.slice(0, 200).map((review) => ({
      ...review,
      text: 'The goods arrived as described and in good time, many thanks to the seller',
    }));
    expect(sweepRings(stateOf([...phrase, ...market.slice(200)]), settings)).toEqual([]);
  });
});
