import type { ErrorCode } from '../../domain/errors.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Seller } from '../../domain/seller.ts';
import type { LogoIndex } from './logo-index.ts';
import type { Shape } from './logo-shapes.ts';
import type { OwnerIndex } from './owner-index.ts';
import type { PdqList } from './pdq-list.ts';
import type { PictureSource } from './picture-index.ts';
import type { PictureKeys } from './picture-keys.ts';

/** What reading a picture noticed beside its pixels. */
export const PICTURE_FLAGS = ['TRUNCATED', 'ANIMATED', 'TRANSPARENT', 'CMYK', 'TURNED'] as const;
export type PictureFlag = (typeof PICTURE_FLAGS)[number];

/** One picture of the listing: its keys, or why it could not be read. `index` is its position, from 0. */
export type PictureFact =
  | {
      readonly kind: 'read';
      readonly index: number;
      readonly contentSha256: string;
      /** Lower-case hexadecimal; absent where the picture was read before sums were kept. */
      readonly md5?: string;
      readonly widthPx: number;
      readonly heightPx: number;
      readonly keys: PictureKeys;
      readonly flags: readonly string[];
      /** Flat shapes that the picture shows; absent where nobody asked for them. */
      readonly shapes?: readonly Shape[];
    }
  | { readonly kind: 'unreadable'; readonly index: number; readonly code: ErrorCode; readonly detail: string };

/** What the image detector looks at. */
export interface ImageFacts {
  readonly listing: Listing;
  readonly seller: Seller;
  readonly pictures: readonly PictureFact[];
  readonly pictureIndex: PictureSource;
  /** Pictures of which others' lists tell the hashes alone. */
  readonly listedPictures: PdqList;
  /** Submitted logos by their shapes. */
  readonly logoIndex: LogoIndex;
  /** Marks of which a picture shows the name, by the picture's index; absent where no words were read. */
  readonly namedMarks?: ReadonlyMap<number, ReadonlySet<string>>;
  /** Who stands behind marks and sellers, for who may show their pictures. */
  readonly owners: OwnerIndex;
  /** The pictures with which the listing was last approved, where this is a changed listing. */
  readonly approvedPictures?: readonly PictureFact[];
  readonly nowMs: number;
}
