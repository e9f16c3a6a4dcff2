import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { BrandFacts } from '../../../src/detectors/brand/brand-facts.ts';
import { createMarkIndex } from '../../../src/detectors/brand/mark-index.ts';
import { parseBrandSettings } from '../../../src/detectors/brand/settings.ts';
import { listing } from '../../../src/domain/listing.ts';
import { mark } from '../../../src/domain/mark.ts';
import type { Mark } from '../../../src/domain/mark.ts';
import { seller } from '../../../src/domain/seller.ts';

/** The settings that the project ships. */
export const shippedSettings = parseBrandSettings((file) =>
  parse(readFileSync(new URL(`../../../rules/${file}`, import.meta.url), 'utf8')),
);

export const NOW_MS = Date.parse('2026-06-15T12:00:00Z');

/** A mark with made-up words; `overrides` are fields of the domain's schema. */
export const someMark = (id: string, text: string, overrides: object = {}): Mark =>
  mark.parse({
    id,
    rightsHolderId: `holder-${id}`,
    wordMarkSpecification: { markVerbalElementText: text },
    ...overrides,
  });

export const someFacts = (
  marks: readonly Mark[],
  parts: { listing?: object; seller?: object; facts?: Partial<BrandFacts> } = {},
): BrandFacts => ({
  listing: listing.parse({
    id: 'l1',
    sellerId: 's1',
    title: 'Running shoes',
    priceMinor: 5_000,
    currency: 'EUR',
    createdAt: '2026-06-15T10:00:00Z',
    ...parts.listing,
  }),
  seller: seller.parse({
    id: 's1',
    legalId: 'legal-s1',
    storeName: 'Corner shop',
    registeredAt: '2025-01-01T00:00:00Z',
    ...parts.seller,
  }),
  markIndex: createMarkIndex(marks, shippedSettings),
  nowMs: NOW_MS,
  ...parts.facts,
});
