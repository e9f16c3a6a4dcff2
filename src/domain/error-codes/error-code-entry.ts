/** How a fault is told over HTTP and treated by a worker. */
export interface ErrorCodeEntry {
  /** HTTP status that the API answers with. */
  readonly status: number;
  /** Short title of the problem, the same for every occurrence (RFC 9457 `title`). */
  readonly title: string;
  /** Whether the same call may succeed later without a change. */
  readonly isRetryable: boolean;
  /** What whoever meets the fault can do about it; shown at `/problems/<code>` and in docs/errors.md. */
  readonly remedy: string;
}
