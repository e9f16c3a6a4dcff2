import type { PictureTextLine } from '../detectors/brand/picture-text.ts';

/** What makes a listing be checked again once its pictures were read for words. */
export const PICTURE_TEXT_TRIGGER = 'picture-text';

/** Reads the words that a picture shows. */
export interface PictureTextReader {
  /** Lines of words, from top to bottom. @throws AppError `picture-text.unavailable` */
  read(picture: Uint8Array, languages: readonly string[]): Promise<readonly PictureTextLine[]>;
  close(): Promise<void>;
}

export interface PictureTextStore {
  /** The first readable pictures of a listing's version whose words were not read yet, as previews. */
  unreadPictures(
    listing: { readonly id: string; readonly version: number },
    limit: number,
  ): Promise<readonly { readonly contentSha256: string; readonly preview: Uint8Array }[]>;
  saveText(contentSha256: string, lines: readonly PictureTextLine[]): Promise<void>;
  /** Has the listing's version checked once more, where its pictures show any words. */
  recheckWithText(listing: { readonly id: string; readonly version: number }, nowMs: number): Promise<void>;
}

export interface PictureTextPorts {
  readonly store: PictureTextStore;
  readonly reader: PictureTextReader;
  readonly settings: { readonly languages: readonly string[]; readonly maxPictures: number };
  readonly nowMs: () => number;
  readonly kickOutbox: () => void;
}

/**
 * Reads the words in the pictures of a listing and has it checked again with them. Called twice it reads nothing twice:
 * what was read stays with the picture, and a version is checked again but once.
 */
export async function readPictureText(
  { store, reader, settings, nowMs, kickOutbox }: PictureTextPorts,
  listing: { readonly id: string; readonly version: number },
): Promise<void> {
  for (const { contentSha256, preview } of await store.unreadPictures(listing, settings.maxPictures)) {
    await store.saveText(contentSha256, await reader.read(preview, settings.languages));
  }
  await store.recheckWithText(listing, nowMs());
  kickOutbox();
}
