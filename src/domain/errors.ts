import { APPEAL_CODES } from './error-codes/appeal-codes.ts';
import { CASEWORK_CODES } from './error-codes/casework-codes.ts';
import { ITEM_CODES } from './error-codes/item-codes.ts';
import { OPERATION_CODES } from './error-codes/operation-codes.ts';
import { REQUEST_CODES } from './error-codes/request-codes.ts';

/** Every fault that Assay tells anybody. `docs/errors.md` lists the same codes; a test keeps them equal. */
export const ERROR_CODES = {
  ...REQUEST_CODES,
  ...CASEWORK_CODES,
  ...APPEAL_CODES,
  ...ITEM_CODES,
  ...OPERATION_CODES,
} as const;
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
