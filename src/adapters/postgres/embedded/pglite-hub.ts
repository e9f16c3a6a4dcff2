import type { Hub, HubSession, SessionSink } from './hub.ts';
import {
  errorResponse,
  readSessionStatements,
  simpleQuery,
  splitAnswer,
  STATUS_IDLE,
  type SessionStatement,
} from './wire-protocol.ts';

/** What the hub needs of PGlite: one synchronous exchange of protocol bytes. */
export interface RawDatabase {
  execProtocolRawSync(message: Uint8Array): Uint8Array;
}

export interface PgliteHubOptions {
  /** Search path of sessions that do not choose their own. */
  readonly searchPath?: string;
  /** A session whose transaction is open and silent for this long is ended once another waits for the database. */
  readonly idleInTransactionTimeoutMs?: number;
}

interface Session {
  readonly sink: SessionSink;
  readonly channels: Set<string>;
  searchPath: string;
}

interface Waiting {
  readonly session: Session;
  readonly batch: Buffer;
  resolve(answer: Buffer): void;
  reject(fault: Error): void;
}

/** SQL runs synchronously; after this long the hub lets timers and sockets have their turn. Source: stack.md §3. */
const TURN_MS = 2;
const DEFAULT_IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;

/** Sent in place of a COPY FROM STDIN: PGlite would wait for its data without end, and with it this thread. */
const REFUSE_COPY: Buffer = simpleQuery(
  `DO $$ BEGIN
     RAISE EXCEPTION 'COPY FROM STDIN is not supported by the embedded database' USING ERRCODE = '0A000';
   END $$`,
);

/**
 * Lets many wire-protocol clients share one PGlite as if each had a server session of its own.
 *
 * A batch runs alone; a session inside a transaction owns the database until it commits or rolls back, so
 * transactions are serial. LISTEN and search_path belong to the session. Other settings, named prepared statements,
 * temporary tables and session-level advisory locks are shared by all (`pg_advisory_xact_lock` excludes, because
 * transactions do). COPY FROM STDIN is not supported. Never query the same PGlite directly beside a hub.
 */
export class PgliteHub implements Hub {
  readonly #database: RawDatabase;
  readonly #defaultSearchPath: string;
  readonly #idleInTransactionTimeoutMs: number;
  readonly #sessions = new Set<Session>();
  #waiting: Waiting[] = [];
  #owner: Session | undefined;
  #activeSearchPath: string | undefined;
  #isTurnScheduled = false;
  #ownerTimer: NodeJS.Timeout | undefined;

  constructor(database: RawDatabase, options: PgliteHubOptions = {}) {
    this.#database = database;
    this.#defaultSearchPath = options.searchPath ?? 'public';
    this.#idleInTransactionTimeoutMs = options.idleInTransactionTimeoutMs ?? DEFAULT_IDLE_IN_TRANSACTION_TIMEOUT_MS;
  }

  openSession(sink: SessionSink, searchPath: string | undefined): HubSession {
    const session: Session = { sink, channels: new Set(), searchPath: searchPath ?? this.#defaultSearchPath };
    this.#sessions.add(session);
    return {
      submit: (batch) => this.#submit(session, batch),
      close: () => this.#close(session),
    };
  }

  /** Ends every session, as a server does when it is shut down. The database itself stays open. */
  close(): void {
    for (const session of this.#sessions) this.#end(session, new Error('The embedded database is closing'));
  }

  #submit(session: Session, batch: Buffer): Promise<Buffer> {
    if (!this.#sessions.has(session)) return Promise.reject(new Error('The database session is closed'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ session, batch, resolve, reject });
      this.#scheduleTurn();
    });
  }

  #close(session: Session): void {
    if (!this.#sessions.delete(session)) return;
    const abandoned = this.#waiting.filter((entry) => entry.session === session);
    this.#waiting = this.#waiting.filter((entry) => entry.session !== session);
    for (const entry of abandoned) entry.reject(new Error('The database session is closed'));
    if (this.#owner === session) {
      this.#setOwner(undefined);
      this.#activeSearchPath = undefined;
      this.#exchange(simpleQuery('ROLLBACK'));
    }
    for (const channel of session.channels) this.#unlistenWhenUnused(channel);
    if (this.#waiting.length > 0) this.#scheduleTurn();
  }

  #end(session: Session, reason: Error): void {
    this.#close(session);
    session.sink.end(reason);
  }

  #unlistenWhenUnused(channel: string): void {
    for (const other of this.#sessions) if (other.channels.has(channel)) return;
    // Inside another session's transaction this takes effect at its end, or not at all: then nobody hears it anyway.
    this.#exchange(simpleQuery(`UNLISTEN ${quoteIdentifier(channel)}`));
  }

  #exchange(bytes: Buffer): Buffer {
    const answer = this.#database.execProtocolRawSync(bytes);
    return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  }

  // Always a macrotask: in microtasks a busy client would starve timers and sockets, and with them lock renewals.
  #scheduleTurn(): void {
    if (this.#isTurnScheduled) return;
    this.#isTurnScheduled = true;
    setImmediate(() => this.#takeTurn());
  }

  #takeTurn(): void {
    this.#isTurnScheduled = false;
    const endsAtMs = performance.now() + TURN_MS;
    do {
      const next = this.#takeNext();
      if (next === undefined) {
        this.#watchOwner();
        return;
      }
      try {
        next.resolve(this.#run(next.session, next.batch));
      } catch (fault) {
        next.reject(fault instanceof Error ? fault : new Error(String(fault)));
      }
    } while (performance.now() < endsAtMs);
    this.#scheduleTurn();
  }

  #takeNext(): Waiting | undefined {
    if (this.#owner === undefined) return this.#waiting.shift();
    const index = this.#waiting.findIndex((entry) => entry.session === this.#owner);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  #run(session: Session, batch: Buffer): Buffer {
    if (this.#owner === undefined && this.#activeSearchPath !== session.searchPath) {
      this.#exchange(simpleQuery(`SET search_path TO ${session.searchPath}`));
      this.#activeSearchPath = session.searchPath;
    }
    const statements = readSessionStatements(batch);
    this.#remember(session, statements);
    const isRefused = statements.some(({ kind }) => kind === 'copy-from-client');
    const answer = this.#exchange(isRefused ? REFUSE_COPY : batch);
    // To PGlite all sessions are one: what this one no longer hears, the others still want to.
    if (statements.some(({ kind }) => kind === 'unlisten' || kind === 'unlisten-all')) this.#listenAgain();
    return this.#deliver(session, answer);
  }

  #listenAgain(): void {
    const channels = new Set([...this.#sessions].flatMap((session) => [...session.channels]));
    const statements = [...channels].map((channel) => `LISTEN ${quoteIdentifier(channel)}`);
    if (statements.length > 0) this.#exchange(simpleQuery(statements.join(';')));
  }

  #remember(session: Session, statements: readonly SessionStatement[]): void {
    for (const statement of statements) {
      switch (statement.kind) {
        case 'listen':
          session.channels.add(statement.channel);
          break;
        case 'unlisten':
          session.channels.delete(statement.channel);
          break;
        case 'unlisten-all':
          session.channels.clear();
          break;
        case 'set-search-path':
          session.searchPath = statement.searchPath;
          // Inside a transaction that is rolled back PGlite forgets it again: it is set anew before the next batch.
          this.#activeSearchPath = undefined;
          break;
        case 'copy-from-client':
          break;
        default:
          statement satisfies never;
      }
    }
  }

  #deliver(session: Session, bytes: Buffer): Buffer {
    const answer = splitAnswer(bytes);
    this.#setOwner(answer.transactionStatus === STATUS_IDLE ? undefined : session);
    const own: Buffer[] = [];
    for (const { channel, packet } of answer.notifications) {
      for (const listener of this.#sessions) {
        if (!listener.channels.has(channel)) continue;
        if (listener === session) own.push(packet);
        else setImmediate(() => listener.sink.push(packet));
      }
    }
    return own.length === 0 ? answer.reply : Buffer.concat([...own, answer.reply]);
  }

  #setOwner(owner: Session | undefined): void {
    this.#owner = owner;
    clearTimeout(this.#ownerTimer);
    this.#ownerTimer = undefined;
  }

  /** Starts the clock on an owner that is silent while others wait; its next batch or its end stops the clock. */
  #watchOwner(): void {
    const owner = this.#owner;
    if (owner === undefined || this.#waiting.length === 0 || this.#ownerTimer !== undefined) return;
    this.#ownerTimer = setTimeout(() => {
      this.#ownerTimer = undefined;
      if (this.#owner !== owner) return;
      const message = `A transaction was idle for ${this.#idleInTransactionTimeoutMs} ms while others waited`;
      owner.sink.push(errorResponse('25P03', message, true));
      this.#end(owner, new Error(message));
    }, this.#idleInTransactionTimeoutMs);
  }
}

function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
