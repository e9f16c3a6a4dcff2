import { z } from 'zod';
import { caseState } from '../../domain/case.ts';
import { AppError } from '../../domain/errors.ts';
import { caseConditions, type CaseConditions } from '../../domain/views/bulk-view.ts';
import { caseSummary, caseView } from '../../domain/views/case-view.ts';
import { givenOnly, idParams, pageAnswer, pageOf, pageQuery, problems, type ApiServer } from '../api-server.ts';
import type { CaseFilter } from '../../pipeline/queries.ts';
import { isWithin, type Reviewer } from '../../pipeline/casework/reviewer.ts';
import { reviewerIn } from '../reviewer-in.ts';
import type { ServerDeps } from '../server-deps.ts';

const listed = { ...caseConditions.shape };

/** Conditions of a list of cases as an address holds them. */
export const caseConditionQuery = {
  ...listed,
  /** One or several states; absent: every case that still needs somebody. */
  state: z.union([caseState.transform((one) => [one]), z.array(caseState).min(1)]).optional(),
  isOverdue: z.stringbool().optional(),
};

const caseQuery = z.strictObject({
  ...pageQuery,
  ...caseConditionQuery,
  /** Each case with what its summary says, as figures and names. */
  gist: z.stringbool().optional(),
});

/** The conditions within the caller's reach; `me` is the caller. */
export function caseFilterOf(reviewer: Reviewer, { state, holder, ...rest }: CaseConditions): CaseFilter {
  return givenOnly({
    ...rest,
    states: state,
    holder: holder === 'me' ? reviewer.id : holder,
    reach: reviewer.reach,
  });
}

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
      const { cursor, limit, gist = false, ...conditions } = request.query;
      const filter = { ...caseFilterOf(reviewerIn(request), conditions), withGist: gist };
      return queries.cases(filter, pageOf({ cursor, limit }));
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
      if (found === undefined || !isWithin(reviewerIn(request).reach, found))
        throw new AppError('resource.not-found', `There is no case “${request.params.id}”.`);
      return found;
    },
  );
}
