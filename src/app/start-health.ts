import { createHealthServer } from '../http/health-server.ts';
import { httpSettings } from '../http/settings.ts';
import type { Runtime } from './runtime.ts';
import { listen } from './listen.ts';

/** What has to answer before a process counts as ready. */
export const readinessOf = ({ connected, queues }: Runtime) => [
  { name: 'database', check: async () => void (await connected.prisma.$queryRaw`SELECT 1`) },
  { name: 'queue', check: () => queues.ready() },
];

/**
 * Serves liveness, readiness and metrics of a process without an API, where a port for them is configured.
 *
 * @throws AppError `config.invalid` when the port is taken.
 */
export async function startHealth(runtime: Runtime): Promise<{ close(): Promise<void> } | undefined> {
  const { healthPort: port, host } = runtime.config;
  if (port === undefined) return undefined;
  const server = createHealthServer({
    settings: httpSettings.parse({ isMetricsPublic: true }),
    readiness: readinessOf(runtime),
    metrics: runtime.metrics,
    logger: runtime.logger,
  });
  const address = await listen(server, { host, port, variable: 'ASSAY_HEALTH_PORT' });
  runtime.logger.info({ address }, 'health and metrics are served');
  return { close: () => server.close() };
}
