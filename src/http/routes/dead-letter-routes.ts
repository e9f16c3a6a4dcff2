import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { QUEUE_NAMES } from '../../pipeline/ports.ts';
import { problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

const queueName = z.enum(QUEUE_NAMES);

/** Dead letters of one queue that are shown at once. */
const MAX_SHOWN = 500;

const deadLetter = z.object({
  queue: queueName,
  id: z.string(),
  data: z.unknown(),
  error: z.string(),
  failedAt: z.iso.datetime(),
  attempts: z.int(),
});

const requeueBody = z
  .strictObject({
    queue: queueName,
    /** Ids of dead letters, or `all` of the queue. */
    ids: z.union([z.array(z.string().min(1).max(300)).min(1).max(1_000), z.literal('all')]),
  })
  .meta({ id: 'RequeueDeadLetters' });

/** Jobs that failed for good: seeing why, and giving them another chance. */
export function deadLetterRoutes(server: ApiServer, { queues }: ServerDeps): void {
  server.get(
    '/v1/dead-letters',
    {
      config: { access: ['queues:manage'] },
      schema: {
        tags: ['operation'],
        summary: 'Jobs that failed for good, of one queue or of all',
        querystring: z.strictObject({
          queue: queueName.optional(),
          limit: z.coerce.number().int().min(1).max(MAX_SHOWN).default(100),
        }),
        response: { 200: z.object({ items: z.array(deadLetter) }), ...problems },
      },
    },
    async (request) => {
      const { queue, limit } = request.query;
      const lists = await Promise.all(
        (queue === undefined ? QUEUE_NAMES : [queue]).map(async (name) =>
          (await queues.deadLetters(name, limit)).map(({ failedAtMs, ...letter }) => ({
            queue: name,
            ...letter,
            failedAt: new Date(failedAtMs).toISOString(),
          })),
        ),
      );
      return { items: lists.flat() };
    },
  );

  server.post(
    '/v1/dead-letters/requeue',
    {
      config: { access: ['queues:manage'] },
      schema: {
        tags: ['operation'],
        summary: 'Put dead letters back onto their queue',
        body: requeueBody,
        response: { 200: z.object({ requeued: z.int() }), ...problems },
      },
    },
    async (request) => {
      const { queue, ids } = request.body;
      const requeued = await queues.requeueDeadLetters(queue, ids);
      if (requeued === 0 && ids !== 'all') {
        throw new AppError('resource.not-found', `The queue ${queue} has no dead letter with these ids.`);
      }
      return { requeued };
    },
  );
}
