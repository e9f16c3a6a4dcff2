import { z } from 'zod';
import { caseState } from '../../domain/case.ts';
import { creditTier } from '../../domain/credit.ts';
import { outcome } from '../../domain/decision.ts';
import { AppError } from '../../domain/errors.ts';
import { externalId, wellFormedText } from '../../domain/primitives.ts';
import { violationType } from '../../domain/violation.ts';
import { caseSummary, caseView } from '../../domain/views/case-view.ts';
import { givenOnly, idParams, pageAnswer, pageOf, pageQuery, problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

const caseQuery = z.strictObject({
  ...pageQuery,
  /** One or several states; absent: every case that still needs somebody. */
  state: z.union([caseState.transform((one) => [one]), z.array(caseState).min(1)]).optional(),
  queue: wellFormedText(100).optional(),
  violationType: violationType.optional(),
  sellerId: externalId.optional(),
  /** Of a check in the case. */
  outcome: outcome.optional(),
  /** Of the seller. */
  tier: creditTier.optional(),
});

/** Cases, as queues and case pages show them. */
export function caseRoutes(server: ApiServer, { queries }: ServerDeps): void {
  server.get(
    '/v1/cases',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['cases'],
        summary: 'Cases by priority, highest first',
        querystring: caseQuery,
        response: { 200: pageAnswer(caseSummary), ...problems },
      },
    },
    async (request) => {
      const { cursor, limit, state: states, ...filter } = request.query;
      return queries.cases(givenOnly({ ...filter, states }), pageOf({ cursor, limit }));
    },
  );

  server.get(
    '/v1/cases/:id',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['cases'],
        summary: 'A case with its items, findings, evidence, subjects, events and seller',
        params: idParams,
        response: { 200: caseView, ...problems },
      },
    },
    async (request) => {
      const found = await queries.case(request.params.id);
      if (found === undefined) throw new AppError('resource.not-found', `There is no case “${request.params.id}”.`);
      return found;
    },
  );
}
