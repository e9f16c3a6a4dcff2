import { createHammingIndex } from './hamming-index.ts';
import { complementHash, type Hash256 } from './hash256.ts';
import type { PdqHash } from './pdq.ts';

/** A picture that somebody else describes by its hashes alone. */
export interface ListedPicture {
  readonly pdq?: Hash256;
  /** Lower-case hexadecimal. */
  readonly md5?: string;
  /** 0–100 where the list tells it. */
  readonly quality?: number;
  readonly label: string;
}

/** A listed picture that is near. */
export interface ListedMatch {
  readonly picture: ListedPicture;
  readonly distanceBits: number;
  readonly isInverted: boolean;
}

/** Others' lists of PDQ hashes and MD5 sums, searchable. There is nothing to lay over, so a match is a hint, no proof. */
export interface PdqList {
  readonly size: number;
  findByPdq(pdq: PdqHash): readonly ListedMatch[];
  findByMd5(md5: string): readonly ListedPicture[];
}

/** Source: PDQ's README: match at 31 bits or less, leave out hashes of quality below 50. */
const PDQ_RADIUS_BITS = 31;
const PDQ_MIN_QUALITY = 50;

/** An index of listed pictures; nearest first. */
export function createPdqList(pictures: readonly ListedPicture[]): PdqList {
  const index = createHammingIndex();
  const byMd5 = new Map<string, ListedPicture[]>();
  pictures.forEach((picture, i) => {
    if (picture.pdq !== undefined && (picture.quality ?? 100) >= PDQ_MIN_QUALITY) index.add(i, picture.pdq);
    if (picture.md5 !== undefined) byMd5.set(picture.md5, [...(byMd5.get(picture.md5) ?? []), picture]);
  });
  return {
    size: pictures.length,
    findByPdq(pdq) {
      if (pdq.quality < PDQ_MIN_QUALITY) return [];
      const found: ListedMatch[] = [];
      for (const isInverted of [false, true]) {
        index.search(isInverted ? complementHash(pdq.bits) : pdq.bits, PDQ_RADIUS_BITS, (i, distanceBits) => {
          found.push({ picture: pictures[i] as ListedPicture, distanceBits, isInverted });
        });
      }
      return found.sort((a, b) => a.distanceBits - b.distanceBits);
    },
    findByMd5: (md5) => byMd5.get(md5.toLowerCase()) ?? [],
  };
}
