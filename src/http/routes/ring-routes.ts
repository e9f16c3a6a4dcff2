import { AppError } from '../../domain/errors.ts';
import { ringView } from '../../domain/views/ring-view.ts';
import { ringMatrixSvg } from '../../detectors/ring/ring-matrix-svg.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

const missing = (id: string): AppError => new AppError('resource.not-found', `There is no ring “${id}”.`);

/** Groups of reviewers that act as one: what they did, and a picture of it. */
export function ringRoutes(server: ApiServer, { queries }: ServerDeps): void {
  server.get(
    '/v1/rings/:id',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['rings'],
        summary: 'A ring with its members, listings, sellers, reviews, pairs, texts side by side and graph',
        params: idParams,
        response: { 200: ringView, ...problems },
      },
    },
    async (request) => {
      const ring = await queries.ring(request.params.id);
      if (ring === undefined) throw missing(request.params.id);
      return ring;
    },
  );

  server.get(
    '/v1/rings/:id/matrix.svg',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['rings'],
        summary: 'A picture of a ring: members by listings, a square for each review, darker when later',
        params: idParams,
        produces: ['image/svg+xml'],
      },
    },
    async (request, reply) => {
      const ring = await queries.ringEvidence(request.params.id);
      if (ring === undefined) throw missing(request.params.id);
      return reply.type('image/svg+xml; charset=utf-8').send(ringMatrixSvg(ring));
    },
  );
}
