import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { BankEntry, BankMatch } from '../../detectors/image/picture-index.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';
import { AppError } from '../../domain/errors.ts';
import type { PictureLookup } from '../../pipeline/knowledge.ts';
import { compiledTwin } from '../compiled-twin.ts';
import type {
  FromPictureIndex,
  PictureIndexQuestion,
  PictureIndexThreadData,
  ToPictureIndex,
} from './picture-index-messages.ts';

/** The picture index of a process, which lives in a thread of its own: nothing of it is held twice. */
export interface PictureIndexInThread extends PictureLookup {
  /** Adds a picture by its encoded keys, or replaces the one with the same id. Searches that come later see it. */
  put(entry: BankEntry, keys: Uint8Array): void;
  remove(bankPictureId: string): void;
  /** Resolves when everything that was put is in the index: whoever puts many waits now and then, to hold few. */
  flush(): Promise<void>;
  /** How often the thread has ended by itself. */
  readonly losses: number;
  /** Whether it has ended since the last `recover`: until then searches reject. */
  readonly isLost: boolean;
  /** Tells that every picture was put again after the loss of this number. */
  recover(loss: number): void;
  /** Answers what was asked, then ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (matches: readonly BankMatch[]) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Keeps the picture index in a thread, which starts with the first picture: a search takes up to some tenths of a
 * second, in which nothing else of the process would go on. `onLeftOut` is told of keys that cannot be read.
 *
 * @throws AppError `internal.unexpected` (from searches) when the thread ends or has ended; a plain error where a search
 * itself failed, as it would again.
 */
export function createPictureIndexInThread(
  settings: ImageSettings,
  onLeftOut: (fault: Error) => void,
): PictureIndexInThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let losses = 0;
  let recovered = 0;
  let isClosed = false;
  let nextId = 0;

  const lose = (cause: unknown): void => {
    worker = undefined;
    losses++;
    for (const { reject } of waiting.values()) reject(endedThread(cause));
    waiting.clear();
  };
  const hear = (opened: Worker, told: FromPictureIndex): void => {
    if (told.kind === 'left-out') {
      onLeftOut(new Error(`Bank picture ${told.bankPictureId} is left out: its keys cannot be read (${told.why}).`));
      return;
    }
    const asked = waiting.get(told.id);
    waiting.delete(told.id);
    if (told.kind === 'matches') asked?.resolve(told.matches);
    else asked?.reject(new Error(`The picture could not be searched: ${told.fault}`));
    if (waiting.size === 0) opened.unref();
  };
  const open = (): Worker => {
    const file = compiledTwin('picture-index-thread', import.meta.url);
    if (!existsSync(file)) {
      throw new AppError('internal.unexpected', 'The picture index thread is not compiled: run `npm run build` first.');
    }
    const opened = new Worker(file, { workerData: { settings } satisfies PictureIndexThreadData });
    opened.unref();
    opened.on('message', (told: FromPictureIndex) => hear(opened, told));
    // An error is followed by the end: then the thread is another one already, or none.
    const end = (cause: unknown): void => void (worker === opened && lose(cause));
    opened.on('error', end);
    opened.on('exit', (code) => end(`it ended with code ${code}`));
    return opened;
  };
  const ask = (question: PictureIndexQuestion): Promise<readonly BankMatch[]> => {
    const asked = worker;
    const isIncomplete = losses > recovered && question.kind !== 'flush';
    if (isClosed || isIncomplete) return Promise.reject(endedThread('its pictures are gone'));
    // Nothing was put yet.
    if (asked === undefined) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      asked.ref();
      asked.postMessage({ ...question, id } satisfies ToPictureIndex);
    });
  };

  const flush = async (): Promise<void> => {
    await ask({ kind: 'flush' });
  };

  return {
    put(entry, keys) {
      if (isClosed) return;
      worker ??= open();
      // A copy of its own goes over, without another copy: the bytes may be a view of something larger.
      const own = Uint8Array.from(keys);
      worker.postMessage({ kind: 'put', entry, keys: own } satisfies ToPictureIndex, [own.buffer]);
    },
    remove: (bankPictureId) => worker?.postMessage({ kind: 'remove', bankPictureId } satisfies ToPictureIndex),
    flush,
    search: (keys, search = {}) => ask({ kind: 'search', keys, search }),
    searchLike: (bankPictureId, search = {}) => ask({ kind: 'search-like', bankPictureId, search }),
    get losses() {
      return losses;
    },
    get isLost() {
      return losses > recovered;
    },
    recover(loss) {
      recovered = loss;
    },
    async close() {
      // What is asked now is answered in its turn: checks that run go on with the index that they began with.
      const answered = flush();
      isClosed = true;
      await answered.catch(() => undefined);
      const closing = worker;
      worker = undefined;
      await closing?.terminate();
    },
  };
}

const endedThread = (cause: unknown): AppError =>
  new AppError('internal.unexpected', 'The thread of the picture index has ended.', { cause });
