import type { ErrorCodeEntry } from './error-code-entry.ts';

/** Faults of a request, its key and what it names. */
export const REQUEST_CODES = {
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
} as const satisfies Record<string, ErrorCodeEntry>;
