import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { ShapeReader } from '../../pipeline/read-picture-text.ts';
import { compiledTwin } from '../compiled-twin.ts';

/**
 * A preview to look at; `limit`: the most shapes, `logo` for the shapes of a logo's own picture, `lines` for a page of
 * what may be lines of words.
 */
export interface ToShapeThread {
  readonly id: number;
  readonly picture: Uint8Array;
  readonly limit: number | 'logo' | 'lines';
}

export type FromShapeThread =
  { readonly id: number; readonly shapes: Uint8Array } | { readonly id: number; readonly fault: string };

export interface LineFinder {
  /** A picture of what may be lines of words, straightened and black on white; undefined where there is none. */
  pageOfLines(picture: Uint8Array): Promise<Uint8Array | undefined>;
}

interface Waiting {
  readonly resolve: (shapes: Uint8Array) => void;
  readonly reject: (fault: unknown) => void;
}

/** Finds flat shapes, and lines of them, in a thread of its own, which starts with the first picture. */
export function createShapeReader(): ShapeReader & LineFinder {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let nextId = 0;

  const failAll = (cause: unknown): void => {
    worker = undefined;
    for (const { reject } of waiting.values()) {
      reject(new AppError('internal.unexpected', 'The thread that looks for shapes failed', { cause }));
    }
    waiting.clear();
  };
  const open = (): Worker => {
    const file = compiledTwin('shape-thread', import.meta.url);
    if (!existsSync(file)) {
      throw new AppError('internal.unexpected', 'The shape thread is not compiled: run `npm run build` first');
    }
    const opened = new Worker(file);
    opened.unref();
    opened.on('message', (told: FromShapeThread) => {
      const asked = waiting.get(told.id);
      waiting.delete(told.id);
      if ('shapes' in told) asked?.resolve(told.shapes);
      else asked?.reject(new AppError('internal.unexpected', `Shapes could not be found: ${told.fault}`));
      if (waiting.size === 0) opened.unref();
    });
    opened.on('error', failAll);
    opened.on('exit', (code) => failAll(`it ended with code ${code}`));
    return opened;
  };
  const ask = (picture: Uint8Array, limit: ToShapeThread['limit']): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      worker ??= open();
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, picture, limit } satisfies ToShapeThread);
    });
  return {
    read: ask,
    async pageOfLines(picture) {
      const page = await ask(picture, 'lines');
      return page.length === 0 ? undefined : page;
    },
    async close() {
      const closing = worker;
      worker = undefined;
      closing?.removeAllListeners('exit');
      await closing?.terminate();
    },
  };
}
