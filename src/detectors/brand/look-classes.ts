import { CONFUSABLE_LETTERS } from './confusable-letters.ts';

/** What kind of sign stands for a letter. */
export const LookKind = { LETTER: 0, DIGIT: 1, SIGN: 2, FOREIGN: 3 } as const;

const code = (letter: string): number => letter.charCodeAt(0);

/** Classes of a–z and 0–9: letters and digits of one class are told apart by nobody who wants to deceive. */
const asciiClasses = new Uint8Array(128);
for (let unit = 0x61; unit <= 0x7a; unit++) asciiClasses[unit] = unit;
asciiClasses[code('l')] = code('i');
/** The letters for which "leet" writers use the digits 0–9. Source: the substitution tables of leet speak, docs/decisions/0122. */
const DIGIT_LETTERS = 'oizeasbtbg';
for (let digit = 0; digit <= 9; digit++) asciiClasses[0x30 + digit] = DIGIT_LETTERS.charCodeAt(digit);

/** Second readings of digits: 6 as g, 7 as l, 1 is i and l at once, 2 as r is not used. */
const DIGIT_SECOND: Readonly<Record<string, string>> = { '6': 'g', '7': 'i', '9': 'p', '4': 'h' };

/** Signs that are read as letters; those in EDGE_SIGNS also at the start or end of a word. */
const SIGN_LETTERS: Readonly<Record<string, string>> = {
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '¡': 'i',
  '(': 'c',
  '[': 'c',
  '{': 'c',
  '<': 'c',
  '¢': 'c',
  '©': 'c',
  '®': 'r',
  '€': 'e',
  '£': 'i',
  '¥': 'y',
  '§': 's',
  '+': 't',
  '†': 't',
  '#': 'h',
  '°': 'o',
  '×': 'x',
  '✗': 'x',
  '✕': 'x',
  '∂': 'd',
  '^': 'a',
  '√': 'v',
  '∩': 'n',
  '∪': 'u',
  '⊂': 'c',
  '●': 'o',
  '○': 'o',
  '◯': 'o',
  '⭕': 'o',
  '∆': 'a',
  '∑': 'e',
  '₳': 'a',
  '฿': 'b',
  '₿': 'b',
  '₵': 'c',
  '₭': 'k',
  '₦': 'n',
  '₱': 'p',
  '₴': 's',
  '₮': 't',
  '₩': 'w',
  '♡': 'o',
  '★': 'a',
  '☆': 'a',
  '⊙': 'o',
  '◎': 'o',
  '☉': 'o',
  '∞': 'o',
  '¶': 'p',
  ʘ: 'o',
};
const EDGE_SIGNS = new Set('@$€¥₳฿₿₵₭₦₱₴₮₩©');

/** Letters of other scripts that pass for a Latin one among Latin letters, after lower-casing; the second reading after a comma. */
const FOREIGN_LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'b',
  г: 'r',
  д: 'd,a',
  е: 'e',
  ж: 'x',
  з: 'e',
  и: 'u,n',
  й: 'u,n',
  к: 'k',
  л: 'n,a',
  м: 'm',
  н: 'h,n',
  о: 'o',
  п: 'n',
  р: 'p,r',
  с: 'c,s',
  т: 't',
  у: 'y,u',
  ф: 'o,f',
  х: 'x,h',
  ц: 'u',
  ч: 'y,h',
  ш: 'w',
  щ: 'w',
  ъ: 'b',
  ы: 'b',
  ь: 'b',
  э: 'e',
  ю: 'o',
  я: 'r',
  є: 'e',
  і: 'i',
  ї: 'i',
  ј: 'j',
  ѕ: 's',
  ү: 'y',
  һ: 'h',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  α: 'a',
  β: 'b',
  γ: 'y',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'n,h',
  θ: 'o',
  ι: 'i',
  κ: 'k',
  λ: 'a',
  μ: 'u,m',
  ν: 'v,n',
  ξ: 'e',
  ο: 'o',
  π: 'n',
  ρ: 'p',
  σ: 'o,s',
  τ: 't',
  υ: 'u,y',
  φ: 'o',
  χ: 'x',
  ψ: 'w',
  ω: 'w,o',
  ա: 'w',
  ց: 'g',
  հ: 'h',
  յ: 'j',
  ո: 'n',
  ս: 'u',
  օ: 'o',
  ռ: 'n',
  զ: 'q',
};

/** Possible readings of one character as Latin letter classes; 0 where there is none. */
export interface Look {
  readonly kind: number;
  readonly first: number;
  readonly second: number;
  /** The look comes from UTS #39, in the letter case that stands there: it deceives even where no Latin letter stands beside it. */
  readonly isStrong: boolean;
  readonly mayStandAtEdge: boolean;
}

const looks = new Map<string, Look>();
const addLook = (character: string, look: Look): void => {
  if (!looks.has(character)) looks.set(character, look);
};
/** Digit classes of the generated table are read as the letters for which their digit stands. */
const letterClass = (name: string): number => asciiClasses[code(name)]!;
for (const [letter, members] of Object.entries(CONFUSABLE_LETTERS)) {
  for (const member of members) {
    const second = FOREIGN_LETTERS[member.toLowerCase()]?.split(',')[1];
    addLook(member, {
      kind: LookKind.FOREIGN,
      first: letterClass(letter),
      second: second === undefined ? 0 : letterClass(second),
      isStrong: true,
      mayStandAtEdge: true,
    });
  }
}
for (const [sign, letter] of Object.entries(SIGN_LETTERS)) {
  looks.delete(sign);
  addLook(sign, {
    kind: LookKind.SIGN,
    first: letterClass(letter),
    second: 0,
    isStrong: true,
    mayStandAtEdge: EDGE_SIGNS.has(sign),
  });
}
for (const [letter, readings] of Object.entries(FOREIGN_LETTERS)) {
  const [first = '', second] = readings.split(',');
  for (const character of [letter, letter.toUpperCase()]) {
    addLook(character, {
      kind: LookKind.FOREIGN,
      first: letterClass(first),
      second: second === undefined ? 0 : letterClass(second),
      isStrong: false,
      mayStandAtEdge: true,
    });
  }
}

/** Looks of ASCII signs by their code: most of a title's separators have none. */
const asciiLooks: readonly (Look | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  looks.get(String.fromCharCode(code)),
);

/** How an ASCII sign may be read as a letter, if at all. */
export const asciiLookOf = (code: number): Look | undefined => asciiLooks[code];

const secondDigitClasses = Uint8Array.from({ length: 128 }, (_, unit) => {
  const letter = DIGIT_SECOND[String.fromCharCode(unit)];
  return letter === undefined ? 0 : letterClass(letter);
});

/** How a character outside ASCII letters and digits may be read, if at all. */
export const lookOf = (character: string): Look | undefined => looks.get(character);

/** Class of a folded a–z or 0–9 unit, 0 for any other. */
export const asciiClass = (unit: number): number => (unit < 128 ? asciiClasses[unit]! : 0);

/** Second class of a digit unit, 0 where it has one reading only. */
export const secondDigitClass = (unit: number): number => (unit < 128 ? secondDigitClasses[unit]! : 0);
