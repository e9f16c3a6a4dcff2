import { z } from 'zod';
import { amountMinor, countryCode, currencyCode, externalId, languageTag, wellFormedText } from './primitives.ts';

const isoDate = z.iso.date();

/** Another form of the mark as its owner supplied it. */
export const markAlias = z.strictObject({
  text: wellFormedText(200).min(1),
  language: languageTag.optional(),
  kind: z
    .enum(['ALIAS', 'TRANSLITERATION', 'TRANSLATION', 'ABBREVIATION', 'MISSPELLING', 'CODE_WORD', 'PRODUCT_LINE'])
    .default('ALIAS'),
});

/** A seller who may sell goods under the mark, in which territory and for how long. */
export const markAuthorization = z.strictObject({
  sellerId: externalId,
  /** Empty: every territory of the mark. */
  territories: z.array(countryCode).max(250).default([]),
  validFrom: isoDate.optional(),
  validUntil: isoDate.optional(),
});

/** A description that the owner of a mark wrote. */
export const officialText = z.strictObject({
  text: wellFormedText(20_000).min(1),
  /** Where it stands. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
});

/** A protected mark, with the field names of WIPO ST.96 where it has one. */
export const mark = z
  .strictObject({
    id: externalId,
    rightsHolderId: externalId,
    rightType: z.enum(['WORD_MARK', 'FIGURATIVE_MARK', 'COPYRIGHT', 'DESIGN', 'PATENT', 'GI']).default('WORD_MARK'),
    registrationOfficeCode: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    registrationNumber: wellFormedText(64).optional(),
    registrationDate: isoDate.optional(),
    expiryDate: isoDate.optional(),
    markCurrentStatusCode: z
      .enum(['REGISTERED', 'APPLICATION_FILED', 'EXPIRED', 'DISPUTED', 'REVOKED'])
      .default('REGISTERED'),
    markFeature: z.enum(['Word', 'Figurative', 'Combined', '3D']).default('Word'),
    wordMarkSpecification: z.strictObject({
      markVerbalElementText: wellFormedText(200).min(1),
      markTransliteration: wellFormedText(200).optional(),
      markTranslation: wellFormedText(200).optional(),
    }),
    aliases: z.array(markAlias).max(200).default([]),
    /** Words of the mark that it does not protect. */
    markDisclaimerText: z.array(wellFormedText(200)).max(50).default([]),
    /** Nice classes. Empty: every class (only sensible for reputed marks). */
    niceClasses: z.array(z.int().min(1).max(45)).max(45).default([]),
    /** Where the right holds. Empty: everywhere. */
    territories: z.array(countryCode).max(250).default([]),
    /** A mark with a reputation is protected outside its classes (TM Directive 2015/2436 art. 10(2)(c)). */
    hasReputation: z.boolean().default(false),
    ownSellerIds: z.array(externalId).max(1_000).default([]),
    authorizations: z.array(markAuthorization).max(10_000).default([]),
    /** What genuine goods usually cost at the least, as the owner says. */
    usualPriceMinor: amountMinor.optional(),
    usualPriceCurrency: currencyCode.optional(),
    /** Texts of the owner's own site or catalogue: descriptions are compared with them. */
    officialTexts: z.array(officialText).max(50).default([]),
  })
  .meta({ id: 'Mark' });

export type Mark = z.infer<typeof mark>;
export type MarkAuthorization = z.infer<typeof markAuthorization>;

const DAY_MS = 86_400_000;

/** Whether an authorisation holds at a moment; its last day counts in full. */
export function isInForce({ validFrom, validUntil }: MarkAuthorization, nowMs: number): boolean {
  const hasBegun = validFrom === undefined || Date.parse(validFrom) <= nowMs;
  return hasBegun && (validUntil === undefined || nowMs < Date.parse(validUntil) + DAY_MS);
}
