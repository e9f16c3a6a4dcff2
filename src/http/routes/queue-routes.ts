import { z } from 'zod';
import { QUEUE_NAMES } from '../../pipeline/ports.ts';
import { problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

const counts = z.object({
  waiting: z.int(),
  active: z.int(),
  delayed: z.int(),
  failed: z.int(),
  completed: z.int(),
  paused: z.int(),
});

/** How much waits in each queue. */
export function queueRoutes(server: ApiServer, { queues }: ServerDeps): void {
  server.get(
    '/v1/queues',
    {
      config: { access: ['stats:read'] },
      schema: {
        tags: ['operation'],
        summary: 'Jobs of each queue by state',
        response: { 200: z.object({ queues: z.record(z.enum(QUEUE_NAMES), counts) }), ...problems },
      },
    },
    async () => ({ queues: await queues.counts() }),
  );
}
