import { z } from 'zod';
import { countryCode, externalId, timestamp, wellFormedText } from './primitives.ts';

export const kybStatus = z.enum(['MISSING', 'PENDING', 'VERIFIED', 'FORGED']);

/** A store. Penalties bind the legal entity, so several stores may share one `legalId`. */
export const seller = z
  .strictObject({
    id: externalId,
    legalId: externalId,
    storeName: wellFormedText(200).min(1),
    country: countryCode.optional(),
    registeredAt: timestamp,
    kyb: kybStatus.default('PENDING'),
    /** What the marketplace did to know who sells: for the duties of INFORM and DSA Art. 30. */
    identity: z
      .strictObject({
        collectedAt: timestamp.optional(),
        verifiedAt: timestamp.optional(),
        /** The last yearly certification. */
        certifiedAt: timestamp.optional(),
        /** Acts as a trader (DSA Art. 30), not as a private person; absent: a trader. */
        isTrader: z.boolean().optional(),
        /** Name and address are shown to buyers. */
        isDisclosed: z.boolean().optional(),
      })
      .optional(),
    /** Countries into which the seller offers goods; absent or empty: everywhere. */
    destinations: z.array(countryCode).max(250).optional(),
    /** Words that are the seller's own brand. */
    ownBrands: z.array(wellFormedText(200)).max(100).default([]),
  })
  .meta({ id: 'Seller' });

export type Seller = z.infer<typeof seller>;
