import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { AssayClient } from './assay-client.ts';
import type { Progress } from './progress-bar.ts';
import { readRows, type Row } from './read-rows.ts';

/** What may be imported, and where it is sent. */
export const IMPORT_KINDS = {
  'rights-holders': '/v1/rights-holders',
  sellers: '/v1/sellers',
  marks: '/v1/marks',
  accounts: '/v1/accounts',
  listings: '/v1/listings',
  orders: '/v1/orders',
  reviews: '/v1/reviews',
} as const;
export type ImportKind = keyof typeof IMPORT_KINDS;

/** A row that was set aside, and why. */
export interface SetAside {
  readonly line: number;
  readonly id?: string;
  readonly code: string;
  readonly details: readonly { readonly path: string; readonly message: string }[];
}

export interface ImportSummary {
  readonly accepted: number;
  readonly unchanged: number;
  readonly rejected: readonly SetAside[];
}

interface ImportOptions {
  readonly client: AssayClient;
  readonly progress: Progress;
  /** Changes a row before it is sent, for example its times. */
  readonly adapt?: (value: Record<string, unknown>) => Record<string, unknown>;
}

/** Rows of one call; pictures travel before as uploads, so a call stays small. */
const BATCH_ROWS = 200;

/** Fields that are numbers, for CSV. */
const NUMBER_FIELDS: ReadonlySet<string> = new Set([
  'priceMinor',
  'stars',
  'valueMinor',
  'handlingHours',
  'usualPriceMinor',
]);

interface BatchAnswer {
  readonly items: readonly {
    readonly index: number;
    readonly id?: string;
    readonly status: string;
    readonly code?: string;
    readonly details?: readonly { readonly path: string; readonly message: string }[];
  }[];
}

/**
 * Sends the rows of a file in batches. Rows that are wrong are set aside with their line and reasons, the rest is
 * taken; sent again, a file changes nothing.
 */
export async function importItems(kind: ImportKind, file: string, options: ImportOptions): Promise<ImportSummary> {
  const { client, progress, adapt = (value) => value } = options;
  const totals = { accepted: 0, unchanged: 0 };
  const rejected: SetAside[] = [];
  const uploads = new Map<string, Promise<string>>();
  let batch: { line: number; value: Record<string, unknown> }[] = [];
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    const rows = batch;
    batch = [];
    const answer = await client.post<BatchAnswer>(IMPORT_KINDS[kind], { items: rows.map(({ value }) => value) });
    for (const { index, id, status, code, details } of answer.items) {
      if (status === 'accepted' || status === 'unchanged') totals[status] += 1;
      else {
        rejected.push({
          line: rows[index]!.line,
          ...(id === undefined ? {} : { id }),
          code: code ?? 'item.invalid',
          details: details ?? [],
        });
      }
    }
    progress.advance(rows.length);
  };
  progress.start(kind, await countRows(file));
  for await (const row of readRows(file, NUMBER_FIELDS)) {
    const prepared = await prepareRow(row, { client, folder: path.dirname(file), uploads });
    if (prepared.kind === 'broken') {
      rejected.push({ line: row.line, code: 'request.malformed', details: [{ path: '', message: prepared.why }] });
      progress.advance(1);
      continue;
    }
    batch.push({ line: row.line, value: adapt(prepared.value) });
    if (batch.length >= BATCH_ROWS) await send();
  }
  await send();
  progress.end();
  return { ...totals, rejected };
}

/** Lines of a file, for the progress bar; rows of a CSV whose cells hold line breaks are counted as more. */
async function countRows(file: string): Promise<number> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size > 200_000_000) return Math.round(size / 500);
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

/** Pictures that a row names by `path`, relative to its file, are uploaded; each file once. */
async function prepareRow(
  row: Row,
  { client, folder, uploads }: { client: AssayClient; folder: string; uploads: Map<string, Promise<string>> },
): Promise<Row> {
  if (row.kind === 'broken' || !Array.isArray(row.value['pictures'])) return row;
  try {
    const pictures = await Promise.all(
      row.value['pictures'].map(async (picture: unknown) => {
        if (typeof picture !== 'object' || picture === null || !('path' in picture)) return picture;
        const { path: name, ...rest } = picture as { path: unknown };
        const file = path.resolve(folder, String(name));
        const upload = uploads.get(file) ?? readFile(file).then((bytes) => client.upload(bytes));
        uploads.set(file, upload);
        return { ...rest, uploadId: await upload };
      }),
    );
    return { ...row, value: { ...row.value, pictures } };
  } catch (fault) {
    return {
      kind: 'broken',
      line: row.line,
      why: `a picture: ${fault instanceof Error ? fault.message : String(fault)}`,
    };
  }
}
