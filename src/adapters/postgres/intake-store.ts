import { CHAIN_START } from '../../credit/hash-chain.ts';
import type { IntakeStore, StorableSubject, StoredSubject } from '../../pipeline/intake-store.ts';
import { CHECK_QUEUE, type IdSource } from '../../pipeline/ports.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { noteKyb } from './kyb-history.ts';
import { upsertSubjects } from './upsert-subjects.ts';

/** Stores subjects, their checks and the jobs of these checks in one transaction. */
export function postgresIntakeStore(database: Database, ids: IdSource): IntakeStore {
  return {
    store: (subjects, nowMs) => inTransaction(database, (tx) => storeSubjects(tx, ids, subjects, nowMs)),
    async saveUploads(uploads, nowMs) {
      await database.pictureUpload.createMany({
        data: uploads.map(({ id, bytes }) => ({ id, bytes: Uint8Array.from(bytes), createdAt: new Date(nowMs) })),
        skipDuplicates: true,
      });
    },
    async missingUploads(uploadIds) {
      if (uploadIds.length === 0) return new Set();
      const found = await database.pictureUpload.findMany({
        where: { id: { in: [...uploadIds] } },
        select: { id: true },
      });
      const present = new Set(found.map(({ id }) => id));
      return new Set(uploadIds.filter((id) => !present.has(id)));
    },
  };
}

async function storeSubjects(
  tx: Transaction,
  ids: IdSource,
  subjects: readonly StorableSubject[],
  nowMs: number,
): Promise<readonly StoredSubject[]> {
  const kind = subjects[0]?.kind;
  if (kind === undefined) return [];
  const now = new Date(nowMs);
  await insertPlaceholderSellers(tx, subjects, now);
  const changed = await upsertSubjects(tx, subjects, nowMs);
  if (kind === 'SELLER') {
    await staleSnapshots(tx, subjects, changed);
    await noteKyb(tx, subjects, { changed, now });
  }
  const fresh = subjects.filter(({ item }) => changed.has(item.id));
  await insertParts(tx, fresh, changed, now);
  const queue = CHECK_QUEUE[kind];
  const checkIds = new Map<string, string>();
  if (queue !== undefined && fresh.length > 0) {
    const checks = fresh.map(({ item, contentSha256 }) => ({
      id: ids.next(),
      subjectKind: kind,
      subjectId: item.id,
      subjectVersion: changed.get(item.id)!,
      contentSha256,
      acceptedAt: now,
    }));
    await tx.check.createMany({ data: checks });
    await tx.outboxMessage.createMany({
      data: checks.map(({ id }) => ({ topic: queue, key: id, payload: { checkId: id }, createdAt: now })),
    });
    for (const { id, subjectId } of checks) checkIds.set(subjectId, id);
  }
  const standing = await findStandingChecks(
    tx,
    kind,
    subjects.filter(({ item }) => !changed.has(item.id)),
  );
  return subjects.map(({ item: { id } }) => {
    const version = changed.get(id);
    if (version === undefined) return { kind: 'unchanged', ...(standing.get(id) ?? { version: 1 }) };
    const checkId = checkIds.get(id);
    return { kind: 'accepted', version, ...(checkId === undefined ? {} : { checkId }) };
  });
}

/** The check of the version that is stored now, for subjects that came again unchanged. */
async function findStandingChecks(
  tx: Transaction,
  kind: StorableSubject['kind'],
  subjects: readonly StorableSubject[],
): Promise<ReadonlyMap<string, { version: number; checkId: string }>> {
  if (subjects.length === 0 || CHECK_QUEUE[kind] === undefined) return new Map();
  const checks = await tx.check.findMany({
    where: { subjectKind: kind, subjectId: { in: subjects.map(({ item }) => item.id) }, trigger: 'SUBMISSION' },
    orderBy: { subjectVersion: 'asc' },
    select: { id: true, subjectId: true, subjectVersion: true },
  });
  return new Map(
    checks.map(({ id, subjectId, subjectVersion }) => [subjectId, { version: subjectVersion, checkId: id }]),
  );
}

/** What is known of a seller weighs on the tier, so that snapshots are taken anew. */
async function staleSnapshots(
  tx: Transaction,
  subjects: readonly StorableSubject[],
  changed: ReadonlyMap<string, number>,
): Promise<void> {
  const legalIds = subjects.flatMap(({ kind, item }) =>
    kind === 'SELLER' && changed.has(item.id) ? [item.legalId] : [],
  );
  await tx.creditHead.createMany({
    data: [...new Set(legalIds)]
      .sort()
      .map((legalId) => ({ legalId, lastSeq: 0, lastHash: CHAIN_START, snapshotSeq: -1 })),
    skipDuplicates: true,
  });
  await tx.creditHead.updateMany({ where: { legalId: { in: legalIds } }, data: { snapshotSeq: -1 } });
}

/** A listing may arrive before its seller: a placeholder keeps the reference until the seller comes. */
async function insertPlaceholderSellers(
  tx: Transaction,
  subjects: readonly StorableSubject[],
  now: Date,
): Promise<void> {
  const sellerIds = subjects.flatMap(({ kind, item }) => (kind === 'LISTING' ? [item.sellerId] : []));
  if (sellerIds.length === 0) return;
  await tx.seller.createMany({
    data: [...new Set(sellerIds)].sort().map((id) => ({
      id,
      legalId: id,
      version: 0,
      contentSha256: '',
      isPlaceholder: true,
      payload: { id, legalId: id, storeName: id, registeredAt: now.toISOString(), kyb: 'MISSING', ownBrands: [] },
      registeredAt: now,
      receivedAt: now,
    })),
    skipDuplicates: true,
  });
}

/** Pictures of listings and events of orders, which have tables of their own. */
async function insertParts(
  tx: Transaction,
  subjects: readonly StorableSubject[],
  versions: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  const uploads = subjects.flatMap((subject) => (subject.kind === 'LISTING' ? subject.uploads : []));
  if (uploads.length > 0) {
    const distinct = new Map(
      uploads.map(({ id, bytes }) => [id, { id, bytes: Uint8Array.from(bytes), createdAt: now }]),
    );
    await tx.pictureUpload.createMany({ data: [...distinct.values()], skipDuplicates: true });
  }
  const pictures = subjects.flatMap((subject) =>
    subject.kind !== 'LISTING'
      ? []
      : subject.item.pictures.map(({ url, uploadId }, position) => ({
          listingId: subject.item.id,
          listingVersion: versions.get(subject.item.id)!,
          position,
          sourceUrl: url ?? null,
          uploadId: uploadId ?? null,
        })),
  );
  if (pictures.length > 0) await tx.listingPicture.createMany({ data: pictures });
  const events = subjects.flatMap((subject) =>
    subject.kind !== 'ORDER'
      ? []
      : subject.item.events.map((event) => ({
          orderId: subject.item.id,
          id: event.id,
          type: event.type,
          at: new Date(event.at),
          payload: event,
        })),
  );
  // An order is sent again with more events: those that are known stay as they were first told.
  if (events.length > 0) await tx.orderEvent.createMany({ data: events, skipDuplicates: true });
}
