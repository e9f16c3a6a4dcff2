import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { handleError } from './error-handler.ts';
import { healthRoutes, type HealthDeps } from './routes/health-routes.ts';

/**
 * Builds the small server of a process that serves no API: liveness, readiness and metrics, nothing else. It asks for
 * no key, because it holds nothing but figures and is meant for an address that only the operator reaches.
 */
export function createHealthServer(deps: HealthDeps & { readonly logger?: FastifyBaseLogger }): FastifyInstance {
  const server = fastify({
    ...(deps.logger === undefined ? { logger: false } : { loggerInstance: deps.logger }),
    frameworkErrors: handleError,
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(() => (value) => JSON.stringify(value));
  server.setErrorHandler(handleError);
  healthRoutes(server, deps);
  return server;
}
