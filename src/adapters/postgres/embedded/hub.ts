/** Receives what the database sends to one client outside the answers to its own batches. */
export interface SessionSink {
  /** Protocol bytes for the client, in order. */
  push(bytes: Buffer): void;
  /** The session was ended by the hub: no further batch is accepted. */
  end(reason: Error): void;
}

/** One client's session at a hub. */
export interface HubSession {
  /** Runs the messages up to and including a Query, Sync or Flush and gives the server's answer to them. */
  submit(batch: Buffer): Promise<Buffer>;
  /** Ends the session: an open transaction is rolled back, its LISTENs are dropped. Idempotent. */
  close(): void;
}

/** Shares one single-session database among many wire-protocol clients. */
export interface Hub {
  openSession(sink: SessionSink, searchPath: string | undefined): HubSession;
}
