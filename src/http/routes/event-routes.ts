import { z } from 'zod';
import { cloudEvent } from '../../domain/views/operation-view.ts';
import { pageOf, pageQuery, problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

const eventQuery = z.strictObject({
  ...pageQuery,
  /** Types to show, joined by commas; absent: all. */
  types: z.string().min(1).max(1_000).optional(),
});

const eventAnswer = z.object({
  items: z.array(cloudEvent),
  /** Always present: on the last page it is where the next event will come. */
  nextCursor: z.string(),
  hasMore: z.boolean(),
});

/** What happened, as CloudEvents in order, for whoever asks again from where they stopped. */
export function eventRoutes(server: ApiServer, { queries, settings }: ServerDeps): void {
  server.get(
    '/v1/events',
    {
      config: { access: ['events:read'] },
      schema: {
        tags: ['operation'],
        summary: 'Events, oldest first',
        querystring: eventQuery,
        response: { 200: eventAnswer, ...problems },
      },
    },
    async (request) => {
      const { cursor, limit, types } = request.query;
      const filter = types === undefined ? {} : { types: types.split(',') };
      const page = await queries.events(filter, pageOf({ cursor, limit }));
      const items = page.events.map((event) => ({
        specversion: '1.0' as const,
        source: settings.eventSource,
        datacontenttype: 'application/json' as const,
        ...event,
      }));
      return { items, nextCursor: page.nextCursor, hasMore: page.hasMore };
    },
  );
}
