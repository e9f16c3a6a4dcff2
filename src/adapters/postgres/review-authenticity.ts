import type { Authenticity, CreditEntryDraft } from '../../domain/credit.ts';
import type { CheckEffects } from '../../pipeline/effects.ts';
import type { Transaction } from './database.ts';

/**
 * Sets reviews of normal standing aside until a time and gives the ledger entries that take them out of the score.
 * Reviews that a person has judged, or that are set aside already, stay as they are.
 */
export async function quarantineReviews(
  tx: Transaction,
  { reviewIds, untilMs }: NonNullable<CheckEffects['quarantine']>,
  { check, decision, nowMs }: Pick<CheckEffects, 'check' | 'decision' | 'nowMs'>,
): Promise<readonly CreditEntryDraft[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE review SET authenticity = 'QUARANTINED', "quarantinedUntil" = ${new Date(untilMs)}
    WHERE id = ANY(${[...reviewIds].sort()}) AND authenticity = 'NORMAL' RETURNING id`;
  return reattribute(tx, {
    reviewIds: rows.map(({ id }) => id),
    authenticity: 'QUARANTINED',
    cause: check.id,
    why: 'The review is set aside while a person looks at the group of accounts that it belongs to.',
    rulesetVersion: decision.rulesetDigest,
    nowMs,
  });
}

interface Reattribution {
  readonly reviewIds: readonly string[];
  readonly authenticity: Authenticity;
  /** What made the change, so that the same change is booked once. */
  readonly cause: string;
  readonly why: string;
  readonly rulesetVersion: string;
  readonly nowMs: number;
}

/** Entries that change the authenticity of what these reviews brought into the ledger. */
export async function reattribute(
  tx: Transaction,
  { reviewIds, authenticity, cause, why, rulesetVersion, nowMs }: Reattribution,
): Promise<readonly CreditEntryDraft[]> {
  if (reviewIds.length === 0) return [];
  const entries = await tx.creditEntry.findMany({
    where: { kind: 'EVIDENCE', subjectRef: { in: reviewIds.map((id) => `REVIEW/${id}`) } },
    orderBy: { id: 'asc' },
    select: { payload: true },
  });
  return entries.map(({ payload }) => {
    const {
      prevHash: _prevHash,
      hash: _hash,
      ...entry
    } = payload as unknown as CreditEntryDraft & {
      prevHash: string;
      hash: string;
    };
    return {
      ...entry,
      entryId: `${entry.entryId}~${authenticity.toLowerCase()}~${cause}`,
      kind: 'REATTRIBUTION',
      reverses: entry.entryId,
      authenticity,
      effectiveAtMs: nowMs,
      recordedAtMs: nowMs,
      why,
      rulesetVersion,
    };
  });
}

/**
 * Evidence of a review that was set aside before its own check was done enters the ledger as set aside. Locks the
 * reviews, so that a quarantine at the same moment waits and then finds the entries.
 */
export async function withAuthenticity(
  tx: Transaction,
  drafts: readonly CreditEntryDraft[],
): Promise<readonly CreditEntryDraft[]> {
  const reviewIds = drafts.flatMap(({ kind, subjectRef }) =>
    kind === 'EVIDENCE' && subjectRef.startsWith('REVIEW/') ? [subjectRef.slice('REVIEW/'.length)] : [],
  );
  if (reviewIds.length === 0) return drafts;
  const rows = await tx.$queryRaw<{ id: string; authenticity: string }[]>`
    SELECT id, authenticity FROM review WHERE id = ANY(${reviewIds.sort()}) ORDER BY id FOR UPDATE`;
  const standing = new Map(rows.map(({ id, authenticity }) => [`REVIEW/${id}`, authenticity as Authenticity]));
  return drafts.map((draft) => {
    const authenticity = standing.get(draft.subjectRef);
    return authenticity === undefined || authenticity === 'NORMAL' ? draft : { ...draft, authenticity };
  });
}
