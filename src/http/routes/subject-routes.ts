import { AppError } from '../../domain/errors.ts';
import { listingView, reviewView } from '../../domain/views/subject-view.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

/** What is stored of listings and reviews: their standing, and the latest check of each. */
export function subjectRoutes(server: ApiServer, { queries }: ServerDeps): void {
  server.get(
    '/v1/listings/:id',
    {
      config: { access: ['items:read'] },
      schema: {
        tags: ['subjects'],
        summary: 'A listing with its publication, pictures and latest check',
        params: idParams,
        response: { 200: listingView, ...problems },
      },
    },
    async (request) => {
      const listing = await queries.listing(request.params.id);
      if (listing === undefined)
        throw new AppError('resource.not-found', `There is no listing “${request.params.id}”.`);
      return listing;
    },
  );

  server.get(
    '/v1/reviews/:id',
    {
      config: { access: ['items:read'] },
      schema: {
        tags: ['subjects'],
        summary: 'A review with its authenticity and latest check',
        params: idParams,
        response: { 200: reviewView, ...problems },
      },
    },
    async (request) => {
      const review = await queries.review(request.params.id);
      if (review === undefined) throw new AppError('resource.not-found', `There is no review “${request.params.id}”.`);
      return review;
    },
  );
}
