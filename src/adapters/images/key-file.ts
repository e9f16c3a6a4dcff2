import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { KeyPlace, KeyShelf } from '../../detectors/image/key-shelf.ts';
import { decodePictureKeys, encodePictureKeys } from '../../detectors/image/picture-keys-codec.ts';
import type { PictureKeys } from '../../detectors/image/picture-keys.ts';

/** A shelf in a file that only grows, so that what was written before a moment stays as it was. */
export interface KeyFile extends KeyShelf {
  /** Bytes of the file, and of them those of keys that were dropped. */
  readonly bytes: number;
  readonly droppedBytes: number;
  /** Writes what waits in memory; the system may still hold it. */
  flush(): void;
  close(): void;
}

/** Keys wait in memory until so many bytes can be written at once. */
const WRITE_BYTES = 1 << 20;
/** Decoded keys that are kept for the next search, those used last; some 45 kB each. */
const DECODED_PICTURES = 2_000;

/** Opens a file of keys, whose first `bytes` bytes are used and whose others are cut off. */
export function openKeyFile(path: string, bytes: number, droppedBytes = 0): KeyFile {
  const file = openSync(path, bytes === 0 ? 'w+' : 'r+');
  ftruncateSync(file, bytes);
  let written = bytes;
  let dropped = droppedBytes;
  let waiting: { readonly at: number; readonly encoded: Uint8Array }[] = [];
  let waitingBytes = 0;
  const decoded = new Map<number, PictureKeys>();

  const flush = (): void => {
    if (waiting.length === 0) return;
    const joined = Buffer.concat(waiting.map(({ encoded }) => encoded));
    for (let at = 0; at < joined.length;) at += writeSync(file, joined, at, joined.length - at, written + at);
    written += joined.length;
    waiting = [];
    waitingBytes = 0;
  };
  const read = ({ at, bytes: length, crc }: KeyPlace): Uint8Array => {
    if (at >= written) return (waiting.find((one) => one.at === at) as (typeof waiting)[number]).encoded;
    const encoded = new Uint8Array(length);
    const got = readSync(file, encoded, 0, length, at);
    if (got !== length || crc32(encoded) !== crc) throw new Error(`${path} is damaged at byte ${at}`);
    return encoded;
  };
  const remember = (at: number, keys: PictureKeys): PictureKeys => {
    decoded.delete(at);
    decoded.set(at, keys);
    if (decoded.size > DECODED_PICTURES) decoded.delete(decoded.keys().next().value as number);
    return keys;
  };

  return {
    get bytes() {
      return written + waitingBytes;
    },
    get droppedBytes() {
      return dropped;
    },
    put(keys) {
      const encoded = encodePictureKeys(keys);
      const place = { at: written + waitingBytes, bytes: encoded.length, crc: crc32(encoded) };
      waiting.push({ at: place.at, encoded });
      waitingBytes += encoded.length;
      if (waitingBytes >= WRITE_BYTES) flush();
      return place;
    },
    get(place) {
      const known = decoded.get(place.at);
      if (known !== undefined) return remember(place.at, known);
      const stored = decodePictureKeys(read(place));
      if (stored.kind === 'unusable') throw new Error(`${path} is damaged at byte ${place.at}: ${stored.why}`);
      return remember(place.at, stored.keys);
    },
    drop({ at, bytes: length }) {
      decoded.delete(at);
      dropped += length;
    },
    flush,
    close: () => closeSync(file),
  };
}
