import { scoreLedger, type CreditContext } from '../credit/score-ledger.ts';
import type { CreditModel } from '../credit/credit-moment.ts';
import type { CreditEntry, CreditReport } from '../domain/credit.ts';
import type { Clock } from './ports.ts';
import type { CreditReports } from './queries.ts';

/** A seller with what the score needs to know beside the ledger. */
export interface CreditSubject {
  readonly sellerId: string;
  readonly legalId: string;
  readonly context: CreditContext;
}

export interface LedgerStore {
  subject(sellerId: string): Promise<CreditSubject | undefined>;
  /** The entries of a legal entity in the order in which they were recorded. */
  entries(legalId: string): Promise<readonly CreditEntry[]>;
  /** Legal entities whose ledger has grown since their snapshots were taken, with the end of the chain. */
  staleEntities(limit: number): Promise<readonly { readonly legalId: string; readonly lastSeq: number }[]>;
  stores(legalId: string): Promise<readonly CreditSubject[]>;
  /** Replaces the snapshots of an entity, told as an event where a tier changed, and notes how far they reach. */
  saveSnapshots(
    entity: { readonly legalId: string; readonly lastSeq: number },
    reports: readonly { readonly sellerId: string; readonly report: CreditReport }[],
    nowMs: number,
  ): Promise<void>;
}

/** The rules by which credit is computed. */
export interface CreditRules {
  readonly model: CreditModel;
  readonly rulesetDigest: string;
}

/** Computes reports from the ledger at the moment of asking: what it answers is never a stale copy. */
export function creditReportsFrom(ledger: LedgerStore, rules: () => CreditRules): CreditReports {
  return {
    async report(sellerId, moment) {
      const subject = await ledger.subject(sellerId);
      return subject === undefined
        ? undefined
        : reportOf(subject, await ledger.entries(subject.legalId), moment, rules());
    },
  };
}

function reportOf(
  { legalId, context }: CreditSubject,
  entries: readonly CreditEntry[],
  moment: { readonly asOfMs: number; readonly knownAtMs: number },
  { model, rulesetDigest }: CreditRules,
): CreditReport {
  return scoreLedger(entries, model, { sellerLegalId: legalId, ...moment, context, rulesetDigest });
}

/** Entities of one round of refreshing. */
const REFRESH_ROUND = 50;

/**
 * Brings the snapshots of all sellers up to date whose ledger has grown, and gives how many entities that were.
 * A crash in between loses nothing: the entity stays stale until its snapshots are saved.
 */
export async function refreshCredit(ledger: LedgerStore, rules: CreditRules, clock: Clock): Promise<number> {
  let refreshed = 0;
  for (;;) {
    const stale = await ledger.staleEntities(REFRESH_ROUND);
    if (stale.length === 0) return refreshed;
    for (const entity of stale) {
      const entries = await ledger.entries(entity.legalId);
      const stores = await ledger.stores(entity.legalId);
      // After the entries were read: what they hold was recorded by now, however long the rounds before took.
      const nowMs = clock.nowMs();
      const moment = { asOfMs: nowMs, knownAtMs: nowMs };
      const reports = stores.map((store) => ({
        sellerId: store.sellerId,
        report: reportOf(store, entries, moment, rules),
      }));
      await ledger.saveSnapshots(entity, reports, nowMs);
      refreshed += 1;
    }
  }
}
