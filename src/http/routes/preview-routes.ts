import { z } from 'zod';
import { decision } from '../../domain/decision.ts';
import { AppError } from '../../domain/errors.ts';
import { finding } from '../../domain/finding.ts';
import { problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

const previewBody = z
  .strictObject({ kind: z.enum(['LISTING', 'REVIEW']), item: z.record(z.string(), z.unknown()) })
  .meta({ id: 'CheckPreviewRequest' });

/** Checking an item without storing it. Only a process that holds the indexes can: `assay start` does. */
export function previewRoutes(server: ApiServer, deps: ServerDeps): void {
  server.post(
    '/v1/checks/preview',
    {
      config: { access: ['items:write'] },
      bodyLimit: deps.settings.batchBodyBytes,
      schema: {
        tags: ['checks'],
        summary: 'What a check would say of a listing or review; nothing is stored',
        body: previewBody,
        response: { 200: z.object({ findings: z.array(finding), decision }), ...problems },
      },
    },
    async (request) => {
      if (deps.previewCheck === undefined) {
        throw new AppError(
          'resource.not-found',
          'This process holds no indexes: run `assay check` beside the database, or ask a process of `assay start`.',
        );
      }
      const { findings, decision: decided } = await deps.previewCheck(request.body.kind, request.body.item);
      return { findings: [...findings], decision: decided };
    },
  );
}
