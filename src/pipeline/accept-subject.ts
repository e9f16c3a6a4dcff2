import type { Listing } from '../domain/listing.ts';
import type { IntakeItem, IntakeKind } from '../domain/subject.ts';
import { bytesDigest, contentDigest } from './content-digest.ts';
import type { IntakeStore, PictureUpload, StorableSubject } from './intake-store.ts';
import { parseBatch, type RejectedItem } from './parse-batch.ts';
import { parseItem } from './parse-item.ts';
import type { Clock, Pseudonymiser } from './ports.ts';

/** What became of one item of a batch. `index` is its position in the call, from 0. */
export type AcceptedItem =
  | {
      readonly index: number;
      readonly id: string;
      readonly status: 'accepted' | 'unchanged';
      readonly version: number;
      readonly checkId?: string;
    }
  | RejectedItem;

export interface IntakePorts {
  readonly store: IntakeStore;
  readonly pseudonymiser: Pseudonymiser;
  readonly clock: Clock;
  /** Called after subjects were stored, so that their jobs leave at once. */
  readonly kickOutbox: () => void;
}

/**
 * Takes items of one kind: checks each, stores the valid ones with their checks and jobs in one transaction, and
 * tells for each what became of it, in order. One wrong item never spoils the others.
 *
 * @throws AppError `request.too-large` for more than MAX_BATCH_ITEMS items; database faults as they come, nothing stored.
 */
export async function acceptSubjects(
  ports: IntakePorts,
  kind: IntakeKind,
  items: readonly unknown[],
): Promise<readonly AcceptedItem[]> {
  const nowMs = ports.clock.nowMs();
  const parsed = parseBatch<IntakeItem<IntakeKind>, AcceptedItem>(items, (value) => parseItem(kind, value, nowMs));
  const { outcomes } = parsed;
  const valid = parsed.valid.map(({ index, item }) => ({
    index,
    id: item.id,
    subject: toStorable(ports.pseudonymiser, kind, item),
  }));
  const storable = await withoutMissingUploads(ports.store, valid, outcomes);
  if (storable.length > 0) {
    const stored = await ports.store.store(
      storable.map(({ subject }) => subject),
      nowMs,
    );
    for (const [i, { index, id }] of storable.entries()) {
      const { kind: status, ...rest } = stored[i]!;
      outcomes[index] = { index, id, status, ...rest };
    }
    ports.kickOutbox();
  }
  return outcomes;
}

function toStorable(pseudonymiser: Pseudonymiser, kind: IntakeKind, item: IntakeItem<IntakeKind>): StorableSubject {
  switch (kind) {
    case 'LISTING': {
      const { listing, uploads } = detachPictures(item as Listing);
      return { kind, item: listing, uploads, contentSha256: contentDigest(listing) };
    }
    case 'ACCOUNT': {
      const account = pseudonymiser.pseudonymise(item as IntakeItem<'ACCOUNT'>);
      return { kind, item: account, contentSha256: contentDigest(account) };
    }
    case 'SELLER':
      return { kind, item: item as IntakeItem<'SELLER'>, contentSha256: contentDigest(item) };
    case 'REVIEW':
      return { kind, item: item as IntakeItem<'REVIEW'>, contentSha256: contentDigest(item) };
    case 'ORDER':
      return { kind, item: item as IntakeItem<'ORDER'>, contentSha256: contentDigest(item) };
    default:
      return kind satisfies never;
  }
}

/** Moves picture bytes out of the listing, so that its record stays small and equal pictures are stored once. */
function detachPictures(listing: Listing): { listing: Listing; uploads: readonly PictureUpload[] } {
  const uploads: PictureUpload[] = [];
  const pictures = listing.pictures.map(({ base64, ...picture }) => {
    if (base64 === undefined) return picture;
    const bytes = Buffer.from(base64, 'base64');
    const id = bytesDigest(bytes);
    uploads.push({ id, bytes });
    return { ...picture, uploadId: id };
  });
  return { listing: { ...listing, pictures }, uploads };
}

interface ValidItem {
  readonly index: number;
  readonly id: string;
  readonly subject: StorableSubject;
}

async function withoutMissingUploads(
  store: IntakeStore,
  items: readonly ValidItem[],
  outcomes: AcceptedItem[],
): Promise<readonly ValidItem[]> {
  const wanted = items.map(({ subject }) => namedUploads(subject));
  const missing = await store.missingUploads([...new Set(wanted.flat())]);
  return items.filter(({ index, id }, i) => {
    const absent = wanted[i]!.filter((upload) => missing.has(upload));
    if (absent.length === 0) return true;
    const details = absent.map((upload) => ({
      path: 'pictures',
      message: `no upload “${upload}”: POST /v1/pictures first`,
    }));
    outcomes[index] = { index, id, status: 'rejected', code: 'image.upload-missing', details };
    return false;
  });
}

/** Uploads that the listing names but does not bring along. */
function namedUploads(subject: StorableSubject): readonly string[] {
  if (subject.kind !== 'LISTING') return [];
  const brought = new Set(subject.uploads.map(({ id }) => id));
  return subject.item.pictures.flatMap(({ uploadId }) =>
    uploadId === undefined || brought.has(uploadId) ? [] : [uploadId],
  );
}
