import { CharacterClass } from './character-fold.ts';
import { sharedUint32 } from './fingerprint-table.ts';
import { mix32 } from './gram-hash.ts';
import { consonantsOf, hear } from './heard-words.ts';
import type { HeardWord } from './heard-words.ts';
import { NAME_KINDS } from './mark-names.ts';
import { NameTrait, nameLength } from './name-columns.ts';
import type { NameColumns } from './name-columns.ts';
import { isKnownWord } from './ordinary-words.ts';
import { isCatalogueWord } from './scanned-text.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';
import { soundDistance } from './sound-distance.ts';
import { SoundReader } from './sound-keys.ts';
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

/** Fewer consonants of a script without vowels say nothing by themselves. */
const MIN_CONSONANTS = 4;
const MIN_SOUNDS_OF_WORDS = 3;
/** How much less certain a name is, the farther it is by ear: at the limit 0.4 is left. */
const DOUBT_PER_DISTANCE = 3;

/** Sounds that one script does not tell apart, or leaves out, are the less certain for it. */
const HEARD_ALIKE = 0.04;

/** 1 less the certainty of a name at the limit. */
export const MAX_SOUND_DOUBT_01 = MAX_DISTANCE_LONG * DOUBT_PER_DISTANCE;

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
  // A Chinese name in Latin letters is a guess already.
  if (NAME_KINDS[names.kinds[row]!] === 'ROMANISED') return false;
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
    const count = reader.read(names.units, { from: names.offsets[row]!, to: names.offsets[row + 1]!, manner: 'NAME' });
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
    const word = hear(written);
    const { sound } = word;
    if (sound.length < MIN_SOUND_UNITS || sound.length > MAX_SOUND_UNITS + 8) continue;
    for (const index of indexes) {
      const units = Uint16Array.from(sound, (letter) => letter.charCodeAt(0));
      const count = reader.read(units, { from: 0, to: units.length, manner: word.manner });
      for (let way = 0; way < count; way++) {
        const key = { hash: reader.hashes[way]!, sounds: reader.lengths[way]! };
        probeSound(index, text, { ...range, word, key }, hits);
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
  text: ScannedText,
  heard: { start: number; end: number; words: number; word: HeardWord; key: SoundKey },
  hits: RawHit[],
): void => {
  const { names, sounds } = index;
  const { folded } = text;
  const { word } = heard;
  if (names.count === 0) return;
  const bucket = mix32(heard.key.hash) >>> (32 - sounds.log2);
  for (let at = sounds.starts[bucket]!; at < sounds.starts[bucket + 1]!; at++) {
    const nameRow = sounds.rows[at]!;
    const traits = names.traits[nameRow]!;
    const isMultiWord = (traits & NameTrait.MULTI_WORD) !== 0;
    if (heard.words > 1 ? !isMultiWord : isMultiWord && !mayHoldWords(heard)) continue;
    if (Math.abs(nameLength(names, nameRow) - word.sound.length) > (word.isUnspaced ? 8 : 4)) continue;
    const name = lettersOf(names, nameRow);
    const limit = heard.key.sounds <= 2 || name.length <= 4 ? MAX_DISTANCE_SHORT : MAX_DISTANCE_LONG;
    const distance = distanceOf(word, name);
    if (distance > limit) continue;
    if (isCatalogueWord(text, heard, { index, nameRow })) continue;
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
      certainty01: 1 - distance * DOUBT_PER_DISTANCE,
    });
  }
};

/** Whether one word without gaps may be a name of several: of two sounds every word of the language may be one. */
const mayHoldWords = ({ word, key }: { readonly word: HeardWord; readonly key: SoundKey }): boolean =>
  word.isUnspaced && key.sounds >= MIN_SOUNDS_OF_WORDS;

/** How far a heard word is from a name as spelt and as English is read, by the nearest of their variants. */
const distanceOf = (word: HeardWord, name: string): number => {
  const said = [asSpelt(name), asEnglishIsRead(name)];
  const heardAlike = [...new Set(said.flatMap(word.saysName))];
  const consonants = word.isAbjad ? consonantsOf(word.sound) : '';
  if (consonants.length >= MIN_CONSONANTS) {
    return Math.min(...said.map((spelling) => soundDistance(consonants, consonantsOf(spelling))));
  }
  const nearest = (spellings: readonly string[]): number =>
    Math.min(...word.variants.flatMap((heard) => spellings.map((spelling) => soundDistance(heard, spelling))));
  return Math.min(nearest(said), nearest(heardAlike) + HEARD_ALIKE);
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
}

/** Ranges of one to three neighbouring words without Latin letters; in scripts without word gaps, runs of kana or Hangul. */
const foreignRanges = (text: ScannedText): ForeignRange[] => {
  const { words, folded, vocabulary, hasher } = text;
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
      // Scripts without word gaps are not marked as plain, and have words in the lists all the same.
      isAllKnown &&= isKnownWord(vocabulary, hasher, words.starts[last]!, words.ends[last]!);
      if (isAllKnown) continue;
      ranges.push({
        start: words.starts[first]!,
        end: words.ends[last]!,
        words: last - first + 1,
      });
    }
  }
  return ranges;
};
