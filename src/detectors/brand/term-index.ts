import { CharacterClass, UnitTrait } from './character-fold.ts';
import { createFingerprintTable, fingerprintOf, insertFingerprint, slotOf } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import type { FoldedText } from './folded-text.ts';
import { MAX_NAME_UNITS, TextFolder } from './folded-text.ts';
import { GramHasher } from './gram-hash.ts';
import { addToFilter, createKeyFilter, mayHoldKey } from './key-filter.ts';
import type { KeyFilter } from './key-filter.ts';

/** A word or phrase of a rule list with what the list says of it. */
export interface Term<Meaning> {
  readonly text: string;
  readonly meaning: Meaning;
  readonly isCaseSensitive?: boolean;
}

/** A term found in a text. */
export interface TermHit<Meaning> {
  readonly term: Term<Meaning>;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
  /** Ordinal of the first and one past the last token of the text that the term takes. */
  readonly firstToken: number;
  readonly endToken: number;
}

interface StoredTerm<Meaning> {
  readonly term: Term<Meaning>;
  readonly key: string;
  /** Written out where folding would lose what tells the term from another word: signs, accents, digits. */
  readonly verbatim: string | undefined;
  readonly isUnspaced: boolean;
}

const spelling = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u00a0]+/gu, ' ');

/** Words of the rule lists, found in a text in one pass: whole words, or anywhere in scripts without word gaps. */
export class TermIndex<Meaning> {
  readonly #terms: StoredTerm<Meaning>[] = [];
  readonly #table: FingerprintTable;
  readonly #filter: KeyFilter;
  #maxTokens = 0;
  readonly #folder = new TextFolder();
  readonly #hasher = new GramHasher();

  constructor(terms: readonly Term<Meaning>[]) {
    this.#table = createFingerprintTable(terms.length);
    this.#filter = createKeyFilter(terms.length);
    for (const term of terms) {
      const folded = this.#folder.fold(term.text);
      if (folded.length === 0 || folded.length > MAX_NAME_UNITS) continue;
      this.#hasher.read(folded.units, folded.length);
      insertFingerprint(
        this.#table,
        this.#hasher.a(0, folded.length),
        this.#hasher.b(0, folded.length),
        this.#terms.length,
      );
      addToFilter(this.#filter, this.#hasher.a(0, folded.length));
      // A text may be cut into more tokens than the term: by its capitals, or letter by letter in unspaced scripts.
      this.#maxTokens = Math.max(this.#maxTokens, folded.tokenCount + 2);
      this.#terms.push({
        term,
        key: keyOf(folded, 0, folded.length),
        verbatim: needsSpelling(folded) ? spelling(term.text) : undefined,
        isUnspaced: folded.classes[0] === CharacterClass.UNSPACED,
      });
    }
  }

  /** All terms in the text, by start, then by end. */
  find(text: string): TermHit<Meaning>[] {
    const hits: TermHit<Meaning>[] = [];
    if (this.#terms.length === 0) return hits;
    const folded = this.#folder.fold(text);
    this.#hasher.read(folded.units, folded.length);
    for (let first = 0; first < folded.tokenCount; first++) {
      const startUnit = folded.tokenStarts[first]!;
      for (let endToken = first + 1; endToken <= Math.min(folded.tokenCount, first + this.#maxTokens); endToken++) {
        const endUnit = folded.tokenStarts[endToken]!;
        if (endUnit - startUnit > MAX_NAME_UNITS) break;
        this.#probe(folded, first, endToken, hits);
      }
    }
    return hits;
  }

  #probe(folded: FoldedText, firstToken: number, endToken: number, hits: TermHit<Meaning>[]): void {
    const startUnit = folded.tokenStarts[firstToken]!;
    const endUnit = folded.tokenStarts[endToken]!;
    if (!mayHoldKey(this.#filter, this.#hasher.a(startUnit, endUnit))) return;
    const table = this.#table;
    const fingerprint = fingerprintOf(this.#hasher.b(startUnit, endUnit));
    let slot = slotOf(table, this.#hasher.a(startUnit, endUnit));
    for (let found = table.fingerprints[slot]!; found !== 0; found = table.fingerprints[slot]!) {
      if (found === fingerprint) {
        const stored = this.#terms[table.values[slot]!]!;
        const start = folded.starts[startUnit]!;
        const end = folded.ends[endUnit - 1]!;
        if (isTermAt(stored, folded, { firstToken, endToken, startUnit, endUnit })) {
          hits.push({ term: stored.term, start, end, firstToken, endToken });
        }
      }
      if (++slot === table.capacity) slot = 0;
    }
  }
}

interface GramRange {
  readonly firstToken: number;
  readonly endToken: number;
  readonly startUnit: number;
  readonly endUnit: number;
}

const isTermAt = (stored: StoredTerm<unknown>, folded: FoldedText, gram: GramRange): boolean => {
  if (keyOf(folded, gram.startUnit, gram.endUnit) !== stored.key) return false;
  const isWhole =
    folded.tokenIsHard[gram.firstToken] === 1 &&
    (gram.endToken === folded.tokenCount || folded.tokenIsHard[gram.endToken] === 1);
  if (!isWhole && !stored.isUnspaced) return false;
  const source = folded.source.slice(folded.starts[gram.startUnit], folded.ends[gram.endUnit - 1]);
  if (stored.term.isCaseSensitive === true && source !== stored.term.text) return false;
  return stored.verbatim === undefined || spelling(source) === stored.verbatim;
};

const keyOf = (folded: FoldedText, start: number, end: number): string =>
  String.fromCharCode(...folded.units.subarray(start, end));

/** German `für` folds to English `fur`, `1:1` to `11`: such terms are compared as they are spelt. */
const needsSpelling = (folded: FoldedText): boolean => {
  for (let at = 0; at < folded.length; at++) {
    if (folded.classes[at] === CharacterClass.DIGIT) return true;
    if ((folded.traits[at]! & UnitTrait.MARKED) !== 0 && folded.units[at]! < 128) return true;
  }
  return false;
};
