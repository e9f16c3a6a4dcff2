import { z } from 'zod';
import { externalId, languageTag, timestamp, wellFormedText } from './primitives.ts';

/** What a seller wrote to a buyer about a listing. It is read with the listing, as one more of its texts. */
export const sellerMessage = z
  .strictObject({
    id: externalId,
    sellerId: externalId,
    listingId: externalId,
    text: wellFormedText(10_000).min(1),
    language: languageTag.optional(),
    sentAt: timestamp,
  })
  .meta({ id: 'SellerMessage' });

export type SellerMessage = z.infer<typeof sellerMessage>;
