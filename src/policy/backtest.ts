import type { Decision } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import { stepRank } from './judge-finding.ts';
import type { Ruleset } from './parse-ruleset.ts';
import { decideInShadow } from './shadow.ts';
import { type ShareInterval, shareOf } from './share-interval.ts';
import { isConfirmed, type StoredCheck } from './stored-check.ts';

/** Decisions that go from one step to another under the draft. */
export interface BacktestMove {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly examples: readonly {
    readonly checkId: string;
    readonly subjectKind: string;
    readonly subjectId: string;
    readonly why: string;
  }[];
}

/** How a ruleset would have done. Precision and recall are of the checks that people judged, not of all. */
export interface BacktestSide {
  readonly rulesetDigest: string;
  readonly steps: Readonly<Record<string, number>>;
  /** Cases for people, and how many for each queue. */
  readonly cases: number;
  readonly casesByQueue: Readonly<Record<string, number>>;
  /** Of the judged checks that it acts on (L2 and up), how many people confirmed. */
  readonly precision: ShareInterval;
  /** Of the judged checks that people confirmed, how many it acts on. */
  readonly recall: ShareInterval;
}

export interface BacktestReport {
  readonly checks: number;
  readonly judged: number;
  readonly moved: number;
  readonly sellersAffected: number;
  readonly moves: readonly BacktestMove[];
  readonly published: BacktestSide;
  readonly draft: BacktestSide;
}

const EXAMPLES_PER_MOVE = 5;

const createSide = (ruleset: Ruleset) => {
  const steps = new Map<string, number>();
  const queues = new Map<string, number>();
  let cases = 0;
  let acted = 0;
  let actedRightly = 0;
  let right = 0;
  return {
    add: (decision: Decision, confirmed: boolean | undefined): void => {
      steps.set(decision.step, (steps.get(decision.step) ?? 0) + 1);
      if (decision.needsPerson) {
        cases += 1;
        const queue = decision.queue ?? '';
        queues.set(queue, (queues.get(queue) ?? 0) + 1);
      }
      if (confirmed === undefined) return;
      const acts = stepRank(decision.step) >= stepRank('L2');
      if (confirmed) right += 1;
      if (acts) acted += 1;
      if (acts && confirmed) actedRightly += 1;
    },
    report: (): BacktestSide => ({
      rulesetDigest: ruleset.digest,
      steps: Object.fromEntries([...steps].toSorted(([left], [other]) => (left < other ? -1 : 1))),
      cases,
      casesByQueue: Object.fromEntries([...queues].toSorted(([left], [other]) => (left < other ? -1 : 1))),
      precision: shareOf(actedRightly, acted),
      recall: shareOf(actedRightly, right),
    }),
  };
};

/** Takes stored checks one by one, so that a period of any length fits into memory. */
export interface Backtest {
  /** `draftFindings`: what the draft's own detectors found, where they looked again. */
  add(check: StoredCheck, draftFindings?: readonly Finding[]): void;
  report(): BacktestReport;
}

/** Runs a draft beside the published rules over stored findings and facts, and over new findings where there are. */
export const createBacktest = (rulesets: { readonly published: Ruleset; readonly draft: Ruleset }): Backtest => {
  const published = createSide(rulesets.published);
  const draft = createSide(rulesets.draft);
  const moves = new Map<string, { from: string; to: string; count: number; examples: BacktestMove['examples'] }>();
  const sellers = new Set<string>();
  let checks = 0;
  let judged = 0;
  let moved = 0;
  return {
    add: (check, draftFindings) => {
      const { published: before, draft: after, difference } = decideInShadow(check, rulesets, draftFindings);
      const confirmed = isConfirmed(check);
      checks += 1;
      if (confirmed !== undefined) judged += 1;
      published.add(before, confirmed);
      draft.add(after, confirmed);
      if (difference === undefined) return;
      const { from, to, why } = difference;
      moved += 1;
      if (check.subject.sellerId !== undefined) sellers.add(check.subject.sellerId);
      const key = `${from} → ${to}`;
      const move = moves.get(key) ?? { from, to, count: 0, examples: [] };
      move.count += 1;
      if (move.examples.length < EXAMPLES_PER_MOVE)
        move.examples = [
          ...move.examples,
          { checkId: check.checkId, subjectKind: check.subject.kind, subjectId: check.subject.id, why },
        ];
      moves.set(key, move);
    },
    report: () => ({
      checks,
      judged,
      moved,
      sellersAffected: sellers.size,
      moves: [...moves.values()].toSorted(
        (left, right) => right.count - left.count || (left.from + left.to < right.from + right.to ? -1 : 1),
      ),
      published: published.report(),
      draft: draft.report(),
    }),
  };
};
