/** A source of random numbers 0–1, so that a seed repeats a run. */
export type Random = () => number;

/** Numbers of a linear congruential generator with an output permutation. Source: O'Neill, PCG (2014), 32-bit XSH-RR reduced. */
export const seededRandom = (seed: number): Random => {
  let state = (seed >>> 0) + 0x9e3779b9;
  return () => {
    state = (Math.imul(state, 747796405) + 2891336453) >>> 0;
    const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737);
    return ((word >>> 22) ^ word) >>> 0 ? (((word >>> 22) ^ word) >>> 0) / 0x100000000 : 0.5;
  };
};

/** One way to write a name so that a plain search misses it; nothing where the name does not lend itself to it. */
export type Evasion = (name: string, random: Random) => string | undefined;

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)]!;
const letters = (name: string): string[] => [...name];
const isLatinLetter = (character: string): boolean => /[a-z]/i.test(character);
const between =
  (sign: string): Evasion =>
  (name) =>
    letters(name.replace(/\s+/g, '')).join(sign);
const mapped =
  (table: (character: string) => string): Evasion =>
  (name) => {
    const written = letters(name).map(table).join('');
    return written === name ? undefined : written;
  };
const shifted =
  (upper: number, lower: number): Evasion =>
  (name) =>
    mapped((character) => {
      if (/[A-Z]/.test(character)) return String.fromCodePoint(upper + character.charCodeAt(0) - 0x41);
      return /[a-z]/.test(character) ? String.fromCodePoint(lower + character.charCodeAt(0) - 0x61) : character;
    })(name, Math.random);

const LEET: Readonly<Record<string, readonly string[]>> = {
  a: ['4', '@'],
  e: ['3'],
  i: ['1', '!'],
  l: ['1', '|'],
  o: ['0'],
  s: ['5', '$'],
  t: ['7'],
  b: ['8'],
  g: ['9'],
};
const CYRILLIC: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  i: 'і',
  s: 'ѕ',
  j: 'ј',
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
  I: 'І',
  S: 'Ѕ',
  J: 'Ј',
};
const ACCENTS: Readonly<Record<string, string>> = {
  a: 'áàäâãå',
  e: 'éèëê',
  i: 'íìïî',
  o: 'óòöôõø',
  u: 'úùüû',
  n: 'ñ',
  c: 'ç',
  y: 'ýÿ',
  s: 'š',
  z: 'ž',
};
const RUSSIAN_GROUPS: readonly (readonly [string, string])[] = [
  ['sch', 'ш'],
  ['sh', 'ш'],
  ['ch', 'ч'],
  ['ph', 'ф'],
  ['th', 'т'],
  ['ck', 'к'],
  ['ee', 'и'],
  ['oo', 'у'],
  ['qu', 'кв'],
  ['x', 'кс'],
  ['ya', 'я'],
  ['yu', 'ю'],
];
const RUSSIAN_LETTERS: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'б',
  c: 'к',
  d: 'д',
  e: 'е',
  f: 'ф',
  g: 'г',
  h: 'х',
  i: 'и',
  j: 'дж',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  q: 'к',
  r: 'р',
  s: 'с',
  t: 'т',
  u: 'у',
  v: 'в',
  w: 'в',
  y: 'и',
  z: 'з',
};
const GLUE_BEFORE = ['new', 'best', 'original', 'super', 'mens', 'cheap', 'hot', 'buy'];
const GLUE_AFTER = ['shoes', 'bag', '2024', 'store', 'shop', 'watch', 'sale', '99', 'style'];
const HIDDEN = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff'];
const EMOJI = ['🔥', '⭐', '❤️', '✨', '👟'];

/** Changes `count` characters for which `change` has something else; nothing where there are none. */
const changeSome = (
  name: string,
  random: Random,
  count: number,
  change: (character: string) => string | undefined,
): string | undefined => {
  const characters = letters(name);
  const places = characters.flatMap((character, at) => (change(character) === undefined ? [] : [at]));
  if (places.length === 0) return undefined;
  for (let turn = 0; turn < count && places.length > 0; turn++) {
    const [at] = places.splice(Math.floor(random() * places.length), 1);
    characters[at!] = change(characters[at!]!) ?? '';
  }
  return characters.join('');
};

/** A place between the first and the last letter of the longest word. */
const innerPlace = (name: string, random: Random): number | undefined => {
  const places = letters(name).flatMap((character, at, all) =>
    at > 0 &&
    at < all.length - 1 &&
    isLatinLetter(character) &&
    isLatinLetter(all[at - 1]!) &&
    isLatinLetter(all[at + 1]!)
      ? [at]
      : [],
  );
  return places.length === 0 ? undefined : pick(places, random);
};

const edit = (name: string, random: Random, change: (characters: string[], at: number) => void): string | undefined => {
  const at = innerPlace(name, random);
  if (at === undefined) return undefined;
  const characters = letters(name);
  change(characters, at);
  const written = characters.join('');
  return written.toLowerCase() === name.toLowerCase() ? undefined : written;
};

const randomLetter = (random: Random): string => String.fromCharCode(0x61 + Math.floor(random() * 26));

/** Families of evasion by name. They share no code and no table with the matcher. */
export const EVASIONS: Readonly<Record<string, Evasion>> = {
  case: (name, random) =>
    letters(name)
      .map((character) => (random() < 0.5 ? character.toUpperCase() : character.toLowerCase()))
      .join(''),
  fullwidth: mapped((character) =>
    /[!-~]/.test(character) ? String.fromCodePoint(character.charCodeAt(0) + 0xfee0) : character,
  ),
  accents: (name, random) =>
    changeSome(name, random, 2, (character) => {
      const choices = ACCENTS[character];
      return choices === undefined ? undefined : pick([...choices], random);
    }),
  'math-bold': shifted(0x1d400, 0x1d41a),
  'math-script': shifted(0x1d4d0, 0x1d4ea),
  'sans-italic': shifted(0x1d608, 0x1d622),
  enclosed: shifted(0x24b6, 0x24d0),
  squared: shifted(0x1f130, 0x1f130),
  'zero-width': (name, random) => letters(name).join(pick(HIDDEN, random)),
  'soft-hyphen': between('\u00ad'),
  strike: mapped((character) => (isLatinLetter(character) ? `${character}\u0336` : character)),
  zalgo: mapped((character) => (isLatinLetter(character) ? `${character}\u0300\u0323\u034f` : character)),
  bidi: (name) => `\u202d${letters(name).join('\u200e')}\u202c`,
  tags: (name) => letters(name).join(String.fromCodePoint(0xe0061)),
  dotted: between('.'),
  spaced: between(' '),
  hyphens: between('-'),
  split: (name, random) => edit(name, random, (characters, at) => characters.splice(at, 0, ' ')),
  'split-dot': (name, random) =>
    edit(name, random, (characters, at) => characters.splice(at, 0, pick(['.', '-', '_', '/', '·'], random))),
  emoji: (name, random) => edit(name, random, (characters, at) => characters.splice(at, 0, pick(EMOJI, random))),
  doubled: (name, random) => edit(name, random, (characters, at) => characters.splice(at, 0, characters[at]!)),
  stretched: (name, random) =>
    edit(name, random, (characters, at) => characters.splice(at, 0, ...characters[at]!.repeat(3))),
  'leet-one': (name, random) => changeSome(name, random, 1, (character) => LEET[character.toLowerCase()]?.[0]),
  leet: (name, random) =>
    changeSome(name, random, 2, (character) => {
      const choices = LEET[character.toLowerCase()];
      return choices === undefined ? undefined : pick(choices, random);
    }),
  'cyrillic-one': (name, random) => changeSome(name, random, 1, (character) => CYRILLIC[character]),
  'cyrillic-all': (name, random) => changeSome(name, random, 99, (character) => CYRILLIC[character]),
  rn: (name) => (/m|w/i.test(name) ? name.replace(/m/gi, 'rn').replace(/w/gi, 'vv') : undefined),
  'capital-i': (name) => (name.includes('l') ? name.replaceAll('l', 'I') : undefined),
  masked: (name, random) => edit(name, random, (characters, at) => characters.splice(at, 1, '*')),
  'masked-two': (name, random) =>
    name.length < 6
      ? undefined
      : edit(name, random, (characters, at) => characters.splice(at, 1, '*')) && `${name[0]}**${name.slice(3)}`,
  reversed: (name) => (name.replace(/\s/g, '').length < 5 ? undefined : letters(name).toReversed().join('')),
  glued: (name, random) => {
    const word = name.replace(/\s+/g, '').toLowerCase();
    const before = random() < 0.6 ? pick(GLUE_BEFORE, random) : '';
    const after = before === '' || random() < 0.6 ? pick(GLUE_AFTER, random) : '';
    return before + word + after;
  },
  delete: (name, random) => edit(name, random, (characters, at) => characters.splice(at, 1)),
  insert: (name, random) => edit(name, random, (characters, at) => characters.splice(at, 0, randomLetter(random))),
  substitute: (name, random) => edit(name, random, (characters, at) => characters.splice(at, 1, randomLetter(random))),
  swap: (name, random) =>
    edit(name, random, (characters, at) => {
      const moved = characters[at]!;
      characters[at] = characters[at - 1]!;
      characters[at - 1] = moved;
    }),
  russian: (name) => {
    if (!/^[a-z ]+$/i.test(name)) return undefined;
    let rest = name.toLowerCase();
    let written = '';
    while (rest !== '') {
      const group = RUSSIAN_GROUPS.find(([latin]) => rest.startsWith(latin));
      written += group === undefined ? (RUSSIAN_LETTERS[rest[0]!] ?? rest[0]!) : group[1];
      rest = rest.slice(group === undefined ? 1 : group[0].length);
    }
    return written;
  },
};
