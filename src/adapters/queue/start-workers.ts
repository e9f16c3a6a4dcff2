import { UnrecoverableError, Worker, type Job } from 'bullmq';
import { AppError } from '../../domain/errors.ts';
import type { JobContext, JobHandler, QueueName, WorkerGroup } from '../../pipeline/ports.ts';
import { decodeJobId } from './job-id.ts';
import { connectEngine, type EngineConnection, type QueueEngine } from './queue-engine.ts';

/** A job whose attempt has failed. */
export interface FailedJob extends JobContext {
  readonly queue: QueueName;
  readonly data: unknown;
  /** Whether the job is a dead letter now: no attempt is left, or no attempt can help. */
  readonly isFinal: boolean;
}

export interface StartWorkersOptions {
  /** Jobs of a queue that this process works on at once. Default 4. */
  readonly concurrency?: Partial<Record<QueueName, number>>;
  /** Told about each failed attempt, with its job, and about faults of the connection, without one. */
  readonly onError: (fault: unknown, job: FailedJob | undefined) => void;
  /** After this long without a sign of life from its process a job is given to another. Default 15 seconds. */
  readonly lockMs?: number;
}

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_LOCK_MS = 15_000;
/** A job whose process died this often is the likely cause of it, and becomes a dead letter. */
const MAX_PROCESS_DEATHS = 3;
/** Of a fault's message and of its stack, so much is kept with the job. */
const STORED_CHARACTERS = 4_000;

/**
 * Starts a worker for each queue that has a handler. Delivery is at least once, so handlers are idempotent.
 *
 * A rejected handler is tried again with growing waits, except for an `AppError` that is not retryable: its job is a
 * dead letter at once. `close` lets running jobs end.
 */
export async function startWorkers(
  engine: QueueEngine,
  handlers: Partial<Record<QueueName, JobHandler>>,
  options: StartWorkersOptions,
): Promise<WorkerGroup> {
  const connection = connectEngine(engine, 'worker', (fault) => options.onError(fault, undefined));
  const entries = Object.entries(handlers) as [QueueName, JobHandler][];
  const workers = entries.map(([queue, handler]) => startWorker(queue, handler, connection, options));
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  return {
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await connection.close();
    },
  };
}

function startWorker(
  queue: QueueName,
  handler: JobHandler,
  { options: engineOptions, backend }: EngineConnection,
  options: StartWorkersOptions,
): Worker {
  const lockMs = options.lockMs ?? DEFAULT_LOCK_MS;
  const worker = new Worker(
    queue,
    async (job: Job) => {
      try {
        await handler(job.data as unknown, contextOf(job, job.attemptsMade + 1));
      } catch (fault) {
        throw toJobError(fault);
      }
    },
    {
      ...engineOptions,
      concurrency: options.concurrency?.[queue] ?? DEFAULT_CONCURRENCY,
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      maxStalledCount: MAX_PROCESS_DEATHS,
    },
    backend,
  ) as unknown as Worker;
  worker.on('error', (fault) => options.onError(fault, undefined));
  worker.on('failed', (job, error) => {
    const fault = error.cause ?? error;
    if (job === undefined) return options.onError(fault, undefined);
    // By now the failed attempt is counted in `attemptsMade`.
    const context = contextOf(job, job.attemptsMade);
    options.onError(fault, { ...context, queue, data: job.data as unknown, isFinal: job.finishedOn !== undefined });
  });
  return worker;
}

function contextOf(job: Job, attempt: number): JobContext {
  return { id: decodeJobId(job.id ?? ''), attempt, isLastAttempt: attempt >= (job.opts.attempts ?? 1) };
}

/** Postgres takes neither U+0000 nor half a surrogate pair, and a failure that cannot be written would be lost. */
function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed().slice(0, STORED_CHARACTERS);
}

/** The message becomes the dead letter's error; the cause stays for the log of this process. */
function toJobError(fault: unknown): Error {
  const text = fault instanceof AppError ? `${fault.code}: ${fault.message}` : messageOf(fault);
  const isFinal = fault instanceof AppError && !fault.isRetryable;
  const error = isFinal ? new UnrecoverableError(storableText(text)) : new Error(storableText(text));
  if (fault instanceof Error && fault.stack !== undefined) error.stack = storableText(fault.stack);
  return Object.assign(error, { cause: fault });
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
