import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { hashFromHex } from '../../detectors/image/hash256.ts';
import type { ListedPicture } from '../../detectors/image/pdq-list.ts';
import type { PictureListCodec, RefusedRow } from '../../pipeline/exchange-bank.ts';
import { writePictureList } from './write-picture-list.ts';

/** Rows that were read, each with its line or position, and the places that were not. */
export type ReadList = ReturnType<PictureListCodec['read']>;

type RawRow = Readonly<Record<string, unknown>>;

/** Reads and writes lists of picture hashes. */
export const pictureListCodec: PictureListCodec = { read: readPictureList, write: writePictureList };

const objects = z.array(z.record(z.string(), z.unknown()));
const files = z.union([
  z.object({ pictures: objects }).transform(({ pictures }) => pictures),
  z.object({ data: objects }).transform(({ data }) => data),
  objects,
  // One picture, as HMA takes and gives it.
  z.union([z.looseObject({ signals: z.unknown() }), z.looseObject({ pdq: z.string() })]).transform((one) => [one]),
]);

/** `pdq f8f8…`: a line of the file exchange of python-threatexchange and HMA. */
const SIGNAL_LINE = /^(?<type>[a-z][a-z0-9_]*)[ \t]+(?<signal>\S+)$/;

/** Reads a list; the format is told by the text itself. What is wrong is reported and left out, the rest is kept. */
export function readPictureList(text: string): ReadList {
  const trimmed = text.replace(/^\uFEFF/, '').trimStart();
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return readJson(trimmed);
  const firstLine = trimmed.slice(0, 1_000).split(/\r?\n/, 1)[0] ?? '';
  return SIGNAL_LINE.test(firstLine.trimEnd()) ? readSignalLines(trimmed) : readTable(trimmed);
}

function readJson(text: string): ReadList {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const lines = text.split(/\r?\n/);
    // Several objects, one a line, are no JSON as a whole.
    if (lines.length > 1 && isJson(lines[0]!)) return readRows(lines.map(rowOfLine).flat());
    return { rows: [], problems: [{ at: 1, why: `no JSON: ${cause instanceof Error ? cause.message : ''}` }] };
  }
  const list = files.safeParse(json);
  if (list.success) return readRows(list.data.map((row, i) => ({ at: i + 1, row })));
  return { rows: [], problems: [{ at: 1, why: 'no list of pictures in any form that is known' }] };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function rowOfLine(line: string, i: number): readonly { at: number; row: RawRow | string }[] {
  if (line.trim() === '') return [];
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(line));
    return [{ at: i + 1, row: parsed.success ? parsed.data : 'the line is no JSON object' }];
  } catch (cause) {
    return [{ at: i + 1, row: `no JSON: ${cause instanceof Error ? cause.message : ''}` }];
  }
}

function readSignalLines(text: string): ReadList {
  return readRows(
    text.split(/\r?\n/).flatMap((line, i) => {
      if (line.trim() === '') return [];
      const { type = '', signal = '' } = SIGNAL_LINE.exec(line.trimEnd())?.groups ?? {};
      return [{ at: i + 1, row: ofSignalType(type, signal) }];
    }),
  );
}

/** Signal types of python-threatexchange that are hashes of pictures. */
function ofSignalType(type: string, signal: unknown): RawRow | string {
  if (type === 'pdq') return { pdq: signal };
  if (type === 'md5' || type === 'photo_md5') return { md5: signal };
  return type === '' ? 'no signal type and signal' : `a signal of type “${type.slice(0, 40)}” is no hash of a picture`;
}

function readTable(text: string): ReadList {
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(text, { skip_empty_lines: true, trim: true, relax_column_count: true, info: true }) as never;
  } catch (cause) {
    return { rows: [], problems: [{ at: 1, why: cause instanceof Error ? cause.message : String(cause) }] };
  }
  const first = rows[0]?.record;
  if (first === undefined) return { rows: [], problems: [] };
  // A table without a heading is a bare list of hashes, one a line, with a label after it.
  const hasHeading = first.some((cell) => /^(pdq|md5|hash|label|quality)$/i.test(cell));
  const heading = hasHeading ? first.map((cell) => cell.toLowerCase()) : ['hash', 'label'];
  return readRows(
    rows.slice(hasHeading ? 1 : 0).map(({ record, info }) => ({
      at: info.lines,
      row: Object.fromEntries(heading.map((name, i) => [name, record[i]])),
    })),
  );
}

function readRows(given: readonly { readonly at: number; readonly row: RawRow | string }[]): ReadList {
  const rows: { at: number; picture: ListedPicture }[] = [];
  const problems: RefusedRow[] = [];
  for (const { at, row } of given) {
    const picture = typeof row === 'string' ? row : readRow(unwrap(row));
    if (typeof picture === 'string') problems.push({ at, why: picture });
    else rows.push({ at, picture });
  }
  return { rows, problems };
}

/** Brings a row of HMA's or of ThreatExchange's to the names of ours. */
function unwrap(row: RawRow): RawRow {
  const indicator = row['raw_indicator'] ?? row['indicator'];
  if (indicator !== undefined) {
    const label = row['description'];
    if (row['type'] === 'HASH_PDQ') return { pdq: indicator, label };
    return row['type'] === 'HASH_MD5' ? { md5: indicator, label } : { label };
  }
  const { signals } = row;
  if (typeof signals !== 'object' || signals === null) return row;
  const { pdq, md5, photo_md5: photoMd5 } = signals as RawRow;
  const metadata = row['metadata'] as { content_id?: unknown; content_uri?: unknown } | null | undefined;
  const label = row['note'] ?? metadata?.content_id ?? metadata?.content_uri ?? row['original_media_uri'];
  return { pdq, md5: md5 ?? photoMd5, label };
}

/** A picture, or what is wrong with the row. */
function readRow(row: RawRow): ListedPicture | string {
  const text = (name: string): string => (typeof row[name] === 'string' ? (row[name] as string).trim() : '');
  const bare = text('hash');
  const pdqText = text('pdq') || (bare.length === 64 ? bare : '');
  const md5Text = (text('md5') || (bare.length === 32 ? bare : '')).toLowerCase();
  const pdq = pdqText === '' ? undefined : hashFromHex(pdqText);
  if (pdqText !== '' && pdq === undefined) return `“${pdqText.slice(0, 80)}” is no PDQ hash of 64 hexadecimal digits`;
  if (md5Text !== '' && !/^[0-9a-f]{32}$/.test(md5Text)) return `“${md5Text.slice(0, 80)}” is no MD5 sum`;
  if (pdq === undefined && md5Text === '') return 'there is neither a PDQ hash nor an MD5 sum';
  const given = row['quality'];
  const quality = given === undefined || given === '' || given === null ? undefined : Number(given);
  if (quality !== undefined && !(Number.isInteger(quality) && quality >= 0 && quality <= 100)) {
    return 'the quality is no whole number from 0 to 100';
  }
  return {
    label: text('label').toWellFormed().replaceAll('\u0000', '').slice(0, 300),
    ...(pdq === undefined ? {} : { pdq }),
    ...(md5Text === '' ? {} : { md5: md5Text }),
    ...(quality === undefined ? {} : { quality }),
  };
}
