import { z } from 'zod';
import { account } from './account.ts';
import { listing } from './listing.ts';
import { order } from './order.ts';
import { review } from './review.ts';
import { seller } from './seller.ts';

/** The schemas of everything that a marketplace may hand in, by kind. */
export const INTAKE_SCHEMAS = {
  SELLER: seller,
  LISTING: listing,
  REVIEW: review,
  ACCOUNT: account,
  ORDER: order,
} as const;

export type IntakeKind = keyof typeof INTAKE_SCHEMAS;
export type IntakeItem<Kind extends IntakeKind> = z.infer<(typeof INTAKE_SCHEMAS)[Kind]>;

/** Items of one intake call. Source: docs/api.md; a body of 1,000 listings with texts stays below 25 MB. */
export const MAX_BATCH_ITEMS = 1_000;

/** The times of an item that must not lie in the future, as [path, value]. */
export function itemTimes(kind: IntakeKind, item: IntakeItem<IntakeKind>): readonly (readonly [string, string])[] {
  switch (kind) {
    case 'SELLER':
      return [['registeredAt', (item as IntakeItem<'SELLER'>).registeredAt]];
    case 'LISTING':
      return [['createdAt', (item as IntakeItem<'LISTING'>).createdAt]];
    case 'REVIEW':
      return [['createdAt', (item as IntakeItem<'REVIEW'>).createdAt]];
    case 'ACCOUNT': {
      const { registeredAt, sessions } = item as IntakeItem<'ACCOUNT'>;
      return [['registeredAt', registeredAt], ...sessions.map(({ at }, i) => [`sessions[${i}].at`, at] as const)];
    }
    case 'ORDER': {
      const { placedAt, events } = item as IntakeItem<'ORDER'>;
      return [['placedAt', placedAt], ...events.map(({ at }, i) => [`events[${i}].at`, at] as const)];
    }
    default:
      return kind satisfies never;
  }
}
