import type { GramHasher } from './gram-hash.ts';
import { LookKind } from './look-classes.ts';
import type { LookStream } from './look-stream.ts';
import { isKnownWord } from './ordinary-words.ts';
import type { ScannedText } from './scanned-text.ts';

/** Raw units of a look stream, the end not included. */
export interface RawRange {
  readonly from: number;
  readonly to: number;
}

/** How many raw units of a range are of one `LookKind`. */
export const countKind = (stream: LookStream, { from, to }: RawRange, kind: number): number => {
  let count = 0;
  for (let raw = from; raw < to; raw++) if (stream.rawKind[raw] === kind) count++;
  return count;
};

/** How many runs of digits a range holds. */
export const countDigitRuns = (stream: LookStream, { from, to }: RawRange): number => {
  let runs = 0;
  let wasDigit = false;
  for (let raw = from; raw < to; raw++) {
    const isDigit = stream.rawKind[raw] === LookKind.DIGIT;
    if (isDigit && !wasDigit) runs++;
    wasDigit = isDigit;
  }
  return runs;
};

/** Whether the range begins or ends with two digits or more. */
export const hasNumberAtEdge = (stream: LookStream, { from, to }: RawRange): boolean => {
  const isDigit = (raw: number): boolean => stream.rawKind[raw] === LookKind.DIGIT;
  return to - from > 2 && ((isDigit(from) && isDigit(from + 1)) || (isDigit(to - 1) && isDigit(to - 2)));
};

/**
 * Whether digits outnumber letters, as in the model `X100S`, or one digit stands before a word, as in `6Core`.
 * `hasher` has read the raw units.
 */
export const isNumberedWord = (
  { vocabulary }: ScannedText,
  stream: LookStream,
  { hasher, range }: { readonly hasher: GramHasher; readonly range: RawRange },
): boolean => {
  const digits = countKind(stream, range, LookKind.DIGIT);
  if (digits * 2 > range.to - range.from) return true;
  const isFirst = digits === 1 && stream.rawKind[range.from] === LookKind.DIGIT;
  return isFirst && isKnownWord(vocabulary, hasher, range.from + 1, range.to);
};
