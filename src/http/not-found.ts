import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../domain/errors.ts';

/** Answers what no route takes. `fallback` may answer first; it tells whether it did. */
export interface NotFoundHandling {
  useFallback(fallback: (request: FastifyRequest, reply: FastifyReply) => boolean): void;
}

interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** `/v1/checks/:id` → a pattern in which a parameter is one segment and `*` the rest. */
function toPattern(url: string): RegExp {
  const escaped = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replace(/:[A-Za-z0-9]+/g, '[^/]+')}$`);
}

/**
 * Answers 405 with Allow where the address is known and the method is not, and 404 otherwise. Must be installed before
 * the routes, because it notes them as they come.
 */
export function installNotFound(server: FastifyInstance): NotFoundHandling {
  const paths = new Map<string, KnownPath>();
  let fallback: (request: FastifyRequest, reply: FastifyReply) => boolean = () => false;
  server.addHook('onRoute', ({ url, method }) => {
    const known = paths.get(url) ?? { pattern: toPattern(url), methods: new Set<string>() };
    for (const one of [method].flat()) known.methods.add(one);
    paths.set(url, known);
  });
  server.setNotFoundHandler((request, reply) => {
    if (fallback(request, reply)) return;
    const path = request.url.split('?')[0] ?? '';
    const allowed = [...paths.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap(({ methods }) => [...methods]);
    if (allowed.length === 0)
      throw new AppError('resource.not-found', `There is no ${path} here; /openapi.json lists what is.`);
    const methods = [...new Set(allowed)].sort().join(', ');
    reply.header('allow', methods);
    throw new AppError('resource.method-not-allowed', `${path} takes ${methods}, not ${request.method}.`);
  });
  return {
    useFallback(next) {
      fallback = next;
    },
  };
}
