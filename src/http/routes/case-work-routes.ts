import { z } from 'zod';
import type { Scope } from '../../domain/access.ts';
import { externalId } from '../../domain/primitives.ts';
import {
  caseQueueView,
  caseSkillView,
  caseStep,
  caseWorkRequests,
  nextCase,
  nextRequest,
} from '../../domain/views/case-work-view.ts';
import { colleague } from '../../domain/views/person-view.ts';
import type { Reviewer } from '../../pipeline/casework/reviewer.ts';
import { mergeCase } from '../../pipeline/casework/merge-case.ts';
import * as work from '../../pipeline/casework/work-case.ts';
import { givenOnly, idParams, problems, type ApiServer } from '../api-server.ts';
import type { CaseworkDeps } from '../casework-deps.ts';
import { reviewerIn } from '../reviewer-in.ts';
import type { ServerDeps } from '../server-deps.ts';

const queueParams = z.strictObject({ queue: externalId });

/** Claiming cases and everything that their holders do short of deciding. */
export function caseWorkRoutes(server: ApiServer, { casework }: ServerDeps): void {
  if (casework === undefined) return;
  const { ports } = casework;
  queueListRoutes(server, casework);

  server.post(
    '/v1/queues/:queue/next',
    {
      config: { access: ['cases:decide'] },
      schema: {
        tags: ['cases'],
        summary: 'Claim the most urgent case of a queue, or of every queue of yours with `all`',
        params: queueParams,
        body: nextRequest.prefault({}),
        response: { 200: nextCase, ...problems },
      },
    },
    async (request) => {
      const { queue } = request.params;
      const { preferId, skipIds, release } = request.body;
      return work.claimNext(ports, {
        reviewer: reviewerIn(request),
        skipIds,
        ...(queue === 'all' ? {} : { queue }),
        ...givenOnly({ preferId, release }),
      });
    },
  );

  /** One step: its address, who may take it, what it takes, and what it does. */
  const step = <Body extends z.ZodType>(
    name: string,
    summary: string,
    { body, scope = 'cases:decide' }: { readonly body: Body; readonly scope?: Scope },
    run: (id: string, reviewer: Reviewer, body: z.output<Body>) => Promise<z.infer<typeof caseStep>>,
  ): void => {
    server.post(
      `/v1/cases/:id/${name}`,
      {
        config: { access: [scope] },
        schema: { tags: ['cases'], summary, params: idParams, body, response: { 200: caseStep, ...problems } },
      },
      async (request) => run(request.params.id, reviewerIn(request), request.body as z.output<Body>),
    );
  };

  const noBody = z.strictObject({}).prefault({});
  step('claim', 'Claim a case for ten minutes', { body: noBody }, (id, reviewer) =>
    work.claimCase(ports, id, reviewer),
  );
  step('renew', 'Renew a claim', { body: caseWorkRequests.renew }, (id, reviewer, body) =>
    work.renewCase(ports, id, reviewer, body),
  );
  step('release', 'Give a case back', { body: caseWorkRequests.release }, (id, reviewer, body) =>
    work.releaseCase(ports, id, reviewer, body),
  );
  step('hold', 'Keep a case longer, with a reason', { body: caseWorkRequests.hold }, (id, reviewer, body) =>
    work.holdCase(ports, id, reviewer, body),
  );
  step('handover', 'Hand a case to a colleague', { body: caseWorkRequests.handover }, (id, reviewer, body) =>
    work.handOverCase(ports, id, reviewer, body),
  );
  step('escalate', 'Bring a case before the leads', { body: caseWorkRequests.escalate }, (id, reviewer, body) =>
    work.escalateCase(ports, id, reviewer, body),
  );
  step('request-info', 'Ask for information', { body: caseWorkRequests.requestInfo }, (id, reviewer, body) =>
    work.requestInfo(ports, id, reviewer, body),
  );
  step('info', 'Add the information that was asked for', { body: caseWorkRequests.info }, (id, reviewer, { text }) =>
    work.addInfo(ports, id, reviewer, text),
  );
  step('note', 'Add a note for colleagues', { body: caseWorkRequests.note }, (id, reviewer, { text }) =>
    work.addNote(ports, id, reviewer, text),
  );
  step('merge', 'Merge a duplicate into another case', { body: caseWorkRequests.merge }, (id, reviewer, body) =>
    mergeCase(ports, id, reviewer, body),
  );
  step(
    'reassign',
    'Offer a case to one person alone, or to everybody again',
    { body: caseWorkRequests.reassign, scope: 'cases:lead' },
    (id, reviewer, body) => work.reassignCase(ports, id, reviewer, body),
  );
  step(
    'reopen',
    'Open a decided case once more',
    { body: caseWorkRequests.reopen, scope: 'cases:lead' },
    (id, reviewer, { reason }) => work.reopenCase(ports, id, reviewer, reason),
  );
}

function queueListRoutes(server: ApiServer, { ports, queueTitles, skillTitles }: CaseworkDeps): void {
  server.get(
    '/v1/case-queues',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['cases'],
        summary: 'Queues of cases within your reach, with what waits in them',
        response: { 200: z.object({ items: z.array(caseQueueView) }), ...problems },
      },
    },
    async (request) => {
      const { reach } = reviewerIn(request);
      const loads = new Map((await ports.cases.loads(reach, ports.clock.nowMs())).map((load) => [load.queue, load]));
      const titles = new Map(queueTitles().map(({ name, title }) => [name, title]));
      // Queues that the rules have dropped stay visible while cases wait in them.
      const names = [...new Set([...titles.keys(), ...loads.keys()])];
      const shown = names.filter((name) => reach.queues.length === 0 || reach.queues.includes(name));
      const none = { waiting: 0, claimed: 0, overdue: 0, dueSoon: 0, secondReview: 0, oldestAtMs: undefined };
      return {
        items: shown.map((name) => {
          const { oldestAtMs, queue: _queue, ...load } = { queue: name, ...none, ...loads.get(name) };
          return {
            name,
            title: titles.get(name) ?? name,
            ...load,
            ...(oldestAtMs === undefined ? {} : { oldestAt: new Date(oldestAtMs).toISOString() }),
          };
        }),
      };
    },
  );

  server.get(
    '/v1/case-skills',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['cases'],
        summary: 'Skills of the published rules, to bound what somebody is given',
        response: { 200: z.object({ items: z.array(caseSkillView) }), ...problems },
      },
    },
    () => ({ items: skillTitles().map(({ name, title }) => ({ name, title })) }),
  );

  server.get(
    '/v1/colleagues',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['cases'],
        summary: 'People who work cases, to hand over to',
        response: { 200: z.object({ items: z.array(colleague) }), ...problems },
      },
    },
    async () => ({ items: (await ports.cases.colleagues()).map((one) => colleague.parse(one)) }),
  );
}
