import type { NetworkClass } from '../../domain/account.ts';

/** A guess at the class of a network from its name. */
export interface NameHints {
  /** How the guess is named as a source. */
  readonly name: string;
  /** UNKNOWN where the name says nothing. */
  classOf(networkName: string): NetworkClass;
}

/** Words that point to a class. The first rule that matches decides. */
export interface NameHintRule {
  readonly networkClass: NetworkClass;
  /** Match at the start of a word of the name. */
  readonly words: readonly string[];
  /** Match anywhere in the name. */
  readonly parts: readonly string[];
}

const escapeForPattern = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Makes a guesser from word rules; the first rule with a matching word decides, so rules that protect (carriers,
 * relays) stand first. Names are a hint only: of public VPN ranges 82 % match hosting words, but so do networks that
 * no list has (measured in the design); a class guessed so is marked, and no finding rests on it.
 */
export const createNameHints = (rules: readonly NameHintRule[]): NameHints => {
  const patterns = rules.map((rule) => {
    const atStart = rule.words.map((word) => `(?<![a-z0-9])${escapeForPattern(word.toLowerCase())}`);
    const anywhere = rule.parts.map((part) => escapeForPattern(part.toLowerCase()));
    return { networkClass: rule.networkClass, pattern: new RegExp([...atStart, ...anywhere].join('|')) };
  });
  const answers = new Map<string, NetworkClass>();
  return {
    name: 'name of the network',
    classOf: (networkName) => {
      const known = answers.get(networkName);
      if (known !== undefined) return known;
      const lower = networkName.toLowerCase();
      const answer = patterns.find(({ pattern }) => pattern.test(lower))?.networkClass ?? 'UNKNOWN';
      // Names come from the loaded tables, so there are at most as many as networks; the bound guards against misuse.
      if (answers.size < 200_000) answers.set(networkName, answer);
      return answer;
    },
  };
};
