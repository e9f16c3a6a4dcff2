import anyAscii from 'any-ascii';

/** Keys are bounded: a name may be read in so many ways, no more. */
const MAX_KEYS = 6;

/** A text of any script in Latin letters a–z, by the sound of its signs as far as a table can tell. */
export const romanise = (text: string): string =>
  anyAscii(text)
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/**
 * Consonant classes that survive the way from one script to another: lips B (b p) and F (f v w), teeth T (t d), back K (k g q),
 * hiss S (s z c ch sh j zh ts), M, N, L (l r). h and the half vowels are lost on the way.
 * Source: Soundex grouping, adapted to transliterated brand names, docs/decisions/0123.
 */
const CLASS: Readonly<Record<string, string>> = {
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
  s: 'S',
  z: 'S',
  j: 'S',
  m: 'M',
  n: 'N',
  l: 'L',
  r: 'L',
};

/** Letter groups with one sound; where two are given the word may be read either way. Longest first. */
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ['tsch', ['S']],
  ['shch', ['S']],
  ['sch', ['S', 'SK']],
  ['dzh', ['S']],
  ['tch', ['S']],
  ['igh', ['']],
  ['ch', ['S', 'K']],
  ['sh', ['S']],
  ['zh', ['S']],
  ['ts', ['S']],
  ['tz', ['S']],
  ['ph', ['F']],
  ['th', ['T', 'S']],
  ['kh', ['K', '']],
  ['ck', ['K']],
  ['qu', ['KF', 'K']],
  ['gn', ['N', 'KN']],
  ['ng', ['NK', 'N']],
  ['dg', ['S', 'TK']],
];

const isSoft = (next: string | undefined): boolean => next === 'e' || next === 'i' || next === 'y';

/** Readings of the letter at a position: the consonant classes it may stand for, and how many letters it takes. */
const readAt = (word: string, at: number): { readonly readings: readonly string[]; readonly length: number } => {
  for (const [group, readings] of GROUPS) if (word.startsWith(group, at)) return { readings, length: group.length };
  const letter = word[at]!;
  const next = word[at + 1];
  if (letter === 'c') return { readings: isSoft(next) ? ['S', 'K'] : ['K'], length: 1 };
  if (letter === 'g' && isSoft(next)) return { readings: ['K', 'S'], length: 1 };
  if (letter === 'x') return { readings: at === 0 ? ['S', 'KS'] : ['KS', 'S'], length: 1 };
  if (letter === 'j') return { readings: ['S', ''], length: 1 };
  if (letter === 'w') return { readings: ['F', ''], length: 1 };
  return { readings: [CLASS[letter] ?? ''], length: 1 };
};

/** As `readAt`, where the script has one sign for b and v, for p, h and f. */
const readLoosely = (word: string, at: number): { readonly readings: readonly string[]; readonly length: number } => {
  const letter = word[at];
  if (letter === 'b' || letter === 'p') return { readings: ['B', 'F'], length: 1 };
  return letter === 'h' ? { readings: ['', 'F'], length: 1 } : readAt(word, at);
};

/** The ways in which a romanised word sounds, as strings of consonant classes with repetitions collapsed. Likelier readings first, at most six. `isLoose` is for kana and Hangul, which write v with b and f with h or p. */
export const soundKeys = (word: string, isLoose = false): string[] => {
  let keys = [''];
  for (let at = 0; at < word.length;) {
    const { readings, length } = isLoose ? readLoosely(word, at) : readAt(word, at);
    const [only] = readings;
    if (readings.length === 1 && only !== undefined) {
      keys = keys.map((key) => extend(key, only));
    } else {
      const extended = readings.flatMap((reading) => keys.map((key) => extend(key, reading)));
      keys = [...new Set(extended)].slice(0, MAX_KEYS);
    }
    at += length;
  }
  return [...new Set(keys)];
};

const extend = (key: string, reading: string): string => {
  let extended = key;
  for (const sound of reading) if (!extended.endsWith(sound)) extended += sound;
  return extended;
};
