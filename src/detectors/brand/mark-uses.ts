import type { Listing } from '../../domain/listing.ts';
import type { ContextLexicon, ContextMeaning } from './context-lexicon.ts';
import { niceClassesOf } from './context-lexicon.ts';
import type { BrandFacts } from './brand-facts.ts';
import { foldedKey } from './folded-text.ts';
import type { SellerStanding, RightReach } from './lawful-use.ts';
import { reachOf, standingOf } from './lawful-use.ts';
import type { Disclaimer } from './disclaimers.ts';
import { findDisclaimers, isDisclaimed, isInsideDisclaimer } from './disclaimers.ts';
import { fieldsOf, wordDistance, wordsBetween } from './listing-fields.ts';
import type { SubjectField } from './listing-fields.ts';
import type { MarkHit } from './mark-hit.ts';
import type { MarkRecord } from './mark-record.ts';
import type { TermHit } from './term-index.ts';

/** A hit with the field in which it stands. */
export interface FieldHit {
  readonly field: SubjectField;
  readonly hit: MarkHit;
  /** The words before or after it say that the goods fit the mark's goods. */
  readonly isNominative: boolean;
  /** The seller says there that the goods do not come from the mark's owner. */
  readonly isDisclaimed: boolean;
}

/** Everything that is known of one mark in one listing before it is weighed. */
export interface MarkUse {
  readonly mark: MarkRecord;
  readonly hits: readonly FieldHit[];
  readonly standing: SellerStanding;
  readonly reach: RightReach;
  /** The brand attribute names the mark, another brand, nothing, or is empty. */
  readonly brandAttribute: 'AGREES' | 'CONTRADICTS' | 'GENERIC' | 'EMPTY';
  /** Classes of the goods and of the mark are known and meet. */
  readonly isInClass: boolean;
}

/** Context words of one field. */
export type FieldContext = readonly TermHit<ContextMeaning>[];

/** A listing read once: texts, context words, goods, and how each mark is used. */
export interface ListingReading {
  readonly fields: readonly SubjectField[];
  readonly context: ReadonlyMap<string, FieldContext>;
  /** Disclaimers of each field that has any. */
  readonly disclaimers: ReadonlyMap<string, readonly Disclaimer[]>;
  readonly niceClasses: readonly number[];
  readonly hasAccessory: boolean;
  readonly uses: readonly MarkUse[];
}

/** Words that may stand between "for" and the mark: "for the new iPhone", "for use with all Canon". */
const NOMINATIVE_REACH_WORDS = 2;
/** With an accessory named, the list of fitting products may be longer. */
const ACCESSORY_REACH_WORDS = 8;
/** Words between the mark and "compatible" after it: a model, mostly. */
const ACCESSORY_REACH_AFTER_WORDS = 3;
/** What each further suspicious word beside the nearest adds, and how much they add together at most. */
const NATS_PER_FURTHER_WORD = 0.5;
const MAX_NATS_OF_FURTHER_WORDS = 1;
/** Hits of one mark that are worth showing. */
const MAX_HITS_PER_MARK = 40;

/** Reads a listing: finds marks in every field, drops what a longer name explains, and gathers each mark's context. */
export const readListing = (facts: BrandFacts, lexicon: ContextLexicon): ListingReading => {
  const { listing, seller, markIndex, nowMs } = facts;
  const fields = fieldsOf(facts);
  const context = new Map<string, FieldContext>();
  const found = fields.map((field) => ({ field, hits: withoutExplained(markIndex.findMarks(field.text)) }));
  const disclaimers = new Map<string, readonly Disclaimer[]>();
  for (const field of fields) {
    const words = lexicon.context.find(field.text);
    context.set(field.field, words);
    const found = findDisclaimers(field.text, words);
    if (found.length > 0) disclaimers.set(field.field, found);
  }
  const hasAccessory = [context.get('title') ?? [], lexicon.context.find(listing.category ?? '')]
    .flat()
    .some((word) => word.term.meaning.kind === 'accessory');
  const byMark = new Map<string, FieldHit[]>();
  for (const { field, hits } of found) {
    for (const hit of hits) {
      const own = byMark.get(hit.markId) ?? [];
      if (own.length < MAX_HITS_PER_MARK) {
        own.push({
          field,
          hit,
          isNominative: isNominative({ field, hit, hits }, context.get(field.field) ?? [], hasAccessory),
          isDisclaimed: isDisclaimedHit({ field, hit, hits }, disclaimers.get(field.field) ?? [], hasAccessory),
        });
      }
      byMark.set(hit.markId, own);
    }
  }
  const niceClasses = niceClassesOf(listing, lexicon);
  // A product line and the house mark over it belong to one owner: naming one as the brand explains the other.
  const brandOwners = new Set(
    [...byMark].flatMap(([markId, hits]) =>
      hits.some(({ field }) => field.field === 'brand') ? [markIndex.get(markId)?.rightsHolderId ?? ''] : [],
    ),
  );
  const uses: MarkUse[] = [];
  for (const [markId, hits] of byMark) {
    const mark = markIndex.get(markId);
    if (mark === undefined) continue;
    uses.push({
      mark,
      hits,
      standing: standingOf(seller, mark, { listing, nowMs }),
      reach: reachOf(mark, { listing, niceClasses, nowMs }),
      brandAttribute: brandOwners.has(mark.rightsHolderId) ? 'AGREES' : brandAttributeOf(listing, hits, lexicon),
      isInClass: niceClasses.some((niceClass) => mark.niceClasses.includes(niceClass)),
    });
  }
  return { fields, context, disclaimers, niceClasses, hasAccessory, uses };
};

/** A name inside a longer name that stands there as a whole word is explained by it: `Sun` in `Sun Microsystems`. */
const withoutExplained = (hits: readonly MarkHit[]): MarkHit[] =>
  hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other !== hit &&
          other.start <= hit.start &&
          other.end >= hit.end &&
          other.end - other.start > hit.end - hit.start &&
          other.view === 'NATIVE' &&
          other.isWholeWord &&
          other.markId !== hit.markId,
      ),
  );

const isNominative = (
  { field, hit, hits }: { field: SubjectField; hit: MarkHit; hits: readonly MarkHit[] },
  words: FieldContext,
  hasAccessory: boolean,
): boolean => {
  // `case for Lumia2014`: the year is the model's.
  const isYear = hit.view === 'GLUED' && /\d/.test(field.text.charAt(hit.end));
  if ((hit.view !== 'NATIVE' && !isYear) || field.field === 'brand' || field.field === 'storeName') return false;
  const reach = hasAccessory ? ACCESSORY_REACH_WORDS : NOMINATIVE_REACH_WORDS;
  return words.some((word) => {
    if (word.term.meaning.kind === 'nominativeBefore' && word.end <= hit.start) {
      // Other names in the list do not count: "for Samsung, Huawei, Xiaomi".
      const listed = hits.filter((other) => other.start >= word.end && other.end <= hit.start).length;
      return wordsBetween(field.text, word, hit) <= reach + listed;
    }
    return (
      word.term.meaning.kind === 'nominativeAfter' &&
      wordsBetween(field.text, hit, word) <= (hasAccessory ? ACCESSORY_REACH_AFTER_WORDS : 1) &&
      word.start >= hit.end
    );
  });
};

/** In a title a disclaimer only brings the mark before the buyers' search; there "aftermarket" alone counts. */
const isDisclaimedHit = (
  { field, hit, hits }: { field: SubjectField; hit: MarkHit; hits: readonly MarkHit[] },
  disclaimers: readonly Disclaimer[],
  hasAccessory: boolean,
): boolean => {
  if (disclaimers.length === 0 || hit.view !== 'NATIVE') return false;
  if (field.field === 'brand' || field.field === 'storeName') return false;
  const usable = field.field === 'title' ? disclaimers.filter(({ reach }) => reach === 'AROUND') : disclaimers;
  const listed = (start: number, end: number): number =>
    hits.filter((other) => other.start >= start && other.end <= end).length;
  return isDisclaimed({ text: field.text, hit, hasAccessory }, usable, listed);
};

const brandAttributeOf = (
  listing: Listing,
  hits: readonly FieldHit[],
  lexicon: ContextLexicon,
): MarkUse['brandAttribute'] => {
  const brand = (listing.brand ?? '').trim();
  if (brand === '') return 'EMPTY';
  const key = foldedKey(brand);
  if (hits.some(({ hit }) => foldedKey(hit.name) === key)) return 'AGREES';
  return lexicon.genericBrands.find(brand).some((word) => word.start === 0 && word.end === brand.length)
    ? 'GENERIC'
    : 'CONTRADICTS';
};

/** The heaviest word of a kind beside the hit, its weight falling to 1/e over `proximityWords`. */
export const nearestWeightedWord = (
  reading: ListingReading,
  { field, hit }: FieldHit,
  { kind, proximityWords }: { kind: 'replica' | 'comparison'; proximityWords: number },
): { readonly word: TermHit<ContextMeaning>; readonly nats: number; readonly ruleId: string } | undefined => {
  const spoken = new Set<string>();
  const disclaimers = reading.disclaimers.get(field.field) ?? [];
  let best: { word: TermHit<ContextMeaning>; nats: number; ruleId: string } | undefined;
  for (const word of reading.context.get(field.field) ?? []) {
    const { meaning } = word.term;
    if (meaning.kind !== kind || isInnocent(field.text, meaning.word.unlessWith)) continue;
    if (word.start < hit.end && hit.start < word.end) continue;
    if (isInsideDisclaimer(word, disclaimers)) continue;
    const nats = meaning.word.nats * Math.exp(-wordDistance(field.text, word, hit) / proximityWords);
    if (nats >= 1) spoken.add(meaning.ruleId);
    if (best === undefined || nats > best.nats) best = { word, nats, ruleId: meaning.ruleId };
  }
  if (best === undefined || spoken.size < 2) return best;
  const further = Math.min(MAX_NATS_OF_FURTHER_WORDS, NATS_PER_FURTHER_WORD * (spoken.size - 1));
  return { ...best, nats: best.nats + further };
};

const isInnocent = (text: string, unlessWith: readonly string[]): boolean => {
  if (unlessWith.length === 0) return false;
  const padded = ` ${(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `;
  return unlessWith.some((word) => padded.includes(` ${word.toLowerCase()} `));
};
