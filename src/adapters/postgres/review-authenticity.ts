import { entriesForAuthenticity } from '../../credit/decision-entries.ts';
import type { Authenticity, CreditGist } from '../../domain/credit.ts';
import type { CheckEffects, LedgerClaim } from '../../pipeline/effects.ts';
import type { Transaction } from './database.ts';

/**
 * Sets reviews of normal standing aside until a time and gives what takes them out of the score. Reviews that a person
 * has judged, or that are set aside already or were before, stay as they are: nobody is suspected without end. The caller has locked them.
 */
export async function quarantineReviews(
  tx: Transaction,
  { reviewIds, untilMs }: NonNullable<CheckEffects['quarantine']>,
  { check, decision, nowMs }: Pick<CheckEffects, 'check' | 'decision' | 'nowMs'>,
): Promise<readonly LedgerClaim[]> {
  const rows = await tx.$queryRaw<{ id: string; sellerId: string }[]>`
    UPDATE review SET authenticity = 'QUARANTINED', "quarantinedUntil" = ${new Date(untilMs)}
    WHERE id = ANY(${[...reviewIds]}) AND authenticity = 'NORMAL' AND "quarantinedUntil" IS NULL
    RETURNING id, "sellerId"`;
  return claimAuthenticity(tx, rows, {
    authenticity: 'QUARANTINED',
    decisionId: check.id,
    why: 'The review is set aside while a person looks at the group of accounts that it belongs to.',
    gist: { code: 'SET_ASIDE', values: {} },
    rulesetVersion: decision.rulesetDigest,
    recordedAtMs: nowMs,
  });
}

interface AuthenticityChange {
  readonly authenticity: Authenticity;
  /** What made the change, so that the same change is booked once. */
  readonly decisionId: string;
  readonly why: string;
  readonly gist: CreditGist;
  readonly rulesetVersion: string;
  readonly recordedAtMs: number;
}

/** Claims that change the authenticity of what these reviews brought into the ledger. */
export async function claimAuthenticity(
  tx: Transaction,
  reviews: readonly { readonly id: string; readonly sellerId: string }[],
  { authenticity, ...stamp }: AuthenticityChange,
): Promise<readonly LedgerClaim[]> {
  const sellers = await tx.seller.findMany({
    where: { id: { in: [...new Set(reviews.map(({ sellerId }) => sellerId))] } },
    select: { id: true, legalId: true },
  });
  const legalIds = new Map(sellers.map(({ id, legalId }) => [id, legalId]));
  return reviews.map(({ id, sellerId }) => ({
    sellerLegalId: legalIds.get(sellerId) ?? sellerId,
    subjectRef: `REVIEW/${id}`,
    build: (existing) =>
      entriesForAuthenticity(
        existing.filter(({ kind }) => kind === 'EVIDENCE'),
        authenticity,
        stamp,
      ),
  }));
}
