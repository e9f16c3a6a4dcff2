import type { Authenticity, CreditEntryDraft } from '../domain/credit.ts';
import type { FaultParty } from '../domain/order.ts';
import type { Seller } from '../domain/seller.ts';

/** An EVIDENCE entry with what later entries say of its fault and authenticity. */
export interface ResolvedEvidence {
  readonly entry: CreditEntryDraft;
  readonly faultParty: FaultParty;
  readonly presumedFault: FaultParty | undefined;
  /** Whose event it is for the pair cap: a later word where a person found the buyer to stand alone. */
  readonly buyerClusterId: string | undefined;
  readonly authenticity: Authenticity;
  /** From when the authenticity holds; only the clock of a quarantine needs it. */
  readonly authenticFromMs: number;
}

/** The entries that speak at all, each kind sorted by (effectiveAtMs, entryId). */
export interface ResolvedLedger {
  readonly evidence: readonly ResolvedEvidence[];
  readonly penalties: readonly CreditEntryDraft[];
  readonly strikes: readonly CreditEntryDraft[];
  readonly caps: readonly CreditEntryDraft[];
  /** How far the marketplace knows the business; the rules say which of it is as good as a strike. */
  readonly kyb: Seller['kyb'];
}

const byTime = (left: CreditEntryDraft, right: CreditEntryDraft): number =>
  left.effectiveAtMs - right.effectiveAtMs ||
  (left.entryId < right.entryId ? -1 : left.entryId > right.entryId ? 1 : 0);

/** Ids of undone entries. A reversal can itself be reversed, so the latest recorded speaks first. */
const reversedIds = (entries: readonly CreditEntryDraft[]): ReadonlySet<string> => {
  const reversals = entries
    .filter((entry) => entry.kind === 'REVERSAL')
    .toSorted((left, right) => right.recordedAtMs - left.recordedAtMs || (left.entryId < right.entryId ? 1 : -1));
  const undone = new Set<string>();
  for (const reversal of reversals)
    if (reversal.reverses !== undefined && !undone.has(reversal.entryId)) undone.add(reversal.reverses);
  return undone;
};

/** The last word on each target by (recordedAtMs, entryId): fault and authenticity are separate words. */
const latestChanges = (entries: readonly CreditEntryDraft[]) => {
  const fault = new Map<string, CreditEntryDraft>();
  const authenticity = new Map<string, CreditEntryDraft>();
  for (const entry of entries) {
    if (entry.kind !== 'REATTRIBUTION' || entry.reverses === undefined) continue;
    const words = entry.authenticity === undefined ? fault : authenticity;
    const before = words.get(entry.reverses);
    const isLater =
      before === undefined ||
      entry.recordedAtMs > before.recordedAtMs ||
      (entry.recordedAtMs === before.recordedAtMs && entry.entryId > before.entryId);
    if (isLater) words.set(entry.reverses, entry);
  }
  return { fault, authenticity };
};

/**
 * What a ledger says as far as it was known at `knownAtMs`: an entry handed in twice counts once, reversed entries
 * are gone as if they had never been, reattributions are applied. The order of the entries does not matter.
 * Penalties and strikes of other legal entities in the list (linked to this one) bind too; their evidence does not.
 */
export const resolveLedger = (
  entries: readonly CreditEntryDraft[],
  options: {
    readonly sellerLegalId: string;
    readonly knownAtMs: number;
    readonly context: Pick<ResolvedLedger, 'kyb'>;
  },
): ResolvedLedger => {
  const unique = new Map<string, CreditEntryDraft>();
  for (const entry of entries)
    if (entry.recordedAtMs <= options.knownAtMs && !unique.has(entry.entryId)) unique.set(entry.entryId, entry);
  const known = [...unique.values()];
  const undone = reversedIds(known);
  const standing = undone.size === 0 ? known : known.filter((entry) => !undone.has(entry.entryId));
  const changes = latestChanges(standing);

  const evidence: ResolvedEvidence[] = [];
  const penalties: CreditEntryDraft[] = [];
  const strikes: CreditEntryDraft[] = [];
  const caps: CreditEntryDraft[] = [];
  const isSorted = standing.every((entry, index) => index === 0 || byTime(standing[index - 1] ?? entry, entry) <= 0);
  for (const entry of isSorted ? standing : standing.toSorted(byTime)) {
    const isOwn = entry.sellerLegalId === options.sellerLegalId;
    if (entry.kind === 'PENALTY') penalties.push(entry);
    else if (entry.kind === 'STRIKE') strikes.push(entry);
    else if (entry.kind === 'CAP' && isOwn) caps.push(entry);
    else if (entry.kind === 'EVIDENCE' && isOwn) {
      const fault = changes.fault.get(entry.entryId);
      const authentic = changes.authenticity.get(entry.entryId);
      evidence.push({
        entry,
        faultParty: fault?.faultParty ?? entry.faultParty,
        presumedFault: fault === undefined ? entry.presumedFault : fault.presumedFault,
        buyerClusterId: fault?.buyerClusterId ?? entry.buyerClusterId,
        authenticity: authentic?.authenticity ?? entry.authenticity ?? 'NORMAL',
        // Evidence that enters set aside is set aside from then on, however old the review is.
        authenticFromMs: authentic?.effectiveAtMs ?? entry.recordedAtMs,
      });
    }
  }
  return { evidence, penalties, strikes, caps, kyb: options.context.kyb };
};
