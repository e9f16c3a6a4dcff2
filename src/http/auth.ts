import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { hasAnyScope, type Principal, type Scope } from '../domain/access.ts';
import { AppError } from '../domain/errors.ts';

/** Who may call a route: everybody, or principals with one of these scopes. */
type RouteAccess = 'public' | readonly Scope[];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
  interface FastifyRequest {
    /** Who calls; set before any handler of a route that is not public runs. */
    principal: Principal | undefined;
    /** Why there is no principal. */
    authFault: AppError | undefined;
  }
}

/** How callers are recognised. */
export interface Authenticators {
  /** Whose key this is; throws AppError `auth.invalid`. */
  readonly verifyKey: (presented: string) => Promise<Principal>;
  /** The person who is signed in to the console; asked only when no key was sent. */
  readonly authenticateSession?: (request: FastifyRequest) => Promise<Principal | undefined>;
}

/** The key of `Authorization: Bearer` or `X-API-Key`. */
function presentedKey({ headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const own = headers['x-api-key'];
  return bearer ?? (typeof own === 'string' ? own : undefined);
}

/**
 * Recognises the caller before anything of a request is read, and enforces the access of each route before its body is.
 * A route without a declared access stops the start, so that none is open by oversight.
 */
export function installAuth(server: FastifyInstance, authenticators: Authenticators): void {
  server.decorateRequest('principal', undefined);
  server.decorateRequest('authFault', undefined);
  const routes: RouteOptions[] = [];
  server.addHook('onRoute', (route) => void routes.push(route));
  server.addHook('onReady', async () => {
    const open = routes.find(({ config }) => config?.access === undefined);
    if (open !== undefined) throw new Error(`The route ${String(open.method)} ${open.url} declares no access.`);
  });
  server.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (access === 'public' || access === undefined) return;
    try {
      request.principal = await recognise(request, authenticators);
    } catch (fault) {
      if (!(fault instanceof AppError) || fault.status >= 500) throw fault;
      request.authFault = fault;
    }
  });
  // After `onRequest`, where calls are counted: failed attempts count too.
  server.addHook('preParsing', async (request) => enforce(request));
}

async function recognise(request: FastifyRequest, authenticators: Authenticators): Promise<Principal> {
  const key = presentedKey(request);
  if (key !== undefined) return authenticators.verifyKey(key);
  const person = await authenticators.authenticateSession?.(request);
  if (person !== undefined) return person;
  throw new AppError('auth.missing', 'Send an API key as `Authorization: Bearer <key>` or `X-API-Key: <key>`.');
}

async function enforce(request: FastifyRequest): Promise<void> {
  const access = request.routeOptions.config.access;
  if (access === 'public' || access === undefined) return;
  if (request.authFault !== undefined) throw request.authFault;
  const principal = principalOf(request);
  if (principal.kind === 'SESSION' && !isFromOurPages(request)) {
    throw new AppError('auth.forbidden', 'A signed-in person acts from the pages of the console alone.');
  }
  if (hasAnyScope(principal, access)) return;
  // Every role may do something: a person who may do nothing has not changed the first password yet.
  if (principal.role !== undefined && principal.scopes.length === 0)
    throw new AppError('auth.password-change-needed', 'Change your first password, then everything is open to you.');
  throw new AppError(
    'auth.forbidden',
    `This needs the scope ${access.join(' or ')}; yours has ${describeScopes(principal)}.`,
  );
}

/**
 * Whether a request that changes something was made by a page of this server: a browser sends the session along with
 * requests of other sites, too. Source: OWASP ASVS 5.0 requirement 3.5.1; Fetch Metadata, which every browser sends.
 */
function isFromOurPages({ method, headers, host }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && URL.canParse(headers.origin) && new URL(headers.origin).host === host;
}

const describeScopes = ({ scopes }: Principal): string => (scopes.length === 0 ? 'none' : scopes.join(', '));

/** The principal of a request to a route that is not public. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === undefined) throw new AppError('auth.missing', 'Send an API key.');
  return request.principal;
}
