import { z } from 'zod';
import {
  backtestBody,
  checkPeriodBody,
  moveBody,
  rollbackBody,
  rulesetFilesView,
  rulesetSubmission,
  rulesetSummary,
  rulesetView,
  ruleScoreView,
} from '../../domain/views/rules-view.ts';
import { scoreRules, startBacktest } from '../../pipeline/examine-rules.ts';
import { findVersion, moveVersion, rollBack, submitRuleset } from '../../pipeline/ruleset-life-cycle.ts';
import type { RulesActor, StoredRuleset } from '../../pipeline/ruleset-store.ts';
import type { CheckPeriod } from '../../pipeline/stored-checks.ts';
import { diffRules } from '../../policy/diff-rules.ts';
import { problems, type ApiServer } from '../api-server.ts';
import { principalOf } from '../auth.ts';
import { presentRuleset, presentRulesetLife } from '../present-ruleset.ts';
import type { ServerDeps } from '../server-deps.ts';
import type { FastifyRequest } from 'fastify';

const digestParams = z.strictObject({ digest: z.string().min(8).max(64) });

/** Differences of the version in shadow that are told one by one. */
const SHADOW_EXAMPLES = 50;

/** What a scoreboard looks at when nobody says: as many weeks as its trend has. */
const EIGHT_WEEKS_MS = 56 * 86_400_000;

const actorOf = (request: FastifyRequest): RulesActor => {
  const { id, name, role } = principalOf(request);
  return { id, name, isPerson: role !== undefined };
};

/** The life of the rules: drafts, backtests, shadow, publication by a second person, one step back. */
export function rulesetRoutes(server: ApiServer, deps: ServerDeps): void {
  const { rules, clock } = deps;
  const periodOf = (given: z.infer<typeof checkPeriodBody>): CheckPeriod => {
    const untilMs = given.until === undefined ? clock.nowMs() : Date.parse(given.until);
    const fromMs = given.from === undefined ? untilMs - EIGHT_WEEKS_MS : Date.parse(given.from);
    return { fromMs, untilMs, limit: given.limit };
  };
  const describe = async (stored: StoredRuleset) => {
    const { store } = rules;
    // First of all: a backtest that ends meanwhile is told as running, never as done with the report before it.
    const running = await store.backtestProgress(stored.digest);
    const version = await findVersion(store, stored.digest);
    const { published } = await store.inForce();
    const base =
      published === undefined || published === version.digest ? version : await findVersion(store, published);
    const [moves, shadow] = [
      await store.moves(version.digest),
      await store.shadowSummary(version.digest, SHADOW_EXAMPLES),
    ];
    return presentRulesetLife(version, {
      moves,
      shadow,
      ...(running === undefined ? {} : { running }),
      changes: diffRules(base.files, version.files),
    });
  };

  server.get(
    '/v1/rulesets',
    {
      config: { access: ['rules:read', 'ruleset:publish'] },
      schema: {
        tags: ['rules'],
        summary: 'Versions of the rules, newest first',
        response: { 200: z.object({ items: z.array(rulesetSummary) }), ...problems },
      },
    },
    async () => ({ items: (await rules.store.list()).map(presentRuleset) }),
  );

  server.post(
    '/v1/rulesets',
    {
      bodyLimit: deps.settings.batchBodyBytes,
      config: { access: ['rules:write'] },
      schema: {
        tags: ['rules'],
        summary: 'Hand in a draft; its files are checked and its cases run at once',
        body: rulesetSubmission,
        response: { 201: rulesetView, ...problems },
      },
    },
    async (request, reply) => {
      const { files, base, note } = request.body;
      const draft = { files, note, ...(base === undefined ? {} : { base }) };
      return reply.code(201).send(await describe(await submitRuleset(rules, draft, actorOf(request))));
    },
  );

  server.get(
    '/v1/rulesets/:digest',
    {
      config: { access: ['rules:read', 'ruleset:publish'] },
      schema: {
        tags: ['rules'],
        summary: 'A version with its life, what differs from the published one, backtest and shadow',
        params: digestParams,
        response: { 200: rulesetView, ...problems },
      },
    },
    async (request) => describe(await findVersion(rules.store, request.params.digest)),
  );

  server.get(
    '/v1/rulesets/:digest/files',
    {
      config: { access: ['rules:read', 'ruleset:publish'] },
      schema: {
        tags: ['rules'],
        summary: 'The files of a version, word for word',
        params: digestParams,
        response: { 200: rulesetFilesView, ...problems },
      },
    },
    async (request) => {
      const { digest, files, tests } = await findVersion(rules.store, request.params.digest);
      return { digest, files: [...files], tests: [...tests] };
    },
  );

  server.post(
    '/v1/rulesets/:digest/backtest',
    {
      config: { access: ['rules:write', 'ruleset:publish'] },
      schema: {
        tags: ['rules'],
        summary:
          'Run a version over the stored checks of a period; 202 where detectors have to look again, which goes on beside the requests',
        params: digestParams,
        body: backtestBody,
        response: { 200: rulesetView, 202: rulesetView, ...problems },
      },
    },
    async (request, reply) => {
      const { digest } = request.params;
      const { lookAgain } = request.body;
      const wanted = { digest, period: periodOf(request.body), actor: actorOf(request), lookAgain };
      const started = await startBacktest(rules, wanted);
      return reply.code(started.kind === 'done' ? 200 : 202).send(await describe(started.version));
    },
  );

  const moves = [
    ['shadow', 'BEGIN_SHADOW', 'Run a version beside the published one on live items; nothing of it is enforced'],
    ['publish', 'PUBLISH', 'Put a version into force; another person than its author must'],
    ['retire', 'RETIRE', 'Put a version aside'],
  ] as const;
  for (const [path, type, summary] of moves) {
    server.post(
      `/v1/rulesets/:digest/${path}`,
      {
        config: { access: type === 'PUBLISH' ? ['ruleset:publish'] : ['rules:write', 'ruleset:publish'] },
        schema: {
          tags: ['rules'],
          summary,
          params: digestParams,
          body: moveBody,
          response: { 200: rulesetView, ...problems },
        },
      },
      async (request) => {
        const { digest } = request.params;
        const { note } = request.body;
        return describe(await moveVersion(rules, { digest, type, note, actor: actorOf(request) }));
      },
    );
  }

  server.post(
    '/v1/rulesets/rollback',
    {
      config: { access: ['ruleset:publish'] },
      schema: {
        tags: ['rules'],
        summary: 'Bring back the version that was in force before, or another that once was, in one step',
        body: rollbackBody,
        response: { 200: rulesetView, ...problems },
      },
    },
    async (request) => {
      const { digest, note } = request.body;
      const wanted = { note, actor: actorOf(request), ...(digest === undefined ? {} : { digest }) };
      return describe(await rollBack(rules, wanted));
    },
  );

  server.post(
    '/v1/rules/scoreboard',
    {
      config: { access: ['rules:read', 'ruleset:publish'] },
      schema: {
        tags: ['rules'],
        summary: 'How often each rule fired and how often people held it right',
        body: checkPeriodBody,
        response: { 200: z.object({ items: z.array(ruleScoreView) }), ...problems },
      },
    },
    async (request) => ({
      items: (await scoreRules(rules, periodOf(request.body))).map(({ weeks, ...score }) => ({
        ...score,
        weeks: [...weeks],
      })),
    }),
  );
}
