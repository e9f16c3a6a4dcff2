import { randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { lockDataFolder, type DataFolderLock } from '../postgres/embedded/data-folder-lock.ts';
import { snapshotTakenAtMs } from './snapshot-manifest.ts';

/** A folder for the files of one index, which this process alone may use until it releases it. */
export interface ClaimedFolder {
  readonly folder: string;
  readonly hasSnapshot: boolean;
  release(): void;
}

/**
 * Claims a numbered folder below `base`: the one with the latest snapshot of these settings that nobody has open, else
 * any other that is free, else a new one. Processes that share a data folder, and the two indexes of one process while
 * rules change, get a folder each.
 */
export async function claimIndexFolder(base: string, settingsDigest: string): Promise<ClaimedFolder> {
  await mkdir(base, { recursive: true });
  const numbers = (await readdir(base)).filter((name) => /^\d+$/.test(name)).map(Number);
  const known = numbers
    .map((number) => {
      const folder = path.join(base, String(number));
      return { folder, number, takenAtMs: snapshotTakenAtMs(folder, settingsDigest) ?? 0 };
    })
    .sort((a, b) => b.takenAtMs - a.takenAtMs || a.number - b.number);
  for (const { folder } of known) {
    const lock = await lockIfFree(folder);
    if (lock !== undefined) return claimed(folder, lock, settingsDigest);
  }
  for (let number = Math.max(-1, ...numbers) + 1; ; number++) {
    const folder = path.join(base, String(number));
    const lock = await lockIfFree(folder);
    if (lock === undefined) continue;
    await mkdir(folder, { recursive: true });
    return claimed(folder, lock, settingsDigest);
  }
}

const claimed = (folder: string, { release }: DataFolderLock, settingsDigest: string): ClaimedFolder => ({
  folder,
  hasSnapshot: snapshotTakenAtMs(folder, settingsDigest) !== undefined,
  release,
});

async function lockIfFree(folder: string): Promise<DataFolderLock | undefined> {
  try {
    return await lockDataFolder(folder, randomUUID());
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'database.locked') return undefined;
    throw fault;
  }
}
