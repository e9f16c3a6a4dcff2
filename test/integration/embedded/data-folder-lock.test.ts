import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataFolder, readDataFolderOwner } from '../../../src/adapters/postgres/embedded/data-folder-lock.ts';
import { identifyThisProcess } from '../../../src/adapters/postgres/embedded/process-identity.ts';

describe('the lock of a data folder', () => {
  let folder: string;
  let dataDir: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'assay-lock-'));
    dataDir = path.join(folder, 'deep', 'pg');
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const writeLock = async (content: object): Promise<void> => {
    const lock = await lockDataFolder(dataDir, 'to make the folder');
    lock.release();
    await writeFile(`${dataDir}.lock`, JSON.stringify({ ...identifyThisProcess(), token: 'old', ...content }));
  };

  it('refuses a second holder, and says who has the folder and where it answers', async () => {
    const lock = await lockDataFolder(dataDir, 'first');
    await expect(lockDataFolder(dataDir, 'second')).rejects.toMatchObject({
      code: 'database.locked',
      message: expect.stringContaining(`open in process ${process.pid}.`),
    });
    lock.announce('http://127.0.0.1:4100');
    await expect(lockDataFolder(dataDir, 'third')).rejects.toThrow('answers at http://127.0.0.1:4100');
    expect(await readDataFolderOwner(dataDir)).toEqual({
      kind: 'held',
      pid: process.pid,
      address: 'http://127.0.0.1:4100',
    });
    lock.release();
    expect(await readDataFolderOwner(dataDir)).toEqual({ kind: 'free' });
  });

  it('leaves no file behind when it is released, and none of a refused holder', async () => {
    const lock = await lockDataFolder(dataDir, 'first');
    await lockDataFolder(dataDir, 'second').catch(() => undefined);
    expect(await readdir(path.dirname(dataDir))).toEqual(['pg.lock']);
    lock.release();
    expect(await readdir(path.dirname(dataDir))).toEqual([]);
  });

  it('is taken over when its process has died', async () => {
    const child = spawn(process.execPath, ['--eval', '']);
    await once(child, 'exit');
    await writeLock({ pid: child.pid, startTicks: '' });
    const lock = await lockDataFolder(dataDir, 'new');
    expect(JSON.parse(await readFile(`${dataDir}.lock`, 'utf8'))).toMatchObject({ token: 'new', pid: process.pid });
    lock.release();
  });

  it('is taken over when its process id belongs to a younger process now', async () => {
    await writeLock({ startTicks: '1' });
    const lock = await lockDataFolder(dataDir, 'new');
    lock.release();
  });

  it('is taken over when its file is not readable as a lock', async () => {
    await writeLock({ pid: 'nobody' });
    const lock = await lockDataFolder(dataDir, 'new');
    lock.release();
  });

  it('respects a process of another container as long as it gives signs of life', async () => {
    const elsewhere = { space: 'another container', pid: 1 };
    await writeLock(elsewhere);
    const beat = setInterval(
      () => void writeFile(`${dataDir}.lock`, JSON.stringify({ ...identifyThisProcess(), ...elsewhere, token: 'old' })),
      100,
    );
    await expect(lockDataFolder(dataDir, 'new')).rejects.toMatchObject({ code: 'database.locked' });
    clearInterval(beat);
  });

  it('does not release a lock that another has taken over', async () => {
    const lock = await lockDataFolder(dataDir, 'first');
    await writeFile(`${dataDir}.lock`, JSON.stringify({ ...identifyThisProcess(), token: 'other' }));
    lock.release();
    expect(await readDataFolderOwner(dataDir)).toMatchObject({ kind: 'held' });
  });

  it('gives one of many takers the folder of a dead process', async () => {
    await writeLock({ startTicks: '1' });
    const takers = Array.from({ length: 20 }, (_, n) => lockDataFolder(dataDir, `taker-${n}`));
    const results = await Promise.allSettled(takers);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
