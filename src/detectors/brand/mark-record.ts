import type { Mark, MarkAuthorization } from '../../domain/mark.ts';

/** What the index keeps of a mark: all that context and gates ask for. */
export interface MarkRecord {
  readonly id: string;
  readonly rightsHolderId: string;
  /** The registered words as written. */
  readonly text: string;
  readonly hasReputation: boolean;
  readonly isRegistered: boolean;
  readonly isFigurative: boolean;
  /** Nice classes 1–45, ascending. Empty: every class. */
  readonly niceClasses: readonly number[];
  /** ISO 3166-1 alpha-2. Empty: everywhere. */
  readonly territories: readonly string[];
  /** ISO dates, inclusive. */
  readonly registrationDate?: string;
  readonly expiryDate?: string;
  readonly ownSellerIds: readonly string[];
  readonly authorizations: readonly MarkAuthorization[];
  readonly usualPriceMinor?: number;
  readonly usualPriceCurrency?: string;
}

/** Rights that give no protection any more, and rights that are not about words, are not looked for. */
export const isMatchable = (mark: Mark): boolean =>
  mark.markCurrentStatusCode !== 'EXPIRED' &&
  mark.markCurrentStatusCode !== 'REVOKED' &&
  (mark.rightType === 'WORD_MARK' || mark.rightType === 'FIGURATIVE_MARK' || mark.rightType === 'GI');

/** The rare parts of a mark, kept beside the columns only where there are any. */
export type MarkExtras = Pick<
  MarkRecord,
  'ownSellerIds' | 'authorizations' | 'usualPriceMinor' | 'usualPriceCurrency' | 'registrationDate' | 'expiryDate'
>;

export const extrasOf = (mark: Mark): MarkExtras | undefined => {
  const hasAny =
    mark.ownSellerIds.length > 0 ||
    mark.authorizations.length > 0 ||
    mark.usualPriceMinor !== undefined ||
    mark.registrationDate !== undefined ||
    mark.expiryDate !== undefined;
  if (!hasAny) return undefined;
  return {
    ownSellerIds: mark.ownSellerIds,
    authorizations: mark.authorizations,
    ...(mark.usualPriceMinor === undefined ? {} : { usualPriceMinor: mark.usualPriceMinor }),
    ...(mark.usualPriceCurrency === undefined ? {} : { usualPriceCurrency: mark.usualPriceCurrency }),
    ...(mark.registrationDate === undefined ? {} : { registrationDate: mark.registrationDate }),
    ...(mark.expiryDate === undefined ? {} : { expiryDate: mark.expiryDate }),
  };
};
