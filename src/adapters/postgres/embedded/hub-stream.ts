import { Duplex } from 'node:stream';
import type { Hub, HubSession } from './hub.ts';
import { CLIENT_MESSAGE, HEADER_BYTES, readStartupPacket, startupAnswer } from './wire-protocol.ts';

/** Messages after which a client waits for an answer: a batch ends here. */
const BATCH_ENDS: ReadonlySet<number> = new Set([
  CLIENT_MESSAGE.query,
  CLIENT_MESSAGE.sync,
  CLIENT_MESSAGE.flush,
  CLIENT_MESSAGE.copyDone,
  CLIENT_MESSAGE.copyFail,
]);

let lastSessionId = 0;

/** The socket of a `pg` client, connected to a hub in place of a server. */
export class HubStream extends Duplex {
  readonly #hub: Hub;
  #session: HubSession | undefined;
  #unread: Buffer = Buffer.alloc(0);
  /** Where the first message that has not been looked at begins in `#unread`. */
  #scannedBytes = 0;

  constructor(hub: Hub) {
    super({ allowHalfOpen: false });
    this.#hub = hub;
  }

  /** Called by `pg` in place of `net.Socket.connect`. */
  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  // A socket's settings, which `pg` sets without asking; there is no socket here.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    done();
    if (this.#session === undefined) this.#readStartup();
    if (this.#session !== undefined) this.#readBatches(this.#session);
  }

  override _destroy(fault: Error | null, done: (fault: Error | null) => void): void {
    this.#session?.close();
    this.push(null);
    done(fault);
  }

  #readStartup(): void {
    const packet = readStartupPacket(this.#unread);
    switch (packet.kind) {
      case 'incomplete':
        return;
      case 'cancel-request':
        // SQL runs synchronously: when the request is read, what it would cancel is over.
        this.destroy();
        return;
      case 'encryption-request':
        this.#unread = this.#unread.subarray(packet.byteLength);
        this.push(Buffer.from('N'));
        this.#readStartup();
        return;
      case 'startup': {
        this.#unread = this.#unread.subarray(packet.byteLength);
        const sink = {
          push: (bytes: Buffer): void => this.#answer(bytes),
          end: (): void => void this.destroy(),
        };
        this.#session = this.#hub.openSession(sink, packet.searchPath);
        lastSessionId += 1;
        this.push(startupAnswer(lastSessionId));
        return;
      }
      default:
        packet satisfies never;
    }
  }

  #readBatches(session: HubSession): void {
    let offset = this.#scannedBytes;
    while (offset + HEADER_BYTES <= this.#unread.length) {
      const type = this.#unread[offset] ?? 0;
      const end = offset + 1 + this.#unread.readInt32BE(offset + 1);
      if (end > this.#unread.length) break;
      if (type === CLIENT_MESSAGE.terminate) {
        this.destroy();
        return;
      }
      offset = end;
      if (!BATCH_ENDS.has(type)) continue;
      // A copy: the thread takes ownership of the bytes that it is sent.
      const batch = Buffer.from(this.#unread.subarray(0, offset));
      this.#unread = this.#unread.subarray(offset);
      offset = 0;
      session.submit(batch).then(
        (answer) => this.#answer(answer),
        (fault: Error) => this.destroy(fault),
      );
    }
    this.#scannedBytes = offset;
  }

  #answer(bytes: Buffer): void {
    if (!this.destroyed && bytes.length > 0) this.push(bytes);
  }
}

/** The part of a `pg` configuration that connects a client or pool to a hub in place of a server. */
export interface HubPoolConfig {
  readonly user: string;
  readonly database: string;
  readonly host: string;
  readonly stream: () => Duplex;
}

/** Gives the `pg` configuration of clients of a hub. The names are only shown in messages of `pg`. */
export function hubPoolConfig(hub: Hub): HubPoolConfig {
  return { user: 'postgres', database: 'postgres', host: 'embedded', stream: () => new HubStream(hub) };
}
