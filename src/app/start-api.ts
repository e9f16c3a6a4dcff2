import type { AddressInfo } from 'node:net';
import { databaseFaultOf } from '../adapters/postgres/database-fault.ts';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { authenticateSession, sessionRoutes } from '../http/routes/session-routes.ts';
import { createServer } from '../http/server.ts';
import { httpSettings } from '../http/settings.ts';
import { AppError } from '../domain/errors.ts';
import { uuidSource } from './identifiers.ts';
import type { Runtime } from './compose.ts';
import type { RunningWorker } from './start-worker.ts';
import { PROJECT_PATHS } from './project-paths.ts';

export interface RunningApi {
  /** `http://127.0.0.1:8090` */
  readonly address: string;
  close(): Promise<void>;
}

interface StartApiOptions {
  /** The configured one when absent; 0 for any free one. */
  readonly port?: number;
  /** A worker in this process, whose indexes previews may use. */
  readonly worker?: RunningWorker;
}

/**
 * Serves API and console.
 *
 * @throws AppError `config.invalid` when the port is taken or the address cannot be had.
 */
export async function startApi(runtime: Runtime, options: StartApiOptions = {}): Promise<RunningApi> {
  const { port = runtime.config.port, worker } = options;
  const { host } = runtime.config;
  const server = await createServer({
    settings: httpSettings.parse({
      isBehindProxy: runtime.config.isBehindProxy,
      isMetricsPublic: runtime.config.isMetricsPublic,
    }),
    clock: runtime.clock,
    ids: uuidSource,
    intake: runtime.intake,
    queries: runtime.queries,
    creditReports: runtime.creditReports,
    marks: runtime.marks,
    bankPictures: runtime.bankPictures,
    queues: runtime.queues,
    apiKeys: runtime.apiKeys,
    idempotency: runtime.idempotency,
    readiness: [
      { name: 'database', check: async () => void (await runtime.connected.prisma.$queryRaw`SELECT 1`) },
      { name: 'queue', check: () => runtime.queues.ready() },
    ],
    metrics: runtime.metrics,
    ...(worker === undefined ? {} : { previewCheck: worker.previewCheck }),
    translateFault: databaseFaultOf,
    logger: runtime.logger,
    consoleFolder: PROJECT_PATHS.console,
    authenticateSession: (request) => authenticateSession(runtime.sessions, request),
    extend: (extended) => sessionRoutes(extended.withTypeProvider<ZodTypeProvider>(), runtime.sessions),
  });
  try {
    await server.listen({ host, port });
  } catch (cause) {
    await server.close();
    throw listenFault(cause, host, port);
  }
  const bound = server.server.address() as AddressInfo;
  const address = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${bound.port}`;
  runtime.connected.announce(address);
  return { address, close: () => server.close() };
}

function listenFault(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    return new AppError(
      'config.invalid',
      `Port ${port} on ${host} is taken by another program. Stop it, or choose another port: ASSAY_PORT=${port + 1} npm start`,
      { cause },
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    const message = `Assay cannot listen on ${host}, port ${port} (${code}): set ASSAY_HOST and ASSAY_PORT to what this machine allows.`;
    return new AppError('config.invalid', message, { cause });
  }
  return cause;
}
