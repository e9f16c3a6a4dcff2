import { TextFolder } from './folded-text.ts';
import { GramHasher } from './gram-hash.ts';
import { createWordRanges, readWords } from './scanned-text.ts';
import type { Vocabulary } from './ordinary-words.ts';

/**
 * How many texts of the catalogue hold a word. A word that many listings use is no misspelling, even where no word
 * list has it: `GeForce` is not a wrong `G-Force`.
 */
export interface CatalogueWords {
  /** Texts that were counted. */
  readonly textCount: number;
  /** Texts that hold the word with these two hashes of its folded units, three of each owner at most. */
  countOf(hashA: number, hashB: number): number;
  /** Owners in whose texts it stands. */
  ownersOf(hashA: number, hashB: number): number;
}

/** A catalogue of which nothing is known. */
export const NO_CATALOGUE: CatalogueWords = { textCount: 0, countOf: () => 0, ownersOf: () => 0 };

/** A title of the catalogue; without an owner it counts as the only one of its own. */
export interface CatalogueText {
  readonly text: string;
  /** The legal entity that sells: several stores of one have one voice. */
  readonly ownerId?: string;
}

/** In so many texts of one owner a word counts: nobody makes a word of an evasion by listing it a hundred times. */
const MAX_TEXTS_PER_OWNER = 3;
/** Texts and owners of a word lie in one number, the owners above so many. */
const OWNER_UNIT = 0x4000000;

/**
 * Counts words (runs between separators, up to 48 units) over texts; a word counts once in each text, and in three texts
 * of an owner at most.
 */
export const countCatalogueWords = (texts: Iterable<CatalogueText>, vocabulary: Vocabulary): CatalogueWords => {
  // 53 bits of the two hashes: a number is a lighter key than a string.
  const counts = new Map<number, number>();
  const folder = new TextFolder();
  const hasher = new GramHasher();
  const words = createWordRanges();
  let textCount = 0;
  let lastOwnerId: string | undefined;
  let ofOwner = new Map<number, number>();
  for (const { text, ownerId } of byOwner(texts)) {
    if (ownerId === undefined || ownerId !== lastOwnerId) ofOwner = new Map();
    lastOwnerId = ownerId;
    textCount++;
    const folded = folder.fold(text);
    hasher.read(folded.units, folded.length);
    readWords(words, folded, hasher, vocabulary);
    const seen = new Set<number>();
    for (let word = 0; word < words.count; word++) {
      const start = words.starts[word]!;
      const end = words.ends[word]!;
      if (end - start < 3 || end - start > 48) continue;
      seen.add(keyOf(hasher.a(start, end), hasher.b(start, end)));
    }
    for (const key of seen) {
      const own = ofOwner.get(key) ?? 0;
      if (own >= MAX_TEXTS_PER_OWNER) continue;
      ofOwner.set(key, own + 1);
      counts.set(key, (counts.get(key) ?? 0) + (own === 0 ? OWNER_UNIT + 1 : 1));
    }
  }
  return {
    textCount,
    countOf: (hashA, hashB) => (counts.get(keyOf(hashA, hashB)) ?? 0) % OWNER_UNIT,
    ownersOf: (hashA, hashB) => Math.floor((counts.get(keyOf(hashA, hashB)) ?? 0) / OWNER_UNIT),
  };
};

const byOwner = (texts: Iterable<CatalogueText>): CatalogueText[] =>
  [...texts].toSorted(({ ownerId: left = '' }, { ownerId: right = '' }) => (left < right ? -1 : left > right ? 1 : 0));

const keyOf = (hashA: number, hashB: number): number => (hashA >>> 0) * 0x200000 + (hashB >>> 11);
