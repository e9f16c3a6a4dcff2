import { createPdqList, type PdqList } from '../detectors/image/pdq-list.ts';
import { contentDigest } from './content-digest.ts';
import type { Knowledge } from './knowledge.ts';
import type { RescanStore } from './rescan-mark.ts';

export interface PictureRescanPorts {
  readonly store: Pick<RescanStore, 'recheckListings' | 'shownHashesAfter'>;
  readonly knowledge: Pick<Knowledge, 'pictureIndex' | 'listedPictures' | 'catchUp'>;
  readonly nowMs: () => number;
  readonly kickOutbox: () => void;
}

/**
 * Has every listing checked again that shows a picture which is new in a bank. The bank of sellers' pictures is searched
 * with the new one, so that a catalogue of any size costs one search.
 */
export async function rescanPicture(ports: PictureRescanPorts, bankPictureId: string): Promise<void> {
  const { knowledge, store } = ports;
  await knowledge.catchUp();
  const matches = await knowledge.pictureIndex.searchLike(bankPictureId, { banks: ['SELLERS'] });
  const listingIds = [...new Set(matches.flatMap((match) => match.entry.ownerListingId ?? []))].sort();
  if (listingIds.length === 0) return;
  await store.recheckListings(listingIds, `bank-picture:${bankPictureId}`, ports.nowMs());
  ports.kickOutbox();
}

/** Pictures that are read at once. */
const PAGE_ROWS = 5_000;

/** Has every listing checked again that shows a picture whose hash is new in a bank, by one pass over all hashes. */
export async function rescanHashes(ports: PictureRescanPorts, bankHashIds: readonly string[]): Promise<void> {
  const { knowledge, store } = ports;
  await knowledge.catchUp();
  const fresh = listOf(knowledge.listedPictures, bankHashIds);
  if (fresh.size === 0) return;
  const trigger = `bank-hashes:${contentDigest([...bankHashIds].sort()).slice(0, 32)}`;
  let afterSha256 = '';
  for (;;) {
    const shown = await store.shownHashesAfter(afterSha256, PAGE_ROWS);
    const hits = shown.filter((picture) => fresh.find(picture).length > 0);
    const listingIds = [...new Set(hits.flatMap((picture) => picture.listingIds))].sort();
    if (listingIds.length > 0) {
      await store.recheckListings(listingIds, trigger, ports.nowMs());
      ports.kickOutbox();
    }
    const last = shown.at(-1);
    if (last === undefined || shown.length < PAGE_ROWS) return;
    afterSha256 = last.contentSha256;
  }
}

function listOf(all: PdqList, ids: readonly string[]): PdqList {
  const list = createPdqList();
  for (const id of ids) {
    const picture = all.get(id);
    if (picture !== undefined) list.add(picture);
  }
  return list;
}
