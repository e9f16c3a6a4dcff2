import type { Mark } from '../../domain/mark.ts';
import type { SimilarText } from './brand-facts.ts';
import { queriesOfMark, termsOfText } from './catalogue-terms.ts';
import { mix32 } from './gram-hash.ts';
import { normaliseForCopy, shinglesOf } from './text-shingles.ts';

/** Smallest shingle hashes that stand for a text. Source: bottom-k sketch, Broder 1997. */
const SKETCH_SIZE = 24;
/** Texts with so many of them in common are compared exactly. */
const MIN_COMMON_SKETCH = 4;
const MAX_SIMILAR = 50;

/** A stored listing as far as its texts go. */
export interface CatalogueText extends SimilarText {
  /** Brand, attributes and whatever else is searched for marks besides title and description. */
  readonly otherTexts?: readonly string[];
}

const hashText = (text: string): number => {
  let state = text.length;
  for (let at = 0; at < text.length; at++) state = (Math.imul(state, 0x01000193) ^ text.charCodeAt(at)) | 0;
  return mix32(state);
};

const sketchOf = (description: string): number[] => {
  const hashes = new Set<number>();
  for (const shingle of shinglesOf(normaliseForCopy(description))) hashes.add(hashText(shingle));
  return [...hashes].toSorted((left, right) => left - right).slice(0, SKETCH_SIZE);
};

/**
 * An inverted index of the stored catalogue's texts: which listings may name a mark in any spelling, and which
 * descriptions may be copies of one another. It names candidates; the matcher and the exact comparison decide.
 */
export class CatalogueIndex {
  readonly #texts = new Map<string, CatalogueText>();
  readonly #postings = new Map<number, Set<string>>();
  readonly #sketches = new Map<number, Set<string>>();

  get size(): number {
    return this.#texts.size;
  }

  /** Adds a listing or puts its new version in place. */
  put(text: CatalogueText): void {
    this.remove(text.listingId);
    this.#texts.set(text.listingId, text);
    for (const term of termsOf(text)) post(this.#postings, term, text.listingId);
    for (const hash of sketchOf(text.description)) post(this.#sketches, hash, text.listingId);
  }

  remove(listingId: string): void {
    const known = this.#texts.get(listingId);
    if (known === undefined) return;
    for (const term of termsOf(known)) unpost(this.#postings, term, listingId);
    for (const hash of sketchOf(known.description)) unpost(this.#sketches, hash, listingId);
    this.#texts.delete(listingId);
  }

  /** Ids of the listings that have to be read again when the mark is added or withdrawn, ascending. */
  candidatesFor(mark: Mark): string[] {
    const candidates = new Set<string>();
    for (const { terms, least } of queriesOfMark(mark)) {
      for (const [listingId, count] of countPostings(this.#postings, terms)) {
        if (count >= least) candidates.add(listingId);
      }
    }
    return [...candidates].toSorted();
  }

  /** Stored listings whose description resembles this one, the likeliest first, at most fifty. */
  similarTo(description: string): SimilarText[] {
    const sketch = sketchOf(description);
    const least = Math.min(MIN_COMMON_SKETCH, sketch.length);
    return [...countPostings(this.#sketches, sketch)]
      .filter(([, count]) => count >= least)
      .toSorted((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
      .slice(0, MAX_SIMILAR)
      .map(([listingId]) => this.#texts.get(listingId)!);
  }
}

const termsOf = ({ title, description, otherTexts = [] }: CatalogueText): Set<number> => {
  const terms = new Set<number>();
  for (const text of [title, description, ...otherTexts]) for (const term of termsOfText(text)) terms.add(term);
  return terms;
};

const post = (postings: Map<number, Set<string>>, term: number, listingId: string): void => {
  const known = postings.get(term);
  if (known === undefined) postings.set(term, new Set([listingId]));
  else known.add(listingId);
};

const unpost = (postings: Map<number, Set<string>>, term: number, listingId: string): void => {
  const known = postings.get(term);
  known?.delete(listingId);
  if (known?.size === 0) postings.delete(term);
};

const countPostings = (
  postings: ReadonlyMap<number, ReadonlySet<string>>,
  terms: readonly number[],
): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const term of terms) for (const id of postings.get(term) ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};
