import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import { PROBLEM_TYPE, toProblem } from './problem.ts';

/** Faults of the framework by their code. Source: the error lists of Fastify and of its multipart plugin. */
const FRAMEWORK_CODES: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['request.unsupported-media-type', 'This resource does not take that Content-Type.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['request.too-large', 'The body is larger than this resource takes.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['request.malformed', 'The body is empty, and the Content-Type says JSON.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['request.malformed', 'The body is not well-formed JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['request.malformed', 'The body is not as long as Content-Length says.'],
  FST_ERR_BAD_URL: ['request.malformed', 'The address is not correctly percent-encoded.'],
  FST_ERR_MAX_PARAM_LENGTH: ['resource.not-found', 'The id in the address is longer than any id can be.'],
  FST_REQ_FILE_TOO_LARGE: ['request.too-large', 'The file is larger than this resource takes.'],
  FST_FILES_LIMIT: ['request.too-large', 'Send one file in a request.'],
  FST_PARTS_LIMIT: ['request.too-large', 'The form has too many parts.'],
  FST_FIELDS_LIMIT: ['request.too-large', 'The form has too many fields.'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: ['request.unsupported-media-type', 'Send multipart/form-data.'],
  FST_MULTIPART_PREMATURE_CLOSE: ['request.malformed', 'The form ends before its last boundary.'],
  FST_PROTO_VIOLATION: ['request.malformed', 'A field of the form has a forbidden name.'],
};

/** Parts of a request by what the framework calls them. */
const REQUEST_PARTS: Readonly<Record<string, string>> = {
  body: 'body',
  params: 'path of the address',
  querystring: 'query of the address',
  headers: 'head',
};

/** Turns whatever was thrown into a fault of the code table. What nobody foresaw becomes `internal.unexpected`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const details = thrown.validation.map(({ instancePath, message }) => ({
      path: instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: message ?? 'is wrong',
    }));
    const part = REQUEST_PARTS[thrown.validationContext ?? ''] ?? 'request';
    return new AppError('request.invalid', `The ${part} does not fit the schema.`, { details });
  }
  const { code, statusCode } = (thrown ?? {}) as Partial<FastifyError>;
  const known = code === undefined ? undefined : FRAMEWORK_CODES[code];
  if (known !== undefined) return new AppError(known[0], known[1], { cause: thrown });
  if (thrown instanceof SyntaxError && statusCode === 400) {
    return new AppError('request.malformed', 'The body is not well-formed JSON.', { cause: thrown });
  }
  return new AppError('internal.unexpected', 'Something failed on our side; nothing was changed that was not told.', {
    cause: thrown,
  });
}

/** The one place where faults become answers. Faults of ours are logged with their cause, faults of callers are not. */
export function handleError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const fault = toAppError(thrown);
  if (fault.status >= 500) request.log.error({ err: thrown, code: fault.code }, fault.message);
  if (fault.code === 'auth.missing' || fault.code === 'auth.invalid') reply.header('www-authenticate', 'Bearer');
  if (fault.isRetryable && fault.status === 503) reply.header('retry-after', '5');
  const { retryAfterSeconds } = fault.members;
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(retryAfterSeconds));
  void reply.code(fault.status).type(PROBLEM_TYPE).send(toProblem(fault, request.id));
}
