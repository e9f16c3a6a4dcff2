import type { StreamEvent, StreamEventType } from '../../domain/views/stream-view.ts';
import { isWithin, type Reach } from './reviewer.ts';

/** A message of the stream with where it stands. */
export interface PlacedEvent {
  readonly place: string;
  readonly type: StreamEventType;
  readonly market?: string;
  readonly event: StreamEvent;
}

export interface CaseFeed {
  /** Where a reader begins that wants to hear of what is to come. */
  head(): Promise<string>;
  /** What happened after a place, in an order in which nothing can come before what was read; `undefined` for a place that is none. */
  read(
    after: string,
    limit: number,
  ): Promise<{ readonly events: readonly PlacedEvent[]; readonly place: string } | undefined>;
}

/** What a listener is handed. After `reset` it must load anew: too much happened, or its place is unknown. */
export type StreamMessage =
  { readonly kind: 'event'; readonly placed: PlacedEvent } | { readonly kind: 'reset'; readonly place: string };

interface Listener {
  readonly reach: Reach;
  readonly tell: (message: StreamMessage) => void;
  place: string;
}

export interface CaseStream {
  /** Begins to tell; what happened after `lastPlace` comes first. Gives how to stop. */
  listen(listener: {
    readonly reach: Reach;
    readonly lastPlace?: string;
    readonly tell: Listener['tell'];
  }): Promise<() => void>;
  stop(): void;
}

/** Messages of one read; whoever is further behind loads anew. */
const MOST_AT_ONCE = 500;

/**
 * Follows the cases for everybody who listens at this process: one read of the database a round for all who are at the
 * same place, none while nobody listens.
 */
export function followCases(
  feed: CaseFeed,
  options: { readonly pollMs: number; readonly onError: (fault: unknown) => void },
): CaseStream {
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | undefined;
  let isReading = false;

  async function readAll(): Promise<void> {
    const places = new Map<string, Listener[]>();
    for (const one of listeners) places.set(one.place, [...(places.get(one.place) ?? []), one]);
    for (const [place, group] of places) {
      const read = await feed.read(place, MOST_AT_ONCE);
      const isTooMuch = read === undefined || read.events.length >= MOST_AT_ONCE;
      const next = isTooMuch ? await feed.head() : read.place;
      for (const one of group) {
        one.place = next;
        if (isTooMuch) one.tell({ kind: 'reset', place: next });
        else
          for (const placed of read.events)
            if (isWithin(one.reach, { market: placed.market, queue: placed.event.queue }))
              one.tell({ kind: 'event', placed });
      }
    }
  }

  function round(): void {
    if (isReading) return;
    isReading = true;
    readAll()
      .catch(options.onError)
      .finally(() => {
        isReading = false;
      });
  }

  return {
    async listen({ reach, lastPlace, tell }) {
      const listener: Listener = { reach, tell, place: lastPlace ?? (await feed.head()) };
      listeners.add(listener);
      timer ??= setInterval(round, options.pollMs);
      if (lastPlace !== undefined) round();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    stop() {
      listeners.clear();
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** How the stream names what happens to cases; what is left out is told by what follows it at once. */
const STREAM_TYPES: Readonly<Record<string, StreamEventType>> = {
  OPEN: 'case.opened',
  ITEM_ADDED: 'case.changed',
  NOTE: 'case.changed',
  HOLD: 'case.changed',
  ASK_INFO: 'case.changed',
  INFO_ARRIVED: 'case.changed',
  REASSIGN: 'case.changed',
  MERGED_IN: 'case.changed',
  REOPEN: 'case.changed',
  CLAIM: 'case.claimed',
  BEGIN_SECOND_REVIEW: 'case.claimed',
  HANDOVER: 'case.claimed',
  RELEASE: 'case.released',
  LEASE_LAPSED: 'case.released',
  ESCALATE: 'case.escalated',
  PROPOSE: 'case.proposed',
  DISAGREE: 'case.proposed',
  DECIDE: 'case.decided',
  AGREE: 'case.decided',
  ADJUDICATE: 'case.decided',
  UNDO: 'case.undone',
  REVERSE: 'case.reversed',
  MERGE: 'case.closed',
  CLOSE: 'case.closed',
  AUTO_CLOSE: 'case.closed',
};

/** Undefined for what the stream does not tell. */
export const streamTypeOf = (type: string): StreamEventType | undefined => STREAM_TYPES[type];
