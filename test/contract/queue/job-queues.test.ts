import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startWorkers, type FailedJob } from '../../../src/adapters/queue/start-workers.ts';
import { AppError } from '../../../src/domain/errors.ts';
import type { JobContext, JobHandler, QueueName, WorkerGroup } from '../../../src/pipeline/ports.ts';
import { openTestQueues, QUEUE_ENGINES, type TestQueues } from '../../support/database.ts';

/** The same expectations of the queues on Postgres, embedded or served, and on Redis. */
describe.each(QUEUE_ENGINES)('job queues on %s', (on) => {
  let opened: TestQueues;
  let workers: WorkerGroup[] = [];
  const failures: { fault: unknown; job: FailedJob | undefined }[] = [];

  beforeAll(async () => {
    opened = await openTestQueues(on);
  });
  afterEach(async () => {
    await Promise.all(workers.map((group) => group.close()));
    workers = [];
    failures.length = 0;
  });
  afterAll(async () => {
    await opened.close();
  });

  async function work(queue: QueueName, handler: JobHandler, concurrency = 4): Promise<void> {
    const onError = (fault: unknown, job: FailedJob | undefined): void => void failures.push({ fault, job });
    workers.push(
      await startWorkers(opened.engine, { [queue]: handler }, { concurrency: { [queue]: concurrency }, onError }),
    );
  }

  it('hands each job to its handler with its data, whatever characters its id has', async () => {
    const seen: { data: unknown; job: JobContext }[] = [];
    await opened.queues.addMany([
      { queue: 'listing-check', id: 'listing:42:7', data: { text: 'größer — 日本 🧵', n: 1.5 } },
      { queue: 'listing-check', id: '42', data: [1, null] },
      { queue: 'listing-check', id: '50%:%3A', data: 'plain' },
    ]);
    await work('listing-check', async (data, job) => void seen.push({ data, job }));
    await vi.waitFor(() => expect(seen).toHaveLength(3), 10_000);
    expect(seen.map(({ job }) => job.id).toSorted()).toEqual(['42', '50%:%3A', 'listing:42:7']);
    expect(seen.find(({ job }) => job.id === 'listing:42:7')).toEqual({
      data: { text: 'größer — 日本 🧵', n: 1.5 },
      job: { id: 'listing:42:7', attempt: 1, isLastAttempt: false },
    });
  });

  it('takes the same id twice as one job while the job is there', async () => {
    const job = { queue: 'review-check', id: 'review:1:1', data: {} } as const;
    await opened.queues.addMany([job, job]);
    await opened.queues.addMany([job]);
    expect((await opened.queues.counts())['review-check'].waiting).toBe(1);
    let runs = 0;
    await work('review-check', async () => void (runs += 1));
    await vi.waitFor(async () => expect((await opened.queues.counts())['review-check'].waiting).toBe(0), 10_000);
    await vi.waitFor(() => expect(runs).toBe(1), 10_000);
  });

  it('runs a job again when its id is added after it has been completed', async () => {
    let runs = 0;
    await work('account-check', async () => void (runs += 1));
    await opened.queues.addMany([{ queue: 'account-check', id: 'again', data: {} }]);
    await vi.waitFor(() => expect(runs).toBe(1), 10_000);
    await vi.waitFor(async () => expect((await opened.queues.counts())['account-check'].active).toBe(0), 10_000);
    await opened.queues.addMany([{ queue: 'account-check', id: 'again', data: {} }]);
    await vi.waitFor(() => expect(runs).toBe(2), 10_000);
    expect((await opened.queues.counts())['account-check'].completed).toBe(0);
  });

  it('tries a failing job as often as it may, tells each time, and keeps it as a dead letter', async () => {
    const attempts: JobContext[] = [];
    await opened.queues.addMany([{ queue: 'order-event', id: 'order:9', data: { orderId: '9' } }]);
    await work('order-event', async (_data, job) => {
      attempts.push(job);
      throw new AppError('database.unavailable', 'gone away');
    });
    await vi.waitFor(async () => expect((await opened.queues.counts())['order-event'].failed).toBe(1), 10_000);
    expect(attempts.map(({ attempt, isLastAttempt }) => [attempt, isLastAttempt])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    const [letter, ...others] = await opened.queues.deadLetters('order-event', 10);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      id: 'order:9',
      data: { orderId: '9' },
      error: 'database.unavailable: gone away',
      attempts: 3,
    });
    expect(letter?.failedAtMs).toBeGreaterThan(Date.now() - 60_000);
    expect(failures.map(({ job }) => [job?.attempt, job?.isFinal])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(failures[0]?.fault).toBeInstanceOf(AppError);
  });

  it('puts dead letters back, by id or all, with all their attempts', async () => {
    const jobs = ['a', 'b', 'c'].map((id) => ({ queue: 'mark-rescan', id, data: {} }) as const);
    await opened.queues.addMany(jobs);
    let isBroken = true;
    const done: string[] = [];
    await work('mark-rescan', async (_data, job) => {
      if (isBroken) throw new AppError('job.invalid', 'no such mark');
      expect(job.attempt).toBe(1);
      done.push(job.id);
    });
    await vi.waitFor(async () => expect((await opened.queues.counts())['mark-rescan'].failed).toBe(3), 10_000);
    isBroken = false;
    expect(await opened.queues.requeueDeadLetters('mark-rescan', ['b', 'unknown'])).toBe(1);
    await vi.waitFor(() => expect(done).toEqual(['b']), 10_000);
    expect(await opened.queues.requeueDeadLetters('mark-rescan', 'all')).toBe(2);
    await vi.waitFor(() => expect(done.toSorted()).toEqual(['a', 'b', 'c']), 10_000);
    expect(await opened.queues.deadLetters('mark-rescan', 10)).toEqual([]);
  });

  it('makes a job a dead letter at its first attempt when its fault cannot pass', async () => {
    let attempts = 0;
    await opened.queues.addMany([{ queue: 'intake', id: 'garbage', data: 17 }]);
    await work('intake', async () => {
      attempts += 1;
      throw new AppError('job.invalid', 'expected an object at $, got 17');
    });
    await vi.waitFor(async () => expect(await opened.queues.deadLetters('intake', 5)).toHaveLength(1), 10_000);
    expect(attempts).toBe(1);
    const [letter] = await opened.queues.deadLetters('intake', 5);
    expect(letter).toMatchObject({ error: 'job.invalid: expected an object at $, got 17', attempts: 1 });
  });

  it('keeps the error of a job whatever characters it has', async () => {
    await opened.queues.addMany([{ queue: 'order-event', id: 'odd', data: {} }]);
    await work('order-event', async () => {
      throw new AppError('item.invalid', 'bad text: a\0b \ud800 c');
    });
    const odd = async () => (await opened.queues.deadLetters('order-event', 9)).find(({ id }) => id === 'odd');
    await vi.waitFor(async () => expect(await odd()).toBeDefined(), 10_000);
    expect((await odd())?.error).toBe('item.invalid: bad text: a\uFFFDb \uFFFD c');
  });

  it('keeps the stack of an error that is not ours from breaking the job', async () => {
    await opened.queues.addMany([{ queue: 'order-event', id: 'foreign', data: {} }]);
    await work('order-event', async () => {
      throw new TypeError('a\0b');
    });
    const letters = async () => (await opened.queues.deadLetters('order-event', 9)).map(({ id }) => id);
    await vi.waitFor(async () => expect(await letters()).toContain('foreign'), 10_000);
    expect(failures.every(({ fault }) => fault instanceof TypeError)).toBe(true);
  });

  it.runIf(on === 'database')(
    'says that data which Postgres cannot hold is wrong, and adds no job of that queue',
    async () => {
      const jobs = ['fine', 'a\0b', 'a\ud800b'].map(
        (text, n) => ({ queue: 'intake', id: `text-${n}`, data: { text } }) as const,
      );
      const waiting = async () => (await opened.queues.counts()).intake.waiting;
      const before = await waiting();
      await expect(opened.queues.addMany(jobs.slice(0, 2))).rejects.toMatchObject({ code: 'job.invalid' });
      await expect(opened.queues.addMany(jobs.slice(2))).rejects.toMatchObject({ code: 'job.invalid' });
      expect(await waiting()).toBe(before);
    },
  );

  it('holds a delayed job back until its time, and counts it as delayed', async () => {
    const startedMs = Date.now();
    let ranAtMs = 0;
    await opened.queues.addMany([{ queue: 'mark-rescan', id: 'later', data: {}, delayMs: 400 }]);
    expect((await opened.queues.counts())['mark-rescan']).toMatchObject({ delayed: 1, waiting: 0 });
    await work('mark-rescan', async () => void (ranAtMs = Date.now()));
    await vi.waitFor(() => expect(ranAtMs).toBeGreaterThan(0), 10_000);
    // BullMQ measures the delay on the engine's clock.
    expect(ranAtMs - startedMs).toBeGreaterThanOrEqual(390);
  });

  it('takes a smaller priority number first, and counts waiting jobs with a priority', async () => {
    const order: string[] = [];
    await opened.queues.addMany([
      { queue: 'mark-rescan', id: 'low', data: {}, priority: 9 },
      { queue: 'mark-rescan', id: 'high', data: {}, priority: 1 },
      { queue: 'mark-rescan', id: 'middle', data: {}, priority: 5 },
    ]);
    expect((await opened.queues.counts())['mark-rescan'].waiting).toBe(3);
    await work('mark-rescan', async (_data, job) => void order.push(job.id), 1);
    await vi.waitFor(() => expect(order).toEqual(['high', 'middle', 'low']), 10_000);
  });

  it('repeats a scheduled job, and keeps one schedule when it is set twice', async () => {
    let runs = 0;
    await opened.queues.schedule('ring-sweep', 'sweep', 60_000, { full: false });
    await opened.queues.schedule('ring-sweep', 'sweep', 150, { full: true });
    const data: unknown[] = [];
    await work('ring-sweep', async (payload) => {
      runs += 1;
      data.push(payload);
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThanOrEqual(3), 10_000);
    expect(new Set(data.map((payload) => JSON.stringify(payload)))).toEqual(new Set(['{"full":true}']));
    const { delayed, waiting, active } = (await opened.queues.counts())['ring-sweep'];
    expect(delayed + waiting + active).toBeLessThanOrEqual(2);
  });

  it('lets running jobs end before it closes', async () => {
    let isStarted = false;
    let isEnded = false;
    await opened.queues.addMany([{ queue: 'intake', id: 'slow', data: {} }]);
    await work('intake', async () => {
      isStarted = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
      isEnded = true;
    });
    await vi.waitFor(() => expect(isStarted).toBe(true), 10_000);
    await Promise.all(workers.map((group) => group.close()));
    workers = [];
    expect(isEnded).toBe(true);
  });

  it('answers that it is ready', async () => {
    await expect(opened.queues.ready()).resolves.toBeUndefined();
  });
});
