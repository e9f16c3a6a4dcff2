import { type CreditEntryDraft, type CreditTier, creditTier } from '../domain/credit.ts';
import type { CreditModel } from './credit-moment.ts';
import { resolveLedger } from './resolve-ledger.ts';
import { type CreditContext, type CreditStanding, standingOf } from './score-ledger.ts';
import { missedCriteria } from './tiers.ts';

/** A seller as the simulation takes it. */
export interface SimulatedSeller {
  readonly sellerLegalId: string;
  readonly context: CreditContext;
  readonly entries: readonly CreditEntryDraft[];
}

/** A seller whom the change would move into another tier. */
export interface SimulatedMove {
  readonly sellerLegalId: string;
  readonly from: CreditTier;
  readonly to: CreditTier;
  readonly scoreBefore: number;
  readonly scoreAfter: number;
  readonly why: string;
}

export interface CreditSimulation {
  readonly sellers: number;
  readonly moved: number;
  /** Sellers by tier, before and after. */
  readonly tiers: Readonly<Record<string, { readonly before: number; readonly after: number }>>;
  /** `GOOD → STANDARD`: how many. */
  readonly moves: Readonly<Record<string, number>>;
  /** Sellers by score in steps of 50, `histogram[i]` from 50·i; what a plot shows. */
  readonly histogram: readonly { readonly fromScore: number; readonly before: number; readonly after: number }[];
  /** The sellers whose score changes most among those who move. */
  readonly examples: readonly SimulatedMove[];
}

const STEP = 50;
const EXAMPLES = 20;

/** Why the tier is another: what the better of the two asks for and the worse standing misses. */
const whyMoved = (
  before: CreditStanding,
  after: CreditStanding,
  models: { before: CreditModel; after: CreditModel },
) => {
  const indexIn = (model: CreditModel, tier: CreditTier): number =>
    model.settings.tiers.findIndex((one) => one.tier === tier);
  const isWorse = indexIn(models.before, after.tier) > indexIn(models.before, before.tier);
  const [standing, model, wanted] = isWorse ? [after, models.after, before.tier] : [before, models.before, after.tier];
  const criteria = model.settings.tiers.find((one) => one.tier === wanted);
  const missed = criteria === undefined ? [] : missedCriteria(criteria, standing.facts);
  const when = isWorse ? 'Under the change' : 'So far';
  return missed.length === 0
    ? `${when} the ${model.settings.rise.waitDays} days above are not over.`
    : `${when} ${missed.map(({ why }) => why).join('; ')}.`;
};

/** Takes sellers one by one, so that any number of ledgers fits into memory. */
export interface CreditSimulator {
  add(seller: SimulatedSeller): void;
  report(): CreditSimulation;
}

/** What a change of the credit rules does to tiers and scores at a moment. */
export const createCreditSimulator = (
  models: { readonly before: CreditModel; readonly after: CreditModel },
  asOfMs: number,
): CreditSimulator => {
  const tiers = new Map<string, { before: number; after: number }>();
  const moves = new Map<string, number>();
  const histogram = Array.from({ length: 1_000 / STEP + 1 }, (_, index) => ({
    fromScore: index * STEP,
    before: 0,
    after: 0,
  }));
  let examples: SimulatedMove[] = [];
  let sellers = 0;
  let moved = 0;
  const count = (standing: CreditStanding, side: 'before' | 'after'): void => {
    const tier = tiers.get(standing.tier) ?? { before: 0, after: 0 };
    tier[side] += 1;
    tiers.set(standing.tier, tier);
    const bin = histogram[Math.floor(standing.now.score / STEP)];
    if (bin !== undefined) bin[side] += 1;
  };
  return {
    add: ({ sellerLegalId, context, entries }) => {
      const question = { sellerLegalId, asOfMs, knownAtMs: asOfMs, context, rulesetDigest: '' };
      const ledger = resolveLedger(entries, question);
      const before = standingOf(ledger, models.before, question);
      const after = standingOf(ledger, models.after, question);
      sellers += 1;
      count(before, 'before');
      count(after, 'after');
      if (before.tier === after.tier) return;
      moved += 1;
      const key = `${before.tier} → ${after.tier}`;
      moves.set(key, (moves.get(key) ?? 0) + 1);
      const move = {
        sellerLegalId,
        from: before.tier,
        to: after.tier,
        scoreBefore: before.now.score,
        scoreAfter: after.now.score,
        why: whyMoved(before, after, models),
      };
      const change = (one: SimulatedMove): number => Math.abs(one.scoreAfter - one.scoreBefore);
      examples = [...examples, move].toSorted((left, right) => change(right) - change(left)).slice(0, EXAMPLES);
    },
    report: () => ({
      sellers,
      moved,
      tiers: Object.fromEntries(
        creditTier.options.flatMap((tier) => {
          const counted = tiers.get(tier);
          return counted === undefined ? [] : [[tier, counted]];
        }),
      ),
      moves: Object.fromEntries([...moves].toSorted(([, left], [, right]) => right - left)),
      histogram,
      examples,
    }),
  };
};
