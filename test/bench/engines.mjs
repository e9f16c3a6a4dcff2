// Compares the engines in one run: `npm run build && node test/bench/engines.mjs [JOBS]`.
// Real engines take part when TEST_DATABASE_URL (may create databases) and TEST_REDIS_URL are set.
// Every line is one engine; ratios are to the embedded database in its thread on disk, the default of `npm start`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connectDatabase } from '../../dist/adapters/postgres/connect.js';
import { openPglite } from '../../dist/adapters/postgres/embedded/open-pglite.js';
import { openQueues } from '../../dist/adapters/queue/open-queues.js';
import { startWorkers } from '../../dist/adapters/queue/start-workers.js';

const JOBS = Number(process.argv[2] ?? 2_000);
const CONCURRENCY = 16;
const QUERIES = 2_000;
const { TEST_DATABASE_URL: databaseUrl, TEST_REDIS_URL: redisUrl } = process.env;
const folder = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));

const perSecond = (count, startedMs) => count / ((performance.now() - startedMs) / 1_000);

/** The latest that a 5 ms timer fires while the work runs: how long the event loop is held up. */
async function withLag(work) {
  let worstMs = 0;
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    worstMs = Math.max(worstMs, nowMs - lastMs - 5);
    lastMs = nowMs;
  }, 5);
  try {
    return [await work(), worstMs];
  } finally {
    clearInterval(timer);
  }
}

async function measureQueries(pool) {
  await pool.query('CREATE TABLE IF NOT EXISTS public.bench (id int PRIMARY KEY, note text)');
  const startedMs = performance.now();
  let next = 0;
  const lane = async () => {
    for (let id = next++; id < QUERIES; id = next++) {
      await pool.query('INSERT INTO public.bench VALUES ($1, $2)', [id, 'x'.repeat(200)]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return perSecond(QUERIES, startedMs);
}

async function measureJobs(engine) {
  const queues = openQueues(engine);
  const jobs = Array.from({ length: JOBS }, (_, n) => ({ queue: 'listing-check', id: `bench:${n}`, data: { n } }));
  let startedMs = performance.now();
  for (let at = 0; at < jobs.length; at += 500) await queues.addMany(jobs.slice(at, at + 500));
  const addsPerSecond = perSecond(JOBS, startedMs);
  let done = 0;
  let wokenMs = 0;
  // Connections that end with their database are no news.
  const reportUntilDone = (fault) => {
    if (wokenMs === 0) console.error(String(fault));
  };
  const handler = async (data) => {
    done += 1;
    if (data.wake !== undefined) wokenMs = performance.now() - data.wake;
  };
  startedMs = performance.now();
  const options = { concurrency: { 'listing-check': CONCURRENCY }, onError: reportUntilDone };
  const [workers, lagMs] = await withLag(async () => {
    const group = await startWorkers(engine, { 'listing-check': handler }, options);
    while (done < JOBS) await sleep(2);
    return group;
  });
  const jobsPerSecond = perSecond(JOBS, startedMs);
  await sleep(200);
  await queues.addMany([{ queue: 'listing-check', id: 'wake', data: { wake: performance.now() } }]);
  while (wokenMs === 0) await sleep(1);
  await workers.close();
  await queues.close();
  return { addsPerSecond, jobsPerSecond, wakeMs: wokenMs, lagMs };
}

/** The floor: the same inserts with PGlite's own calls, one after the other, without hub, protocol or pool. */
async function measureBarePglite() {
  const openedMs = performance.now();
  const database = await openPglite({ dataDir: 'memory' });
  const openMs = performance.now() - openedMs;
  const insertsPerSecond = await measureQueries({ query: (sql, values) => database.query(sql, values) });
  await database.close();
  return { openMs, insertsPerSecond };
}

async function onDatabase(location) {
  const openedMs = performance.now();
  const database = await connectDatabase(location);
  const openMs = performance.now() - openedMs;
  try {
    const insertsPerSecond = await measureQueries(database.pool);
    return { openMs, insertsPerSecond, ...(await measureJobs({ pool: database.pool })) };
  } finally {
    await database.close();
  }
}

const rows = {
  'embedded, thread, disk': await onDatabase({ embedded: { dataDir: path.join(folder, 'a'), inThread: true } }),
  'embedded, no thread, disk': await onDatabase({ embedded: { dataDir: path.join(folder, 'b'), inThread: false } }),
  'PGlite alone, memory (floor)': await measureBarePglite(),
  'embedded, no thread, memory': await onDatabase({ embedded: { dataDir: 'memory', inThread: false } }),
};
if (databaseUrl) {
  const name = `assay_test_${Date.now()}_bench`;
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  rows['Postgres server'] = await onDatabase({ databaseUrl: url.href });
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.end();
}
if (redisUrl) rows['Redis'] = await measureJobs({ redisUrl, prefix: `assay_bench_${Date.now()}` });

const base = rows['embedded, thread, disk'];
const ratio = (value, of) => (value === undefined ? '' : `${value.toFixed(0)} (×${(value / of).toFixed(2)})`);
console.table(
  Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      name,
      {
        'open ms': row.openMs?.toFixed(0) ?? '',
        'inserts/s': ratio(row.insertsPerSecond, base.insertsPerSecond),
        'jobs/s': ratio(row.jobsPerSecond, base.jobsPerSecond),
        'adds/s': ratio(row.addsPerSecond, base.addsPerSecond),
        'idle wake ms': row.wakeMs?.toFixed(1) ?? '',
        'worst lag ms': row.lagMs?.toFixed(0) ?? '',
      },
    ]),
  ),
);
await rm(folder, { recursive: true, force: true });
process.exit(0);
