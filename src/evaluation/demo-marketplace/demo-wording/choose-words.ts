import type { SeededRandom } from '../seeded-random.ts';

/** Resolves each innermost `{a|b|c}` of a text to one of its choices, until none is left. */
export const chooseWords = (text: string, random: SeededRandom): string => {
  let rest = text;
  while (/\{[^{}]*\}/u.test(rest)) {
    rest = rest.replace(/\{([^{}]*)\}/u, (_whole, choices: string) => random.pick(choices.split('|')));
  }
  return rest;
};

/** The sentence with a capital at its start and a full stop, or the mark it brings, at its end. */
export const asSentence = (text: string, stop = '.'): string => {
  const trimmed = text.trim();
  const first = [...trimmed][0] ?? '';
  const closed = /[.!?。！？…]$/u.test(trimmed) ? '' : stop;
  return first.toUpperCase() + trimmed.slice(first.length) + closed;
};
