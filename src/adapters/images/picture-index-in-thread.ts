import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { BankEntry, BankMatch } from '../../detectors/image/picture-index.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';
import { AppError } from '../../domain/errors.ts';
import type { PictureLookup } from '../../pipeline/knowledge.ts';
import { compiledTwin } from '../compiled-twin.ts';
import type { FeedPosition } from '../feed-position.ts';
import { claimIndexFolder, type ClaimedFolder } from './claim-index-folder.ts';
import type {
  FromPictureIndex,
  PictureIndexQuestion,
  PictureIndexThreadData,
  ToPictureIndex,
} from './picture-index-messages.ts';
import { indexSettingsDigest } from './snapshot-manifest.ts';

/** The picture index of a process, which lives in a thread of its own: nothing of it is held twice. */
export interface PictureIndexInThread extends PictureLookup {
  /** Adds a picture by its encoded keys, or replaces the one with the same id. Searches that come later see it. */
  put(entry: BankEntry, keys: Uint8Array): void;
  remove(bankPictureId: string): void;
  /**
   * Loads what the index was when it was last saved. Before anything is put; what is put after a restore that found
   * nothing makes an index anew.
   */
  restore(): Promise<RestoredIndex>;
  /** Throws away what was restored. */
  discard(): Promise<void>;
  /** Keeps what was put until now for `restore`, as of this place of the feed. Does nothing without a folder. */
  save(position: FeedPosition): Promise<void>;
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

/** What came of a restore: nothing is restored without a snapshot, and `why` tells where there is one that is of no use. */
export type RestoredIndex =
  | { readonly kind: 'restored'; readonly position: FeedPosition; readonly pictures: number }
  | { readonly kind: 'none'; readonly why?: string };

/** Where the index is kept, and who hears of what goes wrong with single pictures. */
export interface PictureIndexOptions {
  readonly settings: ImageSettings;
  /** A folder for snapshots, which several processes may share; in memory alone where absent. */
  readonly snapshots?: string;
  /** Told of keys that cannot be read. */
  readonly onLeftOut: (fault: Error) => void;
}

interface Waiting {
  readonly resolve: (matches: readonly BankMatch[]) => void;
  readonly reject: (fault: unknown) => void;
}

/** A folder in which the thread ended so often is at fault itself, a full disk perhaps: from then on in memory alone. */
const LOSSES_IN_FOLDER = 2;

/**
 * Keeps the picture index in a thread, which starts with the first picture or with a restore: a search takes up to some
 * tenths of a second, in which nothing else of the process would go on.
 *
 * @throws AppError `internal.unexpected` (from searches) when the thread ends or has ended; a plain error where a search
 * itself failed, as it would again.
 */
export function createPictureIndexInThread(options: PictureIndexOptions): PictureIndexInThread {
  const { settings, snapshots, onLeftOut } = options;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let claimed: ClaimedFolder | undefined;
  let onOpened: ((told: RestoredIndex) => void) | undefined;
  let isFresh = false;
  let losses = 0;
  let recovered = 0;
  let isClosed = false;
  let nextId = 0;

  const rejectWaiting = (cause: unknown): void => {
    for (const { reject } of waiting.values()) reject(endedThread(cause));
    waiting.clear();
  };
  const lose = (cause: unknown): void => {
    worker = undefined;
    losses++;
    isFresh = true;
    onOpened?.({ kind: 'none', why: 'its thread ended while it read the snapshot' });
    rejectWaiting(cause);
  };
  const endWorker = async (why: string): Promise<void> => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
    rejectWaiting(why);
  };
  const hear = (opened: Worker, told: FromPictureIndex): void => {
    if (told.kind === 'left-out') {
      onLeftOut(new Error(`Bank picture ${told.bankPictureId} is left out: its keys cannot be read (${told.why}).`));
      return;
    }
    if (told.kind === 'loaded' || told.kind === 'empty') {
      onOpened?.(told.kind === 'loaded' ? { ...told, kind: 'restored' } : { kind: 'none', why: told.why });
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
    const folder = losses < LOSSES_IN_FOLDER ? claimed?.folder : undefined;
    const workerData = { settings, isFresh, ...(folder === undefined ? {} : { folder }) };
    const opened = new Worker(file, { workerData: workerData satisfies PictureIndexThreadData });
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

  const restore = async (): Promise<RestoredIndex> => {
    if (snapshots === undefined) return { kind: 'none' };
    try {
      claimed = await claimIndexFolder(snapshots, indexSettingsDigest(settings));
    } catch (fault) {
      return { kind: 'none', why: `${snapshots} cannot be used: ${String(fault)}` };
    }
    if (!claimed.hasSnapshot) return { kind: 'none' };
    const told = new Promise<RestoredIndex>((resolve) => (onOpened = resolve));
    worker = open();
    worker.ref();
    const restored = await told;
    onOpened = undefined;
    worker?.unref();
    return restored;
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
    restore,
    async discard() {
      isFresh = true;
      await endWorker('what it had was thrown away');
    },
    async save(position) {
      await ask({ kind: 'save', position });
    },
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
      await endWorker('it was closed');
      claimed?.release();
    },
  };
}

const endedThread = (cause: unknown): AppError =>
  new AppError('internal.unexpected', 'The thread of the picture index has ended.', { cause });
