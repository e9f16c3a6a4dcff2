import type { Finding } from '../../domain/finding.ts';
import type { BrandFacts, SimilarText } from './brand-facts.ts';
import type { BrandRules } from './settings.ts';
import { normaliseForCopy, overlapOf, shinglesOf } from './text-shingles.ts';
import type { Overlap } from './text-shingles.ts';

interface Copy {
  readonly original: SimilarText;
  readonly overlap: Overlap;
}

/**
 * A description taken from another seller: near-duplicate by exact comparison, the earlier text presumed the original.
 * A text that many sellers of different owners use is the supplier's, and nobody's theft.
 */
export const copiedTextFindings = (
  { listing, seller, similarTexts = [] }: BrandFacts,
  rules: BrandRules,
): Finding[] => {
  const { copiedText } = rules;
  const own = normaliseForCopy(listing.description);
  if (own.length < copiedText.minCharacters) return [];
  const ownShingles = shinglesOf(own);
  const copies = similarTexts
    .filter((text) => text.legalId !== seller.legalId && text.listingId !== listing.id)
    .map((original): Copy => ({
      original,
      overlap: overlapOf(ownShingles, shinglesOf(normaliseForCopy(original.description))),
    }))
    .filter(
      ({ overlap }) => overlap.jaccard01 >= copiedText.minJaccard01 || overlap.contained01 >= copiedText.minContained01,
    );
  const owners = new Set(copies.map(({ original }) => original.legalId));
  if (owners.size >= copiedText.boilerplateOwners) return [];
  const startMs = Date.parse(listing.createdAt);
  const earlier = copies
    .filter(({ original }) => Date.parse(original.createdAt) < startMs)
    .toSorted((left, right) => Date.parse(left.original.createdAt) - Date.parse(right.original.createdAt));
  const [first] = earlier;
  return first === undefined ? [] : [findingOf(listing, first, owners.size)];
};

const findingOf = (listing: BrandFacts['listing'], { original, overlap }: Copy, owners: number): Finding => {
  const share = Math.max(overlap.jaccard01, overlap.contained01);
  const differences = differencesOf(listing.description, original.description);
  return {
    detector: 'brand',
    detectorVersion: 1,
    violationType: 'IP_CR_TEXT_COPY',
    // Half of it may be a common source; a text that is the same word for word hardly is. More owners make a common source likelier.
    probability: Math.min(0.95, Math.max(0.2, (share - 0.5) * 1.9)) / Math.sqrt(owners),
    summary: `${Math.round(share * 100)} % of the description stand in an earlier listing of another seller (${original.listingId}).`,
    evidence: [
      {
        kind: 'TEXT_PAIR',
        why: 'The earlier text is presumed the original.',
        leftId: original.listingId,
        rightId: listing.id,
        leftText: original.description.slice(0, 4_000).toWellFormed(),
        rightText: listing.description.slice(0, 4_000).toWellFormed(),
        jaccard01: overlap.jaccard01,
      },
      ...(differences === ''
        ? []
        : [
            {
              kind: 'FACT' as const,
              why: 'Words of this listing that the earlier text has not.',
              name: 'differences',
              value: differences,
            },
          ]),
    ],
    about: `text ${original.listingId}`,
    signals: { jaccard01: overlap.jaccard01, contained01: overlap.contained01, owners },
  };
};

/** Words that only the copy has, in their order, at most forty. */
const differencesOf = (copy: string, original: string): string => {
  const known = new Set(normaliseForCopy(original).split(' '));
  return normaliseForCopy(copy)
    .split(' ')
    .filter((word) => !known.has(word))
    .slice(0, 40)
    .join(' ')
    .slice(0, 900);
};
