import { closeSync, fsyncSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** A file, or the beginning of one, whose bytes can be told from damaged ones. */
export interface CheckedBytes {
  readonly file: string;
  readonly bytes: number;
  /** CRC-32 of the bytes. */
  readonly crc: number;
}

const CHUNK_BYTES = 4 << 20;

/**
 * Writes parts one behind the other, from `at` on, and forces them to the disk. What is summed is what is written, even
 * where another thread changes the parts meanwhile.
 *
 * @param crc of the bytes before `at`
 */
export async function writeChecked(
  path: string,
  parts: Iterable<Uint8Array>,
  { at, crc }: { readonly at: number; readonly crc: number } = { at: 0, crc: 0 },
): Promise<{ readonly bytes: number; readonly crc: number }> {
  const file = await open(path, at === 0 ? 'w' : 'r+');
  try {
    let [end, sum] = [at, crc];
    for (const part of parts) {
      for (let from = 0; from < part.length; from += CHUNK_BYTES) {
        const chunk = Uint8Array.from(part.subarray(from, from + CHUNK_BYTES));
        sum = crc32(chunk, sum);
        for (let done = 0; done < chunk.length;) {
          const { bytesWritten } = await file.write(chunk, done, chunk.length - done, end + done);
          done += bytesWritten;
        }
        end += chunk.length;
      }
    }
    await file.sync();
    return { bytes: end, crc: sum };
  } finally {
    await file.close();
  }
}

/** Reads the first `into.length` bytes of a file. Throws where they are others than were written. */
export function readChecked(path: string, into: Uint8Array, crc: number): void {
  const file = openSync(path, 'r');
  try {
    let sum = 0;
    for (let at = 0; at < into.length;) {
      const got = readSync(file, into, at, Math.min(CHUNK_BYTES, into.length - at), at);
      if (got === 0) throw new Error(`${path} is cut off`);
      sum = crc32(into.subarray(at, at + got), sum);
      at += got;
    }
    if (sum !== crc) throw new Error(`${path} is damaged`);
  } finally {
    closeSync(file);
  }
}

/** Forces what was written to a file, or into a folder, to the disk. */
export function syncPath(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
