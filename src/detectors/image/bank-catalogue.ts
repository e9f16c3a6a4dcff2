import type { PictureEmbedding } from './embedding.ts';
import { createEmbeddingIndex, type EmbeddingIndex } from './embedding-index.ts';
import { DESCRIPTOR_NUMBER_BITS, WINDOW_BITS, WINDOW_CODES } from './gather-candidates.ts';
import { HASH_WORDS } from './hash256.ts';
import { createHammingIndex, type HammingIndex, type HammingState } from './hamming-index.ts';
import { createMemoryShelf, type KeyPlace, type KeyShelf } from './key-shelf.ts';
import { framesOf, type PictureKeys } from './picture-keys.ts';
import type { BankEntry, BankPicture, PictureBank } from './picture-index.ts';
import type { ImageSettings } from './settings.ts';

/** Frames that references to descriptors can tell apart. */
const MAX_FRAMES = 2 ** (32 - DESCRIPTOR_NUMBER_BITS);

/** A bank picture as the catalogue holds it. Every frame has a handle of its own, which the indexes refer to. */
export interface CataloguedPicture {
  readonly entry: BankEntry;
  readonly place: KeyPlace;
  readonly handles: readonly number[];
}

/** What a catalogue is made of; another goes on from there with the same settings and the same shelf. */
export interface CatalogueState {
  readonly pictures: Iterable<CataloguedPicture>;
  /** By the radius that banks share. */
  readonly hashes: ReadonlyMap<number, HammingState>;
  readonly descriptors: ReadonlyMap<number, HammingState>;
  readonly embeddings: Iterable<readonly [number, PictureEmbedding]>;
}

/** A state whose segments were read: their marks are in them. */
export interface LoadedCatalogue extends Omit<CatalogueState, 'hashes' | 'descriptors'> {
  readonly hashes: ReadonlyMap<number, NonNullable<Parameters<typeof createHammingIndex>[0]>>;
  readonly descriptors: LoadedCatalogue['hashes'];
}

/** Where a catalogue keeps keys, and what it begins with. */
export interface CatalogueStart {
  readonly shelf?: KeyShelf;
  readonly loaded?: LoadedCatalogue | undefined;
}

/** Bank pictures with the indexes of their keys. */
export interface BankCatalogue {
  readonly size: number;
  readonly hashes: ReadonlyMap<number, HammingIndex>;
  readonly descriptors: ReadonlyMap<number, HammingIndex>;
  readonly embeddings: EmbeddingIndex;
  sizeOf(bank: PictureBank): number;
  /**
   * Adds a picture, or replaces the one with the same id.
   *
   * @throws RangeError when the catalogue holds as many frames as references can tell apart.
   */
  add(picture: BankPicture): CataloguedPicture;
  /** Takes a picture out; whether it was there. */
  remove(id: string): boolean;
  find(id: string): CataloguedPicture | undefined;
  /** The picture that a handle belongs to, while it is in the catalogue. */
  entryOf(handle: number): BankEntry | undefined;
  /** The keys of the frame of a handle that is in use. */
  keysOf(handle: number): PictureKeys;
  /** The keys of a picture with all its frames. */
  keysOfPicture(picture: CataloguedPicture): PictureKeys;
  capture(): CatalogueState;
}

interface Frame {
  readonly picture: CataloguedPicture;
  readonly number: number;
}

/** An empty catalogue, or one that goes on from what was captured. */
export function createBankCatalogue(settings: ImageSettings, start: CatalogueStart = {}): BankCatalogue {
  const { shelf = createMemoryShelf(), loaded } = start;
  // Banks with one radius share an index: what they have in common is looked up once.
  const hashes = indexByRadius(settings, 'hashRadiusBits', loaded?.hashes);
  const descriptors = indexByRadius(settings, 'descriptorRadiusBits', loaded?.descriptors);
  const embeddings = createEmbeddingIndex();
  const frames: (Frame | undefined)[] = [];
  const freeHandles: number[] = [];
  const pictures = new Map<string, CataloguedPicture>();
  const sizes = new Map<PictureBank, number>();

  const catalogue = (picture: CataloguedPicture): void => {
    const { entry, handles } = picture;
    handles.forEach((handle, number) => (frames[handle] = { picture, number }));
    pictures.set(entry.id, picture);
    sizes.set(entry.bank, (sizes.get(entry.bank) ?? 0) + 1);
  };
  if (loaded !== undefined) {
    for (const picture of loaded.pictures) catalogue(picture);
    for (let handle = 0; handle < frames.length; handle++) if (frames[handle] === undefined) freeHandles.push(handle);
    for (const [handle, embedding] of loaded.embeddings) embeddings.put(handle, embedding);
  }

  /** Calls `key` for every key under which a frame is indexed. */
  const forEachKey = (
    handle: number,
    { bank, keys }: { readonly bank: PictureBank; readonly keys: PictureKeys },
    key: (index: HammingIndex, reference: number, bits: Uint32Array) => void,
  ): void => {
    const { hashRadiusBits, descriptorRadiusBits, descriptorsIndexed } = settings.banks[bank];
    for (const window of keys.windows) {
      const code = WINDOW_CODES.indexOf(window.window);
      if (code >= 0 && window.quality >= settings.minWindowQuality) {
        const reference = ((handle << WINDOW_BITS) | code) >>> 0;
        key(hashes.get(hashRadiusBits) as HammingIndex, reference, window.mirrorings[0]);
      }
    }
    const indexed = Math.min(keys.descriptors.count, descriptorsIndexed, 1 << DESCRIPTOR_NUMBER_BITS);
    for (let i = 0; i < indexed; i++) {
      const reference = ((handle << DESCRIPTOR_NUMBER_BITS) | i) >>> 0;
      const bits = keys.descriptors.bits.subarray(i * HASH_WORDS, (i + 1) * HASH_WORDS);
      key(descriptors.get(descriptorRadiusBits) as HammingIndex, reference, bits);
    }
  };

  const remove = (id: string): boolean => {
    const known = pictures.get(id);
    if (known === undefined) return false;
    const { bank } = known.entry;
    const byFrame = framesOf(shelf.get(known.place));
    sizes.set(bank, (sizes.get(bank) as number) - 1);
    known.handles.forEach((handle, number) => {
      const keys = byFrame[number] as PictureKeys;
      forEachKey(handle, { bank, keys }, (index, reference, bits) => index.remove(reference, bits));
      embeddings.remove(handle);
      frames[handle] = undefined;
      freeHandles.push(handle);
    });
    shelf.drop(known.place);
    pictures.delete(id);
    return true;
  };

  return {
    get size() {
      return pictures.size;
    },
    hashes,
    descriptors,
    embeddings,
    sizeOf: (bank) => sizes.get(bank) ?? 0,
    add(picture) {
      // Matches tell whose the picture is, without its keys: those are large, and of no use to whoever judges.
      const { keys: ofPicture, ...entry } = picture;
      remove(entry.id);
      const byFrame = framesOf(ofPicture);
      if (frames.length - freeHandles.length + byFrame.length > MAX_FRAMES) {
        throw new RangeError(`the index is full: it holds ${MAX_FRAMES} frames of pictures`);
      }
      const handles = byFrame.map(() => freeHandles.pop() ?? frames.push(undefined) - 1);
      const added = { entry, place: shelf.put(ofPicture), handles };
      catalogue(added);
      byFrame.forEach((keys, number) => {
        const handle = handles[number] as number;
        forEachKey(handle, { bank: entry.bank, keys }, (index, reference, bits) => index.add(reference, bits));
        if (keys.embedding !== undefined) embeddings.put(handle, keys.embedding);
      });
      return added;
    },
    remove,
    find: (id) => pictures.get(id),
    entryOf: (handle) => frames[handle]?.picture.entry,
    keysOf(handle) {
      const { picture, number } = frames[handle] as Frame;
      return framesOf(shelf.get(picture.place))[number] as PictureKeys;
    },
    keysOfPicture: ({ place }) => shelf.get(place),
    capture: () => ({
      pictures: [...pictures.values()],
      hashes: captured(hashes),
      descriptors: captured(descriptors),
      embeddings: embeddings.entries(),
    }),
  };
}

const captured = (indexes: ReadonlyMap<number, HammingIndex>): ReadonlyMap<number, HammingState> =>
  new Map([...indexes].map(([radius, index]) => [radius, index.capture()]));

function indexByRadius(
  { banks }: ImageSettings,
  of: 'hashRadiusBits' | 'descriptorRadiusBits',
  loaded: LoadedCatalogue['hashes'] = new Map(),
): ReadonlyMap<number, HammingIndex> {
  const radii = [...new Set(Object.values(banks).map((bank) => bank[of]))];
  return new Map(radii.map((radius) => [radius, createHammingIndex(loaded.get(radius))]));
}
