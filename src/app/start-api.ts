import { databaseFaultOf } from '../adapters/postgres/database-fault.ts';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { authenticateSession, sessionRoutes } from '../http/routes/session-routes.ts';
import { createServer } from '../http/server.ts';
import { httpSettings } from '../http/settings.ts';
import { uuidSource } from './identifiers.ts';
import type { Runtime } from './runtime.ts';
import { listen } from './listen.ts';
import type { RunningWorker } from './start-worker.ts';
import { PROJECT_PATHS } from './project-paths.ts';
import { readinessOf } from './start-health.ts';

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
    rules: runtime.rulesets,
    credit: runtime.credit,
    marks: runtime.marks,
    messages: runtime.messages,
    bankPictures: runtime.bankPictures,
    bankExchange: runtime.bankExchange,
    queues: runtime.queues,
    apiKeys: runtime.apiKeys,
    idempotency: runtime.idempotency,
    readiness: readinessOf(runtime),
    casework: runtime.casework,
    metrics: runtime.metrics,
    ...(worker === undefined ? {} : { previewCheck: worker.previewCheck, searchPictures: worker.searchPictures }),
    translateFault: databaseFaultOf,
    logger: runtime.logger,
    consoleFolder: PROJECT_PATHS.console,
    authenticateSession: (request) => authenticateSession(runtime.sessions, request),
    extend: (extended) =>
      sessionRoutes(extended.withTypeProvider<ZodTypeProvider>(), {
        people: runtime.people,
        ...(runtime.signInProvider === undefined ? {} : { provider: runtime.signInProvider }),
        ...(runtime.config.publicUrl === undefined ? {} : { publicUrl: runtime.config.publicUrl }),
      }),
  });
  const address = await listen(server, { host: runtime.config.host, port, variable: 'ASSAY_PORT' });
  runtime.connected.announce(address);
  return { address, close: () => server.close() };
}
