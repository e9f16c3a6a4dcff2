import type { ContextMeaning } from './context-lexicon.ts';
import { wordsBetween } from './listing-fields.ts';
import type { TermHit } from './term-index.ts';

/** A place in a text where the seller says that the goods do not come from a mark's owner. UTF-16 offsets. */
export interface Disclaimer {
  readonly start: number;
  readonly end: number;
  /** MARK_FOLLOWS: "not endorsed by …"; MARK_LEADS: "… is a registered trademark of"; AROUND: "aftermarket", accessories only. */
  readonly reach: 'MARK_FOLLOWS' | 'MARK_LEADS' | 'AROUND';
  /** "Not an original … part" disclaims for a spare part, and confesses for a handbag. */
  readonly isForAccessoriesOnly: boolean;
}

/** "not made, sponsored or in any way endorsed by": words between two links of the chain, and before the first. */
const CHAIN_WORDS = 4;
/** "not endorsed by the company Kireshi": words between the disclaimer and the mark. */
const MARK_WORDS = 3;
const AROUND_WORDS = 6;
const SENTENCE_END = /[.!?;。！？；\n]/;
const CLAUSE_END = /[.!?;:,。！？；，、：\n]/;

type Words = readonly TermHit<ContextMeaning>[];

const isKind = (word: TermHit<ContextMeaning>, kind: ContextMeaning['kind']): boolean =>
  word.term.meaning.kind === kind;

/** The disclaimers of one text, from its context words. */
export const findDisclaimers = (text: string, words: Words): Disclaimer[] =>
  words.flatMap((word): Disclaimer[] => {
    const { start, end } = word;
    if (isKind(word, 'disclaimerAfter')) return [{ start, end, reach: 'MARK_LEADS', isForAccessoriesOnly: false }];
    if (isKind(word, 'aftermarket')) return [{ start, end, reach: 'AROUND', isForAccessoriesOnly: true }];
    if (!isKind(word, 'affiliation') && !isKind(word, 'origin')) return [];
    const negation = negationOf(text, word, words);
    if (negation === undefined) return [];
    return [{ start: negation.start, end, reach: 'MARK_FOLLOWS', isForAccessoriesOnly: isKind(word, 'origin') }];
  });

/**
 * The negation that turns an affiliation round, before it in the same clause; links of a chain ("not made, sponsored or
 * endorsed by") may have commas between them. "Not a copy, made by" is no disclaimer: nothing links its halves.
 */
const negationOf = (
  text: string,
  affiliation: TermHit<ContextMeaning>,
  words: Words,
): TermHit<ContextMeaning> | undefined => {
  let first = affiliation;
  for (;;) {
    const near = (kind: ContextMeaning['kind'], breaksAt: RegExp): TermHit<ContextMeaning> | undefined =>
      words.findLast(
        (word) =>
          isKind(word, kind) &&
          word.end <= first.start &&
          wordsBetween(text, word, first) <= CHAIN_WORDS &&
          !breaksAt.test(text.slice(word.end, first.start)),
      );
    const negation = near('negation', CLAUSE_END);
    if (negation !== undefined) return negation;
    const link = near('affiliation', SENTENCE_END);
    if (link === undefined) return undefined;
    first = link;
  }
};

/** Whether one of the disclaimers speaks of the mark that stands at `hit`; `listed` tells how many other names lie between. */
export const isDisclaimed = (
  { text, hit, hasAccessory }: { text: string; hit: { start: number; end: number }; hasAccessory: boolean },
  disclaimers: readonly Disclaimer[],
  listed: (start: number, end: number) => number,
): boolean =>
  disclaimers.some((disclaimer) => {
    if (disclaimer.isForAccessoriesOnly && !hasAccessory) return false;
    const isBefore = disclaimer.end <= hit.start;
    if (!isBefore && hit.end > disclaimer.start) return false;
    if (disclaimer.reach === 'MARK_FOLLOWS' && !isBefore) return false;
    if (disclaimer.reach === 'MARK_LEADS' && isBefore) return false;
    const [left, right] = isBefore ? [disclaimer, hit] : [hit, disclaimer];
    if (SENTENCE_END.test(text.slice(left.end, right.start))) return false;
    const reach = disclaimer.reach === 'AROUND' ? AROUND_WORDS : MARK_WORDS;
    return wordsBetween(text, left, right) <= reach + listed(left.end, right.start);
  });

/** Whether a word is part of a disclaimer: the "not" of "not endorsed by" compares nothing. */
export const isInsideDisclaimer = (
  word: { readonly start: number; readonly end: number },
  disclaimers: readonly Disclaimer[],
): boolean => disclaimers.some(({ start, end }) => start <= word.start && word.end <= end);
