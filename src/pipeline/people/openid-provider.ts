import type { FederatedPerson } from './sign-in-person.ts';

/** What the browser keeps, sealed, while it is away at the provider. */
export interface PendingSignIn {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** An OpenID provider where people of this installation sign in. */
export interface OpenIdProvider {
  /** Text of the button. */
  readonly title: string;
  start(redirectUri: string): Promise<{ readonly url: string; readonly pending: PendingSignIn }>;
  /** @throws AppError `auth.invalid` where the answer is not one to this very request. */
  finish(callbackUrl: string, pending: PendingSignIn): Promise<FederatedPerson>;
}
