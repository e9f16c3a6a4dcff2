import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { outOfCourtBody, sellerAppealBody, sellerAppealView } from '../../domain/views/appeal-view.ts';
import { goOutOfCourt, readAppeal, submitAppeal } from '../../pipeline/appeals/submit-appeal.ts';
import { idParams, pageAnswer, pageOf, pageQuery, problems, type ApiServer } from '../api-server.ts';
import { principalOf } from '../auth.ts';
import { answerOnce } from '../idempotency.ts';
import { reviewerIn } from '../reviewer-in.ts';
import type { ServerDeps } from '../server-deps.ts';

const asAppeal = (summary: string) => ({ tags: ['appeals'], summary });

/** Sellers' appeals against decisions: handed in by the marketplace, heard in a case of their own. */
export function appealRoutes(server: ApiServer, deps: ServerDeps): void {
  const { casework } = deps;
  if (casework === undefined) return;
  const { appeals } = casework;

  server.post(
    '/v1/sellers/:id/appeals',
    {
      config: { access: ['appeals:write'] },
      schema: {
        ...asAppeal('A seller appeals against a decision; a person who had no hand in it rules on it'),
        params: idParams,
        body: sellerAppealBody,
        response: { 202: sellerAppealView, ...problems },
      },
    },
    async (request, reply) => {
      const idempotency = { store: deps.idempotency, clock: deps.clock, settings: deps.settings };
      return answerOnce(idempotency, { request, reply }, async () => ({
        status: 202,
        body: await submitAppeal(appeals, request.params.id, request.body, principalOf(request).id),
      }));
    },
  );

  server.get(
    '/v1/sellers/:id/appeals',
    {
      config: { access: ['appeals:write', 'cases:read'] },
      schema: {
        ...asAppeal('Appeals of a seller, latest first'),
        params: idParams,
        querystring: z.strictObject(pageQuery),
        response: { 200: pageAnswer(sellerAppealView), ...problems },
      },
    },
    async (request) => {
      const page = await appeals.store.list(request.params.id, pageOf(request.query), reviewerIn(request).reach);
      if (page === undefined) throw new AppError('resource.not-found', `There is no seller “${request.params.id}”.`);
      return page;
    },
  );

  server.get(
    '/v1/appeals/:id',
    {
      config: { access: ['appeals:write', 'cases:read'] },
      schema: {
        ...asAppeal('An appeal: where it stands, how it was ruled, and what the seller lost'),
        params: idParams,
        response: { 200: sellerAppealView, ...problems },
      },
    },
    async (request) => readAppeal(appeals, request.params.id, reviewerIn(request).reach),
  );

  server.post(
    '/v1/appeals/:id/out-of-court',
    {
      config: { access: ['appeals:write'] },
      schema: {
        ...asAppeal('The seller takes the ruling to a body outside'),
        params: idParams,
        body: outOfCourtBody,
        response: { 200: sellerAppealView, ...problems },
      },
    },
    async (request) => goOutOfCourt(appeals, request.params.id, request.body),
  );
}
