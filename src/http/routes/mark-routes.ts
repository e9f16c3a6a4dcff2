import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { mark } from '../../domain/mark.ts';
import { externalId } from '../../domain/primitives.ts';
import { rightsHolder } from '../../domain/rights-holder.ts';
import { submitMarks, submitRightsHolders, withdrawMark } from '../../pipeline/submit-mark.ts';
import { givenOnly, idParams, pageAnswer, pageOf, pageQuery, problems, type ApiServer } from '../api-server.ts';
import { batchAnswer, batchOf, presentBatch, readBatch } from '../batch-body.ts';
import { answerOnce } from '../idempotency.ts';
import type { ServerDeps } from '../server-deps.ts';
import { bodyToUseCase } from '../validation.ts';

const markAnswer = z.object({ mark, isWithdrawn: z.boolean() });

/** Marks and who holds them. */
export function markRoutes(server: ApiServer, deps: ServerDeps): void {
  const { queries } = deps;
  const submissions = [
    {
      url: '/v1/marks',
      schema: mark,
      submit: submitMarks,
      summary: 'Submit marks; the live catalogue is scanned again',
    },
    { url: '/v1/rights-holders', schema: rightsHolder, submit: submitRightsHolders, summary: 'Submit rights holders' },
  ] as const;
  for (const { url, schema, submit, summary } of submissions) {
    server.post(
      url,
      {
        config: { access: ['marks:write'] },
        bodyLimit: deps.settings.batchBodyBytes,
        validatorCompiler: bodyToUseCase,
        schema: {
          tags: ['marks'],
          summary,
          body: batchOf(schema),
          response: { 202: batchAnswer, ...problems },
        },
      },
      async (request, reply) => {
        const { items, isSingle } = readBatch(request.body);
        const idempotency = { store: deps.idempotency, clock: deps.clock, settings: deps.settings };
        return answerOnce(idempotency, { request, reply }, async () =>
          presentBatch(await submit(deps.marks, items), { isSingle, isDryRun: false }),
        );
      },
    );
  }

  server.get(
    '/v1/marks',
    {
      config: { access: ['marks:read', 'marks:write', 'cases:read'] },
      schema: {
        tags: ['marks'],
        summary: 'Marks by id',
        querystring: z.strictObject({ ...pageQuery, rightsHolderId: externalId.optional() }),
        response: { 200: pageAnswer(markAnswer), ...problems },
      },
    },
    async (request) => {
      const { cursor, limit, rightsHolderId } = request.query;
      return queries.marks(givenOnly({ rightsHolderId }), pageOf({ cursor, limit }));
    },
  );

  server.get(
    '/v1/marks/:id',
    {
      config: { access: ['marks:read', 'marks:write', 'cases:read'] },
      schema: { tags: ['marks'], summary: 'A mark', params: idParams, response: { 200: markAnswer, ...problems } },
    },
    async (request) => {
      const found = await queries.mark(request.params.id);
      if (found === undefined) throw new AppError('resource.not-found', `There is no mark “${request.params.id}”.`);
      return found;
    },
  );

  server.delete(
    '/v1/marks/:id',
    {
      config: { access: ['marks:write'] },
      schema: {
        tags: ['marks'],
        summary: 'Withdraw a mark: from then on nothing is checked against it',
        params: idParams,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      await withdrawMark(deps.marks, request.params.id);
      return reply.code(204).send();
    },
  );

  server.get(
    '/v1/rights-holders/:id',
    {
      config: { access: ['marks:read', 'marks:write', 'cases:read'] },
      schema: {
        tags: ['marks'],
        summary: 'A rights holder',
        params: idParams,
        response: { 200: rightsHolder, ...problems },
      },
    },
    async (request) => {
      const found = await queries.rightsHolder(request.params.id);
      if (found === undefined) {
        throw new AppError('resource.not-found', `There is no rights holder “${request.params.id}”.`);
      }
      return found;
    },
  );
}
