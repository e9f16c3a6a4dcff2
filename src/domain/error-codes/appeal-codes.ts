import type { ErrorCodeEntry } from './error-code-entry.ts';

/** Faults of sellers' appeals. */
export const APPEAL_CODES = {
  'appeal.other-seller': {
    status: 403,
    title: 'The decision is not about this seller',
    isRetryable: false,
    remedy:
      'Send the appeal under the seller whom the decision concerns: `sellerId` of the event `assay.case.decided`.',
  },
  'appeal.too-late': {
    status: 409,
    title: 'The time to appeal is over',
    isRetryable: false,
    remedy: 'Nothing is heard after `appealUntil`. A lead can still reverse a decision that turns out to be wrong.',
  },
  'appeal.already-made': {
    status: 409,
    title: 'The seller has appealed against this decision already',
    isRetryable: false,
    remedy:
      'Read the appeal named by `appealId`. A decision is appealed once; after the ruling the way is out of court.',
  },
  'appeal.not-possible': {
    status: 409,
    title: 'This decision cannot be appealed',
    isRetryable: false,
    remedy: 'Only a decision in force that found a violation is appealed; `detail` says what this one is.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
