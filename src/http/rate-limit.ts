import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../domain/errors.ts';
import type { ServerDeps } from './server-deps.ts';

const WINDOW_SECONDS = 60;

/**
 * Counts the calls of each principal, or of each address where no valid key was sent, and refuses those above the limit.
 * Tells the state in the headers of draft-ietf-httpapi-ratelimit-headers-10.
 */
export async function limitRates(server: FastifyInstance, { settings }: ServerDeps): Promise<void> {
  await server.register(fastifyRateLimit, {
    global: true,
    max: settings.callsPerMinute,
    timeWindow: WINDOW_SECONDS * 1_000,
    enableDraftSpec: true,
    keyGenerator: (request) => request.principal?.id ?? request.ip,
    errorResponseBuilder: (_request, { after, max }) =>
      new AppError('request.rate-limited', `More than ${max} calls in a minute; try again in ${after}.`),
  });
  // The plugin speaks an older draft: its three headers become the two of the present one.
  server.addHook('onSend', async (_request, reply) => {
    const left = reply.getHeader('ratelimit-remaining');
    const resetSeconds = reply.getHeader('ratelimit-reset');
    if (left === undefined || resetSeconds === undefined) return;
    reply.removeHeader('ratelimit-limit').removeHeader('ratelimit-remaining').removeHeader('ratelimit-reset');
    reply.header('ratelimit-policy', `"calls";q=${settings.callsPerMinute};w=${WINDOW_SECONDS}`);
    reply.header('ratelimit', `"calls";r=${String(left)};t=${String(resetSeconds)}`);
  });
}
