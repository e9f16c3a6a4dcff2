import { CharacterClass } from './character-fold.ts';
import { sharedUint32 } from './fingerprint-table.ts';
import { mix32 } from './gram-hash.ts';
import { NameTrait, isPlainWord, nameLength } from './name-columns.ts';
import type { NameColumns } from './name-columns.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';
import { soundDistance } from './sound-distance.ts';
import { SoundReader, romanise } from './sound-keys.ts';
import { GrowingUint32 } from './text-pool.ts';

/** Names by how they sound: rows grouped by a hash of the sound key. */
export interface SoundBuckets {
  /** Base-2 logarithm of the number of buckets. */
  readonly log2: number;
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** Shortest name that is looked for by sound, in letters. */
const MIN_SOUND_UNITS = 3;
const MAX_SOUND_UNITS = 28;
const MAX_WORDS = 3;
/** Words of one text that are looked up by sound. A description in another script holds hundreds. */
const MAX_LOOKUPS = 200;
/** Farther than this by ear is another word; short words have to be nearer. Source: measured, docs/decisions/0123. */
const MAX_DISTANCE_LONG = 0.2;
const MAX_DISTANCE_SHORT = 0.17;

/** The Latin letters of a name. */
const lettersOf = (names: NameColumns, row: number): string => {
  let letters = '';
  for (let at = names.offsets[row]!; at < names.offsets[row + 1]!; at++) {
    const unit = names.units[at]!;
    if (unit >= 0x61 && unit <= 0x7a) letters += String.fromCharCode(unit);
  }
  return letters;
};

const isSoundName = (names: NameColumns, row: number): boolean => {
  const length = names.offsets[row + 1]! - names.offsets[row]!;
  const traits = names.traits[row]!;
  if ((traits & NameTrait.LATIN) === 0 || (traits & (NameTrait.SHORT | NameTrait.DIGITS)) !== 0) return false;
  return length >= MIN_SOUND_UNITS && length <= MAX_SOUND_UNITS;
};

/**
 * Groups the Latin names of an index by their sounds. In a large register half the words of any language sound like
 * some mark: there only those with a reputation are taken.
 */
export const createSoundBuckets = (names: NameColumns, isLarge: boolean): SoundBuckets => {
  const log2 = Math.min(20, Math.max(8, Math.ceil(Math.log2(Math.max(1, names.count)))));
  const buckets = 1 << log2;
  const starts = sharedUint32(buckets + 1);
  const reader = new SoundReader();
  const bucketsOfNames = new GrowingUint32();
  const namesOfBuckets = new GrowingUint32();
  for (let row = 0; row < names.count; row++) {
    if (!isSoundName(names, row) || (isLarge && (names.traits[row]! & NameTrait.REPUTED) === 0)) continue;
    const count = reader.read(names.units, names.offsets[row]!, names.offsets[row + 1]!, false);
    for (let way = 0; way < count; way++) {
      const bucket = mix32(reader.hashes[way]!) >>> (32 - log2);
      starts[bucket + 1]!++;
      bucketsOfNames.push(bucket);
      namesOfBuckets.push(row);
    }
  }
  for (let bucket = 0; bucket < buckets; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const next = starts.slice(0, buckets);
  const rows = sharedUint32(namesOfBuckets.length);
  for (let at = 0; at < rows.length; at++) rows[next[bucketsOfNames.at(at)]!++] = namesOfBuckets.at(at);
  return { log2, starts, rows };
};

/** Names spelt by sound in a script other than Latin, in one to three words of the text. */
export const findSounds = (indexes: readonly SealedIndex[], text: ScannedText, hits: RawHit[]): void => {
  const reader = new SoundReader();
  let lookups = 0;
  for (const range of foreignRanges(text)) {
    if (lookups++ >= MAX_LOOKUPS) break;
    const written = String.fromCharCode(...text.folded.units.subarray(range.start, range.end));
    const sound = romanise(written);
    if (sound.length < MIN_SOUND_UNITS || sound.length > MAX_SOUND_UNITS + 8) continue;
    for (const index of indexes) {
      const units = Uint16Array.from(sound, (letter) => letter.charCodeAt(0));
      const count = reader.read(units, 0, units.length, range.isLoose);
      for (let way = 0; way < count; way++) {
        const key = { hash: reader.hashes[way]!, sounds: reader.lengths[way]! };
        probeSound(index, text, { ...range, sound, key }, hits);
      }
    }
  }
};

interface SoundKey {
  readonly hash: number;
  readonly sounds: number;
}

const probeSound = (
  index: SealedIndex,
  { folded }: ScannedText,
  heard: { start: number; end: number; words: number; sound: string; key: SoundKey },
  hits: RawHit[],
): void => {
  const { names, sounds } = index;
  if (names.count === 0) return;
  const bucket = mix32(heard.key.hash) >>> (32 - sounds.log2);
  for (let at = sounds.starts[bucket]!; at < sounds.starts[bucket + 1]!; at++) {
    const nameRow = sounds.rows[at]!;
    const traits = names.traits[nameRow]!;
    if (
      (isPlainWord(traits) && (traits & NameTrait.REPUTED) === 0) ||
      heard.words > 1 !== ((traits & NameTrait.MULTI_WORD) !== 0)
    )
      continue;
    if (Math.abs(nameLength(names, nameRow) - heard.sound.length) > 4) continue;
    const name = lettersOf(names, nameRow);
    const limit = heard.key.sounds <= 2 || name.length <= 4 ? MAX_DISTANCE_SHORT : MAX_DISTANCE_LONG;
    if (soundDistance(heard.sound, asSpelt(name)) > limit && soundDistance(heard.sound, asEnglishIsRead(name)) > limit)
      continue;
    const start = folded.starts[heard.start]!;
    const isKnown = hits.some(
      (hit) => hit.view === 'TRANSLITERATION' && hit.index === index && hit.nameRow === nameRow && hit.start === start,
    );
    if (isKnown) continue;
    hits.push({
      index,
      nameRow,
      view: 'TRANSLITERATION',
      start,
      end: folded.ends[heard.end - 1]!,
      isWholeWord: true,
      certainty01: 1,
    });
  }
};

/** A word with one letter for each sound, as a writer of another script takes it letter by letter. */
const asSpelt = (word: string): string =>
  word.replace(/x/g, 'ks').replace(/qu/g, 'kv').replace(/ph/g, 'f').replace(/ck/g, 'k').replace(/sch/g, 'sh');

/** A word as English speakers say it, which is how others write it down: long vowels before a silent e, and a few groups. */
const asEnglishIsRead = (word: string): string =>
  asSpelt(word)
    .replace(/i([bcdfgklmnprstvz])e/g, 'ai$1')
    .replace(/a([bcdfgklmnprstvz])e$/, 'ei$1')
    .replace(/u([bcdfgklmnprstvz])e$/, 'yu$1')
    .replace(/ee/g, 'i')
    .replace(/oo/g, 'u')
    .replace(/ea/g, 'i')
    .replace(/ou/g, 'au')
    .replace(/y$/, 'i')
    .replace(/e$/, '')
    .replace(/^x/, 's');

interface ForeignRange {
  readonly start: number;
  readonly end: number;
  readonly words: number;
  /** Kana or Hangul. */
  readonly isLoose: boolean;
}

/** Ranges of one to three neighbouring words without Latin letters; in scripts without word gaps, runs of kana or Hangul. */
const foreignRanges = (text: ScannedText): ForeignRange[] => {
  const { words, folded } = text;
  const ranges: ForeignRange[] = [];
  const isForeign = (word: number): boolean => {
    const unit = folded.units[words.starts[word]!]!;
    const unitClass = folded.classes[words.starts[word]!]!;
    // Han is read by sound only where the owner gave the signs.
    return unit >= 0x370 && unitClass !== CharacterClass.DIGIT && !/\p{Script=Han}/u.test(String.fromCharCode(unit));
  };
  for (let first = 0; first < words.count; first++) {
    if (!isForeign(first)) continue;
    let isAllKnown = true;
    for (let last = first; last < Math.min(words.count, first + MAX_WORDS); last++) {
      if (!isForeign(last)) break;
      isAllKnown &&= words.isKnown[last] === 1 && words.isPlain[last] === 1;
      if (isAllKnown) continue;
      ranges.push({
        start: words.starts[first]!,
        end: words.ends[last]!,
        words: last - first + 1,
        isLoose: folded.classes[words.starts[first]!] === CharacterClass.UNSPACED,
      });
    }
  }
  return ranges;
};
