import type { SubjectKind } from '../../domain/finding.ts';
import type { CaseItemView } from '../../domain/views/case-view.ts';
import type { Database } from './database.ts';
import { asStored } from './stored-json.ts';

/** A subject by kind and id, and the version whose pictures are wanted. */
interface SubjectRef {
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly subjectVersion: number;
}

type StoredSubject = NonNullable<CaseItemView['subject']>;

/** One name for each version of a subject. */
export const subjectName = ({ subjectKind, subjectId, subjectVersion }: SubjectRef): string =>
  `${subjectKind}/${subjectId}/${subjectVersion}`;

interface SubjectRow {
  readonly id: string;
  readonly version: number;
  readonly payload: unknown;
  readonly status?: string;
}

/** Reads subjects of several kinds with one query a kind, by `subjectName`. Rings and clusters have nothing stored. */
export async function readSubjects(
  database: Database,
  refs: readonly SubjectRef[],
): Promise<ReadonlyMap<string, StoredSubject>> {
  const found = new Map<string, StoredSubject>();
  for (const kind of new Set(refs.map(({ subjectKind }) => subjectKind as SubjectKind))) {
    const ofKind = refs.filter(({ subjectKind }) => subjectKind === kind);
    const rows = await readRows(database, kind, [...new Set(ofKind.map(({ subjectId }) => subjectId))]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const pictures =
      kind === 'LISTING' ? await readPictures(database, ofKind) : new Map<string, StoredSubject['pictures']>();
    for (const ref of ofKind) {
      const row = byId.get(ref.subjectId);
      if (row === undefined) continue;
      found.set(subjectName(ref), {
        payload: asStored<StoredSubject['payload']>(row.payload),
        version: row.version,
        ...(row.status === undefined ? {} : { status: row.status }),
        pictures: pictures.get(subjectName(ref)) ?? [],
      });
    }
  }
  return found;
}

async function readRows(database: Database, kind: SubjectKind, ids: string[]): Promise<readonly SubjectRow[]> {
  const where = { id: { in: ids } };
  switch (kind) {
    case 'LISTING':
      return (await database.listing.findMany({ where })).map((row) => ({ ...row, status: row.publication }));
    case 'REVIEW':
      return (await database.review.findMany({ where })).map((row) => ({ ...row, status: row.authenticity }));
    case 'ACCOUNT':
      return (await database.account.findMany({ where })).map((row) => ({
        ...row,
        payload: row.pseudonymous,
        status: row.standing,
      }));
    case 'SELLER':
      return (await database.seller.findMany({ where })).map((row) => ({ ...row, status: row.standing }));
    case 'ORDER':
      return database.order.findMany({ where });
    case 'RING':
    case 'CLUSTER':
      return [];
    default:
      return kind satisfies never;
  }
}

async function readPictures(
  database: Database,
  refs: readonly SubjectRef[],
): Promise<Map<string, StoredSubject['pictures']>> {
  const rows = await database.listingPicture.findMany({
    where: {
      contentSha256: { not: null },
      OR: refs.map(({ subjectId, subjectVersion }) => ({ listingId: subjectId, listingVersion: subjectVersion })),
    },
    orderBy: { position: 'asc' },
  });
  const byName = new Map<string, StoredSubject['pictures']>();
  for (const { listingId, listingVersion, position, contentSha256 } of rows) {
    const name = subjectName({ subjectKind: 'LISTING', subjectId: listingId, subjectVersion: listingVersion });
    const pictures = byName.get(name) ?? [];
    if (contentSha256 !== null) pictures.push({ position, contentSha256 });
    byName.set(name, pictures);
  }
  return byName;
}
