import { ASCII_UNITS } from './folded-text.ts';
import { asciiLookOf } from './look-classes.ts';
import { LookReadings } from './look-places.ts';
import type { LookPlaces } from './look-places.ts';
import { LOOK_SHIFT } from './scanned-text.ts';
import type { ScannedText } from './scanned-text.ts';
import { WordMemo } from './word-memo.ts';

/** Signs that end a word and are no letter of any: what stands between two of them is read by itself. */
const GAPS = Uint8Array.from({ length: 128 }, (_, code) => {
  const isSeparator = ASCII_UNITS[code] === 0 && (code >= 0x20 || (code >= 9 && code <= 13));
  return isSeparator && asciiLookOf(code) === undefined ? 1 : 0;
});
/** So many single characters in a row may be a name that is spelt out. */
const SPELT_OUT_CHUNKS = 4;
/** Longer chunks are read anew each time. */
const MAX_MEMO_CHARACTERS = 64;

/**
 * Tells where a text holds anything for the tier of look-alikes. A text falls into chunks between plain separators; what
 * each chunk is to this tier does not depend on its neighbours, and most chunks are known from other texts.
 */
export class LookChunks {
  readonly #memo = new WordMemo();

  /** Forgets everything: names or words have changed. */
  clear(): void {
    this.#memo.clear();
  }

  /** Adds the chunks to look at, as `readingsOf` tells them of one it has not been asked about; all where letters stand alone. */
  addPlaces(source: string, places: LookPlaces, readingsOf: (chunk: string) => number): void {
    let alone = 0;
    for (let at = 0; at < source.length;) {
      if (isGap(source.charCodeAt(at))) {
        at++;
        continue;
      }
      const start = at;
      let hashA = 0x811c9dc5 | 0;
      let hashB = 0x2f0b4c47;
      for (; at < source.length; at++) {
        const code = source.charCodeAt(at);
        if (code < 128 && GAPS[code] === 1) break;
        // Looks do not depend on the case of a letter of ASCII.
        const unit = code >= 0x41 && code <= 0x5a ? code + 32 : code;
        hashA = Math.imul(hashA ^ unit, 0x01000193);
        hashB = (Math.imul(hashB, 0x5bd1e995) + unit) | 0;
      }
      const size = at - start;
      alone = size <= 2 ? alone + 1 : 0;
      if (alone >= SPELT_OUT_CHUNKS || size > MAX_MEMO_CHARACTERS) {
        places.add(0, source.length, LookReadings.ALL);
        return;
      }
      let answer = this.#memo.recall(hashA, hashB);
      if (answer < 0) {
        answer = readingsOf(source.slice(start, at));
        this.#memo.note(hashA, hashB, answer);
      }
      if (answer !== 0) places.add(start, at, answer);
    }
  }
}

const isGap = (code: number): boolean => code < 128 && GAPS[code] === 1;

/** As `addPlaces` of chunks, for a text whose words are its chunks and are known already. */
export const addWordPlaces = ({ words, folded }: ScannedText, places: LookPlaces): void => {
  let alone = 0;
  for (let word = 0; word < words.count; word++) {
    const start = words.starts[word]!;
    const end = words.ends[word]!;
    alone = end - start <= 2 ? alone + 1 : 0;
    if (alone >= SPELT_OUT_CHUNKS) {
      places.add(0, folded.source.length, LookReadings.ALL);
      return;
    }
    const readings = words.tiers[word]! >>> LOOK_SHIFT;
    if (readings !== 0) places.add(folded.starts[start]!, folded.ends[end - 1]!, readings);
  }
};
