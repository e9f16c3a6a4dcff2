import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { problems, type ApiServer } from '../api-server.ts';
import type { ReadinessProbe, ServerDeps } from '../server-deps.ts';

export type HealthDeps = Pick<ServerDeps, 'readiness' | 'metrics' | 'settings'>;

const readiness = z.object({ status: z.literal('ready'), probes: z.array(z.string()) });

/** For load balancers and Prometheus: whether the process lives, whether it can work, and how it is doing. */
export function healthRoutes(server: ApiServer, { readiness: probes, metrics, settings }: HealthDeps): void {
  server.get(
    '/healthz',
    {
      config: { access: 'public', rateLimit: false },
      schema: {
        tags: ['operation'],
        summary: 'The process lives',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  );

  server.get(
    '/readyz',
    {
      config: { access: 'public', rateLimit: false },
      schema: {
        tags: ['operation'],
        summary: 'Database and queues answer',
        response: { 200: readiness, ...problems },
      },
    },
    async (request) => {
      const failed = (await Promise.all(probes.map((probe) => tryProbe(probe, settings.readinessTimeoutMs)))).flat();
      if (failed.length === 0) return { status: 'ready' as const, probes: probes.map(({ name }) => name) };
      for (const { name, cause } of failed) request.log.warn({ err: cause, probe: name }, 'A readiness probe failed.');
      const code = failed.some(({ name }) => name === 'queue') ? 'queue.unavailable' : 'database.unavailable';
      const details = failed.map(({ name }) => ({ path: name, message: 'does not answer' }));
      throw new AppError(code, `Not ready: ${failed.map(({ name }) => name).join(', ')}.`, { details });
    },
  );

  server.get(
    '/metrics',
    {
      config: { access: settings.isMetricsPublic ? 'public' : ['metrics:read'], rateLimit: false },
      schema: { tags: ['operation'], summary: 'Metrics in the text format of Prometheus', produces: ['text/plain'] },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.render()),
  );
}

async function tryProbe(
  probe: ReadinessProbe,
  timeoutMs: number,
): Promise<readonly { name: string; cause: unknown }[]> {
  let timer: NodeJS.Timeout | undefined;
  const lapse = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([probe.check(), lapse]);
    return [];
  } catch (cause) {
    return [{ name: probe.name, cause }];
  } finally {
    clearTimeout(timer);
  }
}
