import { z } from 'zod';
import { outcome } from '../../domain/decision.ts';
import { AppError } from '../../domain/errors.ts';
import { subjectKind } from '../../domain/finding.ts';
import { externalId } from '../../domain/primitives.ts';
import { checkState, checkSummary, checkView } from '../../domain/views/check-view.ts';
import { explanationView } from '../../domain/views/rules-view.ts';
import { explainCheck } from '../../pipeline/examine-rules.ts';
import { givenOnly, idParams, pageAnswer, pageOf, pageQuery, problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

const checkQuery = z.strictObject({
  ...pageQuery,
  subjectKind: subjectKind.optional(),
  subjectId: externalId.optional(),
  state: checkState.optional(),
  outcome: outcome.optional(),
});

/** What became of checks: state, findings, decision. */
export function checkRoutes(server: ApiServer, { queries, rules }: ServerDeps): void {
  server.get(
    '/v1/checks',
    {
      config: { access: ['items:read'] },
      schema: {
        tags: ['checks'],
        summary: 'Checks, newest first',
        querystring: checkQuery,
        response: { 200: pageAnswer(checkSummary), ...problems },
      },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query;
      return queries.checks(givenOnly(filter), pageOf({ cursor, limit }));
    },
  );

  server.get(
    '/v1/checks/:id',
    {
      config: { access: ['items:read'] },
      schema: {
        tags: ['checks'],
        summary: 'State, findings with evidence, and decision of a check',
        params: idParams,
        response: { 200: checkView, ...problems },
      },
    },
    async (request) => {
      const check = await queries.check(request.params.id);
      if (check === undefined) throw new AppError('resource.not-found', `There is no check “${request.params.id}”.`);
      return check;
    },
  );

  server.get(
    '/v1/checks/:id/explanation',
    {
      config: { access: ['items:read', 'cases:read'] },
      schema: {
        tags: ['checks'],
        summary: 'Every rule that was asked, its answer and the values it read, by the version that decided',
        params: idParams,
        response: { 200: explanationView, ...problems },
      },
    },
    async (request) => {
      const { explanation, ...told } = await explainCheck(rules, request.params.id);
      const { findings, rules: asked } = explanation;
      return { ...told, findings: [...findings], rules: [...asked] };
    },
  );
}
