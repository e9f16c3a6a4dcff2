/** How a fault is told over HTTP and treated by a worker. */
interface ErrorCodeEntry {
  /** HTTP status that the API answers with. */
  readonly status: number;
  /** Short title of the problem, the same for every occurrence (RFC 9457 `title`). */
  readonly title: string;
  /** Whether the same call may succeed later without a change. */
  readonly isRetryable: boolean;
}

/** Every fault that Assay tells anybody. `docs/errors.md` lists the same codes; a test keeps them equal. */
export const ERROR_CODES = {
  'request.invalid': {
    status: 422,
    title: 'The request does not fit the schema',
    isRetryable: false,
  },
  'request.malformed': {
    status: 400,
    title: 'The request body is not JSON',
    isRetryable: false,
  },
  'request.too-large': {
    status: 413,
    title: 'The request is larger than allowed',
    isRetryable: false,
  },
  'request.unsupported-media-type': {
    status: 415,
    title: 'The content type is not supported',
    isRetryable: false,
  },
  'request.rate-limited': {
    status: 429,
    title: 'Too many requests',
    isRetryable: true,
  },
  'idempotency.key-missing': {
    status: 400,
    title: 'The Idempotency-Key header is missing',
    isRetryable: false,
  },
  'idempotency.key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used with another request',
    isRetryable: false,
  },
  'idempotency.in-flight': {
    status: 409,
    title: 'A request with this Idempotency-Key is still running',
    isRetryable: true,
  },
  'auth.missing': {
    status: 401,
    title: 'An API key is needed',
    isRetryable: false,
  },
  'auth.invalid': {
    status: 401,
    title: 'The API key is not valid',
    isRetryable: false,
  },
  'auth.forbidden': {
    status: 403,
    title: 'The API key lacks a scope',
    isRetryable: false,
  },
  'resource.not-found': {
    status: 404,
    title: 'There is no such resource',
    isRetryable: false,
  },
  'resource.method-not-allowed': {
    status: 405,
    title: 'The resource does not take this method',
    isRetryable: false,
  },
  'resource.conflict': {
    status: 409,
    title: 'The resource has changed since',
    isRetryable: false,
  },
  'item.invalid': {
    status: 422,
    title: 'The item does not fit the schema',
    isRetryable: false,
  },
  'item.duplicate-in-batch': {
    status: 422,
    title: 'The batch holds this id twice',
    isRetryable: false,
  },
  'item.future-date': {
    status: 422,
    title: 'A time lies in the future',
    isRetryable: false,
  },
  'image.fetch-refused': {
    status: 422,
    title: 'The address of the picture is not allowed',
    isRetryable: false,
  },
  'image.fetch-failed': {
    status: 502,
    title: 'The picture could not be fetched',
    isRetryable: true,
  },
  'image.fetch-timeout': {
    status: 504,
    title: 'The picture was not served in time',
    isRetryable: true,
  },
  'image.too-large': {
    status: 422,
    title: 'The picture has too many bytes or pixels',
    isRetryable: false,
  },
  'image.not-an-image': {
    status: 422,
    title: 'The bytes are not a picture of a supported format',
    isRetryable: false,
  },
  'image.undecodable': {
    status: 422,
    title: 'The picture cannot be decoded',
    isRetryable: false,
  },
  'image.upload-missing': {
    status: 422,
    title: 'There is no upload with this id',
    isRetryable: false,
  },
  'rules.invalid': {
    status: 422,
    title: 'A rule file is wrong',
    isRetryable: false,
  },
  'config.invalid': {
    status: 500,
    title: 'The configuration is wrong',
    isRetryable: false,
  },
  'database.unavailable': {
    status: 503,
    title: 'The database does not answer',
    isRetryable: true,
  },
  'database.locked': {
    status: 409,
    title: 'Another process has the data folder open',
    isRetryable: true,
  },
  'database.migration': {
    status: 500,
    title: 'A migration cannot be applied',
    isRetryable: false,
  },
  'queue.unavailable': {
    status: 503,
    title: 'The queue does not answer',
    isRetryable: true,
  },
  'job.invalid': {
    status: 422,
    title: 'The payload of a job does not fit its schema',
    isRetryable: false,
  },
  'detector.failed': {
    status: 500,
    title: 'A detector failed',
    isRetryable: true,
  },
  'internal.unexpected': {
    status: 500,
    title: 'An unexpected fault',
    isRetryable: true,
  },
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One place in the input that is wrong: a JSON path, and what is wrong there. */
export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

interface AppErrorOptions {
  readonly cause?: unknown;
  readonly details?: readonly ErrorDetail[];
}

/** A fault with a code of the table. The message says what was wrong, where, and what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? [];
  }

  get isRetryable(): boolean {
    return ERROR_CODES[this.code].isRetryable;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}
