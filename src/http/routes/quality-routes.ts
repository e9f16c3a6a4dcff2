import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { countryCode, wellFormedText } from '../../domain/primitives.ts';
import { dashboardView } from '../../domain/views/dashboard-view.ts';
import {
  agreementView,
  blindAnswer,
  blindLook,
  blindResult,
  disputedLook,
  goldenBody,
  goldenView,
  lookSettlement,
} from '../../domain/views/quality-view.ts';
import * as again from '../../pipeline/casework/look-again.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import { reviewerIn } from '../reviewer-in.ts';
import type { ServerDeps } from '../server-deps.ts';

const daysQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(30) });

const dashboardQuery = daysQuery.extend({
  queue: wellFormedText(100).optional(),
  /** Country of the seller. */
  market: countryCode.optional(),
});

const inQuality = (summary: string) => ({ tags: ['quality'], summary });

/** How good decisions are: blind second looks, agreement, golden cases, and the figures of the work. */
export function qualityRoutes(server: ApiServer, { casework, queries }: ServerDeps): void {
  if (casework === undefined) return;
  const { quality, readDashboard } = casework;

  server.post(
    '/v1/quality/next',
    {
      config: { access: ['cases:decide'] },
      schema: {
        ...inQuality('A decided case to be judged once more; how it was decided is not told'),
        response: { 200: z.object({ look: blindLook.optional() }), ...problems },
      },
    },
    async (request) => {
      const look = await again.takeLook(quality, reviewerIn(request));
      const found = look === undefined ? undefined : await queries.case(look.caseId);
      if (look === undefined || found === undefined) return {};
      const { leaseHolder: _holder, leaseHolderName: _name, ...shown } = found;
      return {
        look: {
          id: look.id,
          // Golden cases look like any other: whoever knows that the answer is known answers otherwise.
          kind: 'SAMPLE' as const,
          dueAt: new Date(look.dueAtMs).toISOString(),
          case: {
            ...shown,
            state: 'QUEUED' as const,
            events: shown.events.filter(({ type }) => ['OPEN', 'TRIAGE', 'ENQUEUE', 'ITEM_ADDED'].includes(type)),
          },
        },
      };
    },
  );

  server.post(
    '/v1/quality/:id',
    {
      config: { access: ['cases:decide'] },
      schema: {
        ...inQuality('Your judgement of a second look; the first one is told now'),
        params: idParams,
        body: blindAnswer,
        response: { 200: blindResult, ...problems },
      },
    },
    async (request) => again.answerLook(quality, reviewerIn(request), request.params.id, request.body),
  );

  server.get(
    '/v1/quality/agreement',
    {
      config: { access: ['cases:read'] },
      schema: {
        ...inQuality("Agreement beyond chance (Cohen's kappa), by violation type and by reviewer"),
        querystring: daysQuery,
        response: { 200: agreementView, ...problems },
      },
    },
    async (request) => again.measureAgreement(quality, request.query.days),
  );

  server.get(
    '/v1/quality/disputed',
    {
      config: { access: ['cases:lead'] },
      schema: {
        ...inQuality('Second looks whose judgement differs from the first'),
        response: { 200: z.object({ items: z.array(disputedLook) }), ...problems },
      },
    },
    async () => ({ items: await again.listDisputes(quality) }),
  );

  server.post(
    '/v1/quality/:id/settle',
    {
      config: { access: ['cases:lead'] },
      schema: {
        ...inQuality('Say which of two judgements holds'),
        params: idParams,
        body: lookSettlement,
        response: { 200: blindResult, ...problems },
      },
    },
    async (request) => again.settleLook(quality, reviewerIn(request), request.params.id, request.body.holds),
  );

  server.get(
    '/v1/quality/golden',
    {
      config: { access: ['cases:lead'] },
      schema: {
        ...inQuality('Cases whose right answer is known'),
        response: { 200: z.object({ items: z.array(goldenView) }), ...problems },
      },
    },
    async () => ({ items: [...(await quality.looks.golden())] }),
  );

  server.post(
    '/v1/quality/golden',
    {
      config: { access: ['cases:lead'] },
      schema: {
        ...inQuality('Make a case a golden one'),
        body: goldenBody,
        response: { 201: goldenView, ...problems },
      },
    },
    async (request, reply) => {
      const { body } = request;
      if ((await queries.case(body.caseId)) === undefined)
        throw new AppError('resource.not-found', `There is no case “${body.caseId}”.`);
      const golden = { id: quality.ids.next(), ...body, madeBy: reviewerIn(request).id };
      if ((await quality.looks.addGolden(golden, quality.clock.nowMs())) === 'there-is-one')
        throw new AppError('resource.conflict', 'This case is a golden one already.');
      return reply.code(201).send({ ...golden, looks: 0, correct: 0 });
    },
  );

  server.delete(
    '/v1/quality/golden/:id',
    {
      config: { access: ['cases:lead'] },
      schema: {
        ...inQuality('Take a golden case out of use'),
        params: idParams,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      await quality.looks.deleteGolden(request.params.id);
      return reply.code(204).send();
    },
  );

  server.get(
    '/v1/dashboard',
    {
      config: { access: ['cases:read', 'stats:read'] },
      schema: {
        tags: ['quality'],
        summary: 'Backlog, due times, time to action, decisions, reversals, precision and throughput of a period',
        querystring: dashboardQuery,
        response: { 200: dashboardView, ...problems },
      },
    },
    async (request) => readDashboard({ ...request.query, reach: reviewerIn(request).reach }),
  );
}
