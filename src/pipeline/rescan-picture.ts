import type { Knowledge } from './knowledge.ts';
import type { RescanStore } from './rescan-mark.ts';

export interface PictureRescanPorts {
  readonly store: Pick<RescanStore, 'recheckListings'>;
  readonly knowledge: Pick<Knowledge, 'pictureIndex' | 'catchUp'>;
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
  const entry = knowledge.pictureIndex.get(bankPictureId);
  // Taken out again before its turn came.
  if (entry === undefined) return;
  const matches = knowledge.pictureIndex.search(entry.keys, { banks: ['SELLERS'] });
  const listingIds = [...new Set(matches.flatMap((match) => match.entry.ownerListingId ?? []))].sort();
  if (listingIds.length === 0) return;
  await store.recheckListings(listingIds, `bank-picture:${bankPictureId}`, ports.nowMs());
  ports.kickOutbox();
}
