import type { BrandContextWords, BrandSettings, WeightedWord } from './settings.ts';
import { TermIndex } from './term-index.ts';
import type { Term } from './term-index.ts';

/** What a context word says. */
export type ContextMeaning =
  | { readonly kind: 'nominativeBefore' | 'nominativeAfter' | 'accessory' | 'negation' }
  | { readonly kind: 'affiliation' | 'origin' | 'aftermarket' | 'disclaimerAfter' }
  | { readonly kind: 'replica' | 'comparison' | 'hiddenLink'; readonly word: WeightedWord; readonly ruleId: string };

/** What a word of a review says. */
export type ComplaintMeaning = 'complaint' | 'negation' | 'genuine';

/** All word lists of `rules/brand/context-words.yaml`, ready to be found in texts. */
export interface ContextLexicon {
  readonly context: TermIndex<ContextMeaning>;
  readonly complaints: TermIndex<ComplaintMeaning>;
  readonly genericBrands: TermIndex<'generic'>;
  readonly storeWords: TermIndex<'storeWord'>;
  readonly categories: TermIndex<readonly number[]>;
}

const termsOf = <M>(lists: Readonly<Record<string, readonly string[]>>, meaning: M): Term<M>[] =>
  [...new Set(Object.values(lists).flat())].map((text) => ({ text, meaning }));

const weightedTerms = (
  lists: BrandContextWords['replica'],
  kind: 'replica' | 'comparison' | 'hiddenLink',
): Term<ContextMeaning>[] =>
  Object.entries(lists).flatMap(([language, words]) =>
    words.map((word) => ({
      text: word.text,
      isCaseSensitive: word.isCaseSensitive,
      meaning: { kind, word, ruleId: `brand.${kind}.${language}.${word.text}` },
    })),
  );

/** Compiles the word lists; done once for each version of the rules. */
export const createContextLexicon = ({ contextWords: lists, categoryClasses }: BrandSettings): ContextLexicon => ({
  context: new TermIndex<ContextMeaning>([
    ...termsOf<ContextMeaning>(lists.nominativeBefore, { kind: 'nominativeBefore' }),
    ...termsOf<ContextMeaning>(lists.nominativeAfter, { kind: 'nominativeAfter' }),
    ...termsOf<ContextMeaning>(lists.accessories, { kind: 'accessory' }),
    ...termsOf<ContextMeaning>(lists.negation, { kind: 'negation' }),
    ...termsOf<ContextMeaning>(lists.affiliation, { kind: 'affiliation' }),
    ...termsOf<ContextMeaning>(lists.origin, { kind: 'origin' }),
    ...termsOf<ContextMeaning>(lists.aftermarket, { kind: 'aftermarket' }),
    ...termsOf<ContextMeaning>(lists.disclaimerAfter, { kind: 'disclaimerAfter' }),
    ...weightedTerms(lists.replica, 'replica'),
    ...weightedTerms(lists.comparison, 'comparison'),
    ...weightedTerms(lists.hiddenLink, 'hiddenLink'),
  ]),
  complaints: new TermIndex<ComplaintMeaning>([
    ...termsOf<ComplaintMeaning>(lists.fakeComplaint, 'complaint'),
    ...termsOf<ComplaintMeaning>(lists.negation, 'negation'),
    ...termsOf<ComplaintMeaning>(lists.genuinePraise, 'genuine'),
  ]),
  genericBrands: new TermIndex(lists.genericBrand.map((text) => ({ text, meaning: 'generic' as const }))),
  storeWords: new TermIndex(lists.storeWords.map((text) => ({ text, meaning: 'storeWord' as const }))),
  categories: new TermIndex(
    categoryClasses.flatMap((row) => row.words.map((text) => ({ text, meaning: row.classes as readonly number[] }))),
  ),
});

/** Nice classes of the goods, ascending: those that the marketplace gave, else those that the category's words mean. Empty: unknown. */
export const niceClassesOf = (
  listing: { readonly niceClasses: readonly number[]; readonly category?: string | undefined },
  lexicon: ContextLexicon,
): number[] => {
  if (listing.niceClasses.length > 0) return [...listing.niceClasses];
  const classes = new Set(lexicon.categories.find(listing.category ?? '').flatMap((hit) => hit.term.meaning));
  return [...classes].toSorted((left, right) => left - right);
};
