import { entriesForReversal } from '../../credit/decision-entries.ts';
import { lostCampaigns, lostEligibility } from '../../credit/lost-eligibility.ts';
import type { CreditContext } from '../../credit/score-ledger.ts';
import type { CreditEntryDraft } from '../../domain/credit.ts';
import type { SellerAppealView } from '../../domain/views/appeal-view.ts';
import type { CreditRules, LedgerStore } from '../credit-reports.ts';
import type { CampaignWindow } from '../lost-windows.ts';

/** A decision that is about to be undone. */
export interface LossQuestion {
  readonly sellerId: string;
  readonly decisionId: string;
  /** When it took effect. */
  readonly fromMs: number;
  /** What is booked in its place, at its date. */
  readonly instead: readonly CreditEntryDraft[];
  /** Standing of the seller under the decision, and without it. */
  readonly standing: { readonly was: CreditContext['standing']; readonly right: CreditContext['standing'] };
  readonly campaigns: readonly CampaignWindow[];
  readonly nowMs: number;
}

export type LossTeller = (question: LossQuestion) => Promise<NonNullable<SellerAppealView['lost']>>;

const iso = (atMs: number): string => new Date(atMs).toISOString();

/**
 * Tells what a seller lost by a decision from the day it took effect until now, and which campaigns fell into that time.
 * The ledger is read, nothing is written. What other reversals gave back in the same time is told with it.
 */
export const lossTeller =
  (ledger: Pick<LedgerStore, 'subject' | 'entries'>, rules: () => CreditRules): LossTeller =>
  async ({ sellerId, decisionId, fromMs, instead, standing, campaigns, nowMs }) => {
    const subject = await ledger.subject(sellerId);
    if (subject === undefined) return { periods: [], campaigns: [] };
    const { model, rulesetDigest } = rules();
    const { legalId, context } = subject;
    const entries = await ledger.entries(legalId);
    const undone = entries.filter(
      (entry) => entry.decisionId === decisionId && (entry.kind === 'PENALTY' || entry.kind === 'STRIKE'),
    );
    const gist = { code: 'REVERSED', values: {} } as const;
    const reversal = { decisionId, why: '', gist, recordedAtMs: nowMs, rulesetVersion: rulesetDigest };
    const periods = lostEligibility(
      [
        ...entries,
        ...entriesForReversal(undone, reversal),
        ...instead.filter(({ sellerLegalId }) => sellerLegalId === legalId),
      ],
      model,
      {
        sellerLegalId: legalId,
        context: { ...context, standing: standing.right ?? 'ACTIVE' },
        wasStanding: standing.was ?? 'ACTIVE',
        fromMs: Math.max(fromMs, nowMs - model.settings.decay.horizonDays * 86_400_000),
        untilMs: nowMs,
        knownAtMs: nowMs,
      },
    );
    return {
      periods: periods.map(({ fromMs: from, untilMs: until, lost, ...tiers }) => ({
        ...tiers,
        lost: [...lost],
        from: iso(from),
        until: iso(until),
      })),
      campaigns: lostCampaigns(periods, campaigns).map(({ id, fromMs: from, untilMs: until }) => ({
        id,
        from: iso(from),
        until: iso(until),
      })),
    };
  };
