import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../domain/errors.ts';
import { contentDigest } from '../pipeline/content-digest.ts';
import type { IdempotencyStore, IdempotentRequest, RecordedAnswer } from '../pipeline/idempotency.ts';
import type { Clock } from '../pipeline/ports.ts';
import { principalOf } from './auth.ts';
import { toAppError } from './error-handler.ts';
import { PROBLEM_TYPE, toProblem } from './problem.ts';
import type { HttpSettings } from './settings.ts';

export interface IdempotencyPorts {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  readonly settings: Pick<HttpSettings, 'idempotencyKeyHours' | 'abandonedAfterMs'>;
}

/** Printable ASCII, as header values are; 255 characters hold any UUID, digest or composed key. */
const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/**
 * Runs `work` and answers with it. With an Idempotency-Key header it runs once: a repetition gets the recorded answer
 * with `idempotency-replayed: true`. Answers that tell a fault of the caller are recorded too; faults of ours are
 * forgotten, so that the request may be repeated. Source: draft-ietf-httpapi-idempotency-key-header-06.
 *
 * @throws AppError `idempotency.key-reused`, `idempotency.in-flight`, `request.invalid` for a key of another shape.
 */
export async function answerOnce(
  ports: IdempotencyPorts,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  work: () => Promise<RecordedAnswer>,
): Promise<FastifyReply> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return send(reply, await work());
  const named: IdempotentRequest = {
    principalId: principalOf(request).id,
    key: checkedKey(key),
    requestSha256: digestOf(request),
  };
  const nowMs = ports.clock.nowMs();
  const start = await ports.store.begin(named, {
    nowMs,
    expiresAtMs: nowMs + ports.settings.idempotencyKeyHours * 3_600_000,
    abandonedBeforeMs: nowMs - ports.settings.abandonedAfterMs,
  });
  switch (start.kind) {
    case 'replay':
      return send(reply.header('idempotency-replayed', 'true'), start.answer);
    case 'in-flight':
      throw new AppError('idempotency.in-flight', 'The first request with this Idempotency-Key has not ended yet.');
    case 'other-request':
      throw new AppError('idempotency.key-reused', 'This Idempotency-Key came with another address or body before.');
    case 'run':
      return send(reply, await runAndRecord(ports.store, named, { request, work }));
    default:
      return start satisfies never;
  }
}

function digestOf({ method, url, body }: FastifyRequest): string {
  try {
    return contentDigest([method, url, body ?? null]);
  } catch (cause) {
    // Writing JSON recurses where reading it does not.
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError('request.invalid', 'The body is nested too deeply: no item needs more than a few levels.', {
      cause,
    });
  }
}

async function runAndRecord(
  store: IdempotencyStore,
  named: IdempotentRequest,
  { request, work }: { readonly request: FastifyRequest; readonly work: () => Promise<RecordedAnswer> },
): Promise<RecordedAnswer> {
  try {
    const answer = await work();
    await store.finish(named, answer);
    return answer;
  } catch (thrown) {
    const fault = toAppError(thrown);
    if (fault.status >= 500 || fault.isRetryable) {
      await store.forget(named);
      throw thrown;
    }
    const answer = { status: fault.status, body: toProblem(fault, request.id) };
    await store.finish(named, answer);
    return answer;
  }
}

function checkedKey(header: string | string[]): string {
  if (typeof header === 'string' && KEY_PATTERN.test(header)) return header;
  throw new AppError(
    'request.invalid',
    'The Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.',
    {
      details: [{ path: 'headers.idempotency-key', message: 'is not 1 to 255 printable ASCII characters' }],
    },
  );
}

function send(reply: FastifyReply, { status, body }: RecordedAnswer): FastifyReply {
  if (status >= 400) reply.type(PROBLEM_TYPE);
  return reply.code(status).send(body);
}
