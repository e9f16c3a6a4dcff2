import { z } from 'zod';
import { externalId, languageTag, timestamp, wellFormedText } from './primitives.ts';

/** A buyer's review of a listing. */
export const review = z
  .strictObject({
    id: externalId,
    listingId: externalId,
    sellerId: externalId,
    /** The buyer account that wrote it. */
    accountId: externalId,
    orderId: externalId.optional(),
    stars: z.int().min(1).max(5),
    text: wellFormedText(10_000).default(''),
    language: languageTag.optional(),
    createdAt: timestamp,
  })
  .meta({ id: 'Review' });

export type Review = z.infer<typeof review>;
