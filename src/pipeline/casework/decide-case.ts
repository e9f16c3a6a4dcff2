import { entriesForPenalty } from '../../credit/decision-entries.ts';
import { moveCase } from '../../domain/case.ts';
import type { Action } from '../../domain/decision.ts';
import { AppError } from '../../domain/errors.ts';
import type { DecisionAnswer, DecisionPreview, DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { DecidedSubject, DecisionPlan, DecisionWish } from '../../policy/decision-wish.ts';
import { findProblems, planDecision, SELLER_ACTIONS } from '../../policy/plan-decision.ts';
import type { ViolationSettings } from '../../policy/violation-settings.ts';
import type { IdSource } from '../ports.ts';
import { planRingSplit, type RingSplit } from '../split-ring.ts';
import type { CaseChange, CaseHappening, ChangedCase, DecisionDraft, StoredCase } from './case-store.ts';
import type { DecisionFacts, DecisionStore } from './decision-store.ts';
import type { CreditPreviewer } from './preview-credit.ts';
import { isWithin, type Reviewer } from './reviewer.ts';
import { assertWithin, type CaseworkPorts, missingCase, moved, stepCase } from './work-case.ts';

export interface DecisionPorts extends CaseworkPorts {
  readonly decisions: DecisionStore;
  readonly ids: IdSource;
  readonly violations: () => ViolationSettings['violations'];
  readonly rulesetDigest: () => string;
  readonly previewCredit: CreditPreviewer;
  /** Penalty points of a seller in force now. */
  readonly pointsOf: (sellerId: string) => Promise<number>;
  readonly legalIdOf: (sellerId: string | undefined) => Promise<string | undefined>;
}

/** Violations of a group, for which nobody answers who is not named: to gain is no guilt. */
const NEEDS_NAMING = (type: string | undefined): boolean =>
  type !== undefined && (type.startsWith('REV_RING_') || type === 'ACC_SOCK_PUPPET_VPN');

/** A decision that was checked against its case. */
export interface PreparedDecision {
  readonly facts: DecisionFacts;
  /** With every subject spelt out. */
  readonly request: DecisionRequest;
  readonly sellerActions: readonly Action[];
  readonly plan: DecisionPlan;
  readonly penalisedSellerId?: string;
  readonly split?: RingSplit;
  readonly clusterAccounts: readonly string[];
}

/** Reads what a case is about and works out what the decision would bring about. Nothing is written. */
export async function prepareDecision(
  ports: DecisionPorts,
  given: {
    readonly caseId: string;
    readonly decisionId: string;
    readonly request: DecisionRequest;
    readonly bulkCount?: number;
  },
): Promise<PreparedDecision> {
  const facts = await ports.decisions.facts(given.caseId, given.request.subjects);
  if (facts === undefined) throw missingCase(given.caseId);
  const { request } = given;
  const sellerActions = request.actions.filter((one) => SELLER_ACTIONS.has(one));
  const subjects = spellOut(facts, request);
  const namedId = request.penalisedSellerId ?? facts.instigatorId;
  const penalisedSellerId = NEEDS_NAMING(request.violationType) ? namedId : (namedId ?? facts.seller?.sellerId);
  const shownSellerId = penalisedSellerId ?? facts.seller?.sellerId;
  const points = shownSellerId === undefined ? 0 : await ports.pointsOf(shownSellerId);
  const wish: DecisionWish = {
    decisionId: given.decisionId,
    severity: facts.case.severity,
    reason: request.reason,
    ...(request.violationType === undefined ? {} : { violationType: request.violationType }),
    subjects,
    isSerious: request.isSerious,
    ...(request.durationDays === undefined ? {} : { durationDays: request.durationDays }),
    explanation: request.explanation,
    ...(shownSellerId === undefined
      ? {}
      : { penalisedSeller: { sellerId: shownSellerId, status: facts.seller?.standing ?? 'ACTIVE', points } }),
    isPenalisedNamed: penalisedSellerId !== undefined,
    source: 'AUTOMATED_RULE',
    isDetectedByMachine: facts.findingTypes.length > 0,
    territory: facts.territory,
    bulkCount: given.bulkCount ?? 1,
    nowMs: ports.clock.nowMs(),
  };
  const problems = [...findProblems(wish), ...strangers(facts, request)];
  if (problems.length > 0)
    throw new AppError('decision.invalid', problems.map(({ path, message }) => `${path}: ${message}`).join('; '), {
      details: problems,
    });
  const plan = planDecision(wish, sellerActions, { violations: ports.violations(), casework: ports.settings() });
  const split = splitOf(facts, subjects, request);
  return {
    facts,
    request: { ...request, subjects: subjects.map(({ kind, id, actions }) => ({ kind, id, actions: [...actions] })) },
    sellerActions,
    plan,
    ...(penalisedSellerId === undefined ? {} : { penalisedSellerId }),
    ...(split === undefined ? {} : { split }),
    clusterAccounts: (facts.clusterAccountIds ?? []).filter((id) => request.keepMemberIds?.includes(id) !== true),
  };
}

/** Measures of the request for each of its subjects; those against the seller as a whole are kept apart. */
function spellOut(facts: DecisionFacts, request: DecisionRequest): DecidedSubject[] {
  const general = request.actions.filter((one) => !SELLER_ACTIONS.has(one));
  const own = new Map(request.subjects?.map(({ kind, id, actions }) => [`${kind}/${id}`, actions]));
  const standing: readonly Action[] = general.filter((one) => one === 'SUSPEND' || one === 'TERMINATE');
  const isItem = ({ kind }: { kind: string }): boolean => kind === 'LISTING' || kind === 'REVIEW' || kind === 'ORDER';
  const named = facts.subjects.map((subject) => {
    const wished = own.get(`${subject.kind}/${subject.id}`) ?? general;
    // To suspend or terminate is said of whoever trades: of an item it means its seller.
    return { ...subject, actions: isItem(subject) ? wished.filter((one) => !standing.includes(one)) : wished };
  });
  const { seller } = facts;
  const isSellerNamed = facts.subjects.some(({ kind }) => kind !== 'LISTING' && kind !== 'REVIEW' && kind !== 'ORDER');
  if (standing.length === 0 || seller === undefined || isSellerNamed) return named;
  return [
    ...named,
    {
      kind: 'SELLER',
      id: seller.sellerId,
      title: seller.storeName,
      status: seller.standing,
      sellerId: seller.sellerId,
      createdAtMs: seller.registeredAtMs,
      actions: [...standing],
    },
  ];
}

/** Subjects that the request names and that neither the case nor its seller has. */
function strangers(facts: DecisionFacts, request: DecisionRequest) {
  const known = new Set(facts.subjects.map(({ kind, id }) => `${kind}/${id}`));
  return (request.subjects ?? [])
    .filter(({ kind, id }) => !known.has(`${kind}/${id}`))
    .map(({ kind, id }) => ({
      path: `subjects.${kind}/${id}`,
      message: 'is no subject of this case or of its seller',
    }));
}

function splitOf(
  { ring, case: { subject } }: DecisionFacts,
  subjects: readonly DecidedSubject[],
  { keepMemberIds = [] }: DecisionRequest,
): RingSplit | undefined {
  const judged = subjects.find(({ kind, id }) => kind === 'RING' && id === subject.id);
  if (ring === undefined || judged === undefined) return undefined;
  if (judged.actions.includes('ALLOW')) return planRingSplit(ring, ring.memberAccountIds);
  return judged.actions.includes('REMOVE') ? planRingSplit(ring, keepMemberIds) : undefined;
}

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
  return {
    subjects: plan.subjects.map(({ kind, id, title, actions, status, statusAfter }) => ({
      kind,
      id,
      title,
      actions: [...actions],
      ...(status === undefined ? {} : { statusBefore: status }),
      ...(statusAfter === undefined ? {} : { statusAfter }),
    })),
    credit: await ports.previewCredit(
      {
        ...(plan.penalty === undefined ? {} : { penalty: plan.penalty }),
        violationType: request.violationType,
        standing: plan.subjects.find(({ kind }) => kind === 'SELLER')?.statusAfter,
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

const happening = (type: string, actor: string, payload: Readonly<Record<string, unknown>> = {}): CaseHappening => ({
  type,
  actor,
  payload,
});

export async function answerOf(
  ports: DecisionPorts,
  changed: ChangedCase,
  decisionId: string,
): Promise<DecisionAnswer> {
  const decision = await ports.decisions.decision(decisionId);
  if (decision === undefined) throw new AppError('internal.unexpected', `The decision ${decisionId} is not there.`);
  return { case: changed.summary, decision };
}

/** A decision, written but not yet in force, with the move that it makes. */
function decided(
  ports: DecisionPorts,
  current: StoredCase,
  move: { readonly type: 'DECIDE' | 'ADJUDICATE'; readonly reviewer: Reviewer; readonly fencingToken: number },
  draft: Omit<DecisionDraft, 'state' | 'by' | 'undoUntilMs' | 'automation' | 'handlingMs' | 'rulesetDigest'> & {
    readonly isDetectedByMachine: boolean;
  },
): CaseChange {
  const { reviewer, fencingToken } = move;
  const { isDetectedByMachine, ...rest } = draft;
  const nowMs = ports.clock.nowMs();
  const isProposal = move.type === 'DECIDE' && draft.secondReviewWhy !== undefined;
  const type = isProposal ? 'PROPOSE' : move.type;
  const undoUntilMs = nowMs + ports.settings().undoSeconds * 1_000;
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
  const changed = await stepCase(ports, { id, reviewer, fencingToken }, (current) =>
    decided(
      ports,
      current,
      { type: 'DECIDE', reviewer, fencingToken },
      {
        id: decisionId,
        request: prepared.request,
        isDetectedByMachine: prepared.facts.findingTypes.length > 0,
        ...(secondReviewWhy === undefined ? {} : { secondReviewWhy }),
        ...(bulk === undefined ? {} : { bulkId: bulk.id }),
      },
    ),
  );
  return answerOf(ports, changed, decisionId);
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
  const changed = await stepCase(ports, { id, reviewer, fencingToken }, (current) => {
    const change = decided(
      ports,
      current,
      { type: 'ADJUDICATE', reviewer, fencingToken },
      { id: decisionId, request: prepared.request, isDetectedByMachine: prepared.facts.findingTypes.length > 0 },
    );
    const proposal = current.openDecision;
    return proposal === undefined ? change : { ...change, updateDecision: { id: proposal.id, state: 'REJECTED' } };
  });
  return answerOf(ports, changed, decisionId);
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
  const changed = await stepCase(ports, { id, reviewer, fencingToken }, (current, nowMs) => {
    const moment = moved(current.moment, { type: verdict, atMs: nowMs, byId: reviewer.id, fencingToken });
    const proposal = current.openDecision;
    if (proposal === undefined) throw new AppError('case.not-allowed', 'There is no proposal to agree to.');
    decisionId = proposal.id;
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
  return answerOf(ports, changed, decisionId);
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
  return answerOf(ports, changed, decisionId);
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
  return answerOf(ports, changed, decisionId);
}

/** Penalty entries of a prepared decision, for the ledger. */
export function penaltiesOf(
  ports: Pick<DecisionPorts, 'rulesetDigest' | 'violations'>,
  { plan, request, facts }: PreparedDecision,
  stamp: { readonly decisionId: string; readonly sellerLegalId: string; readonly nowMs: number },
) {
  const { penalty } = plan;
  const { violationType } = request;
  if (penalty === undefined || violationType === undefined) return [];
  return entriesForPenalty({
    decisionId: stamp.decisionId,
    subject: facts.case.subject,
    violationType,
    points: penalty.points,
    strikes: penalty.strikes,
    effectiveAtMs: stamp.nowMs,
    why: `A person confirmed: ${ports.violations()[violationType].title}.`,
    recordedAtMs: stamp.nowMs,
    rulesetVersion: ports.rulesetDigest(),
    sellerLegalId: stamp.sellerLegalId,
  });
}
