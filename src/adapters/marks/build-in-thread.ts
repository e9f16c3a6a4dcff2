import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Mark } from '../../domain/mark.ts';
import { AppError } from '../../domain/errors.ts';
import type { IndexRules, SealedIndex } from '../../detectors/brand/sealed-index.ts';
import { compiledTwin } from '../compiled-twin.ts';
import type { FromIndexThread, IndexThreadData, ToIndexThread } from './thread-messages.ts';

/**
 * Builds an index of marks in a thread of its own. Marks come in batches, the next one asked for when the last is taken
 * in, so that neither side holds the register; the index comes back on shared memory, without a copy.
 * Throws `internal.unexpected` when the thread is not compiled or fails.
 */
export const buildIndexInThread = async (
  batches: AsyncIterable<readonly Mark[]> | Iterable<readonly Mark[]>,
  rules: IndexRules,
): Promise<SealedIndex> => {
  const file = compiledTwin('index-thread', import.meta.url);
  if (!existsSync(file)) {
    throw new AppError('internal.unexpected', 'The index thread is not compiled: run `npm run build` first');
  }
  const worker = new Worker(file, { workerData: { rules } satisfies IndexThreadData });
  try {
    for await (const marks of batches) {
      const answered = answerOf(worker);
      worker.postMessage({ kind: 'marks', marks } satisfies ToIndexThread);
      await answered;
    }
    const answered = answerOf(worker);
    worker.postMessage({ kind: 'seal' } satisfies ToIndexThread);
    const answer = await answered;
    if (answer.kind === 'sealed') return answer.index;
    throw new AppError('internal.unexpected', 'The index thread did not give an index');
  } finally {
    await worker.terminate();
  }
};

const answerOf = (worker: Worker): Promise<FromIndexThread> =>
  new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', onMessage).off('error', onFault).off('exit', onExit);
    };
    const onMessage = (message: FromIndexThread): void => {
      settle();
      resolve(message);
    };
    const onFault = (cause: unknown): void => {
      settle();
      reject(new AppError('internal.unexpected', 'The index thread failed', { cause }));
    };
    const onExit = (code: number): void => {
      settle();
      reject(new AppError('internal.unexpected', `The index thread ended with code ${code}`));
    };
    worker.on('message', onMessage).on('error', onFault).on('exit', onExit);
  });
