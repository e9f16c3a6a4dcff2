import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { externalId } from '../../domain/primitives.ts';
import { bulkAnswer, bulkPreview, bulkPreviewRequest, bulkRequest } from '../../domain/views/bulk-view.ts';
import { decisionAnswer, decisionPreview, decisionRequests } from '../../domain/views/case-decision-view.ts';
import { caseDecisionView } from '../../domain/views/made-decision-view.ts';
import { caseSummary } from '../../domain/views/case-view.ts';
import { similarCase } from '../../domain/views/search-view.ts';
import { decideBulk, previewBulk, undoBulk } from '../../pipeline/casework/bulk-decision.ts';
import * as decide from '../../pipeline/casework/decide-case.ts';
import { previewDecision } from '../../pipeline/casework/preview-decision.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import type { CaseworkDeps } from '../casework-deps.ts';
import { reviewerIn } from '../reviewer-in.ts';
import type { ServerDeps } from '../server-deps.ts';
import { caseFilterOf } from './case-routes.ts';

const inCases = (summary: string) => ({ tags: ['cases'], summary });

/** Deciding cases: alone, as a second person, in bulk; and taking it back. */
export function caseDecisionRoutes(server: ApiServer, { casework }: ServerDeps): void {
  if (casework === undefined) return;
  const { ports } = casework;

  server.post(
    '/v1/cases/:id/preview',
    {
      config: { access: ['cases:read'] },
      schema: {
        ...inCases('What a decision would bring about; nothing is written'),
        params: idParams,
        body: decisionRequests.preview,
        response: { 200: decisionPreview, ...problems },
      },
    },
    async (request) => previewDecision(ports, request.params.id, reviewerIn(request), request.body.decision),
  );

  server.post(
    '/v1/cases/:id/decide',
    {
      config: { access: ['cases:decide'] },
      schema: {
        ...inCases('Decide a case that you hold'),
        params: idParams,
        body: decisionRequests.decide,
        response: { 200: decisionAnswer, ...problems },
      },
    },
    async (request) => decide.decideCase(ports, request.params.id, reviewerIn(request), request.body),
  );

  server.post(
    '/v1/cases/:id/undo',
    {
      config: { access: ['cases:decide'] },
      schema: {
        ...inCases('Take your decision back before it takes effect'),
        params: idParams,
        body: decisionRequests.undo,
        response: { 200: decisionAnswer, ...problems },
      },
    },
    async (request) => decide.undoDecision(ports, request.params.id, reviewerIn(request), request.body.decisionId),
  );

  server.post(
    '/v1/cases/:id/reverse',
    {
      config: { access: ['cases:lead'] },
      schema: {
        ...inCases('Reverse a decision that is in force, at its original date'),
        params: idParams,
        body: decisionRequests.reverse,
        response: { 200: decisionAnswer, ...problems },
      },
    },
    async (request) => decide.reverseDecision(ports, request.params.id, reviewerIn(request), request.body),
  );

  server.post(
    '/v1/cases/:id/second-review',
    {
      config: { access: ['cases:decide'] },
      schema: {
        ...inCases('Agree or disagree with what a colleague proposes'),
        params: idParams,
        body: decisionRequests.secondReview,
        response: { 200: decisionAnswer, ...problems },
      },
    },
    async (request) => decide.reviewProposal(ports, request.params.id, reviewerIn(request), request.body),
  );

  server.post(
    '/v1/cases/:id/adjudicate',
    {
      config: { access: ['cases:lead'] },
      schema: {
        ...inCases('Decide where two reviewers differ'),
        params: idParams,
        body: decisionRequests.adjudicate,
        response: { 200: decisionAnswer, ...problems },
      },
    },
    async (request) => decide.adjudicateCase(ports, request.params.id, reviewerIn(request), request.body),
  );

  server.get(
    '/v1/cases/:id/decisions',
    {
      config: { access: ['cases:read'] },
      schema: {
        ...inCases('Decisions about a case, latest first'),
        params: idParams,
        response: { 200: z.object({ items: z.array(caseDecisionView) }), ...problems },
      },
    },
    async (request) => {
      await assertSeen(request);
      return { items: [...(await ports.decisions.decisions(request.params.id))] };
    },
  );

  server.get(
    '/v1/cases/:id/same-picture',
    {
      config: { access: ['cases:read'] },
      schema: {
        ...inCases('Waiting cases of other sellers that show the same picture, to be decided together'),
        params: idParams,
        response: { 200: z.object({ items: z.array(caseSummary) }), ...problems },
      },
    },
    async (request) => {
      await assertSeen(request);
      return { items: [...(await casework.samePicture(request.params.id, reviewerIn(request).reach))] };
    },
  );

  server.get(
    '/v1/cases/:id/similar',
    {
      config: { access: ['cases:read'] },
      schema: {
        ...inCases('Past cases that resemble a case, and how they were decided'),
        params: idParams,
        response: { 200: z.object({ items: z.array(similarCase) }), ...problems },
      },
    },
    async (request) => {
      await assertSeen(request);
      return { items: [...((await casework.similarCases(request.params.id, reviewerIn(request).reach)) ?? [])] };
    },
  );

  async function assertSeen(request: Parameters<typeof reviewerIn>[0] & { params: { id: string } }): Promise<void> {
    const { id } = request.params;
    if ((await ports.bulks.summaries([id], reviewerIn(request).reach)).length === 0)
      throw new AppError('resource.not-found', `There is no case “${id}”.`);
  }

  bulkRoutes(server, casework);
}

function bulkRoutes(server: ApiServer, { ports }: CaseworkDeps): void {
  server.post(
    '/v1/cases/bulk/preview',
    {
      config: { access: ['cases:decide'] },
      schema: {
        ...inCases('What a decision about many cases would do'),
        body: bulkPreviewRequest,
        response: { 200: bulkPreview, ...problems },
      },
    },
    async (request) => previewBulk(ports, reviewerIn(request), request.body, caseFilterOf),
  );

  server.post(
    '/v1/cases/bulk',
    {
      config: { access: ['cases:decide'] },
      schema: {
        ...inCases('Decide the cases of a preview alike'),
        body: bulkRequest,
        response: { 200: bulkAnswer, ...problems },
      },
    },
    async (request) => decideBulk(ports, reviewerIn(request), request.body, caseFilterOf),
  );

  server.post(
    '/v1/cases/bulk/undo',
    {
      config: { access: ['cases:decide'] },
      schema: {
        ...inCases('Take a bulk decision back as far as it has not taken effect'),
        body: z.strictObject({ bulkId: externalId }),
        response: { 200: z.object({ undone: z.int() }), ...problems },
      },
    },
    async (request) => ({ undone: await undoBulk(ports, reviewerIn(request), request.body.bulkId) }),
  );
}
