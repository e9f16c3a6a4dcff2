import type { PseudonymousAccount, Account } from '../domain/account.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { SubjectKind } from '../domain/finding.ts';

/** Milliseconds since 1970, from the one clock of the process. */
export interface Clock {
  nowMs(): number;
}

/** New identifiers that sort by time (UUID version 7). */
export interface IdSource {
  next(): string;
}

// ---------------------------------------------------------------- queues

export const QUEUE_NAMES = [
  'intake',
  'listing-check',
  'review-check',
  'account-check',
  'order-event',
  'mark-rescan',
  'picture-rescan',
  'picture-text',
  'picture-renewal',
  'ring-sweep',
  'nightly',
] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

export interface QueuedJob {
  readonly queue: QueueName;
  /** The same id twice is one job. */
  readonly id: string;
  readonly data: unknown;
  readonly delayMs?: number;
  readonly priority?: number;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
  readonly paused: number;
}

/** A job that failed for good and waits for a person. */
export interface DeadLetter {
  readonly id: string;
  readonly data: unknown;
  readonly error: string;
  readonly failedAtMs: number;
  readonly attempts: number;
}

/** The queues as producers and operators see them. Delivery is at least once. */
export interface JobQueues {
  addMany(jobs: readonly QueuedJob[]): Promise<void>;
  counts(): Promise<Record<QueueName, QueueCounts>>;
  deadLetters(queue: QueueName, limit: number): Promise<readonly DeadLetter[]>;
  requeueDeadLetters(queue: QueueName, ids: readonly string[] | 'all'): Promise<number>;
  schedule(queue: QueueName, id: string, everyMs: number, data: unknown): Promise<void>;
  /** Rejects with `queue.unavailable` when the engine does not answer. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

export interface JobContext {
  readonly id: string;
  readonly attempt: number;
  readonly isLastAttempt: boolean;
}
export type JobHandler = (data: unknown, job: JobContext) => Promise<void>;
export interface WorkerGroup {
  close(): Promise<void>;
}

// ---------------------------------------------------------------- pictures

/** What reading the bytes of one picture gives. Same bytes, same answer. */
export type PictureReading =
  | {
      readonly kind: 'read';
      readonly contentSha256: string;
      /** Of the bytes, where whoever had them noted it. */
      readonly md5?: string;
      readonly mediaType: string;
      readonly widthPx: number;
      readonly heightPx: number;
      readonly flags: readonly string[];
      /** Encoded PictureKeys of the image room. */
      readonly keys: Uint8Array;
      /** WebP, at most 640 pixels a side. */
      readonly preview: Uint8Array;
    }
  | { readonly kind: 'unreadable'; readonly code: ErrorCode; readonly detail: string };

export interface PictureReader {
  read(bytes: Uint8Array): Promise<PictureReading>;
  /** Where a learned model reads pictures too: its digest as of now, and its vector for keys that lack it. */
  readonly learned?: {
    modelDigest(): string;
    addTo(keys: Uint8Array, preview: Uint8Array): Promise<Uint8Array>;
  };
}

/** How a picture is prepared for a learned model. */
export interface EmbeddingPreparation {
  /** Side of the square, in pixels, where the model's input leaves it open. */
  readonly sidePx: number;
  /** Taken from, and divided out of, red, green and blue of 0 to 1. */
  readonly meanRgb: readonly number[];
  readonly stdRgb: readonly number[];
}

/** Turns pictures into vectors by a learned model of the operator's. */
export interface PictureEmbedder {
  /** SHA-256, in hexadecimal, of model and preparation: vectors with another digest cannot be compared. */
  modelDigest(preparation: EmbeddingPreparation): string;
  /** The model's vector of a picture. Same bytes, same vector. */
  embed(picture: Uint8Array, preparation: EmbeddingPreparation): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Fetches a picture from the outside; throws AppError `image.fetch-*` or `image.too-large`. */
export interface PictureFetcher {
  fetch(url: string): Promise<Uint8Array>;
}

// ---------------------------------------------------------------- privacy

/** Turns an account into the only form in which it may be stored. */
export interface Pseudonymiser {
  pseudonymise(account: Account): PseudonymousAccount;
}

// ---------------------------------------------------------------- dispatch of the outbox

/** A message that a transaction left for the outside. */
export interface OutboxMessage {
  readonly id: bigint;
  readonly topic: QueueName;
  readonly key: string;
  readonly payload: unknown;
  readonly delayMs: number;
}

export interface OutboxStore {
  /** Claims up to `limit` messages in order, hands them to `send`, and forgets them when it resolves; gives how many. */
  dispatch(limit: number, send: (messages: readonly OutboxMessage[]) => Promise<void>): Promise<number>;
}

/** Job of a subject's check, by the kind of subject. */
export const CHECK_QUEUE: Partial<Record<SubjectKind, QueueName>> = {
  LISTING: 'listing-check',
  REVIEW: 'review-check',
  ACCOUNT: 'account-check',
  ORDER: 'order-event',
};
