import type { Finding } from '../../domain/finding.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Seller } from '../../domain/seller.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { Detector } from '../detector.ts';
import { reachOf, standingOf } from './lawful-use.ts';
import type { MarkIndex } from './mark-index.ts';
import { lettersOf, namesIn, type PictureName, type PictureTextLine } from './picture-names.ts';
import type { PictureTextSettings } from './picture-text-settings.ts';

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

interface Reading extends PictureName {
  readonly index: number;
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
      for (const reading of tellingNames(facts, settings)) {
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

/** Names that say enough by themselves: no everyday words, and none so short that patterns read like them. */
function* tellingNames(
  { pictureTexts, markIndex }: PictureTextFacts,
  settings: PictureTextSettings,
): Generator<Reading> {
  for (const { index, lines } of pictureTexts) {
    for (const name of namesIn(lines, markIndex, settings)) {
      const { strength } = name.hit;
      const isStrong = strength === 'REPUTED' || strength === 'COINED';
      if (isStrong && lettersOf(name.hit) >= settings.minNameLetters) yield { index, ...name };
    }
  }
}

/**
 * Marks of which each picture shows the name, everyday words among them: not enough to tell, and enough beside a shape that
 * is much like the logo of the mark.
 */
export function marksNamedIn(
  pictureTexts: readonly PictureText[],
  markIndex: MarkIndex,
  settings: PictureTextSettings,
): ReadonlyMap<number, ReadonlySet<string>> {
  return new Map(
    pictureTexts.map(({ index, lines }) => [
      index,
      new Set(Array.from(namesIn(lines, markIndex, settings), ({ hit }) => hit.markId)),
    ]),
  );
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
    evidence: readings.slice(0, 20).map(({ index, text, hit: { name }, isMisread }) => ({
      kind: 'FACT',
      why: `Picture ${index + 1} shows the words “${text.slice(0, 200)}”: ${isMisread ? 'by all but one letter ' : ''}the name “${name.slice(0, 100)}”.`,
      name: `pictures.${index}.text`,
      value: text.slice(0, 1_000),
    })),
    about: `picture-text:${markId}`.slice(0, 300),
    markId,
    signals: { pictures, isReadInPicture: true },
  };
}
