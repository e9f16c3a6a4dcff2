import type { BrandFacts } from './brand-facts.ts';

/** A text of the subject, by the name under which evidence points at it. */
export interface SubjectField {
  /** `title`, `description`, `brand`, `attributes.<name>`, `storeName` or `message.<id>`. */
  readonly field: string;
  readonly text: string;
}

/** Every text in which a mark may stand, the title first. */
export const fieldsOf = ({ listing, seller, messages = [] }: BrandFacts): SubjectField[] =>
  [
    { field: 'title', text: listing.title },
    { field: 'brand', text: listing.brand ?? '' },
    ...Object.entries(listing.attributes).map(([name, text]) => ({ field: `attributes.${name}`, text })),
    { field: 'description', text: listing.description },
    { field: 'storeName', text: seller.storeName },
    ...messages.map(({ messageId, text }) => ({ field: `message.${messageId}`, text })),
  ].filter(({ text }) => text !== '');

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** Words that lie between two spans of a text; two signs of an unspaced script count as a word. 0 when they touch or overlap. */
export const wordsBetween = (
  text: string,
  left: { readonly end: number },
  right: { readonly start: number },
): number => {
  if (right.start <= left.end) return 0;
  const between = text.slice(left.end, right.start);
  const unspaced = between.match(UNSPACED)?.length ?? 0;
  const spaced = between.replace(UNSPACED, ' ').match(WORD)?.length ?? 0;
  return spaced + Math.ceil(unspaced / 2);
};

/** Words between two spans whichever comes first. */
export const wordDistance = (
  text: string,
  one: { readonly start: number; readonly end: number },
  other: { readonly start: number; readonly end: number },
): number => (one.start <= other.start ? wordsBetween(text, one, other) : wordsBetween(text, other, one));
