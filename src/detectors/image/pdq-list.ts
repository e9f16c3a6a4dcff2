import { createHammingIndex } from './hamming-index.ts';
import { complementHash, type Hash256 } from './hash256.ts';
import type { PdqHash } from './pdq.ts';
import type { PictureBank } from './picture-index.ts';

/** A picture that somebody else describes by its hashes alone. */
export interface ListedPicture {
  readonly pdq?: Hash256;
  /** Lower-case hexadecimal. */
  readonly md5?: string;
  /** 0–100 where the list tells it. */
  readonly quality?: number;
  readonly label: string;
}

/** A listed picture in a bank, and whom it defends. */
export interface BankedHash extends ListedPicture {
  readonly id: string;
  readonly bank: Exclude<PictureBank, 'SELLERS'>;
  /** Name of the list that it came from. */
  readonly list: string;
  readonly uploadedAtMs: number;
  readonly rightsHolderId?: string;
  readonly markId?: string;
}

/** A listed picture that is near. */
export interface ListedMatch {
  readonly picture: BankedHash;
  readonly key: 'pdq' | 'md5';
  /** 0 for an MD5 sum that is the same. */
  readonly distanceBits: number;
  readonly isInverted: boolean;
}

/**
 * Others' lists of PDQ hashes and MD5 sums, searchable. There is nothing to lay over, so a match is a hint, no proof.
 * A value: an adapter keeps it and follows the database.
 */
export interface PdqList {
  readonly size: number;
  /** Adds a picture, or replaces the one with the same id. */
  add(picture: BankedHash): void;
  /** Takes a picture out; whether it was there. */
  remove(id: string): boolean;
  get(id: string): BankedHash | undefined;
  /** Nearest first, each picture once; those with the same MD5 sum before all others. */
  find(query: { readonly pdq?: PdqHash; readonly md5?: string }, radiusBits?: number): readonly ListedMatch[];
}

/** Source: PDQ's README: match at 31 bits or less, leave out hashes of quality below 50. */
export const PDQ_RADIUS_BITS = 31;
const PDQ_MIN_QUALITY = 50;

/** An empty list. */
export function createPdqList(): PdqList {
  const index = createHammingIndex();
  const pictures = new Map<number, BankedHash>();
  const references = new Map<string, number>();
  const byMd5 = new Map<string, Set<number>>();
  let nextReference = 0;

  const searchable = ({ pdq, quality = 100 }: ListedPicture): Hash256 | undefined =>
    quality >= PDQ_MIN_QUALITY ? pdq : undefined;
  const remove = (id: string): boolean => {
    const reference = references.get(id);
    const known = reference === undefined ? undefined : pictures.get(reference);
    if (reference === undefined || known === undefined) return false;
    references.delete(id);
    pictures.delete(reference);
    const pdq = searchable(known);
    if (pdq !== undefined) index.remove(reference, pdq);
    if (known.md5 !== undefined) byMd5.get(known.md5)?.delete(reference);
    return true;
  };
  return {
    get size() {
      return pictures.size;
    },
    add(picture) {
      remove(picture.id);
      const reference = nextReference++;
      references.set(picture.id, reference);
      pictures.set(reference, picture);
      const pdq = searchable(picture);
      if (pdq !== undefined) index.add(reference, pdq);
      if (picture.md5 === undefined) return;
      const known = byMd5.get(picture.md5);
      if (known === undefined) byMd5.set(picture.md5, new Set([reference]));
      else known.add(reference);
    },
    remove,
    get: (id) => pictures.get(references.get(id) ?? -1),
    find({ pdq, md5 }, radiusBits = PDQ_RADIUS_BITS) {
      const found = new Map<number, ListedMatch>();
      for (const reference of byMd5.get(md5 ?? '') ?? []) {
        const picture = pictures.get(reference) as BankedHash;
        found.set(reference, { picture, key: 'md5', distanceBits: 0, isInverted: false });
      }
      const probes = pdq === undefined || pdq.quality < PDQ_MIN_QUALITY ? [] : [false, true];
      for (const isInverted of probes) {
        const bits = isInverted ? complementHash((pdq as PdqHash).bits) : (pdq as PdqHash).bits;
        index.search(bits, radiusBits, (reference, distanceBits) => {
          const picture = pictures.get(reference);
          if (picture === undefined || (found.get(reference)?.distanceBits ?? 257) <= distanceBits) return;
          found.set(reference, { picture, key: 'pdq', distanceBits, isInverted });
        });
      }
      const nearness = ({ key, distanceBits }: ListedMatch): number => (key === 'md5' ? -1 : distanceBits);
      return [...found.values()].sort((a, b) => nearness(a) - nearness(b) || (a.picture.id < b.picture.id ? -1 : 1));
    },
  };
}
