import { mark } from '../../domain/mark.ts';
import type { Mark } from '../../domain/mark.ts';
import type { Random } from './evasions.ts';

const ONSETS = [
  'b',
  'br',
  'c',
  'ch',
  'd',
  'dr',
  'f',
  'fl',
  'g',
  'gr',
  'h',
  'j',
  'k',
  'kr',
  'l',
  'm',
  'n',
  'p',
  'pr',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
  'w',
  'x',
  'z',
  '',
];
const NUCLEI = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'io', 'ou', 'ee', 'y'];
const CODAS = ['', '', '', 'n', 'r', 's', 'l', 'x', 'm', 'nd', 'rt', 'ck', 'ss', 'tt'];
const HAN = '海天美佳华康宝龙金星月光新东方利达雅源丰盛泰和';

const pick = <T>(items: ArrayLike<T>, random: Random): T => items[Math.floor(random() * items.length)]!;

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A made-up word of two to four syllables. */
export const coinWord = (random: Random): string => {
  const syllables = 2 + Math.floor(random() * 2.6);
  let word = '';
  for (let at = 0; at < syllables; at++) word += pick(ONSETS, random) + pick(NUCLEI, random) + pick(CODAS, random);
  return capitalised(word.length < 4 ? `${word}ora` : word);
};

/**
 * A name as registers hold them: over half coined, a third of everyday words or mixed, a few of Chinese signs.
 * Source of the shares: the lists that docs/decisions/0122 names.
 */
export const coinName = (words: readonly string[], random: Random): string => {
  const kind = random();
  if (kind < 0.5) return random() < 0.6 ? coinWord(random) : `${coinWord(random)} ${coinWord(random)}`;
  if (kind < 0.75) return `${coinWord(random)} ${capitalised(pick(words, random))}`;
  if (kind < 0.95) return `${capitalised(pick(words, random))} ${capitalised(pick(words, random))}`;
  return Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(HAN, random)).join('');
};

/** A register of so many marks, one after another: a million of them need not be in memory at once. */
export function* syntheticRegister(count: number, words: readonly string[], random: Random): Generator<Mark> {
  const template = mark.parse({ id: 'm', rightsHolderId: 'h', wordMarkSpecification: { markVerbalElementText: 'x' } });
  for (let at = 0; at < count; at++) {
    yield {
      ...template,
      id: `m${at}`,
      rightsHolderId: `h${at % 50_000}`,
      hasReputation: random() < 0.01,
      niceClasses: [1 + Math.floor(random() * 45)],
      wordMarkSpecification: { markVerbalElementText: coinName(words, random) },
    };
  }
}

/** Titles of everyday words with a model number here and there and a mark in one of ten. */
export const syntheticTitles = (count: number, words: readonly string[], random: Random): string[] =>
  Array.from({ length: count }, () => {
    const length = 5 + Math.floor(random() * 5);
    const title = Array.from({ length }, () => capitalised(pick(words, random)));
    if (random() < 0.4) title.push(`${pick('ABCDKXZ', random)}${100 + Math.floor(random() * 900)}`);
    if (random() < 0.1) title.unshift(coinWord(random));
    return title.join(' ');
  });
