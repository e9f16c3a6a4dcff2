import type { Mark } from '../../domain/mark.ts';
import { createFingerprintTable, insertFingerprint } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import { MAX_NAME_UNITS, TextFolder } from './folded-text.ts';
import { HEAD_UNITS } from './exact-tier.ts';
import { endUnitsOf, isFuzzyName } from './fuzzy-tier.ts';
import { GramHasher } from './gram-hash.ts';
import { addPairToFilter, addToFilter, createKeyFilter } from './key-filter.ts';
import type { KeyFilter } from './key-filter.ts';
import { LookStream } from './look-stream.ts';
import { MarkColumnsBuilder } from './mark-columns.ts';
import type { MarkColumns } from './mark-columns.ts';
import { namesOfMark } from './mark-names.ts';
import { isMatchable } from './mark-record.ts';
import { createNameBuckets } from './mask-tier.ts';
import type { NameBuckets } from './mask-tier.ts';
import { NameColumnsBuilder, NameTrait, nameLength } from './name-columns.ts';
import type { NameColumns } from './name-columns.ts';
import type { Vocabulary } from './ordinary-words.ts';
import { createSoundBuckets } from './sound-tier.ts';
import type { SoundBuckets } from './sound-tier.ts';
import { GrowingUint32 } from './text-pool.ts';

/** An index of marks that never changes: only typed arrays on shared memory, fit to be handed to other threads. */
export interface SealedIndex {
  readonly marks: MarkColumns;
  readonly names: NameColumns;
  /** Names by the hash of all their units. */
  readonly exact: FingerprintTable;
  readonly exactFilter: KeyFilter;
  /** The first `HEAD_UNITS` units of the names that have more. */
  readonly headFilter: KeyFilter;
  /** Names by the hash of their look-alike classes. */
  readonly look: FingerprintTable;
  readonly lookFilter: KeyFilter;
  /** Words of names of several words, by the hash of their look-alike classes. */
  readonly lookWordFilter: KeyFilter;
  /** Names by the hash of their units with one left out. */
  readonly deletions: FingerprintTable;
  readonly deletionFilter: KeyFilter;
  /** As both filters, for the names below `minCoinedFuzzyUnits` alone: small enough for the nearest cache. */
  readonly shortFuzzyFilter: KeyFilter;
  /** The first and last units, see `endUnitsOf`, of misspellable names of several words. */
  readonly phraseEndFilter: KeyFilter;
  readonly buckets: NameBuckets;
  readonly sounds: SoundBuckets;
  /** Names of marks without reputation are looked for with a wrong letter from this length on; infinite where never. */
  readonly minCoinedFuzzyUnits: number;
}

/** What building an index depends on besides the marks. */
export interface IndexRules {
  readonly vocabulary: Vocabulary;
  /** The more marks, the longer a name must be before one wrong letter in it means anything; ascending. */
  readonly fuzzyLengths: readonly { readonly upToNames: number; readonly units: number }[];
}

/** Collects marks one by one, so that whoever reads them from elsewhere need not hold them all; `seal` ends it. */
export class SealedIndexBuilder {
  #marks: MarkColumnsBuilder | undefined = new MarkColumnsBuilder();
  #names: NameColumnsBuilder | undefined = new NameColumnsBuilder();
  readonly #folder = new TextFolder();
  readonly #hasher = new GramHasher();
  readonly #looks = new LookKeys();
  readonly #rules: IndexRules;

  constructor(rules: IndexRules) {
    this.#rules = rules;
  }

  /** Takes a mark in; one that is not in force is left out. */
  push(mark: Mark): void {
    const marks = this.#marks;
    const names = this.#names;
    if (marks === undefined || names === undefined || !isMatchable(mark)) return;
    const markRow = marks.push(mark);
    const words = { hasher: this.#hasher, vocabulary: this.#rules.vocabulary };
    for (const name of namesOfMark(mark)) {
      const folded = this.#folder.fold(name.text);
      this.#hasher.read(folded.units, folded.length);
      const owner = { markRow, kind: name.kind, isReputed: mark.hasReputation };
      if (names.push(folded, owner, words)) this.#looks.push(name.text);
    }
  }

  seal(): SealedIndex {
    const marks = this.#marks?.seal() ?? new MarkColumnsBuilder().seal();
    const names = this.#names?.seal() ?? new NameColumnsBuilder().seal();
    // Let go before the tables are made: at a million marks the columns weigh as much as the tables.
    this.#marks = undefined;
    this.#names = undefined;
    const minCoinedFuzzyUnits =
      this.#rules.fuzzyLengths.find(({ upToNames }) => names.count <= upToNames)?.units ?? Number.POSITIVE_INFINITY;
    return {
      marks,
      names,
      ...sealExact(names, this.#hasher),
      ...this.#looks.seal(names),
      ...sealDeletions(names, this.#hasher, minCoinedFuzzyUnits),
      buckets: createNameBuckets(names),
      sounds: createSoundBuckets(names, minCoinedFuzzyUnits === Number.POSITIVE_INFINITY),
      minCoinedFuzzyUnits,
    };
  }
}

/** Builds an index of the marks that are in force. */
export const sealIndex = (marks: Iterable<Mark>, rules: IndexRules): SealedIndex => {
  const builder = new SealedIndexBuilder(rules);
  for (const mark of marks) builder.push(mark);
  return builder.seal();
};

const readName = (names: NameColumns, row: number, hasher: GramHasher): number => {
  const length = nameLength(names, row);
  hasher.read(names.units.subarray(names.offsets[row], names.offsets[row + 1]), length);
  return length;
};

const sealExact = (
  names: NameColumns,
  hasher: GramHasher,
): Pick<SealedIndex, 'exact' | 'exactFilter' | 'headFilter'> => {
  const exact = createFingerprintTable(names.count);
  const exactFilter = createKeyFilter(names.count);
  const headFilter = createKeyFilter(names.count);
  for (let row = 0; row < names.count; row++) {
    const length = readName(names, row, hasher);
    const hashA = hasher.a(0, length);
    insertFingerprint(exact, hashA, hasher.b(0, length), row);
    addToFilter(exactFilter, hashA);
    if (length >= HEAD_UNITS) addToFilter(headFilter, hasher.a(0, HEAD_UNITS));
  }
  return { exact, exactFilter, headFilter };
};

/** Han and other signs without word gaps have no look-alikes here. */
const hasLook = (names: NameColumns, row: number): boolean =>
  (names.traits[row]! & (NameTrait.UNSPACED | NameTrait.SHORT)) === 0;

/** Look keys are taken from the names as written, where their words end, and filed when all are known. */
class LookKeys {
  readonly #stream = new LookStream();
  readonly #hasher = new GramHasher();
  readonly #hashesA = new GrowingUint32();
  readonly #hashesB = new GrowingUint32();
  /** Both hashes of each word, one behind the other. */
  readonly #wordHashes = new GrowingUint32();

  push(name: string): void {
    const stream = this.#stream.read(name, 'PLAIN');
    const length = Math.min(stream.keyLength, MAX_NAME_UNITS);
    this.#hasher.read(stream.keys, length);
    this.#hashesA.push(this.#hasher.a(0, length) >>> 0);
    this.#hashesB.push(this.#hasher.b(0, length) >>> 0);
    this.#pushWords(length);
  }

  #pushWords(length: number): void {
    const { tokenCount, tokenIsHard, tokenStarts } = this.#stream;
    let start = 0;
    for (let token = 1; token <= tokenCount; token++) {
      if (token < tokenCount && tokenIsHard[token] === 0) continue;
      const end = Math.min(length, tokenStarts[token]!);
      const isWholeName = start === 0 && token === tokenCount;
      if (!isWholeName && end > start) {
        this.#wordHashes.push(this.#hasher.a(start, end) >>> 0);
        this.#wordHashes.push(this.#hasher.b(start, end) >>> 0);
      }
      start = end;
    }
  }

  seal(names: NameColumns): Pick<SealedIndex, 'look' | 'lookFilter' | 'lookWordFilter'> {
    let entries = 0;
    for (let row = 0; row < names.count; row++) if (hasLook(names, row)) entries++;
    const look = createFingerprintTable(entries);
    const lookFilter = createKeyFilter(entries);
    for (let row = 0; row < names.count; row++) {
      if (!hasLook(names, row)) continue;
      insertFingerprint(look, this.#hashesA.at(row), this.#hashesB.at(row), row);
      addToFilter(lookFilter, this.#hashesA.at(row));
    }
    const lookWordFilter = createKeyFilter(this.#wordHashes.length);
    for (let at = 0; at < this.#wordHashes.length; at += 2) {
      addPairToFilter(lookWordFilter, this.#wordHashes.at(at), this.#wordHashes.at(at + 1));
    }
    return { look, lookFilter, lookWordFilter };
  }
}

const isLongPhrase = (names: NameColumns, row: number, length: number): boolean =>
  endUnitsOf(length) > 0 && (names.traits[row]! & NameTrait.MULTI_WORD) !== 0;

/** Ends of the length that a text asks for, which may be a unit longer or shorter than the name. */
const addPhraseEnds = (filter: KeyFilter, hasher: GramHasher, length: number): void => {
  for (const units of new Set([endUnitsOf(length - 2), endUnitsOf(length)])) {
    if (units === 0) continue;
    for (const start of [0, length - units]) {
      addPairToFilter(filter, hasher.a(start, start + units), hasher.b(start, start + units));
    }
  }
};

const sealDeletions = (
  names: NameColumns,
  hasher: GramHasher,
  minCoinedUnits: number,
): Pick<SealedIndex, 'deletions' | 'deletionFilter' | 'shortFuzzyFilter' | 'phraseEndFilter'> => {
  let entries = 0;
  let shortEntries = 0;
  let phrases = 0;
  for (let row = 0; row < names.count; row++) {
    const length = nameLength(names, row);
    if (!isFuzzyName(names.traits[row]!, length, minCoinedUnits)) continue;
    entries += length;
    if (length < minCoinedUnits) shortEntries += length + 1;
    if (isLongPhrase(names, row, length)) phrases++;
  }
  const deletions = createFingerprintTable(entries);
  const deletionFilter = createKeyFilter(entries);
  const shortFuzzyFilter = createKeyFilter(shortEntries);
  const phraseEndFilter = createKeyFilter(4 * phrases);
  for (let row = 0; row < names.count; row++) {
    const length = nameLength(names, row);
    if (!isFuzzyName(names.traits[row]!, length, minCoinedUnits)) continue;
    readName(names, row, hasher);
    if (isLongPhrase(names, row, length)) addPhraseEnds(phraseEndFilter, hasher, length);
    const offset = names.offsets[row]!;
    for (let left = 0; left < length; left++) {
      if (left > 0 && names.units[offset + left] === names.units[offset + left - 1]) continue;
      const hashA = hasher.aWithout(0, length, left);
      insertFingerprint(deletions, hashA, hasher.bWithout(0, length, left), row);
      addToFilter(deletionFilter, hashA);
      if (length < minCoinedUnits) addToFilter(shortFuzzyFilter, hashA);
    }
    if (length < minCoinedUnits) addToFilter(shortFuzzyFilter, hasher.a(0, length));
  }
  return { deletions, deletionFilter, shortFuzzyFilter, phraseEndFilter };
};
