import type { ErrorCodeEntry } from './error-code-entry.ts';

/** Faults of rules, configuration, engines and of Assay itself. */
export const OPERATION_CODES = {
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
