// A process that works on jobs in an embedded database until it is killed; the test beside it does the killing.
// Arguments: data folder, jobs. Prints `done N` after each job, `complete` when no job is left.
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectDatabase } from '../../../dist/adapters/postgres/connect.js';
import { openQueues } from '../../../dist/adapters/queue/open-queues.js';
import { startWorkers } from '../../../dist/adapters/queue/start-workers.js';

const [dataDir, jobsText] = process.argv.slice(2);
const jobs = Number(jobsText);

const database = await connectDatabase({ embedded: { dataDir, inThread: true, maintenanceEveryMs: 300 } });
const { rows } = await database.pool.query(`SELECT to_regclass('public.work') IS NOT NULL AS "isPrepared"`);
const queues = openQueues({ pool: database.pool });
if (!rows[0].isPrepared) {
  await queues.addMany(
    Array.from({ length: jobs }, (_, n) => ({ queue: 'listing-check', id: `listing:${n}`, data: { n } })),
  );
  await database.pool.query(`
    CREATE TABLE public.work (n int PRIMARY KEY, runs int NOT NULL);
    CREATE TABLE public.balance (side text PRIMARY KEY, amount int NOT NULL);
    INSERT INTO public.balance VALUES ('open', ${jobs}), ('closed', 0)`);
}

async function workOn(n) {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    const { rows: known } = await client.query(
      'INSERT INTO public.work VALUES ($1, 1) ON CONFLICT (n) DO UPDATE SET runs = work.runs + 1 RETURNING runs',
      [n],
    );
    if (known[0].runs === 1) {
      await client.query(`UPDATE public.balance SET amount = amount - 1 WHERE side = 'open'`);
      await client.query(`UPDATE public.balance SET amount = amount + 1 WHERE side = 'closed'`);
    }
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

let done = 0;
const workers = await startWorkers(
  { pool: database.pool },
  {
    'listing-check': async ({ n }) => {
      await workOn(n);
      // Some die between the commit and the completion of their job.
      await sleep(n % 4);
      done += 1;
      process.stdout.write(`done ${done}\n`);
    },
  },
  { lockMs: 2_500, concurrency: { 'listing-check': 8 }, onError: (fault) => console.error(fault) },
);

for (;;) {
  const { waiting, active, delayed } = (await queues.counts())['listing-check'];
  if (waiting + active + delayed === 0) break;
  await sleep(50);
}
await workers.close();
await queues.close();
await database.close();
process.stdout.write('complete\n');
