import { LookKind, asciiClass } from './look-classes.ts';
import type { LookStream } from './look-stream.ts';
import type { NameColumns } from './name-columns.ts';

/** What was done to the letters of a name to get what is written. All counts are of raw units. */
export interface LookChanges {
  /** Letters of another script, pairs like `rn`, I for l. */
  readonly foreign: number;
  /** Of these, letters that deceive only beside Latin letters. */
  readonly weak: number;
  readonly leet: number;
  /** Repetitions beyond the name's own. */
  readonly doubled: number;
  /** Letters that stand as they are. */
  readonly same: number;
}

interface Counts {
  foreign: number;
  weak: number;
  leet: number;
  doubled: number;
  same: number;
}

const M = 0x6d;
const W = 0x77;
const D = 0x64;

/**
 * Explains how `stream.raw[from..to)` comes from the name, letter by letter, with as few changes as a reader would
 * assume; nothing where it does not. Changes go one way: a digit stands for a letter, never a letter for a digit.
 */
export const explainLook = (
  names: NameColumns,
  nameRow: number,
  stream: LookStream,
  { from, to }: { readonly from: number; readonly to: number },
): LookChanges | undefined => {
  const offset = names.offsets[nameRow]!;
  const length = names.offsets[nameRow + 1]! - offset;
  // Repetition makes several explanations possible; this bounds the search on hostile text.
  let steps = 400;
  const counts: Counts = { foreign: 0, weak: 0, leet: 0, doubled: 0, same: 0 };
  const walk = (at: number, raw: number): boolean => {
    if (steps-- <= 0) return false;
    if (raw === to) return at === length;
    if (at < length) {
      const nameUnit = names.units[offset + at]!;
      const written = stream.raw[raw]!;
      if (written === nameUnit) {
        counts.same++;
        if (walk(at + 1, raw + 1)) return true;
        counts.same--;
      }
      const change = changeOf(stream, raw, nameUnit);
      if (change !== undefined) {
        counts[change]++;
        const isWeak = change === 'foreign' && stream.rawIsStrong[raw] === 0;
        if (isWeak) counts.weak++;
        if (walk(at + 1, raw + 1)) return true;
        counts[change]--;
        if (isWeak) counts.weak--;
      }
      if (raw + 1 < to && isPairFor(nameUnit, written, stream.raw[raw + 1]!)) {
        counts.foreign++;
        if (walk(at + 1, raw + 2)) return true;
        counts.foreign--;
      }
    }
    if (at > 0 && isReadAs(stream, raw, names.units[offset + at - 1]!)) {
      counts.doubled++;
      if (walk(at, raw + 1)) return true;
      counts.doubled--;
    }
    return false;
  };
  return walk(0, from) ? counts : undefined;
};

const isPairFor = (nameUnit: number, first: number, second: number): boolean =>
  (nameUnit === M && first === 0x72 && second === 0x6e) ||
  (nameUnit === W && first === 0x76 && second === 0x76) ||
  (nameUnit === D && first === 0x63 && second === 0x6c);

const isReadAs = (stream: LookStream, raw: number, nameUnit: number): boolean => {
  if (stream.raw[raw] === nameUnit) return true;
  const wanted = asciiClass(nameUnit);
  return wanted !== 0 && (stream.rawFirst[raw] === wanted || stream.rawSecond[raw] === wanted);
};

const changeOf = (stream: LookStream, raw: number, nameUnit: number): 'foreign' | 'leet' | undefined => {
  if (stream.raw[raw] === nameUnit || !isReadAs(stream, raw, nameUnit)) return undefined;
  switch (stream.rawKind[raw]) {
    case LookKind.FOREIGN:
      return 'foreign';
    case LookKind.SIGN:
    case LookKind.DIGIT:
      // A digit of the name may be imitated by another script only, not by another digit.
      return nameUnit >= 0x61 ? 'leet' : undefined;
    default:
      // Among letters themselves only I and l look alike, and o and s where the name has 0 and 5.
      return 'foreign';
  }
};
