/** A request that carried an Idempotency-Key, named by its principal and its key. */
export interface IdempotentRequest {
  readonly principalId: string;
  readonly key: string;
  /** Digest of method, address and body: the same key with another digest is an error. */
  readonly requestSha256: string;
}

/** The answer that is replayed to a repeated request. */
export interface RecordedAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Whether the request has to run. */
type IdempotentStart =
  | { readonly kind: 'run' }
  | { readonly kind: 'replay'; readonly answer: RecordedAnswer }
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'other-request' };

/** Remembers answers by Idempotency-Key. Of several equal requests at once exactly one is told to run. */
export interface IdempotencyStore {
  /**
   * @param times `expiresAtMs`: until when the key is remembered. `abandonedBeforeMs`: a request that started before
   * and never ended belonged to a process that died, and may be run again.
   */
  begin(
    request: IdempotentRequest,
    times: { readonly nowMs: number; readonly expiresAtMs: number; readonly abandonedBeforeMs: number },
  ): Promise<IdempotentStart>;
  finish(request: IdempotentRequest, answer: RecordedAnswer): Promise<void>;
  /** Forgets a request that failed for a reason of ours, so that it may be repeated. */
  forget(request: IdempotentRequest): Promise<void>;
  /** Deletes what has expired; answers how many. */
  purge(nowMs: number): Promise<number>;
}
