import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedPostgres } from '../../../src/adapters/postgres/embedded/open-embedded-postgres.ts';

const WORKER = fileURLToPath(new URL('./mortal-worker.mjs', import.meta.url));
const JOBS = 120;

describe('the embedded database and its queues', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'assay-death-'));
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs the worker until it has done `killAfter` jobs, or to its end. */
  async function run(killAfter: number): Promise<'killed' | 'complete' | 'failed'> {
    const worker = spawn(process.execPath, [WORKER, path.join(folder, 'pg'), String(JOBS)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = worker;
    let isComplete = false;
    createInterface({ input: worker.stdout }).on('line', (line) => {
      if (line === `done ${killAfter}`) worker.kill('SIGKILL');
      if (line === 'complete') isComplete = true;
    });
    const [, signal] = (await once(worker, 'close')) as [number | null, string | null];
    if (signal === 'SIGKILL') return 'killed';
    return isComplete ? 'complete' : 'failed';
  }

  it('lose no job and do none by half when the process is killed in the middle, again and again', async () => {
    expect(await run(30)).toBe('killed');
    expect(await run(45)).toBe('killed');
    expect(await run(Number.POSITIVE_INFINITY)).toBe('complete');

    const embedded = await openEmbeddedPostgres({ dataDir: path.join(folder, 'pg'), inThread: false });
    const client = new pg.Client(embedded.poolConfig);
    await client.connect();
    const work = await client.query('SELECT count(*)::int AS done, max(runs) AS most FROM work');
    const balance = await client.query('SELECT side, amount FROM balance ORDER BY side');
    const left = await client.query('SELECT count(*)::int AS jobs FROM bullmq.job');
    await client.end();
    await embedded.close();
    expect(work.rows[0]).toMatchObject({ done: JOBS });
    expect(balance.rows).toEqual([
      { side: 'closed', amount: JOBS },
      { side: 'open', amount: 0 },
    ]);
    expect(left.rows).toEqual([{ jobs: 0 }]);
  }, 180_000);
});
