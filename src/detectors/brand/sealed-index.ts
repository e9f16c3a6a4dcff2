import type { Mark } from '../../domain/mark.ts';
import { createFingerprintTable, insertFingerprint } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import { MAX_NAME_UNITS, TextFolder } from './folded-text.ts';
import { endKey, endUnitsOf, isFuzzyName } from './fuzzy-tier.ts';
import { GramHasher } from './gram-hash.ts';
import { LONG_HEAD_UNITS, SHORT_HEAD_UNITS, addToBlock, blockOf, createHeadFilter } from './head-filter.ts';
import type { HeadFilter } from './head-filter.ts';
import { addPairToFilter, addToFilter, createKeyFilter } from './key-filter.ts';
import type { KeyFilter } from './key-filter.ts';
import { LookStream } from './look-stream.ts';
import { LookWordCollector } from './look-words.ts';
import { MarkColumnsBuilder } from './mark-columns.ts';
import type { MarkColumns } from './mark-columns.ts';
import { namesOfMark } from './mark-names.ts';
import { isMatchable } from './mark-record.ts';
import { createNameBuckets } from './mask-tier.ts';
import type { NameBuckets } from './mask-tier.ts';
import { NameColumnsBuilder, NameTrait, nameLength } from './name-columns.ts';
import type { NameColumns } from './name-columns.ts';
import type { Vocabulary } from './ordinary-words.ts';
import { REVERSED_HEAD_UNITS, isReversedPhrase } from './reversed-tier.ts';
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
  /** The beginnings of the names that are long enough, and these names themselves. */
  readonly heads: HeadFilter;
  /** Names by the hash of their look-alike classes. */
  readonly look: FingerprintTable;
  readonly lookFilter: KeyFilter;
  /** Words of names of several words, by the hash of their look-alike classes; the value is a hash of the word itself. */
  readonly lookWords: FingerprintTable;
  /** Names by the hash of their units with one left out. */
  readonly deletions: FingerprintTable;
  readonly deletionFilter: KeyFilter;
  /** As both filters, for the names below `minCoinedFuzzyUnits` alone: small enough for the nearest cache. */
  readonly shortFuzzyFilter: KeyFilter;
  /** The first and last units, see `endUnitsOf`, of misspellable names of several words, by length too. */
  readonly phraseEndFilter: KeyFilter;
  /** The first letters, backwards, of names of several words that are looked for backwards. */
  readonly reversedFilter: KeyFilter;
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
      reversedFilter: sealReversed(names, this.#hasher, minCoinedFuzzyUnits),
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

const sealExact = (names: NameColumns, hasher: GramHasher): Pick<SealedIndex, 'exact' | 'exactFilter' | 'heads'> => {
  const exact = createFingerprintTable(names.count);
  const exactFilter = createKeyFilter(names.count);
  // A name and its longer head; many names share the shorter one.
  const heads = createHeadFilter(2 * names.count);
  for (let row = 0; row < names.count; row++) {
    const length = readName(names, row, hasher);
    const hashA = hasher.a(0, length);
    insertFingerprint(exact, hashA, hasher.b(0, length), row);
    addToFilter(exactFilter, hashA);
    if (length < SHORT_HEAD_UNITS) continue;
    const head = hasher.a(0, SHORT_HEAD_UNITS);
    const block = blockOf(heads, head);
    addToBlock(heads, block, head);
    addToBlock(heads, block, hashA);
    if (length >= LONG_HEAD_UNITS) addToBlock(heads, block, hasher.a(0, LONG_HEAD_UNITS));
  }
  return { exact, exactFilter, heads };
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
  readonly #rawHasher = new GramHasher();
  readonly #words = new LookWordCollector();

  push(name: string): void {
    const stream = this.#stream.read(name, 'PLAIN');
    const length = Math.min(stream.keyLength, MAX_NAME_UNITS);
    this.#hasher.read(stream.keys, length);
    this.#hashesA.push(this.#hasher.a(0, length) >>> 0);
    this.#hashesB.push(this.#hasher.b(0, length) >>> 0);
    this.#rawHasher.read(stream.raw, stream.rawLength);
    this.#pushWords(length);
  }

  #pushWords(length: number): void {
    const { tokenCount, tokenIsHard, tokenStarts, keyRaw } = this.#stream;
    let start = 0;
    for (let token = 1; token <= tokenCount; token++) {
      if (token < tokenCount && tokenIsHard[token] === 0) continue;
      const end = Math.min(length, tokenStarts[token]!);
      const isWholeName = start === 0 && token === tokenCount;
      if (!isWholeName && end > start) {
        const from = keyRaw[start]!;
        const to = keyRaw[end]!;
        const written = to - from > MAX_NAME_UNITS ? 0 : this.#rawHasher.a(from, to);
        this.#words.add({ hashA: this.#hasher.a(start, end), hashB: this.#hasher.b(start, end), written });
      }
      start = end;
    }
  }

  seal(names: NameColumns): Pick<SealedIndex, 'look' | 'lookFilter' | 'lookWords'> {
    let entries = 0;
    for (let row = 0; row < names.count; row++) if (hasLook(names, row)) entries++;
    const look = createFingerprintTable(entries);
    const lookFilter = createKeyFilter(entries);
    for (let row = 0; row < names.count; row++) {
      if (!hasLook(names, row)) continue;
      insertFingerprint(look, this.#hashesA.at(row), this.#hashesB.at(row), row);
      addToFilter(lookFilter, this.#hashesA.at(row));
    }
    return { look, lookFilter, lookWords: this.#words.seal() };
  }
}

const sealReversed = (names: NameColumns, hasher: GramHasher, minCoinedUnits: number): KeyFilter => {
  const isTaken = (row: number): boolean =>
    isReversedPhrase(names.traits[row]!, nameLength(names, row), minCoinedUnits);
  let count = 0;
  for (let row = 0; row < names.count; row++) if (isTaken(row)) count++;
  const filter = createKeyFilter(2 * count);
  const head = new Uint16Array(REVERSED_HEAD_UNITS);
  for (let row = 0; row < names.count; row++) {
    if (!isTaken(row)) continue;
    for (let at = 0; at < head.length; at++) head[head.length - 1 - at] = names.units[names.offsets[row]! + at]!;
    hasher.read(head, head.length);
    addPairToFilter(filter, hasher.a(0, head.length), hasher.b(0, head.length));
  }
  return filter;
};

const isPhrase = (names: NameColumns, row: number): boolean => (names.traits[row]! & NameTrait.MULTI_WORD) !== 0;

/** Keys that one phrase adds to the filter of ends. */
const KEYS_OF_PHRASE = 12;

/** Ends of the name as misspellings of it have them, which may be a unit longer or shorter. */
const addPhraseEnds = (filter: KeyFilter, hasher: GramHasher, length: number): void => {
  for (let written = length - 1; written <= length + 1; written++) {
    const units = endUnitsOf(written);
    for (const start of [0, length - units]) {
      const end = start + units;
      addPairToFilter(filter, endKey(hasher.a(start, end), written), endKey(hasher.b(start, end), written));
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
    if (isPhrase(names, row)) phrases++;
  }
  const deletions = createFingerprintTable(entries);
  const deletionFilter = createKeyFilter(entries);
  const shortFuzzyFilter = createKeyFilter(shortEntries);
  const phraseEndFilter = createKeyFilter(KEYS_OF_PHRASE * phrases);
  for (let row = 0; row < names.count; row++) {
    const length = nameLength(names, row);
    if (!isFuzzyName(names.traits[row]!, length, minCoinedUnits)) continue;
    readName(names, row, hasher);
    if (isPhrase(names, row)) addPhraseEnds(phraseEndFilter, hasher, length);
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
