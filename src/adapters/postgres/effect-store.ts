import type { AppliedEffects, CheckEffects, EffectStore } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { QueueSettings } from '../../policy/queue-settings.ts';
import { appendLedger } from './append-ledger.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { openCase } from './open-case.ts';
import { passBreaker } from './pass-breaker.ts';
import { insertRechecks } from './recheck.ts';
import { recordEvents } from './record-events.ts';
import { writeClusters } from './write-clusters.ts';
import { aboutHeir, recordRings } from './record-rings.ts';
import { quarantineReviews } from './review-authenticity.ts';

/** Writes the effects of checks, each in one transaction. */
export function postgresEffectStore(
  database: Database,
  ids: IdSource,
  priority: () => QueueSettings['priority'],
): EffectStore {
  return { apply: (effects) => inTransaction(database, (tx) => applyEffects(tx, ids, effects, priority())) };
}

async function applyEffects(
  tx: Transaction,
  ids: IdSource,
  wanted: CheckEffects,
  priority: QueueSettings['priority'],
): Promise<AppliedEffects> {
  const { check, nowMs } = wanted;
  const now = new Date(nowMs);
  const [locked] = await tx.$queryRaw<{ state: string }[]>`SELECT state FROM "check" WHERE id = ${check.id} FOR UPDATE`;
  if (locked === undefined || locked.state === 'DONE') return 'already-applied';

  const stop = await passBreaker(tx, ids, wanted);
  const effects = stop?.effects ?? wanted;
  const { decision } = effects;
  await lockReviews(tx, effects);
  if (effects.findings.length > 0) await insertFindings(tx, ids, effects);
  const heirs = await recordRings(tx, effects.findings, now);
  const opened =
    effects.case === undefined
      ? undefined
      : await openCase(tx, ids, aboutHeir(effects.case, heirs), { checkId: check.id, nowMs, priority });
  await tx.decision.create({
    data: {
      id: ids.next(),
      checkId: check.id,
      caseId: opened?.id ?? null,
      subjectKind: check.subjectKind,
      subjectId: check.subjectId,
      sellerId: effects.sellerId ?? null,
      outcome: decision.outcome,
      actions: decision.actions,
      violationType: decision.violationType ?? null,
      automation: decision.automation,
      decidedBy: 'ruleset',
      rulesetDigest: decision.rulesetDigest,
      payload: decision,
      decidedAt: now,
    },
  });
  await publish(tx, effects);
  const reattributed = effects.quarantine === undefined ? [] : await quarantineReviews(tx, effects.quarantine, effects);
  if (effects.struckReviewIds.length > 0) {
    await tx.review.updateMany({ where: { id: { in: [...effects.struckReviewIds] } }, data: { isRatingStruck: true } });
  }
  const claims = [...effects.ledger, ...reattributed];
  if (claims.length > 0) await appendLedger(tx, claims);
  if (effects.likeOthers !== undefined) await writeLikeness(tx, check.subjectId, effects.likeOthers);
  await writeClusters(tx, ids, effects);
  await insertRechecks(tx, ids, effects.rechecks, now);
  if (effects.pictureText !== undefined) {
    const payload = effects.pictureText;
    await tx.outboxMessage.create({
      data: { topic: 'picture-text', key: `text:${check.id}`, payload, createdAt: now },
    });
  }
  const caseEvents =
    opened?.isNew === true
      ? [{ type: 'assay.case.opened', subject: `CASE/${opened.id}`, data: { caseId: opened.id, ...effects.case } }]
      : [];
  await recordEvents(tx, ids, [...effects.events, ...caseEvents], now);
  await recordShadow(tx, effects, now);
  await tx.check.update({
    where: { id: check.id },
    data: {
      state: 'DONE',
      outcome: decision.outcome,
      rulesetDigest: decision.rulesetDigest,
      decision,
      ...(effects.context === undefined ? {} : { context: effects.context as object }),
      shadowDigest: effects.shadow?.rulesetDigest ?? null,
      finishedAt: now,
      errorCode: null,
      errorDetail: null,
    },
  });
  return stop === undefined ? 'applied' : 'stopped';
}

/** What the latest check of a listing found like it takes the place of what an earlier one found. */
async function writeLikeness(
  tx: Transaction,
  listingId: string,
  likeOthers: NonNullable<CheckEffects['likeOthers']>,
): Promise<void> {
  await tx.listingLikeness.deleteMany({ where: { listingId } });
  if (likeOthers.length === 0) return;
  // A listing may have been erased while this one was checked.
  await tx.$executeRaw`
    INSERT INTO listing_likeness ("listingId", "otherListingId", kind, "likeness01")
    SELECT ${listingId}, l.id, o.kind, o."likeness01"
    FROM jsonb_to_recordset(${JSON.stringify(likeOthers)}::jsonb)
      AS o("otherListingId" text, kind text, "likeness01" float8)
    JOIN listing l ON l.id = o."otherListingId"`;
}

/** What the version in shadow would have made otherwise. */
async function recordShadow(tx: Transaction, { check, shadow, sellerId }: CheckEffects, at: Date): Promise<void> {
  if (shadow?.difference === undefined) return;
  const { from, to, why } = shadow.difference;
  const { id: checkId, subjectKind, subjectId } = check;
  const row = {
    rulesetDigest: shadow.rulesetDigest,
    checkId,
    subjectKind,
    subjectId,
    sellerId: sellerId ?? null,
    from,
    to,
    why,
    at,
  };
  await tx.shadowDifference.createMany({ data: [row], skipDuplicates: true });
}

/**
 * Locks the reviews that are set aside or booked, before any case or ledger is locked: all writers take their locks in
 * this one order (check, reviews, cases, ledgers), each by id, so that none waits for another in a circle.
 */
async function lockReviews(tx: Transaction, { quarantine, ledger }: CheckEffects): Promise<void> {
  const prefix = 'REVIEW/';
  const booked = ledger.flatMap(({ subjectRef }) =>
    subjectRef.startsWith(prefix) ? [subjectRef.slice(prefix.length)] : [],
  );
  const ids = [...new Set([...(quarantine?.reviewIds ?? []), ...booked])];
  if (ids.length > 0) await tx.$queryRaw`SELECT id FROM review WHERE id = ANY(${ids}) ORDER BY id FOR UPDATE`;
}

async function insertFindings(tx: Transaction, ids: IdSource, { check, findings, nowMs }: CheckEffects): Promise<void> {
  await tx.finding.createMany({
    data: findings.map(({ markId, ...finding }) => ({
      ...finding,
      id: ids.next(),
      checkId: check.id,
      subjectKind: check.subjectKind,
      subjectId: check.subjectId,
      markId: markId ?? null,
      createdAt: new Date(nowMs),
    })),
    skipDuplicates: true,
  });
}

/** An automatic decision never puts back what was taken down: only a person does. */
async function publish(tx: Transaction, { check, publication }: CheckEffects): Promise<void> {
  if (publication === undefined) return;
  const kept = publication.publication === 'DISABLED' ? ['REMOVED'] : ['REMOVED', 'DISABLED'];
  await tx.listing.updateMany({
    where: { id: publication.listingId, version: check.subjectVersion, publication: { notIn: kept } },
    data: { publication: publication.publication },
  });
}
