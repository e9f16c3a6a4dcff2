import type { ErrorCodeEntry } from './error-code-entry.ts';

/** Faults of people who work cases and sign in. */
export const CASEWORK_CODES = {
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
    remedy: 'Leave the second look, or the appeal, to a colleague who had no hand in the first decision.',
  },
  'case.person-needed': {
    status: 403,
    title: 'A person who signed in must do this',
    isRetryable: false,
    remedy: 'Sign in to the console as yourself: a key is nobody, and two keys may be one person’s.',
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
} as const satisfies Record<string, ErrorCodeEntry>;
