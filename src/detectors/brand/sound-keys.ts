import anyAscii from 'any-ascii';

/** A range of letters, and who wrote them. */
interface SoundRange {
  readonly from: number;
  readonly to: number;
  readonly manner: SoundManner;
}

/** A text of any script in Latin letters a–z, by the sound of its signs as far as a table can tell. */
export const romanise = (text: string): string =>
  anyAscii(text)
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** Ways to read a word are bounded: so many, no more. */
const MAX_READINGS = 6;

/**
 * Consonant classes that survive the way from one script to another: lips B (b p) and F (f v w), teeth T (t d th),
 * back K (k g q), hiss S (s z c ch sh j zh ts), M, N, L (l r). Vowels, h and half vowels are lost on the way.
 * Source: Soundex grouping, adapted to transliterated brand names, docs/decisions/0123.
 */
const CLASSES: Readonly<Record<string, string>> = {
  b: 'B',
  p: 'B',
  f: 'F',
  v: 'F',
  w: 'F',
  t: 'T',
  d: 'T',
  k: 'K',
  g: 'K',
  q: 'K',
  c: 'K',
  s: 'S',
  z: 'S',
  m: 'M',
  n: 'N',
  l: 'L',
  r: 'L',
};

/** One way or several to read a letter or group, each a row of classes. */
type Readings = readonly (readonly number[])[];

const readings = (...ways: readonly string[]): Readings =>
  ways.map((way) => [...way].map((sound) => sound.charCodeAt(0)));

const SILENT = readings('');
const BY_LETTER: readonly Readings[] = Array.from({ length: 26 }, (_, at) =>
  readings(CLASSES[String.fromCharCode(0x61 + at)] ?? ''),
);
const SOFT_C = readings('S', 'K');
const SOFT_G = readings('K', 'S');
const X_FIRST = readings('S', 'KS');
const X_INSIDE = readings('KS', 'S');
const J = readings('S', '');
const W = readings('F', '');
const LOOSE_LIPS = readings('B', 'F');
const LOOSE_H = readings('', 'F');
const HARD_J = readings('S', 'K');
const SILENT_R = readings('L', '');

/** Letter groups with sounds of their own by their first letter; longest first. */
const GROUPS: Readonly<Record<string, readonly (readonly [string, Readings])[]>> = {
  t: [
    ['tsch', readings('S')],
    ['tch', readings('S')],
    ['tts', readings('S', 'TS')],
    ['ts', readings('S', 'TS')],
    ['tz', readings('S')],
    ['th', readings('T', 'S')],
  ],
  s: [
    ['shch', readings('S')],
    ['sch', readings('S', 'SK')],
    ['sh', readings('S')],
  ],
  d: [
    ['dzh', readings('S')],
    ['dg', readings('S', 'TK')],
  ],
  c: [
    ['ch', readings('S', 'K')],
    ['ck', readings('K')],
  ],
  z: [['zh', readings('S')]],
  p: [['ph', readings('F')]],
  k: [['kh', readings('K', '')]],
  q: [['qu', readings('KF', 'K')]],
  g: [
    ['gn', readings('N', 'KN')],
    ['gh', readings('K', '')],
  ],
  n: [['ng', readings('NK', 'N')]],
};

const GROUPS_BY_LETTER = Array.from({ length: 26 }, (_, at) => GROUPS[String.fromCharCode(0x61 + at)]);
const code = (letter: string): number => letter.charCodeAt(0);
const E_SOFT = code('e');
const I_SOFT = code('i');
const Y_SOFT = code('y');
const R = 17;
const VOWELS = new Set([...'aeiouy'].map(code));
const isVowel = (next: number): boolean => VOWELS.has(next);
const isSoft = (next: number): boolean => next === E_SOFT || next === I_SOFT || next === Y_SOFT;

/**
 * Who writes the letters: NAME a Latin name, LOOSE kana or Hangul, which write v with b, and f with h or p, ARABIC, which
 * writes g with its j.
 */
export type SoundManner = 'NAME' | 'LOOSE' | 'ARABIC' | 'PLAIN';

/**
 * Hashes of the ways in which a word of letters a–z sounds, likelier ones first, without building strings: a register
 * holds a million names. Ways with fewer than two sounds are left out: they sound like half the register.
 */
export class SoundReader {
  readonly hashes = new Uint32Array(MAX_READINGS);
  /** Number of sounds of each way. */
  readonly lengths = new Uint8Array(MAX_READINGS);
  count = 0;
  readonly #last = new Uint8Array(MAX_READINGS);

  /** Gives how many ways there are. */
  read(letters: Uint16Array, { from, to, manner }: SoundRange): number {
    const isLoose = manner === 'LOOSE';
    this.count = 1;
    this.hashes[0] = 0;
    this.lengths[0] = 0;
    this.#last[0] = 0;
    for (let at = from; at < to;) {
      const letter = letters[at]! - 0x61;
      const next = at + 1 < to ? letters[at + 1]! : 0;
      let length = 1;
      let ways = BY_LETTER[letter] ?? SILENT;
      const groups = GROUPS_BY_LETTER[letter];
      const group = groups?.find(([spelling]) => startsWith(letters, at, to, spelling));
      if (group !== undefined) {
        ways = group[1];
        length = group[0].length;
      } else if (letter === 2 && isSoft(next)) ways = SOFT_C;
      else if (letter === 6 && isSoft(next)) ways = SOFT_G;
      else if (letter === 23) ways = at === from ? X_FIRST : X_INSIDE;
      else if (letter === 9) ways = manner === 'ARABIC' ? HARD_J : J;
      // Who does not say the r of `Burger` does not write it in another script.
      else if (letter === R && manner === 'NAME' && !isVowel(next)) ways = SILENT_R;
      else if (letter === 22) ways = W;
      else if (isLoose && (letter === 1 || letter === 15)) ways = LOOSE_LIPS;
      else if (isLoose && letter === 7) ways = LOOSE_H;
      this.#extend(ways);
      at += length;
    }
    this.#finish();
    return this.count;
  }

  #extend(ways: Readings): void {
    const known = this.count;
    for (let way = 1; way < ways.length; way++) {
      for (let state = 0; state < known && this.count < MAX_READINGS; state++) {
        const copy = this.count++;
        this.hashes[copy] = this.hashes[state]!;
        this.lengths[copy] = this.lengths[state]!;
        this.#last[copy] = this.#last[state]!;
        this.#append(copy, ways[way]!);
      }
    }
    const [first] = ways;
    if (first !== undefined && first.length > 0) for (let state = 0; state < known; state++) this.#append(state, first);
  }

  #append(state: number, sounds: readonly number[]): void {
    for (const sound of sounds) {
      if (this.#last[state] === sound) continue;
      this.#last[state] = sound;
      this.hashes[state] = (Math.imul(this.hashes[state]!, 0x01000193) ^ sound) >>> 0;
      this.lengths[state]!++;
    }
  }

  /** Leaves each way once, and only those with two sounds or more. */
  #finish(): void {
    let kept = 0;
    for (let state = 0; state < this.count; state++) {
      if (this.lengths[state]! < 2) continue;
      let isNew = true;
      for (let other = 0; other < kept; other++) if (this.hashes[other] === this.hashes[state]) isNew = false;
      if (!isNew) continue;
      this.hashes[kept] = this.hashes[state]!;
      this.lengths[kept] = this.lengths[state]!;
      kept++;
    }
    this.count = kept;
  }
}

const startsWith = (letters: Uint16Array, at: number, to: number, spelling: string): boolean => {
  if (at + spelling.length > to) return false;
  for (let index = 1; index < spelling.length; index++) {
    if (letters[at + index] !== spelling.charCodeAt(index)) return false;
  }
  return true;
};
