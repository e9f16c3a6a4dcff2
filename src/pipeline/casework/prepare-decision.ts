import { entriesForPenalty } from '../../credit/decision-entries.ts';
import type { Action } from '../../domain/decision.ts';
import { AppError } from '../../domain/errors.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { DecidedSubject, DecisionPlan, DecisionWish } from '../../policy/decision-wish.ts';
import { findProblems, planDecision, SELLER_ACTIONS } from '../../policy/plan-decision.ts';
import { secondReviewWhy } from '../../policy/second-review.ts';
import type { ViolationSettings } from '../../policy/violation-settings.ts';
import type { IdSource } from '../ports.ts';
import type { LossTeller } from '../appeals/lost-by-decision.ts';
import { asRestored, rulingRequest } from '../appeals/rule-appeal.ts';
import { planRingSplit, type RingSplit } from '../split-ring.ts';
import type { DecisionFacts, DecisionStore } from './decision-store.ts';
import type { CreditPreviewer } from './preview-credit.ts';
import { type CaseworkPorts, missingCase } from './step-case.ts';

export interface DecisionPorts extends CaseworkPorts {
  readonly decisions: DecisionStore;
  readonly ids: IdSource;
  readonly violations: () => ViolationSettings['violations'];
  readonly rulesetDigest: () => string;
  /** Longest time for which a review is set aside: as long as the ledger leaves it out. */
  readonly quarantineDays: () => number;
  readonly previewCredit: CreditPreviewer;
  /** Penalty points of a seller in force now. */
  readonly pointsOf: (sellerId: string) => Promise<number>;
  readonly legalIdOf: (sellerId: string | undefined) => Promise<string | undefined>;
  /** What a seller lost by a decision that is undone. */
  readonly lostByDecision: LossTeller;
}

/** Violations of a group, for which nobody answers who is not named: to gain is no guilt. */
const NEEDS_NAMING = (type: string | undefined): boolean =>
  type !== undefined && (type.startsWith('REV_RING_') || type === 'ACC_SOCK_PUPPET_VPN');

/** A decision that was checked against its case. */
export interface PreparedDecision {
  /** Of an appeal that undoes a decision: as they will be then. */
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
  const stored = await ports.decisions.facts(given.caseId, given.request.subjects);
  if (stored === undefined) throw missingCase(given.caseId);
  const request = rulingRequest(stored, given.request, given.bulkCount !== undefined);
  if (request.ruling !== undefined && request.ruling !== 'MODIFIED') return prepareRuling(ports, stored, request);
  const facts = request.ruling === 'MODIFIED' ? asRestored(stored) : stored;
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
    source: facts.source,
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

/** A ruling that puts nothing in the place of the appealed decision; a second person agrees to it as to that one. */
function prepareRuling(
  ports: Pick<DecisionPorts, 'settings'>,
  facts: DecisionFacts,
  request: DecisionRequest,
): PreparedDecision {
  const { reason, violationType, actions } = request;
  const why = secondReviewWhy(
    {
      severity: facts.case.severity,
      reason,
      ...(violationType === undefined ? {} : { violationType }),
      actions,
      pointsAfter: 0,
      bulkCount: 1,
    },
    ports.settings(),
  );
  const plan = { subjects: [], statements: [], warnings: [], ...(why === undefined ? {} : { secondReviewWhy: why }) };
  return { facts, request, sellerActions: [], plan, clusterAccounts: [] };
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
    // In the place of another decision, at the date of that one.
    effectiveAtMs: facts.appeal?.decision.enforcedAtMs ?? stamp.nowMs,
    why: `A person confirmed: ${ports.violations()[violationType].title}.`,
    recordedAtMs: stamp.nowMs,
    rulesetVersion: ports.rulesetDigest(),
    sellerLegalId: stamp.sellerLegalId,
  });
}
