import { z } from 'zod';
import { problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

/** Starting the periodic look at everything at once, for example after a large import. */
export function sweepRoutes(server: ApiServer, { queues, ids }: ServerDeps): void {
  server.post(
    '/v1/sweeps',
    {
      config: { access: ['queues:manage'] },
      schema: {
        tags: ['operation'],
        summary: 'Do periodic work now: look for rings and clusters in everything, or replay all credit',
        body: z.strictObject({
          reason: z.string().min(1).max(200),
          work: z.enum(['ring-sweep', 'nightly']).default('ring-sweep'),
        }),
        response: { 202: z.object({ jobId: z.string() }), ...problems },
      },
    },
    async (request, reply) => {
      const jobId = ids.next();
      await queues.addMany([{ queue: request.body.work, id: jobId, data: { reason: request.body.reason } }]);
      return reply.code(202).send({ jobId });
    },
  );
}
