import type { PictureKeys } from './picture-keys.ts';

/** Where the keys of one picture lie on a shelf. */
export interface KeyPlace {
  /** Where they begin; no two pictures on a shelf begin at the same place. */
  readonly at: number;
  readonly bytes: number;
  /** CRC-32 of the bytes. */
  readonly crc: number;
}

/**
 * Holds the keys of bank pictures, some 18 kB each, for whoever verifies a candidate: of a large bank only the few that
 * are candidates need to be in memory.
 */
export interface KeyShelf {
  put(keys: PictureKeys): KeyPlace;
  /** The keys that were put there. Throws where they are damaged. */
  get(place: KeyPlace): PictureKeys;
  drop(place: KeyPlace): void;
}

/** A shelf in memory, which gives the very keys that were put. */
export function createMemoryShelf(): KeyShelf {
  const shelf = new Map<number, PictureKeys>();
  let next = 0;
  return {
    put(keys) {
      shelf.set(next, keys);
      return { at: next++, bytes: 0, crc: 0 };
    },
    get({ at }) {
      const keys = shelf.get(at);
      if (keys === undefined) throw new RangeError(`nothing lies at ${at}`);
      return keys;
    },
    drop: ({ at }) => void shelf.delete(at),
  };
}
