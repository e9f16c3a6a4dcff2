const VOWELS = new Set('aeiouy');
/** Letters that come and go on the way between scripts. */
const LIGHT = new Set('hjyw');

const GROUP_OF: Readonly<Record<string, string>> = {
  b: 'bv',
  v: 'bv',
  w: 'bv',
  f: 'f',
  p: 'p',
  t: 't',
  d: 'd',
  k: 'k',
  c: 'k',
  q: 'k',
  g: 'g',
  x: 'x',
  s: 's',
  z: 's',
  j: 's',
  l: 'l',
  r: 'r',
};

/** Sounds that the receiving script does not tell apart cost little, foreign ones much. */
const substitution = (left: string, right: string): number => {
  if (left === right) return 0;
  const isLeftVowel = VOWELS.has(left);
  if (isLeftVowel && VOWELS.has(right)) return 0.3;
  if (isLeftVowel !== VOWELS.has(right))
    return left === 'y' || right === 'y' || left === 'w' || right === 'w' ? 0.4 : 1.6;
  if (GROUP_OF[left] !== undefined && GROUP_OF[left] === GROUP_OF[right]) return 0.15;
  const pair = left < right ? left + right : right + left;
  return NEAR[pair] ?? 1.4;
};

/** Consonant pairs that one language or another does not tell apart, with the price of taking one for the other. */
const NEAR: Readonly<Record<string, number>> = {
  cs: 0.2,
  cz: 0.3,
  gk: 0.5,
  bp: 0.6,
  dt: 0.5,
  fv: 0.3,
  fw: 0.3,
  fp: 0.5,
  lr: 0.6,
  ch: 0.4,
  hk: 0.4,
  gh: 0.3,
  gj: 0.3,
  hs: 0.3,
  jz: 0.2,
  gz: 0.3,
  kx: 0.3,
  sx: 0.3,
  mn: 0.8,
  gs: 0.6,
  ct: 0.9,
  st: 0.8,
  dz: 0.5,
  hx: 0.3,
  kq: 0.1,
  hj: 0.3,
  jy: 0.2,
};

const removal = (letter: string, neighbour: string | undefined): number => {
  if (letter === neighbour) return 0.05;
  if (VOWELS.has(letter)) return neighbour !== undefined && VOWELS.has(neighbour) ? 0.2 : 0.4;
  return LIGHT.has(letter) ? 0.2 : letter === 's' || letter === 't' ? 0.9 : 1.2;
};

/**
 * How far two romanised words are apart by ear, 0 for the same, about 1 for nothing in common: a weighted edit distance
 * divided by the longer length. Source: Levenshtein with the costs of docs/decisions/0123.
 */
export const soundDistance = (left: string, right: string): number => {
  const longer = Math.max(left.length, right.length);
  if (longer === 0) return 0;
  let row = [0];
  for (let at = 0; at < right.length; at++) row.push(row[at]! + removal(right[at]!, right[at - 1]));
  for (let at = 0; at < left.length; at++) {
    const letter = left[at]!;
    const next = [row[0]! + removal(letter, left[at - 1])];
    for (let other = 0; other < right.length; other++) {
      next.push(
        Math.min(
          row[other]! + substitution(letter, right[other]!),
          row[other + 1]! + removal(letter, left[at - 1]),
          next[other]! + removal(right[other]!, right[other - 1]),
        ),
      );
    }
    row = next;
  }
  return row[right.length]! / longer;
};
