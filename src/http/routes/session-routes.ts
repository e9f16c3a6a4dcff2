import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scope, type Principal } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import { principalOf, signIn, signOut, type SessionPorts } from '../../pipeline/sessions.ts';
import { problems, type ApiServer } from '../api-server.ts';

/**
 * Name of the session's cookie. The prefix `__Host-` would be safer and asks for TLS, which a proxy may add; the plain
 * name serves `http://127.0.0.1`, where the embedded default runs.
 */
const COOKIE = 'assay_session';

const person = z
  .object({ id: z.string(), name: z.string(), scopes: z.array(scope) })
  .meta({ id: 'SignedInPerson', description: 'Who is signed in to the console, and what that person may do' });

const proof = z.union([
  z.strictObject({ apiKey: z.string().min(1).max(200) }),
  z.strictObject({ ticket: z.string().min(1).max(200) }),
]);

function readToken({ headers }: FastifyRequest): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/** Strict: no other site's page can make the browser send it, which is what keeps foreign forms out (ASVS 3.5.1). */
function writeToken(request: FastifyRequest, reply: FastifyReply, token: string, maxAgeSeconds: number): void {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`,
  );
}

const toPerson = ({ id, name, scopes }: Principal) => ({ id, name, scopes: [...scopes] });

/** Whose session a request carries. */
export async function authenticateSession(
  sessions: SessionPorts,
  request: FastifyRequest,
): Promise<Principal | undefined> {
  const token = readToken(request);
  return token === undefined ? undefined : principalOf(sessions, token);
}

/** Signing in to the console, who is signed in, and signing out. */
export function sessionRoutes(server: ApiServer, sessions: SessionPorts): void {
  server.post(
    '/v1/session',
    {
      config: { access: 'public', rateLimit: { max: 20, timeWindow: 60_000 } },
      schema: {
        tags: ['console'],
        summary: 'Sign in with an API key or with the ticket of a sign-in link',
        body: proof,
        response: { 200: person, ...problems },
      },
    },
    async (request, reply) => {
      const { token, principal } = await signIn(sessions, request.body);
      writeToken(request, reply, token, 12 * 3_600);
      return toPerson(principal);
    },
  );

  server.get(
    '/v1/session',
    {
      config: { access: 'public' },
      schema: { tags: ['console'], summary: 'Who is signed in', response: { 200: person, ...problems } },
    },
    async (request) => {
      const principal = await authenticateSession(sessions, request);
      if (principal === undefined) throw new AppError('auth.missing', 'Nobody is signed in.');
      return toPerson(principal);
    },
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
}
