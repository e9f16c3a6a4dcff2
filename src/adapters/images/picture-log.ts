import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { CataloguedPicture } from '../../detectors/image/bank-catalogue.ts';
import { writeChecked, type CheckedBytes } from './checked-files.ts';

/** A line of the log: a picture that was added, or the id of one that was taken out. */
type LogRow = CataloguedPicture | { readonly gone: string };

/** The pictures of an index in a file to which changes are appended. */
export interface PictureLog {
  note(picture: CataloguedPicture): void;
  forget(id: string): void;
  /** The changes since the last call. */
  take(): readonly string[];
  /** Changes that were taken and not written. */
  giveBack(changes: readonly string[]): void;
  /** Appends changes, or writes the file anew where most of its lines are of the past. */
  write(changes: readonly string[], live: Iterable<CataloguedPicture>, number: number): Promise<LogExtent>;
}

/** The part of a file that a snapshot stands on. */
export interface LogExtent extends CheckedBytes {
  /** Lines of which it consists. */
  readonly rows: number;
}

/** Lines that may be of the past before the file is written anew, beside as many as there are pictures. */
const ROWS_TO_SPARE = 10_000;
const CHUNK_BYTES = 4 << 20;
const LINES_A_WRITE = 10_000;

/** A log in a folder that goes on from what a snapshot stands on; what the file holds beyond that is overwritten. */
export function openPictureLog(folder: string, start: LogExtent): PictureLog {
  let extent = start;
  let changes: string[] = [];
  const note = (row: LogRow): void => void changes.push(`${JSON.stringify(row)}\n`);
  return {
    note,
    forget: (id) => note({ gone: id }),
    take() {
      const taken = changes;
      changes = [];
      return taken;
    },
    giveBack(taken) {
      changes = [...taken, ...changes];
    },
    async write(taken, live, number) {
      const pictures = [...live];
      const isMostlyPast = extent.rows + taken.length > 2 * pictures.length + ROWS_TO_SPARE;
      const file = isMostlyPast ? `pictures-${number}.log` : extent.file;
      const lines = isMostlyPast ? pictures.map((row) => `${JSON.stringify(row)}\n`) : taken;
      const from = isMostlyPast ? { at: 0, crc: 0 } : { at: extent.bytes, crc: extent.crc };
      const written = await writeChecked(path.join(folder, file), encoded(lines), from);
      extent = { file, ...written, rows: (isMostlyPast ? 0 : extent.rows) + lines.length };
      return extent;
    },
  };
}

function* encoded(lines: readonly string[]): Generator<Uint8Array> {
  for (let i = 0; i < lines.length; i += LINES_A_WRITE) yield Buffer.from(lines.slice(i, i + LINES_A_WRITE).join(''));
}

/** The pictures of a log. Throws where it is damaged. */
export function readPictureLog(folder: string, { file, bytes, crc }: LogExtent): Iterable<CataloguedPicture> {
  const pictures = new Map<string, CataloguedPicture>();
  const opened = openSync(path.join(folder, file), 'r');
  try {
    let sum = 0;
    let rest: Buffer = Buffer.alloc(0);
    for (let at = 0; at < bytes;) {
      const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, bytes - at));
      const got = readSync(opened, chunk, 0, chunk.length, at);
      if (got === 0) throw new Error(`${file} is cut off`);
      const read = chunk.subarray(0, got);
      sum = crc32(read, sum);
      at += got;
      const lines = Buffer.concat([rest, read]);
      const end = lines.lastIndexOf(10) + 1;
      rest = lines.subarray(end);
      for (const line of lines.toString('utf8', 0, end).split('\n')) if (line !== '') replay(pictures, line);
    }
    if (sum !== crc) throw new Error(`${file} is damaged`);
  } finally {
    closeSync(opened);
  }
  return pictures.values();
}

/** A damaged line is a damaged file: the sum of all tells, once everything was read. */
function replay(pictures: Map<string, CataloguedPicture>, line: string): void {
  const row = JSON.parse(line) as LogRow;
  if ('gone' in row) pictures.delete(row.gone);
  else pictures.set(row.entry.id, row);
}
