import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createShapeReader } from '../adapters/images/shape-reader.ts';
import { createTesseractReader } from '../adapters/ocr/tesseract-reader.ts';
import { createMarkIndex } from '../detectors/brand/mark-index.ts';
import { createPictureTextDetector, marksNamedIn } from '../detectors/brand/picture-text.ts';
import { pictureTextSettings } from '../detectors/brand/picture-text-settings.ts';
import { listing } from '../domain/listing.ts';
import { mark } from '../domain/mark.ts';
import { seller } from '../domain/seller.ts';
import { readBrandSettings } from '../evaluation/brands/brand-rules.ts';
import type { ReadWords } from '../evaluation/images/measure-logos.ts';

/** Reads words in pictures as a running system does, for measurements. */
export interface LogoWordReader {
  read(picture: Uint8Array): Promise<ReadWords>;
  close(): Promise<void>;
}

const AT = '2026-01-01T00:00:00Z';

/** The word of a logo, by the name of its file: `acme-tools.svg` says “acme tools”. */
export const wordOf = (logo: string): string =>
  logo
    .replace(/\.[a-z]+$/i, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim();

/**
 * Files each logo as a mark of its word, and finds marks in what Tesseract reads: with the detector, the rules and the
 * reader of the running system, for a listing that names no mark.
 */
export async function openLogoWordReader(logos: readonly string[], rulesFolder: string): Promise<LogoWordReader> {
  const settings = pictureTextSettings.parse(parse(await readFile(join(rulesFolder, 'picture-text.yaml'), 'utf8')));
  const marks = logos.map((logo) =>
    mark.parse({ id: logo, rightsHolderId: 'holder', wordMarkSpecification: { markVerbalElementText: wordOf(logo) } }),
  );
  const markIndex = createMarkIndex(marks, readBrandSettings(rulesFolder));
  const detector = createPictureTextDetector(settings);
  const shapes = createShapeReader();
  const reader = createTesseractReader(shapes);
  const facts = {
    listing: listing.parse({
      id: 'listing',
      sellerId: 'seller',
      title: 'x',
      priceMinor: 1_000,
      currency: 'EUR',
      createdAt: AT,
    }),
    seller: seller.parse({ id: 'seller', legalId: 'legal', storeName: 'x', registeredAt: AT }),
    markIndex,
    nowMs: Date.parse(AT),
  };
  return {
    async read(picture) {
      const lines = await reader.read(picture, settings);
      const pictureTexts = [{ index: 0, lines }];
      const detected = detector.detect({ ...facts, pictureTexts });
      return {
        told: detected.kind === 'skipped' ? [] : detected.findings.flatMap(({ markId }) => markId ?? []),
        named: marksNamedIn(pictureTexts, markIndex, settings).get(0) ?? new Set(),
      };
    },
    async close() {
      await reader.close();
      await shapes.close();
    },
  };
}
