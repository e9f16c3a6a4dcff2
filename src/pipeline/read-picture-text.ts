import type { PictureTextLine } from '../detectors/brand/picture-names.ts';

/** What makes a listing be checked again once its pictures were read for words or looked at for logos. */
export const PICTURE_TEXT_TRIGGER = 'picture-text';

/** How pictures are read. */
export interface PictureTextReading {
  readonly languages: readonly string[];
  /** Clockwise; the picture as a whole is read in each. */
  readonly turnsDegrees: readonly number[];
}

/** Reads the words that a picture shows. */
export interface PictureTextReader {
  /** Lines of words, each once. @throws AppError `picture-text.unavailable` */
  read(picture: Uint8Array, how: PictureTextReading): Promise<readonly PictureTextLine[]>;
  close(): Promise<void>;
}

/** Finds the flat shapes of a picture. */
export interface ShapeReader {
  /** Encoded shapes, at most `limit`; for `logo` those by which a logo is found, from its own picture, none where it is blank. */
  read(picture: Uint8Array, limit: number | 'logo'): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A picture as it is kept for people to look at. */
export interface PreviewedPicture {
  readonly contentSha256: string;
  readonly preview: Uint8Array;
}

type ListingVersion = { readonly id: string; readonly version: number };

export interface PictureTextStore {
  /** The first readable pictures of a listing's version of which this is not known yet. */
  unknownPictures(
    what: 'text' | 'shapes',
    listing: ListingVersion,
    limit: number,
  ): Promise<readonly PreviewedPicture[]>;
  saveText(contentSha256: string, lines: readonly PictureTextLine[]): Promise<void>;
  saveShapes(contentSha256: string, shapes: Uint8Array): Promise<void>;
  /** Has the listing's version checked once more, where its pictures show any words or shapes. */
  recheckWithText(listing: ListingVersion, nowMs: number): Promise<void>;
}

export interface PictureTextPorts {
  readonly store: PictureTextStore;
  readonly reader: PictureTextReader;
  readonly shapes: ShapeReader;
  readonly settings: PictureTextReading & {
    readonly maxPictures: number;
    readonly logos: { readonly maxPictures: number; readonly maxShapes: number };
  };
  readonly nowMs: () => number;
  readonly kickOutbox: () => void;
}

/**
 * Reads the words in the pictures of a listing, looks for shapes that may be logos, and has the listing checked again
 * with what it found. Called twice it looks at nothing twice: what was found stays with the picture, and a version is
 * checked again but once.
 */
export async function readPictureText(
  { store, reader, shapes, settings, nowMs, kickOutbox }: PictureTextPorts,
  listing: ListingVersion,
  wanted: { readonly wantsText: boolean; readonly wantsShapes: boolean },
): Promise<void> {
  if (wanted.wantsText) {
    for (const { contentSha256, preview } of await store.unknownPictures('text', listing, settings.maxPictures)) {
      await store.saveText(contentSha256, await reader.read(preview, settings));
    }
  }
  if (wanted.wantsShapes) {
    const { maxPictures, maxShapes } = settings.logos;
    for (const { contentSha256, preview } of await store.unknownPictures('shapes', listing, maxPictures)) {
      await store.saveShapes(contentSha256, await shapes.read(preview, maxShapes));
    }
  }
  await store.recheckWithText(listing, nowMs());
  kickOutbox();
}
