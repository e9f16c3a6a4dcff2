import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../domain/errors.ts';
import type { BacklogView } from '../domain/views/operation-view.ts';
import type { AssayClient } from './assay-client.ts';
import { importItems, type ImportKind, type SetAside } from './import-items.ts';
import { silentProgress, type Progress } from './progress-bar.ts';

/** Files of the demo marketplace in the order in which they are loaded: each names only what came before. */
const BEFORE_BANKS: readonly ImportKind[] = ['rights-holders', 'sellers', 'marks'];
const AFTER_BANKS: readonly ImportKind[] = ['accounts', 'listings', 'orders', 'reviews'];

const DAY_MS = 86_400_000;
const POLL_MS = 500;
/** Pictures that are sent at once: while one is decoded, another is stored. */
const PICTURES_AT_ONCE = 4;

interface DemoManifest {
  /** All times in the files lie before this day. */
  readonly anchor: string;
}

interface LoadOptions {
  readonly client: AssayClient;
  readonly folder: string;
  readonly progress: Progress;
  readonly nowMs: number;
}

/**
 * Loads the demo marketplace and waits until everything is checked. What an interrupted load left behind is completed;
 * what is there is left as it is.
 *
 * @throws AppError when an item of the fixtures is refused: then the fixtures or the schema are wrong.
 */
export async function loadDemo({ client, folder, progress, nowMs }: LoadOptions): Promise<'loaded' | 'was-there'> {
  const shiftDays = await findShift(client, folder, nowMs);
  if (await isComplete(client, folder)) return 'was-there';
  const adapt = (value: Record<string, unknown>) => shiftTimes(value, shiftDays * DAY_MS) as Record<string, unknown>;
  const load = async (kind: ImportKind): Promise<void> => {
    const { rejected } = await importItems(kind, path.join(folder, `${kind}.ndjson`), { client, progress, adapt });
    refuse(kind, rejected);
  };
  for (const kind of BEFORE_BANKS) await load(kind);
  await loadBankPictures(client, folder, progress);
  for (const kind of AFTER_BANKS) await load(kind);
  await awaitChecks(client, progress);
  await client.post('/v1/sweeps', { reason: 'demo' });
  await awaitSweep(client);
  await awaitChecks(client, progress);
  while ((await readBacklog(client)).creditBehind > 0) await sleep(POLL_MS);
  return 'loaded';
}

/** Loads the marks and bank pictures of the demo alone. */
export async function loadDemoMarks(client: AssayClient, folder: string): Promise<void> {
  for (const kind of BEFORE_BANKS) {
    await importItems(kind, path.join(folder, `${kind}.ndjson`), { client, progress: silentProgress });
  }
  await loadBankPictures(client, folder, silentProgress);
}

/** Days by which times are moved: as when the first seller was loaded, or so that the anchor becomes today. */
async function findShift(client: AssayClient, folder: string, nowMs: number): Promise<number> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as DemoManifest;
  const [line] = (await readFile(path.join(folder, 'sellers.ndjson'), 'utf8')).split('\n', 1);
  const first = JSON.parse(line!) as { id: string; registeredAt: string };
  const stored = await client
    .get<{ seller: { registeredAt: string } }>(`/v1/sellers/${encodeURIComponent(first.id)}`)
    .catch(ignoreMissing);
  if (stored !== undefined) {
    return Math.round((Date.parse(stored.seller.registeredAt) - Date.parse(first.registeredAt)) / DAY_MS);
  }
  return Math.floor(nowMs / DAY_MS) - Math.floor(Date.parse(manifest.anchor) / DAY_MS);
}

/** Whether the last item of the last file is there and nothing waits. */
async function isComplete(client: AssayClient, folder: string): Promise<boolean> {
  const lines = (await readFile(path.join(folder, 'reviews.ndjson'), 'utf8')).trimEnd().split('\n');
  const last = JSON.parse(lines.at(-1)!) as { id: string };
  const stored = await client.get(`/v1/reviews/${encodeURIComponent(last.id)}`).catch(ignoreMissing);
  return stored !== undefined && (await pendingChecks(client)) === 0;
}

function ignoreMissing(fault: unknown): undefined {
  if (fault instanceof AppError && fault.code === 'resource.not-found') return undefined;
  throw fault;
}

/** Moves every time in a value: RFC 3339 date-times alone; dates of registers stay. */
function shiftTimes(value: unknown, shiftMs: number): unknown {
  if (typeof value === 'string') {
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? new Date(Date.parse(value) + shiftMs).toISOString() : value;
  }
  if (Array.isArray(value)) return value.map((inner) => shiftTimes(inner, shiftMs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shiftTimes(inner, shiftMs)]));
}

async function loadBankPictures(client: AssayClient, folder: string, progress: Progress): Promise<void> {
  const lines = (await readFile(path.join(folder, 'bank-pictures.ndjson'), 'utf8')).trimEnd().split('\n');
  progress.start('bank pictures', lines.length);
  // One row of lines that all senders take from.
  const waiting = lines.values();
  const send = async (): Promise<void> => {
    for (const line of waiting) {
      const { path: name, ...fields } = JSON.parse(line) as Record<string, string>;
      await client.postForm('/v1/bank-pictures', fields, await readFile(path.join(folder, name!)));
      progress.advance(1);
    }
  };
  await Promise.all(Array.from({ length: PICTURES_AT_ONCE }, send));
  progress.end();
}

function refuse(kind: ImportKind, rejected: readonly SetAside[]): void {
  const [first] = rejected;
  if (first === undefined) return;
  const reasons = first.details.map(({ path: at, message }) => `${at}: ${message}`).join('; ');
  throw new AppError(
    'item.invalid',
    `${rejected.length} ${kind} of the demo were refused, the first in line ${first.line} (${first.id ?? '?'}): ${reasons}`,
  );
}

async function pendingChecks(client: AssayClient): Promise<number> {
  return (await readBacklog(client)).checks;
}

const readBacklog = (client: AssayClient): Promise<BacklogView> => client.get<BacklogView>('/v1/backlog');

async function awaitChecks(client: AssayClient, progress: Progress): Promise<void> {
  let pending = await pendingChecks(client);
  if (pending === 0) return;
  progress.start('checks', pending);
  while (pending > 0) {
    await sleep(POLL_MS);
    const now = await pendingChecks(client);
    if (now < pending) progress.advance(pending - now);
    pending = now;
  }
  progress.end();
}

/** The sweep is a job like others: wait until its queue is empty. */
async function awaitSweep(client: AssayClient): Promise<void> {
  for (;;) {
    const { queues } = await client.get<{ queues: Record<string, { waiting: number; active: number }> }>('/v1/queues');
    const { waiting = 0, active = 0 } = queues['ring-sweep'] ?? {};
    if (waiting + active === 0) return;
    await sleep(POLL_MS);
  }
}
