import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { externalId } from '../../domain/primitives.ts';
import {
  buyerStandingView,
  campaignsBody,
  creditSimulationView,
  extortionReportBody,
  kybDutyView,
  lostWindowsView,
  standingAppealBody,
  standingAppealView,
} from '../../domain/views/credit-view.ts';
import { sellerEligibility } from '../../domain/views/subject-view.ts';
import { appealStanding, type JudgedAppeal } from '../../pipeline/appeal-standing.ts';
import { reportBuyer } from '../../pipeline/buyer-reports.ts';
import { lostWindows } from '../../pipeline/lost-windows.ts';
import { kybDutiesOf } from '../../pipeline/remind-kyb.ts';
import { reportExtortion } from '../../pipeline/report-extortion.ts';
import { simulateVersion } from '../../pipeline/simulate-ruleset.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import { principalOf } from '../auth.ts';
import type { ServerDeps } from '../server-deps.ts';
import { answerEligibility } from './seller-routes.ts';

/** Sellers of one bulk question by body. */
const MAX_SELLERS = 5_000;

const presentAppeal = ({ submittedBy: _by, submittedAtMs, decidedAtMs, about, ...appeal }: JudgedAppeal) => ({
  ...appeal,
  about: [...about],
  submittedAt: iso(submittedAtMs),
  ...(decidedAtMs === undefined ? {} : { decidedAt: iso(decidedAtMs) }),
});

const iso = (atMs: number): string => new Date(atMs).toISOString();
const missing = (what: string, id: string) => new AppError('resource.not-found', `There is no ${what} “${id}”.`);

/** Credit beyond the report: bulk eligibility, what a wrong decision cost, identity duties, buyers, simulation. */
export function creditRoutes(server: ApiServer, deps: ServerDeps): void {
  const { credit, rules, clock } = deps;

  server.post(
    '/v1/eligibility',
    {
      config: { access: ['score:read'] },
      schema: {
        tags: ['sellers'],
        summary: `Score, tier and eligibility of up to ${MAX_SELLERS} sellers`,
        body: z.strictObject({ sellerIds: z.array(externalId).min(1).max(MAX_SELLERS) }),
        response: { 200: z.object({ items: z.array(sellerEligibility), unknown: z.array(z.string()) }), ...problems },
      },
    },
    async (request) => answerEligibility(deps, [...new Set(request.body.sellerIds)]),
  );

  server.post(
    '/v1/sellers/:id/lost-eligibility',
    {
      config: { access: ['score:read', 'cases:read'] },
      schema: {
        tags: ['sellers'],
        summary: 'Days lost by decisions that were undone since, and which of these campaigns fell into them',
        params: idParams,
        body: campaignsBody,
        response: { 200: lostWindowsView, ...problems },
      },
    },
    async (request) => {
      const campaigns = request.body.campaigns.map(({ id, from, until }) => ({
        id,
        fromMs: Date.parse(from),
        untilMs: Date.parse(until),
      }));
      const ports = { ledger: credit.ledger, rules: credit.creditRules(), clock };
      const found = await lostWindows(ports, request.params.id, campaigns);
      if (found === undefined) throw missing('seller', request.params.id);
      return {
        periods: found.periods.map(({ fromMs, untilMs, lost, ...period }) => ({
          ...period,
          lost: [...lost],
          from: iso(fromMs),
          until: iso(untilMs),
        })),
        campaigns: found.campaigns.map(({ id, fromMs, untilMs }) => ({ id, from: iso(fromMs), until: iso(untilMs) })),
      };
    },
  );

  server.get(
    '/v1/sellers/:id/kyb-duties',
    {
      config: { access: ['score:read', 'items:read'] },
      schema: {
        tags: ['sellers'],
        summary: 'What has to be done to know who sells, by INFORM and DSA Art. 30, with due times',
        params: idParams,
        response: { 200: z.object({ items: z.array(kybDutyView) }), ...problems },
      },
    },
    async (request) => {
      const duties = await kybDutiesOf(credit.kyb, request.params.id);
      if (duties === undefined) throw missing('seller', request.params.id);
      return {
        items: duties.map(({ dueAtMs, isReminderDue: _isReminderDue, ...duty }) => ({ ...duty, dueAt: iso(dueAtMs) })),
      };
    },
  );

  server.get(
    '/v1/accounts/:id/standing',
    {
      config: { access: ['score:read', 'cases:read'] },
      schema: {
        tags: ['subjects'],
        summary: 'A buyer’s standing: score, tier, weight of reviews, and the settled things that make it',
        params: idParams,
        response: { 200: buyerStandingView, ...problems },
      },
    },
    async (request) => {
      const report = await reportBuyer(credit.buyers, request.params.id);
      if (report === undefined) throw missing('account', request.params.id);
      const { record, lines, appealableLines, ...standing } = report;
      const grantedAppeals = record.grantedAppeals.map(({ line, atMs }) => ({ line, at: iso(atMs) }));
      return {
        ...standing,
        lines: [...lines],
        appealableLines: [...appealableLines],
        appeals: (await credit.standingAppeals.store.list(request.params.id)).map(presentAppeal),
        record: { ...record, grantedAppeals },
      };
    },
  );

  server.post(
    '/v1/accounts/:id/standing-appeals',
    {
      config: { access: ['appeals:write'] },
      schema: {
        tags: ['subjects'],
        summary: 'A buyer appeals against their standing; a person decides it as a case about the account',
        params: idParams,
        body: standingAppealBody,
        response: { 202: standingAppealView, ...problems },
      },
    },
    async (request, reply) => {
      const told = { ...request.body, submittedBy: principalOf(request).id };
      return reply.code(202).send(presentAppeal(await appealStanding(credit.standingAppeals, request.params.id, told)));
    },
  );

  server.post(
    '/v1/reviews/:id/extortion-report',
    {
      config: { access: ['reviews:write', 'items:write'] },
      schema: {
        tags: ['subjects'],
        summary: 'A seller says that the buyer demands something for this review; a person judges it',
        params: idParams,
        body: extortionReportBody,
        response: {
          202: z.strictObject({ status: z.enum(['saved', 'known']), accountId: z.string() }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const told = { ...request.body, reportedBy: principalOf(request).id };
      return reply.code(202).send(await reportExtortion(credit.extortion, request.params.id, told));
    },
  );

  server.post(
    '/v1/rulesets/:digest/credit-simulation',
    {
      config: { access: ['rules:read', 'ruleset:publish'] },
      schema: {
        tags: ['rules'],
        summary: 'What the version’s credit.yaml would do to the tiers of the stored sellers, who moves and why',
        params: z.strictObject({ digest: z.string().min(8).max(64) }),
        body: z.strictObject({ limit: z.int().min(1).max(100_000).default(10_000) }),
        response: { 200: creditSimulationView, ...problems },
      },
    },
    async (request) => {
      const { ledger, creditRules } = credit;
      const report = await simulateVersion(
        { ...rules, ledger, creditRules },
        request.params.digest,
        request.body.limit,
      );
      return { ...report, histogram: [...report.histogram], examples: [...report.examples] };
    },
  );
}
