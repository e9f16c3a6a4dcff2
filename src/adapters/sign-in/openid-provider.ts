import * as client from 'openid-client';
import { AppError } from '../../domain/errors.ts';
import type { OpenIdProvider } from '../../pipeline/people/openid-provider.ts';

export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly title: string;
}

/** Signing in at an OpenID provider by the authorisation code flow with PKCE, state and nonce. */
export function createOpenIdProvider({ issuer, clientId, clientSecret, title }: OpenIdSettings): OpenIdProvider {
  let discovered: Promise<client.Configuration> | undefined;
  /** Read once; a provider that does not answer is asked again the next time. */
  const configuration = (): Promise<client.Configuration> => {
    const isLocal = new URL(issuer).protocol === 'http:';
    discovered ??= client
      .discovery(
        new URL(issuer),
        clientId,
        clientSecret,
        undefined,
        isLocal ? { execute: [client.allowInsecureRequests] } : {},
      )
      .catch((fault: unknown) => {
        discovered = undefined;
        throw fault;
      });
    return discovered;
  };
  return {
    title,
    async start(redirectUri) {
      const config = await configuration();
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { url: url.href, pending: { verifier, state, nonce } };
    },
    async finish(callbackUrl, { verifier, state, nonce }) {
      try {
        const tokens = await client.authorizationCodeGrant(await configuration(), new URL(callbackUrl), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new Error('the provider sent no identity');
        const { email } = claims;
        return {
          subject: `${claims.iss} ${claims.sub}`,
          ...(typeof email === 'string' && claims['email_verified'] === true ? { email } : {}),
        };
      } catch (cause) {
        throw new AppError('auth.invalid', 'The sign-in at the provider failed: begin anew.', { cause });
      }
    },
  };
}
