import { CharacterClass } from './character-fold.ts';
import { sharedUint32 } from './fingerprint-table.ts';
import { TextSign, foldOf } from './folded-text.ts';
import { mix32 } from './gram-hash.ts';
import { NameTrait } from './name-columns.ts';
import type { NameColumns } from './name-columns.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';

/** Signs behind which a letter is hidden. */
const MASKS = new Set('*＊✱✲⁎∗•●○◯■□▪█_#?？…×✖❌⬛⭐★☆');
const MAX_PATTERN_UNITS = 32;
/** Patterns of one text that are looked up: hostile text may hold thousands. */
const MAX_PATTERNS = 48;
/** More marks than this fit the pattern, and it points at none of them. */
const MAX_FITTING_MARKS = 3;

/** Names by length, first and last letter, and by length and first letter: rows grouped by a hash of these. */
export interface NameBuckets {
  /** `rows[starts[b]..starts[b + 1])` are the names of bucket `b`, by their second letter. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

const BUCKETS = 1 << 16;
const bucketOf = (length: number, first: number, last: number): number =>
  mix32(Math.imul(length, 0x9e3779b1) ^ Math.imul(first, 0x85ebca6b) ^ (last + 0x7f4a7c15)) & (BUCKETS - 1);

/** Groups all names by their length, first and last letter. */
export const createNameBuckets = (names: NameColumns): NameBuckets => {
  const starts = sharedUint32(BUCKETS + 1);
  const rows = sharedUint32(names.count);
  const bucketOfRow = (row: number): number => {
    const offset = names.offsets[row]!;
    const end = names.offsets[row + 1]!;
    const traits = names.traits[row]!;
    // Two or three signs of Han are masked at the end, so their last sign does not count.
    const last = (traits & NameTrait.UNSPACED) === 0 ? names.units[end - 1]! : 0;
    return bucketOf(end - offset, names.units[offset]!, last);
  };
  for (let row = 0; row < names.count; row++) starts[bucketOfRow(row) + 1]!++;
  for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const next = starts.slice(0, BUCKETS);
  for (const row of bySecondUnit(names)) rows[next[bucketOfRow(row)]!++] = row;
  return { starts, rows };
};

const secondUnit = (names: NameColumns, row: number): number => names.units[names.offsets[row]! + 1]!;

/** All rows in the order of the names' second letters: a counting sort. */
const bySecondUnit = (names: NameColumns): Uint32Array => {
  const next = new Uint32Array(0x10001);
  for (let row = 0; row < names.count; row++) next[secondUnit(names, row) + 1]!++;
  for (let unit = 0; unit < 0x10000; unit++) next[unit + 1]! += next[unit]!;
  const rows = new Uint32Array(names.count);
  for (let row = 0; row < names.count; row++) rows[next[secondUnit(names, row)]!++] = row;
  return rows;
};

/** First position from `from` to `to` whose name has this second letter or a later one. */
const firstWithSecond = (
  { names, buckets }: SealedIndex,
  { from, to, unit }: { readonly from: number; readonly to: number; readonly unit: number },
): number => {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (secondUnit(names, buckets.rows[middle]!) < unit) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** A masked word: 0 stands for a hidden letter. */
interface Pattern {
  readonly units: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly isUnspaced: boolean;
}

/** Names that fit a word with hidden letters: `ni*e`, `l**** v******`, `古*`. */
export const findMasked = (indexes: readonly SealedIndex[], { folded }: ScannedText, hits: RawHit[]): void => {
  if ((folded.signs & (TextSign.MASK | TextSign.FOREIGN)) === 0) return;
  for (const pattern of patternsOf(folded.source)) {
    const fitting: RawHit[] = [];
    for (const index of indexes) collect(index, pattern, fitting);
    const reputed = fitting.filter((hit) => (hit.index.names.traits[hit.nameRow]! & NameTrait.REPUTED) !== 0);
    const told = reputed.length > 0 ? reputed : fitting;
    const marks = new Set(told.map((hit) => `${indexes.indexOf(hit.index)} ${hit.index.names.markRows[hit.nameRow]}`));
    if (marks.size > MAX_FITTING_MARKS) continue;
    for (const hit of told) hits.push({ ...hit, certainty01: marks.size === 1 ? 1 : 0.85 });
  }
};

const collect = (index: SealedIndex, pattern: Pattern, fitting: RawHit[]): void => {
  const { names, buckets } = index;
  if (names.count === 0) return;
  const { units } = pattern;
  const bucket = bucketOf(units.length, units[0]!, pattern.isUnspaced ? 0 : units.at(-1)!);
  const range = { from: buckets.starts[bucket]!, to: buckets.starts[bucket + 1]! };
  const second = units[1] ?? 0;
  // A bucket of a large register holds hundreds of names: where the second letter shows, it leaves a few.
  const from = second === 0 ? range.from : firstWithSecond(index, { ...range, unit: second });
  for (let at = from; at < range.to; at++) {
    const nameRow = buckets.rows[at]!;
    const traits = names.traits[nameRow]!;
    if (second !== 0 && secondUnit(names, nameRow) > second) break;
    if ((traits & NameTrait.SHORT) !== 0 || !fits(names, nameRow, units)) continue;
    fitting.push({
      index,
      nameRow,
      view: 'MASKED',
      start: pattern.start,
      end: pattern.end,
      isWholeWord: true,
      certainty01: 1,
    });
  }
};

const fits = (names: NameColumns, nameRow: number, units: readonly number[]): boolean => {
  const offset = names.offsets[nameRow]!;
  if (names.offsets[nameRow + 1]! - offset !== units.length) return false;
  return units.every((unit, at) => unit === 0 || names.units[offset + at] === unit);
};

/** Masked words of a text, alone and together with a neighbour or two: `Camel A*tive`. */
const patternsOf = (source: string): Pattern[] => {
  if (!hasMask(source)) return [];
  const patterns: Pattern[] = [];
  const chunks = [...source.matchAll(/\S+/gu)].map((chunk) => ({ text: chunk[0], at: chunk.index }));
  const read = (at: number): Pattern | undefined => {
    const chunk = chunks[at];
    return chunk === undefined ? undefined : readPattern(chunk.text, chunk.at);
  };
  for (let at = 0; at < chunks.length && patterns.length < MAX_PATTERNS; at++) {
    if (!hasMask(chunks[at]!.text)) continue;
    for (const [from, to] of NEIGHBOURHOODS) {
      const parts = Array.from({ length: to - from + 1 }, (_, step) => read(at + from + step));
      const joined = joinPatterns(parts);
      if (joined !== undefined && isTelling(joined)) patterns.push(joined);
    }
  }
  return patterns;
};

/** First and last word of a pattern, counted from the masked one. */
const NEIGHBOURHOODS = [
  [0, 0],
  [-1, 0],
  [0, 1],
  [-1, 1],
  [-2, 0],
  [0, 2],
] as const;

const joinPatterns = (parts: readonly (Pattern | undefined)[]): Pattern | undefined => {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined || parts.includes(undefined)) return undefined;
  const units = parts.flatMap((part) => part?.units ?? []);
  if (units.length > MAX_PATTERN_UNITS) return undefined;
  return { units, start: first.start, end: last.end, isUnspaced: parts.every((part) => part?.isUnspaced === true) };
};

const ANY_MASK = new RegExp(`[${[...MASKS].join('').replace(/[\\\]^-]/g, '\\$&')}]`, 'u');
const hasMask = (text: string): boolean => ANY_MASK.test(text);

/** Whether any word of the text may hide letters. */
export const hasMaskedWord = (text: string): boolean => patternsOf(text).length > 0;

/** The letters and hidden letters of a word, without what stands around them. */
const readPattern = (chunk: string, offset: number): Pattern | undefined => {
  const units: { unit: number; start: number; end: number; isUnspaced: boolean }[] = [];
  let at = 0;
  for (const character of chunk) {
    const start = offset + at;
    at += character.length;
    const end = offset + at;
    if (MASKS.has(character)) {
      units.push({ unit: 0, start, end, isUnspaced: false });
      continue;
    }
    const fold = foldOf(character.codePointAt(0)!);
    if (fold.kind === 'separator') {
      // Punctuation ends the word, unless it has not begun.
      if (units.some(({ unit }) => unit !== 0)) break;
      units.length = 0;
    } else if (fold.kind === 'text') {
      for (let index = 0; index < fold.units.length; index++) {
        const isUnspaced = fold.classes[index] === CharacterClass.UNSPACED;
        units.push({ unit: fold.units.charCodeAt(index), start, end, isUnspaced });
      }
    }
  }
  // `*sale*` is emphasis.
  while (units[0]?.unit === 0) {
    units.shift();
    if (units.at(-1)?.unit === 0) units.pop();
  }
  const [first] = units;
  const last = units.at(-1);
  if (first === undefined || last === undefined || units.length > MAX_PATTERN_UNITS) return undefined;
  const isUnspaced = units.every(({ unit, isUnspaced: has }) => unit === 0 || has);
  return { units: units.map(({ unit }) => unit), start: first.start, end: last.end, isUnspaced };
};

/** Enough letters are left, and some are hidden; a spaced word shows its last letter too. */
const isTelling = ({ units, isUnspaced }: Pattern): boolean => {
  const known = units.filter((unit) => unit !== 0).length;
  if (known === units.length) return false;
  if (isUnspaced) return units.length >= 2 && known * 2 >= units.length;
  const isOpenEnded = units.at(-1) === 0;
  return units.length >= 4 && known >= 2 && known * 3 >= units.length && !isOpenEnded;
};
