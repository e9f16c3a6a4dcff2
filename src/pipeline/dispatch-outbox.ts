import type { JobQueues, OutboxMessage, OutboxStore, QueuedJob } from './ports.ts';

/** Messages of one round; large enough to be cheap, small enough to leave room for others. */
const ROUND_SIZE = 500;

export interface OutboxDispatcher {
  /** Makes a round start now, or one more after the round that runs. */
  kick(): void;
  /** Resolves when no message is left. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

interface DispatcherPorts {
  readonly outbox: OutboxStore;
  readonly queues: JobQueues;
  readonly onError: (fault: unknown) => void;
}

/**
 * Carries what transactions left in the outbox onto the queues: at once when kicked, and every `pollMs` for what
 * another process left behind. Every message arrives at least once.
 */
export function startOutboxDispatcher(ports: DispatcherPorts, pollMs = 1_000): OutboxDispatcher {
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;

  const send = (messages: readonly OutboxMessage[]): Promise<void> => ports.queues.addMany(messages.map(toJob));
  const round = async (): Promise<void> => {
    do {
      isWanted = false;
      while (!isStopped && (await ports.outbox.dispatch(ROUND_SIZE, send)) > 0);
    } while (isWanted && !isStopped);
  };
  const kick = (): void => {
    isWanted = true;
    if (isStopped) return;
    running ??= round()
      .catch(ports.onError)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(kick, pollMs);
  return {
    kick,
    async drain() {
      kick();
      while (running !== undefined) await running;
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

function toJob({ topic, key, payload, delayMs }: OutboxMessage): QueuedJob {
  return { queue: topic, id: key, data: payload, ...(delayMs > 0 ? { delayMs } : {}) };
}
