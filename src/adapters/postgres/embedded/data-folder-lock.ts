import { linkSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import { findProcess, identifyThisProcess } from './process-identity.ts';

const lockSchema = z.object({
  pid: z.number().int().positive(),
  space: z.string(),
  startTicks: z.string(),
  token: z.string(),
  /** Where the owner answers over HTTP, once it does. */
  address: z.string().optional(),
});
type LockContent = z.infer<typeof lockSchema>;

/** Who has a data folder open. */
export type DataFolderOwner =
  | { readonly kind: 'free' }
  | {
      readonly kind: 'held';
      readonly pid: number;
      /** Base URL where the owner answers over HTTP; `undefined` while it is starting, or when it is not a server. */
      readonly address: string | undefined;
    };

/** A data folder that this process alone may open. */
export interface DataFolderLock {
  /** Tells other processes where this one answers over HTTP. */
  announce(address: string): void;
  release(): void;
}

/** An owner touches its lock this often, for those who cannot see its process. */
const HEARTBEAT_MS = 3_000;
/** An owner in another container that has not touched its lock for this long is gone. */
const SILENCE_MS = 10_000;

/** The lock file of a data folder lies beside the folder, because the folder's content belongs to PostgreSQL. */
function lockFileOf(dataDir: string): string {
  return `${path.resolve(dataDir)}.lock`;
}

/**
 * Takes the data folder for this process, or throws `database.locked` when a living process has it.
 *
 * PGlite itself takes no lock, and two processes on one folder corrupt it without a word. The lock of a process that
 * is gone is taken over, at once on the same machine, after ten silent seconds when it belonged to another container.
 *
 * @param token distinguishes this lock from every other one, for example a random UUID
 */
export async function lockDataFolder(dataDir: string, token: string): Promise<DataFolderLock> {
  const lockFile = lockFileOf(dataDir);
  await mkdir(path.dirname(lockFile), { recursive: true });
  const own: LockContent = { ...identifyThisProcess(), token };
  const draft = `${lockFile}.${token}`;
  const write = (content: LockContent): void => writeFileSync(draft, JSON.stringify(content));
  write(own);
  try {
    while (!createIfFree(draft, lockFile)) {
      const found = readLock(lockFile);
      if (found !== undefined && (await isHeld(found, lockFile))) throw lockedError(dataDir, found);
      removeStale(lockFile, found, `${draft}.stale`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const isOurs = (): boolean => readLock(lockFile)?.token === token;
  const heartbeat = setInterval(() => {
    if (isOurs()) utimesSync(lockFile, new Date(), new Date());
  }, HEARTBEAT_MS).unref();
  return {
    announce: (address) => {
      write({ ...own, address });
      renameSync(draft, lockFile);
    },
    release: () => {
      clearInterval(heartbeat);
      if (isOurs()) rmSync(lockFile, { force: true });
    },
  };
}

/** Tells whether a living process has the data folder open, and where it answers. */
export async function readDataFolderOwner(dataDir: string): Promise<DataFolderOwner> {
  const lockFile = lockFileOf(dataDir);
  const lock = readLock(lockFile);
  if (lock === undefined || !(await isHeld(lock, lockFile))) return { kind: 'free' };
  return { kind: 'held', pid: lock.pid, address: lock.address };
}

/** A link appears with its content or not at all, so that nobody ever reads half a lock. */
function createIfFree(draft: string, lockFile: string): boolean {
  try {
    linkSync(draft, lockFile);
    return true;
  } catch (fault) {
    if (hasCode(fault, 'EEXIST')) return false;
    if (!hasCode(fault, 'EPERM') && !hasCode(fault, 'ENOTSUP')) throw fault;
  }
  // A file system without hard links.
  try {
    writeFileSync(lockFile, readFileSync(draft), { flag: 'wx' });
    return true;
  } catch (fault) {
    if (hasCode(fault, 'EEXIST')) return false;
    throw fault;
  }
}

async function isHeld(lock: LockContent, lockFile: string): Promise<boolean> {
  const state = findProcess(lock);
  if (state !== 'unknown') return state === 'running';
  const seenAtMs = touchedAtMs(lockFile);
  for (let waitedMs = 0; waitedMs < SILENCE_MS; waitedMs += 500) {
    await sleep(500);
    if (touchedAtMs(lockFile) !== seenAtMs) return true;
  }
  return false;
}

/** Moves the lock aside first: of two processes that find the same stale one, one would else delete the other's new one. */
function removeStale(lockFile: string, stale: LockContent | undefined, aside: string): void {
  try {
    renameSync(lockFile, aside);
  } catch (fault) {
    if (hasCode(fault, 'ENOENT')) return;
    throw fault;
  }
  if (readLock(aside)?.token !== stale?.token) createIfFree(aside, lockFile);
  unlinkSync(aside);
}

function lockedError(dataDir: string, owner: LockContent): AppError {
  const where = owner.address === undefined ? '' : ` and answers at ${owner.address}`;
  return new AppError(
    'database.locked',
    `The data folder ${dataDir} is open in process ${owner.pid}${where}. Stop that process, or choose another folder.`,
  );
}

function readLock(file: string): LockContent | undefined {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Missing, or not written by us: nobody can be found behind it.
    return undefined;
  }
}

function touchedAtMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function hasCode(fault: unknown, code: string): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === code;
}
