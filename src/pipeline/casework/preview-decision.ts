import type { DecisionPreview, DecisionRequest } from '../../domain/views/case-decision-view.ts';
import { asRestored } from '../appeals/rule-appeal.ts';
import type { DecisionFacts } from './decision-store.ts';
import { type DecisionPorts, prepareDecision, type PreparedDecision } from './prepare-decision.ts';
import type { Reviewer } from './reviewer.ts';
import { assertWithin } from './step-case.ts';

/** What a decision would bring about. */
export async function previewDecision(
  ports: DecisionPorts,
  caseId: string,
  reviewer: Reviewer,
  request: DecisionRequest,
): Promise<DecisionPreview> {
  const prepared = await prepareDecision(ports, { caseId, decisionId: 'preview', request });
  assertWithin(reviewer, prepared.facts.case);
  const { plan, split } = prepared;
  const nowMs = ports.clock.nowMs();
  const undone = await undoneByRuling(ports, prepared);
  return {
    subjects: previewSubjects(prepared, undone),
    credit: await ports.previewCredit(
      {
        ...(plan.penalty === undefined ? {} : { penalty: plan.penalty }),
        ...(undone === undefined ? {} : { undoes: undone.decision }),
        violationType: request.violationType,
        standing:
          plan.subjects.find(({ kind }) => kind === 'SELLER')?.statusAfter ??
          (undone === undefined ? undefined : asRestored(undone.facts).seller?.standing),
        sellerId: prepared.penalisedSellerId ?? prepared.facts.seller?.sellerId,
      },
      nowMs,
    ),
    statements: plan.statements.map(({ statement }) => statement),
    ...(plan.secondReviewWhy === undefined ? {} : { secondReview: { why: plan.secondReviewWhy } }),
    warnings: [
      ...plan.warnings,
      ...(split === undefined
        ? []
        : [
            `${split.removedReviewIds.length} reviews of ${split.removedAccountIds.length} members never count again, ` +
              `${split.keptReviewIds.length} of ${split.keptAccountIds.length} count again.`,
          ]),
    ],
    undoSeconds: plan.secondReviewWhy === undefined ? ports.settings().undoSeconds : 0,
  };
}

/** The decision that a ruling undoes, with what is stored now; undefined where it undoes none. */
async function undoneByRuling(ports: DecisionPorts, { facts, request }: PreparedDecision) {
  if (facts.appeal === undefined || (request.ruling !== 'OVERTURNED' && request.ruling !== 'MODIFIED'))
    return undefined;
  const { decision } = facts.appeal;
  const { subjects } = decision;
  const named = subjects.length === 0 ? undefined : subjects.map(({ kind, id }) => ({ kind, id }));
  const now = await ports.decisions.facts(facts.case.id, named);
  return now === undefined ? undefined : { decision, facts: now };
}

/** What becomes of each subject, from what it is now: what a ruling restores, and what is decided in its place. */
function previewSubjects(
  { plan }: PreparedDecision,
  undone: { readonly facts: DecisionFacts } | undefined,
): DecisionPreview['subjects'] {
  const before = new Map(undone?.facts.subjects.map(({ kind, id, status }) => [`${kind}/${id}`, status]));
  const planned = plan.subjects.map(({ kind, id, title, actions, status, statusAfter }) => {
    const now = before.get(`${kind}/${id}`) ?? status;
    return {
      kind,
      id,
      title,
      actions: [...actions],
      ...(now === undefined ? {} : { statusBefore: now }),
      ...(statusAfter === undefined ? {} : { statusAfter }),
    };
  });
  if (undone === undefined) return planned;
  const isPlanned = new Set(planned.map(({ kind, id }) => `${kind}/${id}`));
  const restored = asRestored(undone.facts).subjects.filter(({ kind, id }) => !isPlanned.has(`${kind}/${id}`));
  return [
    ...planned,
    ...restored.map(({ kind, id, title, status }) => {
      const now = before.get(`${kind}/${id}`);
      return {
        kind,
        id,
        title,
        actions: ['REINSTATE' as const],
        ...(now === undefined ? {} : { statusBefore: now }),
        ...(status === undefined ? {} : { statusAfter: status }),
      };
    }),
  ];
}
