import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import fastify, { type FastifyInstance } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { verifyApiKey } from '../pipeline/api-keys.ts';
import type { ApiServer } from './api-server.ts';
import { installAuth } from './auth.ts';
import { serveConsole } from './console-files.ts';
import { handleError } from './error-handler.ts';
import { installNotFound } from './not-found.ts';
import { describeApi } from './openapi.ts';
import { limitRates } from './rate-limit.ts';
import { apiKeyRoutes } from './routes/api-key-routes.ts';
import { appealRoutes } from './routes/appeal-routes.ts';
import { bankExchangeRoutes } from './routes/bank-exchange-routes.ts';
import { bankPictureRoutes } from './routes/bank-picture-routes.ts';
import { caseDecisionRoutes } from './routes/case-decision-routes.ts';
import { caseRoutes } from './routes/case-routes.ts';
import { caseWorkRoutes } from './routes/case-work-routes.ts';
import { checkRoutes } from './routes/check-routes.ts';
import { creditRoutes } from './routes/credit-routes.ts';
import { deadLetterRoutes } from './routes/dead-letter-routes.ts';
import { eventRoutes } from './routes/event-routes.ts';
import { healthRoutes } from './routes/health-routes.ts';
import { intakeRoutes } from './routes/intake-routes.ts';
import { markRoutes } from './routes/mark-routes.ts';
import { messageRoutes } from './routes/message-routes.ts';
import { pictureRoutes } from './routes/picture-routes.ts';
import { previewRoutes } from './routes/preview-routes.ts';
import { problemRoutes } from './routes/problem-routes.ts';
import { queueRoutes } from './routes/queue-routes.ts';
import { ringRoutes } from './routes/ring-routes.ts';
import { rulesetRoutes } from './routes/ruleset-routes.ts';
import { sellerRoutes } from './routes/seller-routes.ts';
import { exportRoutes } from './routes/export-routes.ts';
import { qualityRoutes } from './routes/quality-routes.ts';
import { searchRoutes } from './routes/search-routes.ts';
import { shelfRoutes } from './routes/shelf-routes.ts';
import { statsRoutes } from './routes/stats-routes.ts';
import { streamRoutes } from './routes/stream-routes.ts';
import { subjectRoutes } from './routes/subject-routes.ts';
import { sweepRoutes } from './routes/sweep-routes.ts';
import { securityHeaders } from './security-headers.ts';
import type { ServerDeps } from './server-deps.ts';

/** Longest id in an address: 128 characters of the widest percent-encoding. */
const MAX_PARAM_LENGTH = 128 * 12;

/** Keys are remembered for a day; a table that is an hour larger costs nothing. */
const PURGE_EVERY_MS = 3_600_000;

const ROUTES: readonly ((server: ApiServer, deps: ServerDeps) => void)[] = [
  intakeRoutes,
  pictureRoutes,
  checkRoutes,
  previewRoutes,
  subjectRoutes,
  sellerRoutes,
  creditRoutes,
  rulesetRoutes,
  caseRoutes,
  ringRoutes,
  caseWorkRoutes,
  caseDecisionRoutes,
  appealRoutes,
  shelfRoutes,
  streamRoutes,
  searchRoutes,
  exportRoutes,
  qualityRoutes,
  markRoutes,
  messageRoutes,
  bankPictureRoutes,
  bankExchangeRoutes,
  statsRoutes,
  eventRoutes,
  deadLetterRoutes,
  queueRoutes,
  sweepRoutes,
  apiKeyRoutes,
  problemRoutes,
  healthRoutes,
];

/**
 * Builds the HTTP server; `listen` or `inject` start it, `close` lets running requests end and answers new ones 503.
 */
export async function createServer(deps: ServerDeps): Promise<FastifyInstance> {
  const server = fastify({
    ...(deps.logger === undefined ? { logger: false } : { loggerInstance: deps.logger }),
    bodyLimit: deps.settings.bodyBytes,
    trustProxy: deps.settings.isBehindProxy,
    genReqId: () => deps.ids.next(),
    frameworkErrors: handleError,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  // Answers are built by us to the declared schemas, which tests hold them to; checking each again would only cost time.
  server.setSerializerCompiler(() => (value) => JSON.stringify(value));
  server.setErrorHandler((thrown, request, reply) =>
    handleError(deps.translateFault?.(thrown) ?? thrown, request, reply),
  );
  deps.metrics.observeServer(server);
  deps.metrics.observeQueues(deps.queues);
  await server.register(fastifyHelmet, securityHeaders);
  await server.register(fastifyMultipart);
  await describeApi(server);
  installAuth(server, {
    verifyKey: (presented) => verifyApiKey(deps.apiKeys, presented),
    ...(deps.authenticateSession === undefined ? {} : { authenticateSession: deps.authenticateSession }),
  });
  await limitRates(server, deps);
  const notFound = installNotFound(server);
  for (const register of ROUTES) register(server, deps);
  forgetExpiredKeys(server, deps);
  await deps.extend?.(server);
  await serveConsole(server, deps.consoleFolder, notFound);
  return server;
}

/** Idempotency keys that nobody may use any more are deleted now and then by whoever serves. */
function forgetExpiredKeys(server: FastifyInstance, { idempotency, clock }: ServerDeps): void {
  let timer: NodeJS.Timeout | undefined;
  const purge = (): void => {
    idempotency.purge(clock.nowMs()).catch((fault: unknown) => {
      server.log.warn({ err: fault }, 'expired Idempotency-Keys could not be deleted');
    });
  };
  server.addHook('onListen', async () => {
    timer = setInterval(purge, PURGE_EVERY_MS);
  });
  server.addHook('onClose', async () => clearInterval(timer));
}
