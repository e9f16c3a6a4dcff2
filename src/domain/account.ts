import { z } from 'zod';
import { countryCode, externalId, languageTag, timestamp, wellFormedText } from './primitives.ts';

/** One visit of an account, as far as the marketplace saw it. */
export const accountSession = z.strictObject({
  at: timestamp,
  ip: z.union([z.ipv4(), z.ipv6()]),
  deviceId: wellFormedText(256).optional(),
  userAgent: wellFormedText(1_000).optional(),
  /** IANA zone that the browser told. */
  timeZone: wellFormedText(64).optional(),
  language: languageTag.optional(),
});

/** A payment instrument. Never a card number: the fingerprint that the payment processor gives. */
export const accountPayment = z.strictObject({
  fingerprint: wellFormedText(256)
    .min(1)
    .refine((value) => !/^[\d -]{12,23}$/.test(value), {
      error: "looks like a card number: send the payment processor's fingerprint instead",
    }),
  kind: z.enum(['CARD', 'BANK_ACCOUNT', 'WALLET', 'OTHER']).default('OTHER'),
});

export const accountAddress = z.strictObject({
  line: wellFormedText(300).min(1),
  city: wellFormedText(120).optional(),
  postcode: wellFormedText(32).optional(),
  country: countryCode,
});

/** A buyer's or seller's account with the identifiers that link accounts. Identifiers are never stored raw. */
export const account = z
  .strictObject({
    id: externalId,
    kind: z.enum(['BUYER', 'SELLER']).default('BUYER'),
    /** The seller whom the account runs, for kind SELLER. */
    sellerId: externalId.optional(),
    registeredAt: timestamp,
    email: z.email().max(320).optional(),
    phone: z
      .string()
      .regex(/^\+?[0-9 ()-]{5,24}$/, { error: 'is not a telephone number' })
      .optional(),
    displayName: wellFormedText(200).optional(),
    sessions: z.array(accountSession).max(200).default([]),
    payments: z.array(accountPayment).max(50).default([]),
    addresses: z.array(accountAddress).max(50).default([]),
  })
  .meta({ id: 'Account' });

export type Account = z.infer<typeof account>;
export type AccountSession = z.infer<typeof accountSession>;

/** What an address on the Internet is, as far as scoring goes. RELAY and MOBILE never weigh against anybody. */
export const networkClass = z.enum([
  'RESIDENTIAL',
  'BUSINESS',
  'MOBILE',
  'RELAY',
  'VPN',
  'HOSTING',
  'TOR',
  'PRIVATE',
  'UNKNOWN',
]);
export type NetworkClass = z.infer<typeof networkClass>;

/** Kinds of identifier that can link two accounts. */
export const identifierKind = z.enum(['DEVICE', 'PAYMENT', 'ADDRESS', 'PHONE', 'EMAIL', 'IP', 'SUBNET', 'ASN']);
export type IdentifierKind = z.infer<typeof identifierKind>;

/** A keyed hash of one identifier, the only form in which it is stored. */
export const accountIdentifier = z.strictObject({
  kind: identifierKind,
  /** HMAC-SHA-256 in hexadecimal, keyed by kind and epoch; the ASN stands in clear, it names a network and no person. */
  value: z.string().max(80),
  keyEpoch: z.int().min(0),
  seenAtMs: z.number(),
  /** For IP and SUBNET: the class of the network it belongs to. */
  networkClass: networkClass.optional(),
});
export type AccountIdentifier = z.infer<typeof accountIdentifier>;

/** An account after its raw identifiers were dropped: what is stored and what detectors see. */
export const pseudonymousAccount = z.strictObject({
  id: externalId,
  kind: z.enum(['BUYER', 'SELLER']),
  sellerId: externalId.optional(),
  registeredAt: timestamp,
  identifiers: z.array(accountIdentifier),
  /** Coarse facts of each session, without the address itself. */
  sessions: z.array(
    z.strictObject({
      atMs: z.number(),
      networkClass,
      asn: z.int().optional(),
      networkName: z.string().optional(),
      country: countryCode.optional(),
      timeZone: z.string().optional(),
      language: z.string().optional(),
    }),
  ),
});
export type PseudonymousAccount = z.infer<typeof pseudonymousAccount>;
