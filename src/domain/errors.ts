/** How a fault is told over HTTP and treated by a worker. */
interface ErrorCodeEntry {
  /** HTTP status that the API answers with. */
  readonly status: number;
  /** Short title of the problem, the same for every occurrence (RFC 9457 `title`). */
  readonly title: string;
  /** Whether the same call may succeed later without a change. */
  readonly isRetryable: boolean;
  /** What whoever meets the fault can do about it; shown at `/problems/<code>` and in docs/errors.md. */
  readonly remedy: string;
}

/** Every fault that Assay tells anybody. `docs/errors.md` lists the same codes; a test keeps them equal. */
export const ERROR_CODES = {
  'request.invalid': {
    status: 422,
    title: 'The request does not fit the schema',
    isRetryable: false,
    remedy: 'Correct the fields that `details` names and send the request again.',
  },
  'request.malformed': {
    status: 400,
    title: 'The request body is not JSON',
    isRetryable: false,
    remedy: 'Send well-formed JSON in UTF-8, with one value as the whole body.',
  },
  'request.too-large': {
    status: 413,
    title: 'The request is larger than allowed',
    isRetryable: false,
    remedy: 'Send fewer or smaller items: a batch holds at most 1,000 of them.',
  },
  'request.unsupported-media-type': {
    status: 415,
    title: 'The content type is not supported',
    isRetryable: false,
    remedy: 'Send the Content-Type that the API description names for this resource.',
  },
  'request.rate-limited': {
    status: 429,
    title: 'Too many requests',
    isRetryable: true,
    remedy: 'Wait as many seconds as Retry-After says; the RateLimit header tells what is left.',
  },
  'idempotency.key-missing': {
    status: 400,
    title: 'The Idempotency-Key header is missing',
    isRetryable: false,
    remedy: 'Send an Idempotency-Key header with a value of your own that is new for each request.',
  },
  'idempotency.key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used with another request',
    isRetryable: false,
    remedy: 'Use a new Idempotency-Key for each new request; repeat a request only with the very same body.',
  },
  'idempotency.in-flight': {
    status: 409,
    title: 'A request with this Idempotency-Key is still running',
    isRetryable: true,
    remedy: 'Wait for the first request to end, then repeat it with the same key to get its answer.',
  },
  'auth.missing': {
    status: 401,
    title: 'An API key is needed',
    isRetryable: false,
    remedy: 'Send `Authorization: Bearer <key>` or `X-API-Key: <key>`.',
  },
  'auth.invalid': {
    status: 401,
    title: 'The API key is not valid',
    isRetryable: false,
    remedy: 'Check that the key is complete and was not revoked; an operator can make a new one.',
  },
  'auth.forbidden': {
    status: 403,
    title: 'The API key lacks a scope',
    isRetryable: false,
    remedy: 'Use a key that has the scope which the answer names, or ask an operator for it.',
  },
  'resource.not-found': {
    status: 404,
    title: 'There is no such resource',
    isRetryable: false,
    remedy: 'Check the address and the id. An item that was just sent is there once its request was answered.',
  },
  'resource.method-not-allowed': {
    status: 405,
    title: 'The resource does not take this method',
    isRetryable: false,
    remedy: 'Use one of the methods that the Allow header lists.',
  },
  'resource.conflict': {
    status: 409,
    title: 'The resource has changed since',
    isRetryable: false,
    remedy: 'Read the resource again and decide anew.',
  },
  'case.not-held': {
    status: 409,
    title: 'The case is not held under this claim',
    isRetryable: false,
    remedy: 'Load the case again: `since` tells what happened after your claim, `case` how it stands. Claim it anew.',
  },
  'case.lease-lapsed': {
    status: 409,
    title: 'The claim on the case has run out',
    isRetryable: false,
    remedy: 'Claim the case again; renew a claim before its `until` while you work on it.',
  },
  'case.not-allowed': {
    status: 409,
    title: 'The case does not allow this in its state',
    isRetryable: false,
    remedy: 'Load the case again: `since` and `case` tell what has become of it.',
  },
  'case.same-person': {
    status: 403,
    title: 'Another person must do this',
    isRetryable: false,
    remedy: 'Leave the second look to a colleague who had no hand in the first decision.',
  },
  'decision.undo-over': {
    status: 409,
    title: 'The time to undo is over',
    isRetryable: false,
    remedy: 'The decision is in force: a lead reverses it, which restores everything at the original date.',
  },
  'decision.invalid': {
    status: 422,
    title: 'The decision does not fit the case',
    isRetryable: false,
    remedy: 'Correct what `details` names: subjects must belong to the case, and actions must fit their kind.',
  },
  'bulk.changed': {
    status: 409,
    title: 'The cases of the bulk decision have changed',
    isRetryable: false,
    remedy: 'Ask for the preview again, look at it, and send its token and count.',
  },
  'auth.second-factor-needed': {
    status: 401,
    title: 'A code of the second factor is needed',
    isRetryable: false,
    remedy: 'Send the six digits of your authenticator as `code` together with login and password.',
  },
  'auth.password-change-needed': {
    status: 403,
    title: 'The first password must be changed',
    isRetryable: false,
    remedy: 'Change the password with `POST /v1/session/password`, then go on.',
  },
  'auth.locked': {
    status: 429,
    title: 'Too many failed sign-ins',
    isRetryable: true,
    remedy: 'Wait as many seconds as Retry-After says, or ask an administrator to reset the password.',
  },
  'item.invalid': {
    status: 422,
    title: 'The item does not fit the schema',
    isRetryable: false,
    remedy: 'Correct the fields that `details` names; unknown fields are errors, too.',
  },
  'item.duplicate-in-batch': {
    status: 422,
    title: 'The batch holds this id twice',
    isRetryable: false,
    remedy: 'Send each id once in a batch; to change an item twice, send two batches.',
  },
  'item.future-date': {
    status: 422,
    title: 'A time lies in the future',
    isRetryable: false,
    remedy:
      'Send the time at which it happened, with its offset from UTC; five minutes of clock difference are allowed.',
  },
  'item.reference-missing': {
    status: 422,
    title: 'The item names something that is not there',
    isRetryable: false,
    remedy: 'Send what the item refers to first, then the item again.',
  },
  'image.fetch-refused': {
    status: 422,
    title: 'The address of the picture is not allowed',
    isRetryable: false,
    remedy: 'Give a public http or https address; private, loopback and metadata addresses are refused on every hop.',
  },
  'image.fetch-failed': {
    status: 502,
    title: 'The picture could not be fetched',
    isRetryable: true,
    remedy: 'See that the address serves the picture to anybody; the check is tried again by itself.',
  },
  'image.fetch-timeout': {
    status: 504,
    title: 'The picture was not served in time',
    isRetryable: true,
    remedy: 'See that the server answers faster, or upload the picture; the check is tried again by itself.',
  },
  'picture-text.unavailable': {
    status: 500,
    title: 'Words in pictures cannot be read',
    isRetryable: false,
    remedy: 'Install the data package of the language, or take the language out of rules/picture-text.yaml.',
  },
  'embedding.unavailable': {
    status: 500,
    title: 'The learned model cannot be used',
    isRetryable: false,
    remedy:
      'Install onnxruntime-node or onnxruntime-web, and see that ASSAY_EMBEDDING_MODEL names a model for pictures.',
  },
  'image.too-large': {
    status: 422,
    title: 'The picture has too many bytes or pixels',
    isRetryable: false,
    remedy: 'Send a smaller picture.',
  },
  'image.not-an-image': {
    status: 422,
    title: 'The bytes are not a picture of a supported format',
    isRetryable: false,
    remedy: 'Send JPEG, PNG, WebP, GIF, AVIF or TIFF.',
  },
  'image.undecodable': {
    status: 422,
    title: 'The picture cannot be decoded',
    isRetryable: false,
    remedy: 'The file is damaged or cut off: export the picture anew.',
  },
  'image.upload-missing': {
    status: 422,
    title: 'There is no upload with this id',
    isRetryable: false,
    remedy: 'POST the bytes to /v1/pictures first and name the uploadId that it answers.',
  },
  'rules.invalid': {
    status: 422,
    title: 'A rule file is wrong',
    isRetryable: false,
    remedy: 'Correct the rule file at the line that the message names.',
  },
  'rules.unknown-version': {
    status: 404,
    title: 'There is no such version of the rules',
    isRetryable: false,
    remedy: 'List the versions (`assay rules list`) and name one by its digest.',
  },
  'rules.move-refused': {
    status: 409,
    title: 'The version of the rules cannot make this move now',
    isRetryable: false,
    remedy: 'See the state of the version: draft, checked, backtested, shadow, published, retired, in this order.',
  },
  'rules.second-person': {
    status: 409,
    title: 'Rules are published by another person than wrote them',
    isRetryable: false,
    remedy: 'Ask a colleague with the scope ruleset:publish to publish the version.',
  },
  'config.invalid': {
    status: 500,
    title: 'The configuration is wrong',
    isRetryable: false,
    remedy: 'Correct the environment variables that the message names.',
  },
  'database.unavailable': {
    status: 503,
    title: 'The database does not answer',
    isRetryable: true,
    remedy: 'Try again later; an operator checks that the database runs and can be reached.',
  },
  'database.locked': {
    status: 409,
    title: 'Another process has the data folder open',
    isRetryable: true,
    remedy: 'Stop the other server on this data folder, or give this one a folder of its own.',
  },
  'database.migration': {
    status: 500,
    title: 'A migration cannot be applied',
    isRetryable: false,
    remedy: 'Restore the data from before the migration, or correct the migration that the message names.',
  },
  'queue.unavailable': {
    status: 503,
    title: 'The queue does not answer',
    isRetryable: true,
    remedy: 'Try again later; an operator checks that Redis or the database behind the queues runs.',
  },
  'job.invalid': {
    status: 422,
    title: 'The payload of a job does not fit its schema',
    isRetryable: false,
    remedy:
      'Put jobs on the queue with the payload that the API description gives; correct and requeue the dead letter.',
  },
  'detector.failed': {
    status: 500,
    title: 'A detector failed',
    isRetryable: true,
    remedy: 'A person reviews the item meanwhile; requeue the check once the fault is mended.',
  },
  'internal.unexpected': {
    status: 500,
    title: 'An unexpected fault',
    isRetryable: true,
    remedy: 'Try again; if it stays, report it with the id that `instance` names.',
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
  /** Further members of the problem that is answered, for the caller to act on. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A fault with a code of the table. The message says what was wrong, where, and what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? [];
    this.members = options.members ?? {};
  }

  get isRetryable(): boolean {
    return ERROR_CODES[this.code].isRetryable;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}
