import { lostCampaigns, type LostEligibility, lostEligibility } from '../credit/lost-eligibility.ts';
import type { CreditRules, LedgerStore } from './credit-reports.ts';
import type { Clock } from './ports.ts';

/** A campaign of the marketplace with its window. */
export interface CampaignWindow {
  readonly id: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What a seller lost by decisions that were undone since. */
export interface LostWindows {
  readonly periods: readonly LostEligibility[];
  /** Of the campaigns that were asked about, those in which the seller could have taken part on days that it lost. */
  readonly campaigns: readonly CampaignWindow[];
}

const DAY_MS = 86_400_000;

/**
 * Lists the days on which a seller stood worse than it should have, by entries that were reversed since, and the
 * campaigns among `campaigns` that fell into them. Undefined where there is no such seller.
 */
export async function lostWindows(
  ports: { readonly ledger: LedgerStore; readonly rules: CreditRules; readonly clock: Clock },
  sellerId: string,
  campaigns: readonly CampaignWindow[],
): Promise<LostWindows | undefined> {
  const subject = await ports.ledger.subject(sellerId);
  if (subject === undefined) return undefined;
  const nowMs = ports.clock.nowMs();
  const entries = await ports.ledger.entries(subject.legalId);
  const reversals = entries.filter(({ kind }) => kind === 'REVERSAL');
  if (reversals.length === 0) return { periods: [], campaigns: [] };
  const effective = Math.min(...reversals.map(({ effectiveAtMs }) => effectiveAtMs));
  const periods = lostEligibility(entries, ports.rules.model, {
    sellerLegalId: subject.legalId,
    context: subject.context,
    // What is older than the memory of the model was lost to nobody who could still be told.
    fromMs: Math.max(effective, nowMs - ports.rules.model.settings.decay.horizonDays * DAY_MS),
    // From the reversal on the seller stands as it should.
    untilMs: Math.max(...reversals.map(({ recordedAtMs }) => recordedAtMs)),
    knownAtMs: nowMs,
  });
  return { periods, campaigns: lostCampaigns(periods, campaigns) };
}
