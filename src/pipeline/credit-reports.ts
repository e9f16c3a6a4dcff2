import { scoreLedger, type CreditContext } from '../credit/score-ledger.ts';
import type { CreditModel } from '../credit/credit-moment.ts';
import type { CreditEntry, CreditReport } from '../domain/credit.ts';
import type { Clock } from './ports.ts';
import type { CreditReports } from './queries.ts';

/** What linked legal entities bring into the score of another. */
export interface CreditLinks {
  readonly legalIds: readonly string[];
  readonly entries: readonly CreditEntry[];
}

/** A seller with what the score needs to know beside the ledger. */
export interface CreditSubject {
  readonly sellerId: string;
  readonly legalId: string;
  readonly context: CreditContext;
}

export interface LedgerStore {
  /** As it is now, or with what was said of its papers at a moment. */
  subject(sellerId: string, atMs?: number): Promise<CreditSubject | undefined>;
  /** The entries of a legal entity in the order in which they were recorded. */
  entries(legalId: string): Promise<readonly CreditEntry[]>;
  /** Penalties, strikes and their reversals of other legal entities that people had found, by then, to be the same hand. */
  links(legalId: string, knownAtMs: number): Promise<CreditLinks>;
  /** The same of entities that are named. */
  entriesOf(legalIds: readonly string[]): Promise<CreditLinks>;
  /** Every legal entity with a ledger, by id. A stale one has snapshots that wait to be taken anew. */
  entitiesAfter(
    legalId: string,
    limit: number,
  ): Promise<readonly { readonly legalId: string; readonly lastSeq: number; readonly isStale: boolean }[]>;
  snapshots(legalId: string): Promise<readonly { readonly subject: CreditSubject; readonly report: CreditReport }[]>;
  /** Has every snapshot taken anew when the credit rules are others than those of the last call. */
  useCreditRules(creditFileSha256: string): Promise<void>;
  /** Tells an alarm of the nightly replay as an event. */
  raiseAlarm(data: Readonly<Record<string, unknown>>, nowMs: number): Promise<void>;
  /** Legal entities whose ledger has grown since their snapshots were taken, with the end of the chain. */
  staleEntities(limit: number): Promise<readonly { readonly legalId: string; readonly lastSeq: number }[]>;
  /** End of the chain; 0 where there is none. */
  lastSeq(legalId: string): Promise<number>;
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
      const subject = await ledger.subject(sellerId, Math.min(moment.asOfMs, moment.knownAtMs));
      if (subject === undefined) return undefined;
      const entries = await ledger.entries(subject.legalId);
      const links = await ledger.links(subject.legalId, moment.knownAtMs);
      return reportOf(subject, { entries, links }, moment, rules());
    },
  };
}

/** The report of a seller from its own ledger and the penalties of linked entities. */
export function reportOf(
  { legalId, context }: CreditSubject,
  { entries, links }: { readonly entries: readonly CreditEntry[]; readonly links: CreditLinks },
  { asOfMs, knownAtMs }: { readonly asOfMs: number; readonly knownAtMs: number },
  { model, rulesetDigest }: CreditRules,
): CreditReport {
  const question = { sellerLegalId: legalId, asOfMs, knownAtMs, context, rulesetDigest };
  if (links.legalIds.length === 0) return scoreLedger(entries, model, question);
  const report = scoreLedger([...entries, ...links.entries], model, question);
  const why = `People found this business and ${links.legalIds.join(', ')} to be one hand: their penalties bind it, too.`;
  const line = { about: 'NOTE', why, code: 'LINKED', values: { legalIds: links.legalIds.join(', ') } } as const;
  return { ...report, lines: [...report.lines, line], linkedLegalIds: [...links.legalIds] };
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
    for (const { legalId } of stale) {
      await takeSnapshots(ledger, legalId, rules, clock);
      // What one of them is penalised for binds the others as well.
      const { legalIds } = await ledger.links(legalId, clock.nowMs());
      for (const linked of legalIds) await takeSnapshots(ledger, linked, rules, clock);
      refreshed += 1;
    }
  }
}

async function takeSnapshots(ledger: LedgerStore, legalId: string, rules: CreditRules, clock: Clock): Promise<void> {
  // The end of the chain first: an entry that comes after it leaves the entity stale.
  const lastSeq = await ledger.lastSeq(legalId);
  const entries = await ledger.entries(legalId);
  const stores = await ledger.stores(legalId);
  // After the entries were read: what they hold was recorded by now, however long the rounds before took.
  const nowMs = clock.nowMs();
  const links = await ledger.links(legalId, nowMs);
  const moment = { asOfMs: nowMs, knownAtMs: nowMs };
  const reports = stores.map((store) => ({
    sellerId: store.sellerId,
    report: reportOf(store, { entries, links }, moment, rules),
  }));
  await ledger.saveSnapshots({ legalId, lastSeq }, reports, nowMs);
}
