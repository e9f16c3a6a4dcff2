import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Name of the session's cookie. The prefix `__Host-` would be safer and asks for TLS, which a proxy may add; the plain
 * name serves `http://127.0.0.1`, where the embedded default runs.
 */
const SESSION_COOKIE = 'assay_session';

/** Seconds that a session lives at most. */
export const SESSION_SECONDS = 12 * 3_600;

export function readCookie({ headers }: FastifyRequest, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

export const readToken = (request: FastifyRequest): string | undefined => readCookie(request, SESSION_COOKIE);

const secureOf = (request: FastifyRequest): string => (request.protocol === 'https' ? '; Secure' : '');

/** Strict: no other site's page can make the browser send it, which is what keeps foreign forms out (ASVS 3.5.1). */
export function writeToken(request: FastifyRequest, reply: FastifyReply, token: string, maxAgeSeconds: number): void {
  const life = `Max-Age=${maxAgeSeconds}${secureOf(request)}`;
  void reply.header('set-cookie', `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; ${life}`);
}

/** Lax: the browser comes back from another site with it. */
export function writeLaxCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  cookie: { readonly name: string; readonly value: string; readonly path: string; readonly maxAgeSeconds: number },
): void {
  const { name, value, path, maxAgeSeconds } = cookie;
  const life = `Max-Age=${maxAgeSeconds}${secureOf(request)}`;
  void reply.header('set-cookie', `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax; ${life}`);
}
