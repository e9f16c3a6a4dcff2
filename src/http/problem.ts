import { z } from 'zod';
import { ERROR_CODES, type AppError, type ErrorCode } from '../domain/errors.ts';

/** The body of every answer that tells a fault. Source: RFC 9457, extended by `code` and `details`. */
export const problem = z
  .looseObject({
    /** Address of the page that explains the code. */
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    /** Names this occurrence; the log holds the same id. */
    instance: z.string(),
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    details: z.array(z.object({ path: z.string(), message: z.string() })),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Presents a fault; only what the fault says of itself leaves the house, never its cause. */
export function toProblem(fault: AppError, requestId: string): Problem {
  return {
    ...fault.members,
    type: `/problems/${fault.code}`,
    title: ERROR_CODES[fault.code].title,
    status: fault.status,
    detail: fault.message,
    instance: `urn:uuid:${requestId}`,
    code: fault.code,
    details: fault.details.map(({ path, message }) => ({ path, message })),
  };
}
