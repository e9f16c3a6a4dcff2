import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { NextCase } from '../../domain/views/case-work-view.ts';

/** What the reviewers of a measurement are to do; they run in a process of their own, as browsers do. */
export interface ReviewerOrder {
  readonly address: string;
  /** One key for each reviewer. */
  readonly keys: readonly string[];
  /** Time that a reviewer takes for a case; 0: none. */
  readonly thinkMs: number;
  /** They stop after this many claims, or after this time. */
  readonly claims: number;
  readonly maxMs: number;
}

export interface ReviewerReport {
  /** From the call to the whole answer, as the reviewer sees it. */
  readonly durationsMs: readonly number[];
  readonly caseIds: readonly string[];
  readonly elapsedMs: number;
}

/** All reviewers claim at once; who thinks prefers the case that was loaded ahead, as the console does. */
async function work({ address, keys, thinkMs, claims, maxMs }: ReviewerOrder): Promise<ReviewerReport> {
  const pool = new Pool(address, { connections: keys.length });
  const durationsMs: number[] = [];
  const caseIds: string[] = [];
  const startMs = performance.now();
  let left = claims;
  const isOver = (): boolean => left <= 0 || performance.now() - startMs >= maxMs;
  await Promise.all(
    keys.map(async (key, i) => {
      await sleep((thinkMs * i) / keys.length);
      let preferId: string | undefined;
      while (!isOver()) {
        left -= 1;
        const askedMs = performance.now();
        const { statusCode, body } = await pool.request({
          path: '/v1/queues/all/next',
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify(preferId === undefined ? {} : { preferId }),
        });
        const answer = (await body.json()) as NextCase;
        durationsMs.push(performance.now() - askedMs);
        if (statusCode !== 200) throw new Error(`A claim was answered ${statusCode}: ${JSON.stringify(answer)}`);
        if (answer.kind !== 'claimed') return;
        caseIds.push(answer.case.id);
        preferId = thinkMs === 0 ? undefined : answer.upcomingId;
        // Nobody takes the same time for each case: half of it to one and a half.
        if (thinkMs > 0) await sleep(thinkMs * (0.5 + Math.random()));
      }
    }),
  );
  const elapsedMs = performance.now() - startMs;
  await pool.close();
  return { durationsMs, caseIds, elapsedMs };
}

process.on('message', (order: ReviewerOrder) => {
  void work(order).then(
    (report) => process.send?.({ report }),
    (fault: unknown) => process.send?.({ fault: fault instanceof Error ? fault.message : String(fault) }),
  );
});
