import type { SimilarText } from '../detectors/brand/brand-facts.ts';
import { compareTexts } from '../detectors/brand/compare-texts.ts';
import { sketchOf } from '../detectors/brand/text-sketch.ts';
import type { Listing } from '../domain/listing.ts';
import type { Seller } from '../domain/seller.ts';
import type { CheckPorts } from './check-ports.ts';
import type { Recheck } from './effects.ts';

/** Reviews of a listing that are read for complaints. */
const REVIEWS_READ = 100;

/** Messages of a seller about a listing that are read with it. */
const MESSAGES_READ = 50;

/** From so many later listings with one text on it is a supplier's text, and nobody is looked at again because of it. */
const SUPPLIER_TEXTS = 20;

/** What the brand detector wants to know beside the listing: complaints of buyers, usual prices, texts like its own. */
export async function textFacts(
  ports: Pick<CheckPorts, 'facts' | 'knowledge' | 'texts'>,
  listing: Listing,
  seller: Seller,
) {
  const fakeComplaints = await ports.facts.reviewsOfListing(listing.id, REVIEWS_READ);
  const messages = await ports.facts.messagesAbout(listing.id, seller.id, MESSAGES_READ);
  const sketch = sketchOf(listing.description);
  const stored = await ports.texts.similarTexts({ listingId: listing.id, legalId: seller.legalId, sketch });
  const similarTexts = compareTexts(listing.description, stored);
  const named = new Set(
    [listing.title, listing.brand ?? ''].flatMap((text) =>
      ports.knowledge
        .markIndex()
        .findMarks(text)
        .map(({ markId }) => markId),
    ),
  );
  const { category, currency } = listing;
  const marks = [...named].flatMap((id) => ports.knowledge.markIndex().get(id) ?? []);
  if (category === undefined) return { fakeComplaints, messages, similarTexts };
  const priceComparables = await Promise.all(
    marks.map(async ({ id: markId, text: brand }) => {
      const figures = await ports.facts.comparablePrices({ brand, category, currency, exceptListingId: listing.id });
      return figures === undefined ? [] : [{ markId, category, currency, ...figures }];
    }),
  );
  return { fakeComplaints, messages, similarTexts, priceComparables: priceComparables.flat() };
}

/**
 * Listings of other owners with a like description that began later: when their own check ran before this one's, their
 * text looked like the original.
 */
export function laterTexts(listing: Listing, similarTexts: readonly SimilarText[]): readonly Recheck[] {
  const startMs = Date.parse(listing.createdAt);
  const later = similarTexts.flatMap((text) =>
    text.kind === 'LISTING' && Date.parse(text.createdAt) > startMs ? [text.listingId] : [],
  );
  if (later.length > SUPPLIER_TEXTS) return [];
  return later.toSorted().map((subjectId) => ({
    subjectKind: 'LISTING',
    subjectId,
    trigger: `earlier-text:${listing.id}`,
  }));
}
