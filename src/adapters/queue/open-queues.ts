import { Queue, type Job, type JobsOptions } from 'bullmq';
import { AppError } from '../../domain/errors.ts';
import { QUEUE_NAMES, type JobQueues, type QueueCounts, type QueuedJob, type QueueName } from '../../pipeline/ports.ts';
import { decodeJobId, encodeJobId } from './job-id.ts';
import { connectEngine, type EngineConnection, type QueueEngine } from './queue-engine.ts';

export interface OpenQueuesOptions {
  /** Times that a job is tried before it becomes a dead letter. Default 5. */
  readonly attempts?: number;
  /** Wait before the second attempt; it doubles with each further one. Default one second. */
  readonly backoffMs?: number;
  /** Told about faults of the connection, which heals itself. */
  readonly onError?: (fault: unknown) => void;
}

const DEFAULT_ATTEMPTS = 5;
const DEFAULT_BACKOFF_MS = 1_000;
/** Share by which a wait is shortened at random, so that jobs that failed together do not come back together. */
const BACKOFF_JITTER01 = 0.3;
/** Nothing reads BullMQ's events but its own waiting; each one kept is a row that has to be deleted again. */
const EVENTS_KEPT = 1_000;
const READY_TIMEOUT_MS = 5_000;
/** Failed jobs that are read at once when all are put back. */
const REQUEUE_PAGE = 500;

/**
 * Opens the queues as producers and operators see them.
 *
 * A completed job leaves no trace, so its id may be used again; a job that failed for good stays as a dead letter,
 * and while it does, the same id is not added again. `addMany` rejects with `queue.unavailable` when the engine does
 * not take the jobs, and on Postgres with `job.invalid` when their data holds U+0000 or half a surrogate pair; jobs of
 * one queue are added all or none.
 */
export function openQueues(engine: QueueEngine, options: OpenQueuesOptions = {}): JobQueues {
  const onError = options.onError ?? ((): void => undefined);
  const connection = connectEngine(engine, 'producer', onError);
  const defaultJobOptions: JobsOptions = {
    attempts: options.attempts ?? DEFAULT_ATTEMPTS,
    backoff: { type: 'exponential', delay: options.backoffMs ?? DEFAULT_BACKOFF_MS, jitter: BACKOFF_JITTER01 },
    // Keeping any number of completed jobs makes each completion on Postgres three times as dear. Source: stack.md §3.
    removeOnComplete: true,
    removeOnFail: false,
  };
  const queues = new Map(QUEUE_NAMES.map((name) => [name, openQueue(name, connection, defaultJobOptions)] as const));
  for (const queue of queues.values()) queue.on('error', onError);
  const queueOf = (name: QueueName): Queue => {
    const queue = queues.get(name);
    if (queue === undefined) throw new AppError('job.invalid', `There is no queue ${name}`);
    return queue;
  };

  return {
    addMany: async (jobs) => {
      const names = [...new Set(jobs.map((job) => job.queue))];
      const add = (name: QueueName): Promise<unknown> =>
        queueOf(name).addBulk(jobs.filter((job) => job.queue === name).map(toBulkJob));
      await Promise.all(names.map(add)).catch((fault: unknown) => {
        throw describeAddFault(fault);
      });
    },
    counts: () => countAll(queues),
    deadLetters: async (name, limit) => {
      const failed = await queueOf(name).getFailed(0, limit - 1);
      return failed.map((job) => ({
        id: decodeJobId(job.id ?? ''),
        data: job.data as unknown,
        error: job.failedReason,
        failedAtMs: job.finishedOn ?? job.timestamp,
        attempts: job.attemptsMade,
      }));
    },
    requeueDeadLetters: async (name, ids) => requeue(await findFailed(queueOf(name), ids)),
    schedule: async (name, id, everyMs, data) => {
      await queueOf(name).upsertJobScheduler(encodeJobId(id), { every: everyMs }, { name, data });
    },
    ready: () => assertAnswers(connection),
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await connection.close();
    },
  };
}

function openQueue(name: QueueName, { options, backend }: EngineConnection, defaultJobOptions: JobsOptions): Queue {
  const streams = { events: { maxLen: EVENTS_KEPT } };
  // Without this a call waits without end for an engine that is away.
  const isFailingFast = { skipWaitingForReady: true };
  return new Queue(name, { ...options, ...isFailingFast, defaultJobOptions, streams }, backend) as unknown as Queue;
}

function toBulkJob(job: QueuedJob): { name: string; data: unknown; opts: JobsOptions } {
  const opts: JobsOptions = { jobId: encodeJobId(job.id) };
  if (job.delayMs !== undefined && job.delayMs > 0) opts.delay = job.delayMs;
  if (job.priority !== undefined) opts.priority = job.priority;
  return { name: job.queue, data: job.data, opts };
}

/** SQLSTATEs of JSON that holds U+0000 or half a surrogate pair. */
const UNSTORABLE = ['22P02', '22P05'];

function describeAddFault(fault: unknown): AppError {
  if (fault instanceof AppError) return fault;
  const why = fault instanceof Error ? fault.message : String(fault);
  if (fault instanceof Error && 'code' in fault && UNSTORABLE.includes(String(fault.code))) {
    const remedy = 'U+0000 and lone surrogates cannot be queued.';
    return new AppError('job.invalid', `The data of a job cannot be stored: ${why}. ${remedy}`, { cause: fault });
  }
  return new AppError('queue.unavailable', `Jobs could not be queued: ${why}`, { cause: fault });
}

async function countAll(queues: ReadonlyMap<QueueName, Queue>): Promise<Record<QueueName, QueueCounts>> {
  const entries = await Promise.all(
    [...queues].map(async ([name, queue]) => {
      const counts = await queue.getJobCounts();
      const of = (state: string): number => counts[state] ?? 0;
      return [
        name,
        {
          // Jobs with a priority wait in a list of their own.
          waiting: of('waiting') + of('prioritized'),
          active: of('active'),
          delayed: of('delayed'),
          failed: of('failed'),
          completed: of('completed'),
          paused: of('paused'),
        },
      ] as const;
    }),
  );
  return Object.fromEntries(entries) as Record<QueueName, QueueCounts>;
}

async function findFailed(queue: Queue, ids: readonly string[] | 'all'): Promise<readonly Job[]> {
  if (ids === 'all') {
    const failed: Job[] = [];
    // All are read before the first is put back: one that fails again at once would be found again for ever.
    for (let from = 0; ; from += REQUEUE_PAGE) {
      const page = await queue.getFailed(from, from + REQUEUE_PAGE - 1);
      failed.push(...page);
      if (page.length < REQUEUE_PAGE) return failed;
    }
  }
  const found = await Promise.all(
    ids.map(async (id) => (await queue.getJob(encodeJobId(id))) ?? (await queue.getJob(id))),
  );
  const isFailed = await Promise.all(found.map(async (job) => job !== undefined && (await job.isFailed())));
  return found.filter((job, index): job is Job => job !== undefined && isFailed[index] === true);
}

async function requeue(jobs: readonly Job[]): Promise<number> {
  let requeued = 0;
  for (const job of jobs) {
    try {
      await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
      requeued += 1;
    } catch (fault) {
      // Another operator was faster: the job is no longer failed, which is what was wanted.
      if (await job.isFailed()) throw fault;
    }
  }
  return requeued;
}

async function assertAnswers(connection: EngineConnection): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${READY_TIMEOUT_MS} ms`)), READY_TIMEOUT_MS);
  });
  try {
    await Promise.race([connection.ping(), timeout]);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('queue.unavailable', `The queue does not answer: ${why}. Check REDIS_URL or DATABASE_URL.`, {
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
}
