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
        summary: 'Look for rings and clusters in everything now, not at the next scheduled time',
        body: z.strictObject({ reason: z.string().min(1).max(200) }),
        response: { 202: z.object({ jobId: z.string() }), ...problems },
      },
    },
    async (request, reply) => {
      const jobId = ids.next();
      await queues.addMany([{ queue: 'ring-sweep', id: jobId, data: { reason: request.body.reason } }]);
      return reply.code(202).send({ jobId });
    },
  );
}
