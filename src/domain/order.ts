import { z } from 'zod';
import { amountMinor, countryCode, currencyCode, externalId, timestamp, wellFormedText } from './primitives.ts';

export const faultParty = z.enum([
  'SELLER',
  'CARRIER',
  'CUSTOMS',
  'BUYER',
  'PLATFORM',
  'FORCE_MAJEURE',
  'UNDETERMINED',
]);
export type FaultParty = z.infer<typeof faultParty>;

export const logisticsReason = z.enum([
  'CUSTOMS_DETENTION',
  'IN_TRANSIT',
  'LOST',
  'RETURNED',
  'WRONG_ADDRESS',
  'TRACKING_ABNORMAL',
  'BUYER_REFUSED',
  'CARRIER_CHANGED',
  'DAMAGED',
]);
export type LogisticsReason = z.infer<typeof logisticsReason>;

/** One thing that happened to an order. */
export const orderEvent = z.strictObject({
  id: externalId,
  type: z.enum([
    'TRACKING_UPLOADED',
    'SHIPPED',
    'ACCEPTANCE_SCAN',
    'TRANSIT_SCAN',
    'CUSTOMS_HOLD',
    'CUSTOMS_SEIZURE',
    'CUSTOMS_RELEASED',
    'RETURNED',
    'LOST',
    'DAMAGED',
    'DELIVERED',
    'REFUSED',
    'DUTY_UNPAID',
    'CARRIER_CHANGED',
    'CANCELLED',
    'DISPUTE_OPENED',
    'DISPUTE_RULED',
  ]),
  at: timestamp,
  /** Why customs seized, what a dispute is about. */
  reason: z
    .enum(['NOT_RECEIVED', 'NOT_AS_DESCRIBED', 'COUNTERFEIT', 'IP_INFRINGEMENT', 'MISDECLARED', 'PROHIBITED', 'OTHER'])
    .optional(),
  /** For DISPUTE_RULED: who was found responsible. */
  responsible: faultParty.optional(),
  /** For CARRIER_CHANGED: who changed it. */
  by: z.enum(['SELLER', 'CARRIER', 'BUYER', 'PLATFORM']).optional(),
  weightGrams: z.int().min(0).optional(),
  note: wellFormedText(1_000).optional(),
});
export type OrderEvent = z.infer<typeof orderEvent>;

/** An order with everything known of it so far. Sending it again with more events adds the new ones. */
export const order = z
  .strictObject({
    id: externalId,
    listingId: externalId,
    sellerId: externalId,
    accountId: externalId,
    valueMinor: amountMinor,
    currency: currencyCode,
    placedAt: timestamp,
    /** Hours within which the seller promised to hand the parcel over. */
    handlingHours: z.int().min(1).max(2_160).default(72),
    destination: countryCode.optional(),
    /** The address given on the label equals the address of the order. */
    addressMatches: z.boolean().default(true),
    couponId: externalId.optional(),
    campaignId: externalId.optional(),
    events: z.array(orderEvent).max(200).default([]),
  })
  .meta({ id: 'Order' });
export type Order = z.infer<typeof order>;
