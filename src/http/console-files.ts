import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { NotFoundHandling } from './not-found.ts';

/** Addresses that are never pages of the console. */
const API_PATH = /^\/(v1|problems|assets)(\/|$)|^\/(openapi\.json|healthz|readyz|metrics)$/;

/**
 * Serves the files of the built console, and its page for every address that a browser opens in it. Without a built
 * console, `/` tells where the API is.
 */
export async function serveConsole(
  server: FastifyInstance,
  folder: string | undefined,
  notFound: NotFoundHandling,
): Promise<void> {
  const page = join(folder ?? '', 'index.html');
  if (folder === undefined || !existsSync(page)) {
    server.get('/', { config: { access: 'public' }, schema: { hide: true } }, async () => ({
      name: 'assay',
      api: '/openapi.json',
    }));
    return;
  }
  await server.register(async (scoped) => {
    scoped.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public', rateLimit: false };
    });
    await scoped.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      cacheControl: false,
      // The build compresses each file once, as well as it can be.
      preCompressed: true,
      globIgnore: ['**/*.{br,gz}'],
      setHeaders(reply, path) {
        // Built assets carry a digest in their names; the page that names them must be asked for again each time.
        const isNamedByContent = path.includes('/assets/');
        reply.header('cache-control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  });
  notFound.useFallback((request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const wantsPage = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
    if (!wantsPage || API_PATH.test(path)) return false;
    void reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(createReadStream(page));
    return true;
  });
}
