import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Principal } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import {
  newSecondFactor,
  passwordChange,
  preferences,
  secondFactorCode,
  signedIn,
  signInOptions,
  signInProof,
  type SignedIn,
} from '../../domain/views/person-view.ts';
import * as manage from '../../pipeline/people/manage-people.ts';
import type { ManagePorts } from '../../pipeline/people/manage-people.ts';
import type { OpenIdProvider } from '../../pipeline/people/openid-provider.ts';
import { signInPerson } from '../../pipeline/people/sign-in-person.ts';
import { principalOf, signIn, signOut, type SessionPorts } from '../../pipeline/sessions.ts';
import { problems, type ApiServer } from '../api-server.ts';
import { readToken, SESSION_SECONDS, writeToken } from '../session-cookie.ts';
import { openIdRoutes } from './openid-routes.ts';
import { peopleRoutes } from './people-routes.ts';

export interface SessionDeps {
  readonly people: ManagePorts;
  /** Where people may sign in elsewhere. */
  readonly provider?: OpenIdProvider;
  /** Address under which browsers see this server, without a slash at the end; absent: as they ask for it. */
  readonly publicUrl?: string;
}

/** Whose session a request carries. */
export async function authenticateSession(
  sessions: SessionPorts,
  request: FastifyRequest,
): Promise<Principal | undefined> {
  const token = readToken(request);
  return token === undefined ? undefined : principalOf(sessions, token);
}

/** A person's password is not guessed by trying: calls of one address in a minute. */
const SIGN_IN_LIMIT = { max: 20, timeWindow: 60_000 };

/** Signing in to the console, who is signed in, signing out, and what people change of themselves. */
export function sessionRoutes(server: ApiServer, deps: SessionDeps): void {
  const { people: ports, provider } = deps;
  const { sessions } = ports;

  async function toSignedIn(principal: Principal): Promise<SignedIn> {
    const person = await ports.people.find(principal.id);
    const { id, name, scopes, role } = principal;
    return {
      id,
      name: person?.name ?? name,
      scopes: [...scopes],
      ...(role === undefined ? {} : { role }),
      ...(person === undefined
        ? {}
        : {
            reach: person.reach,
            preferences: person.preferences,
            hasSecondFactor: person.totpConfirmedAtMs !== undefined,
            mustChangePassword: person.mustChangePassword,
          }),
    };
  }

  /** The session of a request that must have one. SameSite=Strict keeps requests of other sites' pages out. */
  async function ownSession(request: FastifyRequest): Promise<Principal> {
    const principal = await authenticateSession(sessions, request);
    if (principal === undefined) throw new AppError('auth.missing', 'Nobody is signed in.');
    return principal;
  }

  server.get(
    '/v1/sign-in-options',
    {
      config: { access: 'public' },
      schema: {
        tags: ['console'],
        summary: 'How one may sign in here',
        response: { 200: signInOptions, ...problems },
      },
    },
    async () => ({
      hasPeople: await ports.people.hasPeople(),
      ...(provider === undefined ? {} : { oidc: { title: provider.title, startUrl: '/v1/oidc/start' } }),
    }),
  );

  server.post(
    '/v1/session',
    {
      config: { access: 'public', rateLimit: SIGN_IN_LIMIT },
      schema: {
        tags: ['console'],
        summary: 'Sign in with login and password, with an API key, or with the ticket of a sign-in link',
        body: signInProof,
        response: { 200: signedIn, ...problems },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { token, principal } = 'login' in body ? await signInPerson(ports, body) : await signIn(sessions, body);
      writeToken(request, reply, token, SESSION_SECONDS);
      return toSignedIn(principal);
    },
  );

  server.get(
    '/v1/session',
    {
      config: { access: 'public' },
      schema: { tags: ['console'], summary: 'Who is signed in', response: { 200: signedIn, ...problems } },
    },
    async (request) => toSignedIn(await ownSession(request)),
  );

  server.delete(
    '/v1/session',
    {
      config: { access: 'public' },
      schema: { tags: ['console'], summary: 'Sign out', response: { 204: z.undefined(), ...problems } },
    },
    async (request, reply) => {
      const token = readToken(request);
      if (token !== undefined) await signOut(sessions, token);
      writeToken(request, reply, '', 0);
      return reply.code(204).send();
    },
  );

  server.put(
    '/v1/session/preferences',
    {
      config: { access: 'public' },
      schema: {
        tags: ['console'],
        summary: 'How you want the console',
        body: preferences,
        response: { 200: preferences, ...problems },
      },
    },
    async (request) => manage.savePreferences(ports, (await ownSession(request)).id, request.body),
  );

  server.post(
    '/v1/session/password',
    {
      config: { access: 'public', rateLimit: SIGN_IN_LIMIT },
      schema: {
        tags: ['console'],
        summary: 'Change your password; your other sessions end',
        body: passwordChange,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      const { token } = await manage.changePassword(ports, (await ownSession(request)).id, request.body);
      writeToken(request, reply, token, SESSION_SECONDS);
      return reply.code(204).send();
    },
  );

  server.post(
    '/v1/session/second-factor',
    {
      config: { access: 'public', rateLimit: SIGN_IN_LIMIT },
      schema: {
        tags: ['console'],
        summary: 'Begin a second factor',
        response: { 200: newSecondFactor, ...problems },
      },
    },
    async (request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .send(await manage.beginSecondFactor(ports, (await ownSession(request)).id)),
  );

  server.post(
    '/v1/session/second-factor/confirm',
    {
      config: { access: 'public', rateLimit: SIGN_IN_LIMIT },
      schema: {
        tags: ['console'],
        summary: 'Confirm the second factor with a code of it',
        body: secondFactorCode,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      await manage.confirmSecondFactor(ports, (await ownSession(request)).id, request.body.code);
      return reply.code(204).send();
    },
  );

  server.post(
    '/v1/session/second-factor/remove',
    {
      config: { access: 'public', rateLimit: SIGN_IN_LIMIT },
      schema: {
        tags: ['console'],
        summary: 'Remove the second factor with a code of it',
        body: secondFactorCode,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      await manage.removeSecondFactor(ports, (await ownSession(request)).id, request.body.code);
      return reply.code(204).send();
    },
  );

  peopleRoutes(server, ports);
  if (provider !== undefined) openIdRoutes(server, { ...deps, provider });
}
