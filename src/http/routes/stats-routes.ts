import { backlogView, statsView } from '../../domain/views/operation-view.ts';
import { problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

/** Figures of the whole installation. */
export function statsRoutes(server: ApiServer, { queries }: ServerDeps): void {
  server.get(
    '/v1/stats',
    {
      config: { access: ['stats:read', 'cases:read'] },
      schema: {
        tags: ['operation'],
        summary: 'Counts of subjects, checks, findings by type, outcomes and cases by queue',
        response: { 200: statsView, ...problems },
      },
    },
    async () => queries.stats(),
  );

  server.get(
    '/v1/backlog',
    {
      config: { access: ['stats:read', 'cases:read'] },
      schema: {
        tags: ['operation'],
        summary: 'What was accepted and is not finished yet',
        response: { 200: backlogView, ...problems },
      },
    },
    async () => queries.backlog(),
  );
}
