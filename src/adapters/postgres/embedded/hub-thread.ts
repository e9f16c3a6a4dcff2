import { parentPort, workerData } from 'node:worker_threads';
import type { HubSession } from './hub.ts';
import { openPglite, type PgliteLocation } from './open-pglite.ts';
import { PgliteHub } from './pglite-hub.ts';
import { asBuffer, asTransferable, type FromThread, type ToThread } from './thread-messages.ts';

// Entry point of the database thread: a PGlite behind a hub, driven by messages. Nothing imports this file.

const MESSAGE_CHARACTERS = 500;

function post(message: FromThread, bytes?: Uint8Array<ArrayBuffer>): void {
  parentPort?.postMessage(message, bytes === undefined ? [] : [bytes.buffer]);
}

/** PGlite's own faults carry kilobytes of minified source in their stack; the message is what helps. */
function messageOf(fault: unknown): string {
  return (fault instanceof Error ? fault.message : String(fault)).slice(0, MESSAGE_CHARACTERS);
}

async function serve(location: PgliteLocation): Promise<void> {
  const database = await openPglite(location);
  const hub = new PgliteHub(database);
  const sessions = new Map<number, HubSession>();

  const answer = async (session: number, call: number, batch: Uint8Array): Promise<void> => {
    try {
      const open = sessions.get(session);
      if (open === undefined) throw new Error('The database session is closed');
      const bytes = asTransferable(await open.submit(asBuffer(batch)));
      post({ kind: 'answer', call, bytes }, bytes);
    } catch (fault) {
      post({ kind: 'fault', call, message: messageOf(fault) });
    }
  };

  parentPort?.on('message', (message: ToThread) => {
    switch (message.kind) {
      case 'open': {
        const { session } = message;
        const sink = {
          push: (bytes: Buffer): void => post({ kind: 'push', session, bytes }),
          end: (reason: Error): void => post({ kind: 'end', session, message: reason.message }),
        };
        sessions.set(session, hub.openSession(sink, message.searchPath));
        break;
      }
      case 'batch':
        void answer(message.session, message.call, message.bytes);
        break;
      case 'close':
        sessions.get(message.session)?.close();
        sessions.delete(message.session);
        break;
      case 'stop':
        hub.close();
        database.close().then(
          () => post({ kind: 'stopped' }),
          (fault: unknown) => post({ kind: 'failed', message: messageOf(fault) }),
        );
        break;
      default:
        message satisfies never;
    }
  });
  post({ kind: 'ready' });
}

serve(workerData as PgliteLocation).catch((fault: unknown) => post({ kind: 'failed', message: messageOf(fault) }));
