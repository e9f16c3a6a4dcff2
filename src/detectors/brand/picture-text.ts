import type { Finding } from '../../domain/finding.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Seller } from '../../domain/seller.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { Detector } from '../detector.ts';
import { reachOf, standingOf } from './lawful-use.ts';
import type { MarkHit, MarkView } from './mark-hit.ts';
import type { MarkIndex } from './mark-index.ts';
import type { PictureTextSettings } from './picture-text-settings.ts';

/** Words of a line that were read in a picture, from left to right, each with how sure the reader is of it, 0–1. */
export type PictureTextLine = readonly { readonly text: string; readonly confidence01: number }[];

/** What was read in one picture of the listing. `index` is its position, from 0. */
export interface PictureText {
  readonly index: number;
  readonly lines: readonly PictureTextLine[];
}

/** What the detector of words in pictures wants to know. */
export interface PictureTextFacts {
  readonly listing: Listing;
  readonly seller: Seller;
  readonly markIndex: MarkIndex;
  /** Pictures that were read; empty where nobody asked for it. */
  readonly pictureTexts: readonly PictureText[];
  readonly nowMs: number;
}

interface Reading {
  readonly index: number;
  readonly text: string;
  readonly hit: MarkHit;
}

const DETECTOR = { name: 'picture-text', version: 2 } as const;

/**
 * Looks for marks in the words that pictures show. A mark that the listing names in its own words is left to the brand
 * detector, which knows how it is used; here it is about marks that a listing shows and does not name.
 */
export function createPictureTextDetector(settings: PictureTextSettings): Detector<PictureTextFacts> {
  return {
    ...DETECTOR,
    subjects: ['LISTING'],
    needs: ['listing', 'seller', 'markIndex', 'pictureTexts', 'nowMs'],
    detect(facts) {
      if (facts.pictureTexts.length === 0) return { kind: 'skipped', why: 'no words were read in pictures' };
      const { listing, markIndex } = facts;
      const named = new Set(
        [listing.title, listing.brand ?? ''].flatMap((text) => markIndex.findMarks(text).map(({ markId }) => markId)),
      );
      const readings = new Map<string, Reading[]>();
      for (const reading of readMarks(facts, settings)) {
        const { markId } = reading.hit;
        if (named.has(markId) || !isTold(markId, facts)) continue;
        readings.set(markId, [...(readings.get(markId) ?? []), reading]);
      }
      return { kind: 'findings', findings: [...readings].map(([markId, of]) => toFinding(markId, of, settings)) };
    },
  };
}

/** Whether words of a listing's pictures are to be read: its category or what was found in it asks for it. */
export function asksForPictureText(
  settings: PictureTextSettings,
  { category = '' }: Pick<Listing, 'category'>,
  findings: readonly { readonly violationType: ViolationType }[],
): boolean {
  if (!settings.isEnabled) return false;
  return (
    settings.categories.some((prefix) => category.toLowerCase().startsWith(prefix.toLowerCase())) ||
    findings.some(({ violationType }) => settings.findings.includes(violationType))
  );
}

/** How a misread name looks; what evaders do besides is not what a reader of pictures does. */
const MISREAD_VIEWS: readonly MarkView[] = ['NATIVE', 'SPLIT', 'SKELETON', 'LEET', 'FUZZY'];

/**
 * Names that stand by themselves and are read letter by letter; long ones even where the reader is unsure of the words or
 * got a letter wrong, since no pattern reads like so many letters by chance.
 */
function* readMarks(
  { pictureTexts, markIndex }: PictureTextFacts,
  { minConfidence01, minNameLetters, minMisreadLetters, minMisreadCertainty01 }: PictureTextSettings,
): Generator<Reading> {
  for (const { index, lines } of pictureTexts) {
    for (const line of lines) {
      for (const text of certainRuns(line, minConfidence01)) {
        for (const hit of markIndex.findMarks(text, 'EXACT')) {
          if (isName(hit, minNameLetters)) yield { index, text, hit };
        }
      }
      const text = line.map((word) => word.text).join(' ');
      for (const hit of markIndex.findMarks(text, 'FULL')) {
        const isLikely = MISREAD_VIEWS.includes(hit.view) && hit.certainty01 >= minMisreadCertainty01;
        if (isLikely && isName(hit, minMisreadLetters)) yield { index, text, hit };
      }
    }
  }
}

function isName({ strength, name, isWholeWord }: MarkHit, minLetters: number): boolean {
  const isStrong = strength === 'REPUTED' || strength === 'COINED';
  return isStrong && isWholeWord && name.replaceAll(/[^\p{L}\p{N}]/gu, '').length >= minLetters;
}

/** Words that stand side by side and were all read well, as one text. */
function certainRuns(line: PictureTextLine, minConfidence01: number): readonly string[] {
  return line
    .map(({ text, confidence01 }) => (confidence01 >= minConfidence01 ? text : '\n'))
    .join(' ')
    .split('\n')
    .map((run) => run.trim())
    .filter((run) => run !== '');
}

function isTold(markId: string, { markIndex, listing, seller, nowMs }: PictureTextFacts): boolean {
  const mark = markIndex.get(markId);
  if (mark === undefined) return false;
  const standing = standingOf(seller, mark, { listing, nowMs }).kind;
  if (standing === 'OWN' || standing === 'AUTHORISED') return false;
  return reachOf(mark, { listing, niceClasses: listing.niceClasses, nowMs }) === 'REACHES';
}

function toFinding(markId: string, readings: readonly Reading[], settings: PictureTextSettings): Finding {
  const { hit } = readings[0]!;
  const pictures = new Set(readings.map(({ index }) => index)).size;
  return {
    detector: DETECTOR.name,
    detectorVersion: DETECTOR.version,
    violationType: 'IP_TM_LOGO_IMITATION',
    probability: settings.probability01,
    summary: `Picture ${readings[0]!.index + 1} shows the name “${hit.name.slice(0, 100)}”, which the listing does not name.`,
    evidence: readings.slice(0, 20).map(({ index, text, hit: { name, view } }) => ({
      kind: 'FACT',
      why: `Picture ${index + 1} shows the words “${text.slice(0, 200)}”: ${view === 'FUZZY' ? 'by all but one letter ' : ''}the name “${name.slice(0, 100)}”.`,
      name: `pictures.${index}.text`,
      value: text.slice(0, 1_000),
    })),
    about: `picture-text:${markId}`.slice(0, 300),
    markId,
    signals: { pictures, isReadInPicture: true },
  };
}
