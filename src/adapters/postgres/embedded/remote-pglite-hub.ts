import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../domain/errors.ts';
import type { Hub, HubSession, SessionSink } from './hub.ts';
import type { PgliteLocation } from './open-pglite.ts';
import { compiledTwin } from '../../compiled-twin.ts';
import { asBuffer, asTransferable, type FromThread, type ToThread } from './thread-messages.ts';

interface Call {
  resolve(answer: Buffer): void;
  reject(fault: Error): void;
}

/**
 * A hub whose PGlite runs in a thread of its own: SQL, which is synchronous there, does not hold up this event loop.
 *
 * The thread keeps the process alive only while a call is unanswered.
 */
export class RemotePgliteHub implements Hub {
  readonly #worker: Worker;
  readonly #sinks = new Map<number, SessionSink>();
  readonly #calls = new Map<number, Call>();
  #lastSession = 0;
  #lastCall = 0;
  readonly #isReady = createDeferred();
  readonly #isStopped = createDeferred();
  #isStopping = false;
  #fault: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('error', (fault) => this.#fail(fault));
    worker.on('exit', (code) => this.#fail(new Error(`The thread of the embedded database ended with code ${code}`)));
  }

  /** Starts the thread and opens its database. Throws `database.unavailable` when that fails. */
  static async start(location: PgliteLocation): Promise<RemotePgliteHub> {
    const file = compiledTwin('hub-thread', import.meta.url);
    if (!existsSync(file)) {
      throw new AppError('database.unavailable', 'The database thread is not compiled: run `npm run build` first');
    }
    const worker = new Worker(file, { workerData: location });
    const hub = new RemotePgliteHub(worker);
    try {
      await hub.#isReady.promise;
    } catch (cause) {
      await worker.terminate();
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AppError('database.unavailable', `The embedded database cannot be opened: ${why}`, { cause });
    }
    // From here on the thread alone does not keep the process alive.
    worker.unref();
    return hub;
  }

  openSession(sink: SessionSink, searchPath: string | undefined): HubSession {
    this.#lastSession += 1;
    const session = this.#lastSession;
    this.#sinks.set(session, sink);
    this.#post({ kind: 'open', session, searchPath });
    return {
      submit: (batch) => this.#submit(session, batch),
      close: () => {
        if (this.#sinks.delete(session)) this.#post({ kind: 'close', session });
      },
    };
  }

  /** Closes the database and ends the thread. Work that is still unanswered fails. */
  async stop(): Promise<void> {
    if (this.#fault !== undefined || this.#isStopping) return;
    this.#isStopping = true;
    this.#worker.ref();
    this.#post({ kind: 'stop' });
    try {
      await this.#isStopped.promise;
    } finally {
      await this.#worker.terminate();
    }
  }

  #submit(session: number, batch: Buffer): Promise<Buffer> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    this.#lastCall += 1;
    const call = this.#lastCall;
    if (this.#calls.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#calls.set(call, { resolve, reject });
      const bytes = asTransferable(batch);
      this.#worker.postMessage({ kind: 'batch', session, call, bytes } satisfies ToThread, [bytes.buffer]);
    });
  }

  #post(message: ToThread): void {
    if (this.#fault === undefined) this.#worker.postMessage(message);
  }

  #receive(message: FromThread): void {
    switch (message.kind) {
      case 'answer':
        this.#takeCall(message.call)?.resolve(asBuffer(message.bytes));
        break;
      case 'fault':
        this.#takeCall(message.call)?.reject(new Error(message.message));
        break;
      case 'push':
        this.#sinks.get(message.session)?.push(asBuffer(message.bytes));
        break;
      case 'end': {
        const sink = this.#sinks.get(message.session);
        this.#sinks.delete(message.session);
        sink?.end(new Error(message.message));
        break;
      }
      case 'stopped':
        this.#isStopped.resolve();
        break;
      case 'failed':
        this.#fail(new Error(message.message));
        break;
      case 'ready':
        this.#isReady.resolve();
        break;
      default:
        message satisfies never;
    }
  }

  #takeCall(call: number): Call | undefined {
    const waiting = this.#calls.get(call);
    this.#calls.delete(call);
    if (this.#calls.size === 0 && !this.#isStopping) this.#worker.unref();
    return waiting;
  }

  #fail(fault: Error): void {
    if (this.#fault !== undefined) return;
    this.#fault = fault;
    for (const call of this.#calls.values()) call.reject(fault);
    this.#calls.clear();
    for (const sink of this.#sinks.values()) sink.end(fault);
    this.#sinks.clear();
    this.#isReady.reject(fault);
    this.#isStopped.reject(fault);
  }
}

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(fault: Error): void;
}

function createDeferred(): Deferred {
  let resolve: () => void = () => undefined;
  let reject: (fault: Error) => void = () => undefined;
  const promise = new Promise<void>((settle, refuse) => {
    resolve = settle;
    reject = refuse;
  });
  // Whoever needs the outcome awaits it; nobody else is to be told of a rejection.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
