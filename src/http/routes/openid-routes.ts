import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { OpenIdProvider, PendingSignIn } from '../../pipeline/people/openid-provider.ts';
import { signInFederated } from '../../pipeline/people/sign-in-person.ts';
import { problems, type ApiServer } from '../api-server.ts';
import { readCookie, SESSION_SECONDS, writeLaxCookie, writeToken } from '../session-cookie.ts';
import type { SessionDeps } from './session-routes.ts';

const PENDING_COOKIE = 'assay_oidc';
const PATH = '/v1/oidc';
/** Time that signing in at the provider may take. */
const PENDING_SECONDS = 600;

const pendingSignIn = z.strictObject({ verifier: z.string(), state: z.string(), nonce: z.string() });

/** Signing in at an OpenID provider. What belongs to the attempt stays with the browser, sealed. */
export function openIdRoutes(
  server: ApiServer,
  { people, provider, publicUrl }: SessionDeps & { readonly provider: OpenIdProvider },
): void {
  const baseOf = (request: FastifyRequest): string => publicUrl ?? `${request.protocol}://${request.host}`;

  server.get(
    `${PATH}/start`,
    {
      config: { access: 'public', rateLimit: { max: 20, timeWindow: 60_000 } },
      schema: { tags: ['console'], summary: 'Go to the OpenID provider to sign in', response: { ...problems } },
    },
    async (request, reply) => {
      const { url, pending } = await provider.start(`${baseOf(request)}${PATH}/callback`);
      const value = people.sealer.seal(JSON.stringify(pending));
      writeLaxCookie(request, reply, { name: PENDING_COOKIE, value, path: PATH, maxAgeSeconds: PENDING_SECONDS });
      return reply.redirect(url);
    },
  );

  server.get(
    `${PATH}/callback`,
    {
      config: { access: 'public', rateLimit: { max: 20, timeWindow: 60_000 } },
      schema: { tags: ['console'], summary: 'Come back from the OpenID provider', response: { ...problems } },
    },
    async (request, reply) => {
      const pending = readPending(readCookie(request, PENDING_COOKIE), people.sealer.open);
      const person = await provider.finish(`${baseOf(request)}${request.url}`, pending);
      const { token } = await signInFederated(people, person);
      writeToken(request, reply, token, SESSION_SECONDS);
      return reply.redirect('/');
    },
  );
}

function readPending(sealed: string | undefined, open: (sealed: string) => string | undefined): PendingSignIn {
  const text = sealed === undefined ? undefined : open(sealed);
  const parsed = text === undefined ? undefined : pendingSignIn.safeParse(JSON.parse(text));
  if (parsed?.success === true) return parsed.data;
  throw new AppError('auth.invalid', 'This sign-in was not begun in this browser, or took too long: begin anew.');
}
