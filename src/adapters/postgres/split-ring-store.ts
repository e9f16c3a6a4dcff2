import type { Authenticity, CreditGist } from '../../domain/credit.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { RingSplit, RingSplitStamp, RingSplitStore, SplittableRing } from '../../pipeline/split-ring.ts';
import { appendLedger } from './append-ledger.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { recordEvents } from './record-events.ts';
import { claimAuthenticity } from './review-authenticity.ts';
import { asStored } from './stored-json.ts';

/** Rings that persons split. */
export function postgresRingSplitStore(database: Database, ids: IdSource): RingSplitStore {
  return {
    find: (ringId) => readSplittableRing(database, ringId),
    split: (split, stamp) => inTransaction(database, (tx) => writeRingSplit(tx, ids, split, stamp)),
    undo: (ringId, stamp) => inTransaction(database, (tx) => undoRingSplit(tx, ids, ringId, stamp)),
  };
}

/** The ring with its members and reviews, by its latest evidence; within a transaction or without. */
export async function readSplittableRing(
  database: Database | Transaction,
  ringId: string,
): Promise<SplittableRing | undefined> {
  const row = await database.ring.findUnique({
    where: { id: ringId },
    select: { memberAccountIds: true, evidence: true },
  });
  if (row === null) return undefined;
  const ring = asStored<readonly Evidence[] | null>(row.evidence)?.find((piece) => piece.kind === 'RING');
  return {
    ringId,
    memberAccountIds: row.memberAccountIds,
    reviews: (ring?.reviews ?? []).map(({ reviewId, accountId }) => ({ reviewId, accountId })),
  };
}

/**
 * Writes a split within the transaction of the decision that it carries out. It locks the ring and its reviews, so it
 * comes before any case or ledger is locked.
 */
export async function writeRingSplit(
  tx: Transaction,
  ids: IdSource,
  split: RingSplit,
  stamp: RingSplitStamp,
): Promise<'split' | 'already-split'> {
  const { decisionId, nowMs } = stamp;
  const [ring] = await tx.$queryRaw<{ splitDecisionId: string | null }[]>`
    SELECT "splitDecisionId" FROM ring WHERE id = ${split.ringId} FOR UPDATE`;
  if (ring === undefined || ring.splitDecisionId === decisionId) return 'already-split';
  await lockReviews(tx, [...split.keptReviewIds, ...split.removedReviewIds]);
  const kept = await judgeReviews(tx, split.keptReviewIds, 'CLEARED', {
    ...stamp,
    why: `A person looked at the group ${split.ringId} and found that this review is an honest one, so it counts.`,
    gist: { code: 'FOUND_HONEST', values: { ringId: split.ringId } },
  });
  const removed = await judgeReviews(tx, split.removedReviewIds, 'CONFIRMED_INAUTHENTIC', {
    ...stamp,
    why: `A person confirmed that this review belongs to the group ${split.ringId}, which acted as one, so it never counts.`,
    gist: { code: 'FOUND_INAUTHENTIC', values: { ringId: split.ringId } },
  });
  await appendLedger(tx, [...kept, ...removed]);
  const now = new Date(nowMs);
  await tx.ring.update({
    where: { id: split.ringId },
    data: {
      keptAccountIds: [...split.keptAccountIds],
      splitDecisionId: decisionId,
      splitAt: now,
      // What a person judged by itself stands by itself.
      mergedIntoId: null,
    },
  });
  await partMerged(tx, split);
  const told = (type: string, reviewIds: readonly string[]) =>
    reviewIds.map((reviewId) => ({
      type,
      subject: `REVIEW/${reviewId}`,
      data: { reviewId, ringId: split.ringId, decisionId },
    }));
  await recordEvents(
    tx,
    ids,
    [...told('assay.review.cleared', split.keptReviewIds), ...told('assay.review.removed', split.removedReviewIds)],
    now,
  );
  return 'split';
}

/** Rings that were swallowed by the ring, but of which hardly anybody is left in it, are rings of their own again. */
async function partMerged(tx: Transaction, { ringId, removedAccountIds }: RingSplit): Promise<void> {
  const left = new Set(removedAccountIds);
  const merged = await tx.ring.findMany({
    where: { mergedIntoId: ringId },
    select: { id: true, memberAccountIds: true },
  });
  const parted = merged.filter(
    ({ memberAccountIds }) => 2 * memberAccountIds.filter((id) => left.has(id)).length < memberAccountIds.length,
  );
  await tx.ring.updateMany({ where: { id: { in: parted.map(({ id }) => id) } }, data: { mergedIntoId: null } });
}

/** Takes the split of a decision back, within the transaction that undoes the decision. Locks as `writeRingSplit` does. */
export async function undoRingSplit(
  tx: Transaction,
  ids: IdSource,
  ringId: string,
  stamp: RingSplitStamp,
): Promise<'undone' | 'not-split'> {
  const now = new Date(stamp.nowMs);
  const [row] = await tx.$queryRaw<{ splitDecisionId: string | null }[]>`
    SELECT "splitDecisionId" FROM ring WHERE id = ${ringId} FOR UPDATE`;
  if (row === undefined || row.splitDecisionId !== stamp.decisionId) return 'not-split';
  const ring = await readSplittableRing(tx, ringId);
  const reviewIds = ring?.reviews.map(({ reviewId }) => reviewId) ?? [];
  await lockReviews(tx, reviewIds);
  const aside = await tx.review.findMany({
    where: { id: { in: reviewIds }, quarantinedUntil: { gt: now } },
    select: { id: true },
  });
  const isAside = new Set(aside.map(({ id }) => id));
  const undo = { ...stamp, decisionId: `undo:${stamp.decisionId}` };
  const claims = [
    ...(await judgeReviews(tx, [...isAside], 'QUARANTINED', {
      ...undo,
      why: 'The decision on the group was taken back, so the review is set aside again while its time lasts.',
      gist: { code: 'SET_ASIDE_AGAIN', values: {} },
    })),
    ...(await judgeReviews(
      tx,
      reviewIds.filter((id) => !isAside.has(id)),
      'NORMAL',
      {
        ...undo,
        why: 'The decision on the group was taken back, so the review counts again.',
        gist: { code: 'COUNTS_AGAIN', values: {} },
      },
    )),
  ];
  await appendLedger(tx, claims);
  await tx.ring.update({
    where: { id: ringId },
    data: { keptAccountIds: [], splitDecisionId: null, splitAt: null },
  });
  const events = reviewIds.map((reviewId) => ({
    type: isAside.has(reviewId) ? 'assay.review.quarantined' : 'assay.review.released',
    subject: `REVIEW/${reviewId}`,
    data: { reviewId, ringId, decisionId: stamp.decisionId },
  }));
  await recordEvents(tx, ids, events, now);
  return 'undone';
}

async function lockReviews(tx: Transaction, reviewIds: readonly string[]): Promise<void> {
  if (reviewIds.length > 0)
    await tx.$queryRaw`SELECT id FROM review WHERE id = ANY(${[...reviewIds]}) ORDER BY id FOR UPDATE`;
}

/** Sets what the reviews are worth and gives what that means for the ledgers. `quarantinedUntil` stays, for an undo. */
async function judgeReviews(
  tx: Transaction,
  reviewIds: readonly string[],
  judged: Authenticity,
  { decisionId, rulesetDigest, nowMs, why, gist }: RingSplitStamp & { readonly why: string; readonly gist: CreditGist },
) {
  if (reviewIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string; sellerId: string }[]>`
    UPDATE review SET authenticity = ${judged} WHERE id = ANY(${[...reviewIds]}) RETURNING id, "sellerId"`;
  return claimAuthenticity(tx, rows, {
    authenticity: judged,
    decisionId,
    why,
    gist,
    rulesetVersion: rulesetDigest,
    recordedAtMs: nowMs,
  });
}
