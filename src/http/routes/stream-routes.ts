import { z } from 'zod';
import type { StreamMessage } from '../../pipeline/casework/case-stream.ts';
import { problems, type ApiServer } from '../api-server.ts';
import { reviewerIn } from '../reviewer-in.ts';
import type { ServerDeps } from '../server-deps.ts';

/** Proxies close a line on which nothing comes; a comment line keeps it open. */
const HEARTBEAT_MS = 15_000;

/** A line ends by itself after this time; the browser comes back at once and is recognised anew. */
const LONGEST_MS = 15 * 60_000;

const streamQuery = z.strictObject({
  /** As the header Last-Event-ID, for readers that cannot set one. */
  lastEventId: z.string().max(50).optional(),
});

const format = (message: StreamMessage): string => {
  if (message.kind === 'reset') return `id: ${message.place}\nevent: reset\ndata: {}\n\n`;
  const { place, type, event } = message.placed;
  return `id: ${place}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
};

/** What happens to cases, as server-sent events. Source: WHATWG HTML, section 9.2. */
export function streamRoutes(server: ApiServer, { casework }: ServerDeps): void {
  if (casework === undefined) return;
  const { stream } = casework;
  const open = new Set<() => void>();
  server.addHook('preClose', async () => {
    for (const end of open) end();
    stream.stop();
  });

  server.get(
    '/v1/stream',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['cases'],
        summary: 'What happens to cases within your reach, as server-sent events',
        querystring: streamQuery,
        produces: ['text/event-stream'],
        response: { ...problems },
      },
    },
    async (request, reply) => {
      const header = request.headers['last-event-id'];
      const lastPlace = typeof header === 'string' ? header : request.query.lastEventId;
      reply.hijack();
      const { raw } = reply;
      // The line is nobody else's: a server that stops need not wait for it to fall idle.
      raw.shouldKeepAlive = false;
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value);
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      raw.write('retry: 2000\n\n');
      const leave = await stream.listen({
        reach: reviewerIn(request).reach,
        tell: (message) => void raw.write(format(message)),
        ...(lastPlace === undefined ? {} : { lastPlace }),
      });
      const heartbeat = setInterval(() => void raw.write(': still here\n\n'), HEARTBEAT_MS);
      const end = (): void => void raw.end();
      const longest = setTimeout(end, LONGEST_MS);
      open.add(end);
      raw.on('close', () => {
        clearInterval(heartbeat);
        clearTimeout(longest);
        open.delete(end);
        leave();
      });
    },
  );
}
