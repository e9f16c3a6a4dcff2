import { z } from 'zod';
import {
  amountMinor,
  countryCode,
  currencyCode,
  externalId,
  languageTag,
  timestamp,
  wellFormedText,
} from './primitives.ts';

/** A picture of a listing: fetched by URL through the guard, or handed in as bytes (base64), or uploaded before. */
export const listingPicture = z
  .strictObject({
    id: externalId.optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_048)
      .optional(),
    base64: z.base64().max(28_000_000).optional(),
    uploadId: externalId.optional(),
  })
  .refine(
    (picture) => [picture.url, picture.base64, picture.uploadId].filter((way) => way !== undefined).length === 1,
    {
      error: 'needs exactly one of url, base64, uploadId',
    },
  );

/** A product offer as a marketplace sends it. */
export const listing = z
  .strictObject({
    id: externalId,
    sellerId: externalId,
    title: wellFormedText(500).min(1),
    description: wellFormedText(20_000).default(''),
    /** The brand attribute that the seller filled in. */
    brand: wellFormedText(200).optional(),
    /** Category path of the marketplace, general to special, joined by ` > `. */
    category: wellFormedText(300).optional(),
    /** Nice classes of the goods where the marketplace knows them. */
    niceClasses: z.array(z.int().min(1).max(45)).max(45).default([]),
    /** Whether the goods are new; absent: not known. INFORM counts sales of new or unused goods. */
    condition: z.enum(['NEW', 'UNUSED', 'REFURBISHED', 'USED']).optional(),
    attributes: z.record(wellFormedText(100), wellFormedText(2_000)).default({}),
    priceMinor: amountMinor,
    currency: currencyCode,
    language: languageTag.optional(),
    /** Countries to which the goods are sold. Empty: everywhere. */
    destinations: z.array(countryCode).max(250).default([]),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_048)
      .optional(),
    pictures: z.array(listingPicture).max(30).default([]),
    createdAt: timestamp,
  })
  .meta({ id: 'Listing' });

export type Listing = z.infer<typeof listing>;
