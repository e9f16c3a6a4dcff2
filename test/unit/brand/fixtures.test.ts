import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBrandDetector } from '../../../src/detectors/brand/brand-detector.ts';
import { shippedSettings, someFacts, someMark } from './brand-fixture.ts';

interface BrandCase {
  readonly reason: string;
  readonly marks: readonly { readonly text: string }[];
  readonly listing: object;
  readonly seller?: object;
  readonly expect?: string;
}

const folder = new URL('../../../fixtures/brand/', import.meta.url);
const casesOf = (kind: 'flag' | 'pass'): [string, BrandCase][] =>
  readdirSync(new URL(`${kind}/`, folder)).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(new URL(`${kind}/${file}`, folder), 'utf8')) as BrandCase,
  ]);

const detector = createBrandDetector(shippedSettings);
const { review01 } = shippedSettings.rules.outcomes;

const flaggedIn = ({ marks, listing, seller }: BrandCase): string[] => {
  const facts = someFacts(
    marks.map(({ text, ...overrides }, at) => someMark(`m${at}`, text, overrides)),
    { listing, ...(seller === undefined ? {} : { seller }) },
  );
  const result = detector.detect(facts);
  if (result.kind !== 'findings') throw new Error(result.why);
  return result.findings.filter((one) => one.probability >= review01).map((one) => one.violationType);
};

describe('brand cases', () => {
  it.each(casesOf('flag'))('flags %s', (_, one) => {
    expect(flaggedIn(one), one.reason).toContain(one.expect);
  });

  it.each(casesOf('pass'))('lets %s pass', (_, one) => {
    expect(flaggedIn(one), one.reason).toEqual([]);
  });
});
