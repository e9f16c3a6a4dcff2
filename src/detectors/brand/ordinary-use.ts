import type { FieldHit, ListingReading, MarkUse } from './mark-uses.ts';
import type { BrandRules } from './settings.ts';
import type { EvidenceTerm } from './weigh-use.ts';

/** Fewer other words and their letter case says nothing of the writer's habit. */
const MIN_OTHER_WORDS = 3;
/** A writer who begins at most so many of the other words with a capital begins names with one. */
const MAX_CAPITAL_SHARE_01 = 0.4;
/** Shorter words are articles and units. */
const WORD = /\p{L}[\p{L}\p{M}'’]{2,}/gu;

/** How a writer set the word apart from the others of the text, if at all. */
type LetterCase = 'AS_NAME' | 'AS_WORD' | 'UNTOLD';

/**
 * What speaks for and against an ordinary word being meant as the mark: `Apple`, `Target`, `Orange`. Letter case tells
 * only where the writer sets other words differently; a title that leads with the word leads with a brand; goods for
 * which the mark is not registered are described by the word; another mark of the same owner, or the brand attribute, names it.
 */
export const ordinaryUseTerms = (
  use: MarkUse,
  hits: readonly FieldHit[],
  { reading, nats }: { readonly reading: ListingReading; readonly nats: BrandRules['nats'] },
): EvidenceTerm[] => {
  const { mark } = use;
  if (use.brandAttribute === 'AGREES' || hasOwnersOtherMark(use, reading)) return [];
  const terms: EvidenceTerm[] = [
    { name: 'ordinaryName', why: `${mark.text} is also an ordinary word.`, nats: nats.ordinaryName },
  ];
  const cases = hits.map(letterCaseOf);
  if (cases.includes('AS_NAME')) {
    const why = 'The word is written with a capital letter, unlike others in the text.';
    terms.push({ name: 'ordinaryAsName', why, nats: nats.ordinaryAsName });
  } else if (cases.length > 0 && cases.every((letterCase) => letterCase === 'AS_WORD')) {
    const why = 'The word is written small where names are written with a capital letter.';
    terms.push({ name: 'ordinaryAsWord', why, nats: nats.ordinaryAsWord });
  }
  if (use.isInClass && hits.some(isLeading)) {
    const why = 'The title begins with the word, as titles begin with a brand.';
    terms.push({ name: 'ordinaryLeads', why, nats: nats.ordinaryLeads });
  }
  if (reading.niceClasses.length > 0 && mark.niceClasses.length > 0 && !use.isInClass) {
    const why = `${mark.text} is not registered for such goods, and the word has a meaning of its own there.`;
    terms.push({ name: 'ordinaryOtherGoods', why, nats: nats.ordinaryOtherGoods });
  }
  return terms;
};

const hasOwnersOtherMark = ({ mark }: MarkUse, reading: ListingReading): boolean =>
  reading.uses.some(
    (other) =>
      other.mark.id !== mark.id &&
      other.mark.rightsHolderId === mark.rightsHolderId &&
      other.hits.some(({ hit }) => hit.strength === 'REPUTED' || hit.strength === 'COINED'),
  );

const isLeading = ({ field, hit }: FieldHit): boolean =>
  field.field === 'title' && !/[\p{L}\p{N}]/u.test(field.text.slice(0, hit.start));

const isCapital = (word: string): boolean => /^\p{Lu}/u.test(word);
const isAllCapitals = (word: string): boolean => word.length > 1 && word === word.toUpperCase();

const letterCaseOf = ({ field, hit }: FieldHit): LetterCase => {
  const others = [...field.text.matchAll(WORD)]
    .filter((word) => word.index + word[0].length <= hit.start || word.index >= hit.end)
    .map((word) => word[0]);
  if (others.length < MIN_OTHER_WORDS) return 'UNTOLD';
  const written = field.text.slice(hit.start, hit.end);
  const shareOf = (is: (word: string) => boolean): number => others.filter(is).length / others.length;
  if (isCapital(written)) {
    // The first word of a sentence has a capital whatever it is.
    const isFirst = !/[\p{L}\p{N}]/u.test(field.text.slice(0, hit.start));
    const isSetApart = isAllCapitals(written)
      ? shareOf(isAllCapitals) <= MAX_CAPITAL_SHARE_01
      : !isFirst && shareOf(isCapital) <= MAX_CAPITAL_SHARE_01;
    return isSetApart ? 'AS_NAME' : 'UNTOLD';
  }
  return isCapital(hit.name) && others.some(isCapital) ? 'AS_WORD' : 'UNTOLD';
};
