/** Characters that the eye cannot see: format and control characters. */
export const UNSEEN = /[\p{Cf}\p{Cc}]/u;

/** Names of those that are used to hide words. Source: Unicode Character Database, UnicodeData.txt. */
const NAMES: Readonly<Record<string, readonly [short: string, name: string]>> = {
  '\u00ad': ['SHY', 'soft hyphen'],
  '\u200b': ['ZWSP', 'zero width space'],
  '\u200c': ['ZWNJ', 'zero width non-joiner'],
  '\u200d': ['ZWJ', 'zero width joiner'],
  '\u200e': ['LRM', 'left-to-right mark'],
  '\u200f': ['RLM', 'right-to-left mark'],
  '\u202e': ['RLO', 'right-to-left override'],
  '\u2060': ['WJ', 'word joiner'],
  '\ufeff': ['BOM', 'zero width no-break space'],
};

const codeOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** Name of an invisible character, in full or as it fits into a text. */
export function nameOfUnseen(character: string, how: 'full' | 'short' = 'full'): string {
  const code = codeOf(character);
  const [short, name] = NAMES[character] ?? [code, 'a character that cannot be seen'];
  return how === 'short' ? short : `${name} (${code})`;
}

const SCRIPTS = [
  { name: 'Cyrillic', is: /\p{Script=Cyrillic}/u },
  { name: 'Greek', is: /\p{Script=Greek}/u },
  { name: 'Cherokee', is: /\p{Script=Cherokee}/u },
  { name: 'Armenian', is: /\p{Script=Armenian}/u },
] as const;

/**
 * What is odd about the letters of a marked text, each once, in the order of the text: invisible ones, letters of a
 * foreign script among Latin ones, and letters in disguise (full-width, mathematical, circled), which compatibility
 * normalisation turns into plain ones (Unicode UAX #15).
 */
export function findOddLetters(text: string): readonly string[] {
  const found = new Set<string>();
  const isLatin = /\p{Script=Latin}/u.test(text.normalize('NFKC'));
  for (const character of text) {
    const plain = character.normalize('NFKC');
    const script = SCRIPTS.find(({ is }) => is.test(plain));
    if (UNSEEN.test(character)) found.add(nameOfUnseen(character));
    else if (isLatin && script !== undefined) found.add(`${character} is a ${script.name} letter`);
    else if (plain !== character && /^[\p{L}\p{N}]+$/u.test(plain)) found.add(`${character} stands for ${plain}`);
  }
  return [...found];
}
