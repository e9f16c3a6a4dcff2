import type { BulkAnswer, BulkPreview, BulkPreviewRequest } from '../../domain/views/bulk-view.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { CaseSummary } from '../../domain/views/case-view.ts';
import { AppError } from '../../domain/errors.ts';
import { contentDigest } from '../content-digest.ts';
import type { CaseFilter, Queries } from '../queries.ts';
import { decideCase, undoDecision } from './decide-case.ts';
import { type DecisionPorts, prepareDecision } from './prepare-decision.ts';
import type { Reviewer } from './reviewer.ts';
import { claimCase, releaseCase } from './work-case.ts';

export interface BulkPorts extends DecisionPorts {
  readonly queries: Pick<Queries, 'cases'>;
  readonly bulks: BulkStore;
}

export interface BulkStore {
  /** Summaries of these cases that are within reach; unknown ones are left out. */
  summaries(ids: readonly string[], reach: CaseFilter['reach']): Promise<readonly CaseSummary[]>;
  /** Decisions of a bulk that a person made and that can still be undone, with their cases. */
  undoable(bulkId: string, personId: string): Promise<readonly { readonly id: string; readonly caseId: string }[]>;
}

interface Chosen {
  readonly cases: readonly CaseSummary[];
  readonly token: string;
}

/** Examples that a preview shows. */
const EXAMPLES = 10;

/** Reads the cases that are meant, at most one more than anybody may decide at once. */
async function choose(
  ports: BulkPorts,
  reviewer: Reviewer,
  { choice, decision }: BulkPreviewRequest,
  filterOf: (
    reviewer: Reviewer,
    filter: Extract<BulkPreviewRequest['choice'], { filter: unknown }>['filter'],
  ) => CaseFilter,
): Promise<Chosen> {
  const limit = ports.settings().bulkLimit;
  const cases =
    'caseIds' in choice
      ? await ports.bulks.summaries([...new Set(choice.caseIds)], reviewer.reach)
      : (await ports.queries.cases(filterOf(reviewer, choice.filter), { limit: limit + 1 })).items;
  const ids = cases.map(({ id }) => id).toSorted();
  return { cases, token: contentDigest([ids, decision]) };
}

const whyNot = ({ state, leaseHolder }: CaseSummary, reviewer: Reviewer): string | undefined => {
  if (state === 'QUEUED' || (state === 'CLAIMED' && leaseHolder === reviewer.id)) return undefined;
  return state === 'CLAIMED' ? 'somebody else works on it' : `it is ${state}`;
};

/** What a bulk decision would do; nothing is written. */
export async function previewBulk(
  ports: BulkPorts,
  reviewer: Reviewer,
  request: BulkPreviewRequest,
  filterOf: Parameters<typeof choose>[3],
): Promise<BulkPreview> {
  const { cases, token } = await choose(ports, reviewer, request, filterOf);
  const limit = ports.settings().bulkLimit;
  const leftOut: { caseId: string; why: string }[] = [];
  const sellers = new Set<string>();
  let subjects = 0;
  let points = 0;
  let needSecondReview = 0;
  const open = cases.filter((one) => {
    const why = whyNot(one, reviewer);
    if (why !== undefined) leftOut.push({ caseId: one.id, why });
    return why === undefined;
  });
  const isAboveLimit = open.length > limit;
  for (const one of isAboveLimit ? [] : open) {
    try {
      const { plan } = await prepareDecision(ports, {
        caseId: one.id,
        decisionId: 'preview',
        request: request.decision,
        bulkCount: open.length,
      });
      subjects += plan.subjects.length;
      points += plan.penalty?.points ?? 0;
      if (plan.secondReviewWhy !== undefined) needSecondReview += 1;
      if (one.sellerId !== undefined) sellers.add(one.sellerId);
    } catch (fault) {
      if (!(fault instanceof AppError) || fault.status >= 500) throw fault;
      leftOut.push({ caseId: one.id, why: fault.message });
    }
  }
  const unfit = new Set(leftOut.map(({ caseId }) => caseId));
  const fit = open.filter(({ id }) => !unfit.has(id));
  return {
    count: fit.length,
    limit,
    isAboveLimit,
    subjects,
    sellers: sellers.size,
    points,
    needSecondReview,
    leftOut,
    examples: fit.slice(0, EXAMPLES),
    token,
  };
}

/**
 * Decides many cases alike, each in a transaction of its own: one that cannot be decided is told and spoils no other.
 *
 * @throws AppError `bulk.changed` when the cases or their number are not those of the preview.
 */
export async function decideBulk(
  ports: BulkPorts,
  reviewer: Reviewer,
  request: BulkPreviewRequest & { readonly token: string; readonly count: number },
  filterOf: Parameters<typeof choose>[3],
): Promise<BulkAnswer> {
  const { cases, token } = await choose(ports, reviewer, request, filterOf);
  const open = cases.filter((one) => whyNot(one, reviewer) === undefined);
  const { bulkLimit, undoSeconds } = ports.settings();
  if (token !== request.token || open.length < request.count)
    throw new AppError('bulk.changed', 'These are not the cases that the preview showed: look at it again.');
  if (open.length > bulkLimit)
    throw new AppError('bulk.changed', `At most ${bulkLimit} cases are decided at once: narrow the choice.`);
  const bulkId = ports.ids.next();
  const bulk = { id: bulkId, count: open.length };
  const results: BulkAnswer['results'] = [];
  for (const { id } of open) results.push(await decideOne(ports, id, { reviewer, request: request.decision, bulk }));
  const count = (status: string): number => results.filter((one) => one.status === status).length;
  return {
    bulkId,
    decided: count('DECIDED'),
    proposed: count('PROPOSED'),
    results,
    undoUntil: new Date(ports.clock.nowMs() + undoSeconds * 1_000).toISOString(),
  };
}

async function decideOne(
  ports: BulkPorts,
  caseId: string,
  given: {
    readonly reviewer: Reviewer;
    readonly request: DecisionRequest;
    readonly bulk: { readonly id: string; readonly count: number };
  },
): Promise<BulkAnswer['results'][number]> {
  const { reviewer, request, bulk } = given;
  let fencingToken: number | undefined;
  try {
    fencingToken = (await claimCase(ports, caseId, reviewer)).lease?.fencingToken;
    if (fencingToken === undefined) return { caseId, status: 'REFUSED', why: 'somebody else works on it' };
    const { decision } = await decideCase(ports, caseId, reviewer, { fencingToken, decision: request }, bulk);
    return { caseId, status: decision.state === 'PROPOSED' ? 'PROPOSED' : 'DECIDED', decisionId: decision.id };
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.status >= 500) throw fault;
    if (fencingToken !== undefined) await releaseCase(ports, caseId, reviewer, { fencingToken }).catch(() => undefined);
    return { caseId, status: 'REFUSED', why: fault.message };
  }
}

/** Undoes what of a bulk can still be undone, and gives those cases back to their queues; gives how many. */
export async function undoBulk(ports: BulkPorts, reviewer: Reviewer, bulkId: string): Promise<number> {
  let undone = 0;
  for (const { id, caseId } of await ports.bulks.undoable(bulkId, reviewer.id)) {
    try {
      await undoDecision(ports, caseId, reviewer, id);
      undone += 1;
      const { lease } = await claimCase(ports, caseId, reviewer);
      if (lease !== undefined) await releaseCase(ports, caseId, reviewer, lease);
    } catch (fault) {
      if (!(fault instanceof AppError) || fault.status >= 500) throw fault;
    }
  }
  return undone;
}
