import type { CreditEntryDraft, CreditTier, Eligibility } from '../domain/credit.ts';
import { DAY_MS, dayOf } from './calendar.ts';
import type { CreditModel } from './credit-moment.ts';
import { resolveLedger } from './resolve-ledger.ts';
import { type CreditContext, standingOf } from './score-ledger.ts';
import { eligibilityOf } from './tiers.ts';

/** A time in which a seller stood worse than it should have. Both ends are moments, the end exclusive. */
export interface LostEligibility {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly wasTier: CreditTier;
  readonly rightTier: CreditTier;
  readonly lost: readonly ('CAMPAIGNS' | 'RECOMMENDATIONS' | 'PUBLICATION')[];
}

const CAMPAIGNS: readonly Eligibility['campaigns'][] = ['CLOSED', 'STARTER_SLOT', 'OPEN', 'PRIORITY'];
const RECOMMENDATIONS: readonly Eligibility['recommendations'][] = ['CLOSED', 'NEUTRAL', 'OPEN', 'BOOSTED'];
const PUBLICATION: readonly Eligibility['publication'][] = ['CLOSED', 'PRE_CHECKED', 'SAMPLED', 'INSTANT'];

const lostBetween = (was: Eligibility, right: Eligibility): LostEligibility['lost'] => [
  ...(CAMPAIGNS.indexOf(was.campaigns) < CAMPAIGNS.indexOf(right.campaigns) ? (['CAMPAIGNS'] as const) : []),
  ...(RECOMMENDATIONS.indexOf(was.recommendations) < RECOMMENDATIONS.indexOf(right.recommendations)
    ? (['RECOMMENDATIONS'] as const)
    : []),
  ...(PUBLICATION.indexOf(was.publication) < PUBLICATION.indexOf(right.publication) ? (['PUBLICATION'] as const) : []),
];

/**
 * Moments between which what is undone now changed nothing: the ends of UTC days, because tiers move with time alone, and
 * when undone entries, and what undid them, took effect and became known. A wrong penalty may last for an hour.
 */
const momentsBetween = (entries: readonly CreditEntryDraft[], fromMs: number, untilMs: number): readonly number[] => {
  const moments = new Set<number>([fromMs, untilMs]);
  for (let day = dayOf(fromMs) + 1; day * DAY_MS < untilMs; day += 1) moments.add(day * DAY_MS);
  const reversals = entries.filter(({ kind }) => kind === 'REVERSAL');
  const undone = new Set(reversals.map(({ reverses }) => reverses));
  for (const entry of [...reversals, ...entries.filter(({ entryId }) => undone.has(entryId))])
    for (const atMs of [entry.effectiveAtMs, entry.recordedAtMs])
      if (atMs > fromMs && atMs < untilMs) moments.add(atMs);
  return [...moments].toSorted((left, right) => left - right);
};

/**
 * What a seller lost by entries that were undone since: for each time from `fromMs` to `untilMs`, what it was eligible for
 * as the ledger was known then, beside what it is known now to have been eligible for. Times alike are joined; those in
 * which nothing was lost are left out.
 */
export const lostEligibility = (
  entries: readonly CreditEntryDraft[],
  model: CreditModel,
  asked: {
    readonly sellerLegalId: string;
    readonly context: CreditContext;
    /** Standing of the seller as a whole in that time, where it was another than that of `context`. */
    readonly wasStanding?: CreditContext['standing'];
    readonly fromMs: number;
    readonly untilMs: number;
    readonly knownAtMs: number;
  },
): LostEligibility[] => {
  const { sellerLegalId, context, knownAtMs } = asked;
  const wasContext = asked.wasStanding === undefined ? context : { ...context, standing: asked.wasStanding };
  const tierAt = (asOfMs: number, knownMs: number, of: CreditContext): CreditTier => {
    const question = { sellerLegalId, asOfMs, knownAtMs: knownMs, context: of, rulesetDigest: '' };
    return standingOf(resolveLedger(entries, question), model, question).tier;
  };
  const periods: LostEligibility[] = [];
  const moments = momentsBetween(entries, asked.fromMs, asked.untilMs);
  for (const [index, untilMs] of moments.entries()) {
    const fromMs = moments[index - 1];
    if (fromMs === undefined) continue;
    const wasTier = tierAt(untilMs - 1, untilMs - 1, wasContext);
    const rightTier = tierAt(untilMs - 1, knownAtMs, context);
    const lost = lostBetween(eligibilityOf(wasTier, model.settings), eligibilityOf(rightTier, model.settings));
    if (lost.length === 0) continue;
    const last = periods.at(-1);
    const isSame = last?.untilMs === fromMs && last.wasTier === wasTier && last.rightTier === rightTier;
    if (last !== undefined && isSame) periods[periods.length - 1] = { ...last, untilMs };
    else periods.push({ fromMs, untilMs, wasTier, rightTier, lost });
  }
  return periods;
};

/** The campaigns in which a seller could have taken part on days that it lost. */
export const lostCampaigns = <Campaign extends { readonly fromMs: number; readonly untilMs: number }>(
  periods: readonly LostEligibility[],
  campaigns: readonly Campaign[],
): Campaign[] =>
  campaigns.filter((campaign) =>
    periods.some(
      ({ lost, fromMs, untilMs }) =>
        lost.includes('CAMPAIGNS') && fromMs < campaign.untilMs && campaign.fromMs < untilMs,
    ),
  );
