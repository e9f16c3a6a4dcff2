import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { hashFromHex, hashToHex } from '../../detectors/image/hash256.ts';
import type { ListedPicture } from '../../detectors/image/pdq-list.ts';

/** How picture lists travel: a table, our JSON, or descriptors as ThreatExchange has them and HMA reads them. */
export const EXCHANGE_FORMATS = ['csv', 'json', 'threat-descriptors'] as const;
export type ExchangeFormat = (typeof EXCHANGE_FORMATS)[number];

/** Pictures that were read, and the places that were not. */
export interface ReadList {
  readonly pictures: readonly ListedPicture[];
  /** Line of a table, or position in a list from 1, with what is wrong there. */
  readonly problems: readonly { readonly at: number; readonly why: string }[];
}

const listFile = z.object({ pictures: z.array(z.record(z.string(), z.unknown())) });
const descriptorFile = z.union([
  z.object({ data: z.array(z.record(z.string(), z.unknown())) }),
  z.array(z.record(z.string(), z.unknown())).transform((data) => ({ data })),
]);

/** Writes a list. Text and order depend on the pictures alone. */
export function writePictureList(pictures: readonly ListedPicture[], format: ExchangeFormat): string {
  switch (format) {
    case 'csv':
      return [
        'pdq,quality,md5,label',
        ...pictures.map(({ pdq, quality, md5, label }) =>
          [pdq === undefined ? '' : hashToHex(pdq), quality ?? '', md5 ?? '', quoted(label)].join(','),
        ),
        '',
      ].join('\n');
    case 'json':
      return `${JSON.stringify({ pictures: pictures.map(asObject) }, null, 2)}\n`;
    case 'threat-descriptors':
      return `${JSON.stringify({ data: pictures.flatMap(asDescriptors) }, null, 2)}\n`;
  }
}

/** Reads a list; the format is told by the text itself. What is wrong is reported and left out, the rest is kept. */
export function readPictureList(text: string): ReadList {
  const trimmed = text.replace(/^\uFEFF/, '').trimStart();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return readTable(trimmed);
  let json: unknown;
  try {
    json = JSON.parse(trimmed);
  } catch (cause) {
    return { pictures: [], problems: [{ at: 1, why: `no JSON: ${cause instanceof Error ? cause.message : ''}` }] };
  }
  const list = listFile.safeParse(json);
  if (list.success) return readRows(list.data.pictures, 1);
  const descriptors = descriptorFile.safeParse(json);
  if (descriptors.success) return readRows(descriptors.data.data.map(fromDescriptor), 1);
  return { pictures: [], problems: [{ at: 1, why: 'neither a list of pictures nor of threat descriptors' }] };
}

function readTable(text: string): ReadList {
  const problems: { at: number; why: string }[] = [];
  let rows: string[][];
  try {
    rows = parse(text, { skip_empty_lines: true, trim: true, relax_column_count: true });
  } catch (cause) {
    return { pictures: [], problems: [{ at: 1, why: cause instanceof Error ? cause.message : String(cause) }] };
  }
  const [first] = rows;
  if (first === undefined) return { pictures: [], problems };
  // A table without a heading is a bare list of hashes, one a line, with a label after it.
  const hasHeading = first.some((cell) => /^(pdq|md5|hash|label|quality)$/i.test(cell));
  const heading = hasHeading ? first.map((cell) => cell.toLowerCase()) : ['hash', 'label'];
  const objects = rows.slice(hasHeading ? 1 : 0).map((row) => {
    const object: Record<string, unknown> = {};
    heading.forEach((name, i) => (object[name] = row[i]));
    return object;
  });
  return readRows(objects, hasHeading ? 2 : 1);
}

function readRows(rows: readonly Readonly<Record<string, unknown>>[], firstAt: number): ReadList {
  const pictures: ListedPicture[] = [];
  const problems: { at: number; why: string }[] = [];
  rows.forEach((row, i) => {
    const picture = readRow(row);
    if (typeof picture === 'string') problems.push({ at: firstAt + i, why: picture });
    else pictures.push(picture);
  });
  return { pictures, problems };
}

/** A picture, or what is wrong with the row. */
function readRow(row: Readonly<Record<string, unknown>>): ListedPicture | string {
  const text = (name: string): string => (typeof row[name] === 'string' ? (row[name] as string).trim() : '');
  const bare = text('hash');
  const pdqText = text('pdq') || (bare.length === 64 ? bare : '');
  const md5Text = (text('md5') || (bare.length === 32 ? bare : '')).toLowerCase();
  const pdq = pdqText === '' ? undefined : hashFromHex(pdqText);
  if (pdqText !== '' && pdq === undefined) return `"${pdqText.slice(0, 80)}" is no PDQ hash of 64 hexadecimal digits`;
  if (md5Text !== '' && !/^[0-9a-f]{32}$/.test(md5Text)) return `"${md5Text.slice(0, 80)}" is no MD5 sum`;
  if (pdq === undefined && md5Text === '') return 'there is neither a PDQ hash nor an MD5 sum';
  const given = row['quality'];
  const quality = given === undefined || given === '' || given === null ? undefined : Number(given);
  if (quality !== undefined && !(quality >= 0 && quality <= 100)) return 'the quality is not between 0 and 100';
  return {
    label: text('label'),
    ...(pdq === undefined ? {} : { pdq }),
    ...(md5Text === '' ? {} : { md5: md5Text }),
    ...(quality === undefined ? {} : { quality }),
  };
}

function asObject({ pdq, quality, md5, label }: ListedPicture): object {
  return {
    ...(pdq === undefined ? {} : { pdq: hashToHex(pdq) }),
    ...(quality === undefined ? {} : { quality }),
    ...(md5 === undefined ? {} : { md5 }),
    label,
  };
}

/** Fields of a ThreatExchange `ThreatDescriptor`: one for each hash of the picture. */
function asDescriptors({ pdq, md5, label }: ListedPicture): readonly object[] {
  const common = { description: label, status: 'MALICIOUS', share_level: 'AMBER', confidence: 100 };
  return [
    ...(pdq === undefined ? [] : [{ raw_indicator: hashToHex(pdq), type: 'HASH_PDQ', ...common }]),
    ...(md5 === undefined ? [] : [{ raw_indicator: md5, type: 'HASH_MD5', ...common }]),
  ];
}

function fromDescriptor(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const indicator = row['raw_indicator'] ?? row['indicator'];
  const label = row['description'];
  switch (row['type']) {
    case 'HASH_PDQ':
      return { pdq: indicator, label };
    case 'HASH_MD5':
      return { md5: indicator, label };
    default:
      return { label };
  }
}

/** A table cell: a label that a spreadsheet would run as a formula is made harmless. */
function quoted(label: string): string {
  const safe = /^[=+\-@\t\r]/.test(label) ? `'${label}` : label;
  return `"${safe.replaceAll('"', '""')}"`;
}
