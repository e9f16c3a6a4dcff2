import { moveCase } from '../../domain/case.ts';
import { AppError } from '../../domain/errors.ts';
import type { DecisionAnswer, DecisionRequest } from '../../domain/views/case-decision-view.ts';
import { assertMayHearAppeal, assertMayReverse, assertTwoPeople, type Hands, readHands } from './assert-hands.ts';
import type { CaseChange, ChangedCase, DecisionDraft, LockedCase } from './case-store.ts';
import { type DecisionPorts, prepareDecision } from './prepare-decision.ts';
import { isWithin, type Reviewer } from './reviewer.ts';
import { happening, missingCase, moved, stepCase, toStep } from './step-case.ts';

async function answerOf(
  ports: DecisionPorts,
  { changed, reviewer }: { readonly changed: ChangedCase; readonly reviewer: Reviewer },
  decisionId: string,
): Promise<DecisionAnswer> {
  const decision = await ports.decisions.decision(decisionId);
  if (decision === undefined) throw new AppError('internal.unexpected', `The decision ${decisionId} is not there.`);
  return { ...toStep(changed, reviewer), decision };
}

/** A decision, written but not yet in force, with the move that it makes. */
function decided(
  ports: DecisionPorts,
  current: LockedCase,
  move: {
    readonly type: 'DECIDE' | 'ADJUDICATE';
    readonly reviewer: Reviewer;
    readonly fencingToken: number;
    readonly hands: Hands;
  },
  draft: Omit<DecisionDraft, 'state' | 'by' | 'undoUntilMs' | 'automation' | 'handlingMs' | 'rulesetDigest'> & {
    readonly isDetectedByMachine: boolean;
  },
): CaseChange {
  const { reviewer, fencingToken, hands } = move;
  const { isDetectedByMachine, ...rest } = draft;
  const nowMs = ports.clock.nowMs();
  const isProposal = move.type === 'DECIDE' && draft.secondReviewWhy !== undefined;
  const type = isProposal ? 'PROPOSE' : move.type;
  const undoUntilMs = nowMs + ports.settings().undoSeconds * 1_000;
  assertMayHearAppeal(hands, reviewer, current, draft.request.violationType);
  if (type !== 'DECIDE') assertTwoPeople(hands, reviewer, { type, peopleBefore: current.peopleBefore });
  return {
    moment: moved(current.moment, { type, atMs: nowMs, byId: reviewer.id, fencingToken }),
    happenings: [happening(type, reviewer.id, { decisionId: draft.id, reason: draft.request.reason })],
    holdReason: null,
    priorReviewers: [...new Set([...current.priorReviewers, reviewer.id])],
    ...(isProposal ? {} : { enforceAtMs: undoUntilMs, decidedAtMs: nowMs, isKeyFree: true }),
    insertDecision: {
      ...rest,
      state: isProposal ? 'PROPOSED' : 'PENDING',
      by: reviewer,
      undoUntilMs,
      automation: isDetectedByMachine ? 'PARTIALLY' : 'NOT_AUTOMATED',
      ...(current.claimedAtMs === undefined ? {} : { handlingMs: nowMs - current.claimedAtMs }),
      rulesetDigest: ports.rulesetDigest(),
    },
  };
}

/** Decides a held case: pending while it can be undone, or proposed where a second person must agree. */
export async function decideCase(
  ports: DecisionPorts,
  id: string,
  reviewer: Reviewer,
  { fencingToken, decision: request }: { readonly fencingToken: number; readonly decision: DecisionRequest },
  bulk?: { readonly id: string; readonly count: number },
): Promise<DecisionAnswer> {
  const decisionId = ports.ids.next();
  const prepared = await prepareDecision(ports, {
    caseId: id,
    decisionId,
    request,
    ...(bulk === undefined ? {} : { bulkCount: bulk.count }),
  });
  const { secondReviewWhy } = prepared.plan;
  const hands = await readHands(ports);
  const changed = await stepCase(ports, { id, reviewer, fencingToken }, (current) =>
    decided(
      ports,
      current,
      { type: 'DECIDE', reviewer, fencingToken, hands },
      {
        id: decisionId,
        request: prepared.request,
        isDetectedByMachine: prepared.facts.findingTypes.length > 0,
        ...(secondReviewWhy === undefined ? {} : { secondReviewWhy }),
        ...(bulk === undefined ? {} : { bulkId: bulk.id }),
      },
    ),
  );
  return answerOf(ports, { changed, reviewer }, decisionId);
}

/** A lead's word where proposer and second reviewer differ. */
export async function adjudicateCase(
  ports: DecisionPorts,
  id: string,
  reviewer: Reviewer,
  { fencingToken, decision: request }: { readonly fencingToken: number; readonly decision: DecisionRequest },
): Promise<DecisionAnswer> {
  const decisionId = ports.ids.next();
  const prepared = await prepareDecision(ports, { caseId: id, decisionId, request });
  const hands = await readHands(ports);
  const changed = await stepCase(ports, { id, reviewer, fencingToken }, (current) => {
    const change = decided(
      ports,
      current,
      { type: 'ADJUDICATE', reviewer, fencingToken, hands },
      { id: decisionId, request: prepared.request, isDetectedByMachine: prepared.facts.findingTypes.length > 0 },
    );
    const proposal = current.openDecision;
    return proposal === undefined ? change : { ...change, updateDecision: { id: proposal.id, state: 'REJECTED' } };
  });
  return answerOf(ports, { changed, reviewer }, decisionId);
}

/** The second person's word. Agreement puts the decision in force at once: two people have looked. */
export async function reviewProposal(
  ports: DecisionPorts,
  id: string,
  reviewer: Reviewer,
  answer: { readonly fencingToken: number; readonly verdict: 'AGREE' | 'DISAGREE'; readonly note: string },
): Promise<DecisionAnswer> {
  const { fencingToken, verdict, note } = answer;
  let decisionId = '';
  const hands = await readHands(ports);
  const changed = await stepCase(ports, { id, reviewer, fencingToken }, (current, nowMs) => {
    const moment = moved(current.moment, { type: verdict, atMs: nowMs, byId: reviewer.id, fencingToken });
    const proposal = current.openDecision;
    if (proposal === undefined) throw new AppError('case.not-allowed', 'There is no proposal to agree to.');
    decisionId = proposal.id;
    assertMayHearAppeal(hands, reviewer, current, proposal.request.violationType);
    assertTwoPeople(hands, reviewer, { type: verdict, peopleBefore: current.peopleBefore });
    const isAgreed = verdict === 'AGREE';
    return {
      moment,
      happenings: [happening(verdict, reviewer.id, { decisionId, ...(note === '' ? {} : { note }) })],
      holdReason: null,
      priorReviewers: [...new Set([...current.priorReviewers, reviewer.id])],
      ...(isAgreed ? { enforceAtMs: nowMs, decidedAtMs: nowMs, isKeyFree: true } : {}),
      updateDecision: {
        id: proposal.id,
        second: { by: reviewer.id, verdict, note },
        ...(isAgreed ? { state: 'PENDING' as const, undoUntilMs: nowMs } : {}),
      },
    };
  });
  return answerOf(ports, { changed, reviewer }, decisionId);
}

/** Takes a decision back before anything of it took effect; the case is held by whoever made it, as before. */
export async function undoDecision(
  ports: DecisionPorts,
  id: string,
  reviewer: Reviewer,
  decisionId: string,
): Promise<DecisionAnswer> {
  const changed = await stepCase(ports, { id, reviewer }, (current, nowMs) => {
    const open = current.openDecision;
    const isOver = open?.state === 'PENDING' && nowMs > open.undoUntilMs;
    if (open === undefined || open.id !== decisionId || isOver)
      throw new AppError('decision.undo-over', 'The decision has taken effect: a lead can reverse it.');
    if (open.decidedBy !== reviewer.id)
      throw new AppError('case.not-held', 'Only whoever made the decision can undo it.');
    const moment = moved(current.moment, { type: 'UNDO', atMs: nowMs, byId: reviewer.id });
    return {
      moment,
      happenings: [happening('UNDO', reviewer.id, { decisionId, fencingToken: moment.lastFencingToken })],
      enforceAtMs: null,
      decidedAtMs: null,
      claimedAtMs: nowMs,
      isKeyFree: false,
      updateDecision: { id: decisionId, state: 'UNDONE' },
    };
  });
  return answerOf(ports, { changed, reviewer }, decisionId);
}

/** Reverses a decision that is in force; ledger entries are undone at their original dates. */
export async function reverseDecision(
  ports: DecisionPorts,
  id: string,
  reviewer: Reviewer,
  { decisionId, note }: { readonly decisionId: string; readonly note: string },
): Promise<DecisionAnswer> {
  const facts = await ports.decisions.facts(id);
  if (facts === undefined || !isWithin(reviewer.reach, facts.case)) throw missingCase(id);
  const taken = await ports.decisions.decision(decisionId);
  const { hearingCaseId } = facts;
  if (hearingCaseId !== undefined)
    throw new AppError('case.not-allowed', `An appeal is heard in the case ${hearingCaseId}: it is decided there.`);
  if (taken?.ruling !== undefined && taken.ruling !== 'MODIFIED')
    throw new AppError('case.not-allowed', 'This ruling put nothing in force: reverse the decision that it is about.');
  if (taken !== undefined)
    await assertMayReverse(
      ports,
      reviewer,
      [taken.decidedBy, taken.secondReview?.by].filter((one) => one !== undefined),
    );
  const nowMs = ports.clock.nowMs();
  const move = moveCase(facts.case.moment, { type: 'REVERSE', atMs: nowMs, byId: reviewer.id });
  const done =
    move.kind === 'refused'
      ? 'not-in-force'
      : await ports.decisions.reverse({
          caseId: id,
          decisionId,
          by: reviewer.id,
          note,
          rulesetDigest: ports.rulesetDigest(),
          nowMs,
        });
  if (done === 'not-in-force') throw new AppError('case.not-allowed', 'This decision of the case is not in force.');
  const changed = await stepCase(ports, { id, reviewer }, ({ moment }) => ({ moment, happenings: [] }));
  return answerOf(ports, { changed, reviewer }, decisionId);
}
