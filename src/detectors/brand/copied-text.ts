import type { Finding } from '../../domain/finding.ts';
import type { BrandFacts, ComparedText } from './brand-facts.ts';
import { standingOf } from './lawful-use.ts';
import type { BrandRules } from './settings.ts';
import { normaliseForCopy } from './text-shingles.ts';
import { BRAND_DETECTOR_VERSION } from './detector-version.ts';

/**
 * A description taken from another seller or from the owner of a mark: near-duplicate by exact comparison, the earlier
 * text presumed the original, the owner's own text before all. A text that many sellers of different owners use is the
 * supplier's, and nobody's theft; who may sell under a mark may use its owner's texts.
 */
export const copiedTextFindings = (facts: BrandFacts, rules: BrandRules): Finding[] => {
  const { listing, seller, similarTexts = [], nowMs } = facts;
  const { copiedText } = rules;
  const copies = similarTexts.filter(
    ({ overlap }) => overlap.jaccard01 >= copiedText.minJaccard01 || overlap.contained01 >= copiedText.minContained01,
  );
  if (copies.length === 0 || normaliseForCopy(listing.description).length < copiedText.minCharacters) return [];
  const ofOwners = copies.find((original) => {
    if (original.kind !== 'MARK') return false;
    const { mark } = original;
    const standing = standingOf(seller, { ...mark, text: mark.wordMarkSpecification.markVerbalElementText }, facts);
    return standing.kind !== 'OWN' && standing.kind !== 'AUTHORISED';
  });
  if (ofOwners !== undefined) return [findingOf(listing, ofOwners, 1)];
  // Marked as the owner's text, and this seller may use it: then the others may have it from there too.
  if (copies.some((original) => original.kind === 'MARK')) return [];
  const others = copies.flatMap((original) =>
    original.kind === 'LISTING' && original.legalId !== seller.legalId && original.listingId !== listing.id
      ? [original]
      : [],
  );
  const owners = new Set(others.map(({ legalId }) => legalId));
  if (owners.size >= copiedText.boilerplateOwners) return [];
  const startMs = Math.min(Date.parse(listing.createdAt), nowMs);
  const [first] = others
    .filter(({ createdAt }) => Date.parse(createdAt) < startMs)
    .toSorted((left, right) => Date.parse(left.createdAt) - Date.parse(right.createdAt));
  return first === undefined ? [] : [findingOf(listing, first, owners.size)];
};

const findingOf = (listing: BrandFacts['listing'], original: ComparedText, owners: number): Finding => {
  const { overlap } = original;
  const share = Math.max(overlap.jaccard01, overlap.contained01);
  const differences = differencesOf(listing.description, original.description);
  const isOwners = original.kind === 'MARK';
  const source = isOwners ? `mark:${original.mark.id}` : original.listingId;
  const from = isOwners
    ? `a text of the owner of ${original.mark.wordMarkSpecification.markVerbalElementText}${original.url === undefined ? '' : ` (${original.url})`}`
    : `an earlier listing of another seller (${original.listingId})`;
  return {
    detector: 'brand',
    detectorVersion: BRAND_DETECTOR_VERSION,
    violationType: 'IP_CR_TEXT_COPY',
    // Half of it may be a common source; a text that is the same word for word hardly is. More owners make a common source likelier.
    probability: Math.min(0.95, Math.max(0.2, (share - 0.5) * 1.9)) / Math.sqrt(owners),
    summary: `${Math.round(share * 100)} % of the description stand in ${from}.`.slice(0, 1_000),
    evidence: [
      {
        kind: 'TEXT_PAIR',
        why: isOwners ? 'The owner of the mark supplied the text.' : 'The earlier text is presumed the original.',
        leftId: source,
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
              why: isOwners
                ? 'Words of this listing that the owner’s text has not.'
                : 'Words of this listing that the earlier text has not.',
              name: 'differences',
              value: differences,
            },
          ]),
    ],
    about: `text ${source}`,
    ...(isOwners ? { markId: original.mark.id } : {}),
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
