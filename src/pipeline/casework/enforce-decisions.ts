import { appealableUntilMs } from '../../policy/appealable.ts';
import { samplingWhy } from '../../policy/second-review.ts';
import type { DomainEvent } from '../effects.ts';
import { appealEvent, settlementOf } from '../appeals/settle-ruling.ts';
import { contentDigest } from '../content-digest.ts';
import { type DecisionPorts, penaltiesOf, prepareDecision, type PreparedDecision } from './prepare-decision.ts';
import type { DecisionEffects } from './decision-store.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Decisions of one look. */
const ROUND = 50;

/** Puts decisions in force whose time to be undone is over; gives how many. Safe in several workers at once. */
export async function enforceDecisions(ports: DecisionPorts, kickOutbox: () => void): Promise<number> {
  let enforced = 0;
  for (;;) {
    const due = await ports.decisions.due(ports.clock.nowMs(), ROUND);
    let fresh = 0;
    for (const caseId of due) if ((await enforceOne(ports, caseId)) === 'enforced') fresh += 1;
    enforced += fresh;
    if (fresh < ROUND) break;
  }
  if (enforced > 0) kickOutbox();
  return enforced;
}

async function enforceOne(ports: DecisionPorts, caseId: string): Promise<'enforced' | 'skipped'> {
  const facts = await ports.decisions.facts(caseId);
  const open = facts?.case.openDecision;
  if (facts === undefined || open === undefined || open.state !== 'PENDING') return 'skipped';
  const prepared = await prepareDecision(ports, { caseId, decisionId: open.id, request: open.request });
  const nowMs = ports.clock.nowMs();
  const settings = ports.settings();
  const appealUntilMs = appealableUntilMs(nowMs, settings);
  const quarantineDays = ports.quarantineDays();
  const { plan, request, split } = prepared;
  const { seller } = prepared.facts;
  const penalised = plan.penalty?.sellerId ?? seller?.sellerId;
  const legalId = penalised === seller?.sellerId ? seller?.legalId : await ports.legalIdOf(penalised);
  const standing = clusterStanding(prepared);
  const cleared = clearedOf(prepared);
  const penalties =
    legalId === undefined ? [] : penaltiesOf(ports, prepared, { decisionId: open.id, sellerLegalId: legalId, nowMs });
  const appeal = await settlementOf(ports, prepared, { reviewerId: open.decidedBy, instead: penalties, nowMs });
  // A ruling was a second look already.
  const why =
    appeal !== undefined
      ? undefined
      : samplingWhy(
          {
            severity: facts.case.severity,
            reason: request.reason,
            ...(request.violationType === undefined ? {} : { violationType: request.violationType }),
            queue: facts.case.queue,
            reviewerDecisions: await ports.decisions.countOf(open.decidedBy),
            // Drawn by the decision's own name: the same however often it is asked.
            roll01: Number.parseInt(contentDigest(['sample', open.id]).slice(0, 12), 16) / 2 ** 48,
          },
          settings,
        );
  const effects: DecisionEffects = {
    caseId,
    decisionId: open.id,
    decidedBy: open.decidedBy,
    automation: facts.findingTypes.length > 0 ? 'PARTIALLY' : 'NOT_AUTOMATED',
    request,
    plan,
    ...(penalised === undefined ? {} : { sellerId: penalised }),
    ...(legalId === undefined ? {} : { sellerLegalId: legalId }),
    ...(split === undefined ? {} : { split }),
    oneHandIds: request.reason === 'CONFIRMED' ? prepared.clusterAccounts : [],
    ...(standing === undefined ? {} : { accounts: { ids: prepared.clusterAccounts, standing } }),
    ...(cleared === undefined ? {} : { cleared }),
    penalties,
    firedRuleIds: [...new Set(facts.firedRules.map(({ ruleId }) => ruleId))],
    findingTypes: facts.findingTypes,
    events: [
      ...(appeal === undefined || appeal.ruling === 'MODIFIED'
        ? eventsOf(prepared, open.id, { caseId, appealUntilMs })
        : []),
      ...(appeal === undefined ? [] : [appealEvent(prepared, appeal, open.id)]),
    ],
    quarantineUntilMs: nowMs + Math.min(quarantineDays, request.durationDays ?? quarantineDays) * DAY_MS,
    appealUntilMs,
    ...(appeal === undefined ? {} : { appeal }),
    ...(why === undefined
      ? {}
      : { sample: { id: ports.ids.next(), why, dueAtMs: nowMs + settings.blindLookHours * HOUR_MS } }),
    rulesetDigest: ports.rulesetDigest(),
    nowMs,
  };
  return ports.decisions.enforce(effects);
}

function clusterStanding({ plan }: PreparedDecision): string | undefined {
  const cluster = plan.subjects.find(({ kind }) => kind === 'CLUSTER');
  if (cluster?.actions.includes('TERMINATE') === true) return 'TERMINATED';
  return cluster?.actions.includes('SUSPEND') === true ? 'SUSPENDED' : undefined;
}

/** Members of a cluster whom the decision lets go: those it keeps, or all where the group is no violation at all. */
function clearedOf({ plan, request, facts }: PreparedDecision): DecisionEffects['cleared'] {
  const cluster = plan.subjects.find(({ kind }) => kind === 'CLUSTER');
  const memberIds = facts.clusterAccountIds ?? [];
  if (cluster === undefined) return undefined;
  const kept = new Set(request.reason === 'NOT_VIOLATION' ? memberIds : request.keepMemberIds);
  const keptIds = memberIds.filter((id) => kept.has(id));
  return keptIds.length === 0 ? undefined : { clusterId: cluster.id, memberIds, keptIds };
}

/** What the marketplace is told: the decision as a whole, and each subject of it. */
function eventsOf(
  { plan, request, sellerActions, facts }: PreparedDecision,
  decisionId: string,
  { caseId, appealUntilMs }: { readonly caseId: string; readonly appealUntilMs: number },
): DomainEvent[] {
  const common = {
    decisionId,
    caseId,
    reason: request.reason,
    ...(request.violationType === undefined ? {} : { violationType: request.violationType }),
  };
  return [
    {
      type: 'assay.case.decided',
      subject: `CASE/${caseId}`,
      data: {
        ...common,
        ...(facts.seller === undefined ? {} : { sellerId: facts.seller.sellerId }),
        sellerActions,
        ...(plan.penalty === undefined ? {} : { points: plan.penalty.points, strikes: plan.penalty.strikes }),
        subjects: plan.subjects.map(({ kind, id, actions }) => ({ kind, id, actions })),
        ...(request.durationDays === undefined ? {} : { durationDays: request.durationDays }),
        ...(request.reason === 'CONFIRMED' && request.ruling === undefined
          ? { appealUntil: new Date(appealUntilMs).toISOString() }
          : {}),
      },
    },
    ...plan.subjects.map(({ kind, id, actions, statusAfter, outcome }) => ({
      type: 'assay.subject.decided',
      subject: `${kind}/${id}`,
      data: { ...common, kind, id, actions, outcome, ...(statusAfter === undefined ? {} : { status: statusAfter }) },
    })),
    ...plan.statements.map(({ subject: { kind, id }, statement }) => ({
      type: 'assay.statement.issued',
      subject: `${kind}/${id}`,
      data: { decisionId, kind, id, statement },
    })),
  ];
}
