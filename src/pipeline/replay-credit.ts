import { verifyChain } from '../credit/hash-chain.ts';
import type { CreditReport } from '../domain/credit.ts';
import { reportOf, type CreditRules, type LedgerStore } from './credit-reports.ts';
import type { Clock } from './ports.ts';

/** A stored snapshot that the ledger does not bear out, or a ledger whose chain is broken. */
export type CreditFault =
  | {
      readonly kind: 'DIFFERS';
      readonly sellerId: string;
      readonly stored: Pick<CreditReport, 'score' | 'tier' | 'inputsSha256'>;
      readonly replayed: Pick<CreditReport, 'score' | 'tier' | 'inputsSha256'>;
    }
  | { readonly kind: 'CHAIN_BROKEN'; readonly legalId: string; readonly entryId: string; readonly why: string };

export interface CreditReplay {
  readonly entities: number;
  readonly sellers: number;
  /** Snapshots that were compared; those that wait to be taken anew are not. */
  readonly compared: number;
  readonly faults: readonly CreditFault[];
}

interface ReplayPorts {
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  /** The rules of a version; undefined where it is not known. */
  readonly rulesOf: (rulesetDigest: string) => Promise<CreditRules | undefined>;
  readonly rules: CreditRules;
}

/** Entities of one page. */
const PAGE = 200;

/** Faults that are told one by one; all of them are counted. */
const TOLD_FAULTS = 100;

const figuresOf = ({ score, tier, inputsSha256 }: CreditReport) => ({ score, tier, inputsSha256 });

/**
 * Computes every stored snapshot once more from the ledger, by the rules, the moment and the knowledge that it names,
 * and checks every hash chain. What does not agree is told as an alarm. Then each snapshot of a sound ledger is taken anew,
 * because tiers move with time as well: penalties end, and seven days above are over.
 */
export async function replayCredit(ports: ReplayPorts): Promise<CreditReplay> {
  const { ledger, clock, rules } = ports;
  const faults: CreditFault[] = [];
  const totals = { entities: 0, sellers: 0, compared: 0, faults: 0 };
  const tell = (fault: CreditFault): void => {
    totals.faults += 1;
    if (faults.length < TOLD_FAULTS) faults.push(fault);
  };
  let after = '';
  for (;;) {
    const page = await ledger.entitiesAfter(after, PAGE);
    for (const entity of page) {
      const { legalId, lastSeq, isStale } = entity;
      totals.entities += 1;
      // Snapshots first: an entry that comes between the two readings was recorded after the snapshot's horizon.
      const snapshots = await ledger.snapshots(legalId);
      const entries = await ledger.entries(legalId);
      const chain = verifyChain(entries);
      if (chain.kind === 'broken') tell({ kind: 'CHAIN_BROKEN', legalId, entryId: chain.entryId, why: chain.why });
      for (const { subject, report: stored } of isStale ? [] : snapshots) {
        const by = stored.rulesetDigest === rules.rulesetDigest ? rules : await ports.rulesOf(stored.rulesetDigest);
        if (by === undefined) continue;
        totals.compared += 1;
        const links = await ledger.entriesOf(stored.linkedLegalIds ?? []);
        const replayed = reportOf(subject, { entries, links }, stored, by);
        const isEqual =
          replayed.score === stored.score &&
          replayed.tier === stored.tier &&
          replayed.inputsSha256 === stored.inputsSha256;
        if (!isEqual)
          tell({
            kind: 'DIFFERS',
            sellerId: subject.sellerId,
            stored: figuresOf(stored),
            replayed: figuresOf(replayed),
          });
      }
      totals.sellers += snapshots.length;
      // What somebody changed is not believed: the snapshot from before stays until people have looked.
      if (chain.kind === 'broken') continue;
      const nowMs = clock.nowMs();
      const links = await ledger.links(legalId, nowMs);
      const moment = { asOfMs: nowMs, knownAtMs: nowMs };
      const reports = (await ledger.stores(legalId)).map((store) => ({
        sellerId: store.sellerId,
        report: reportOf(store, { entries, links }, moment, rules),
      }));
      await ledger.saveSnapshots({ legalId, lastSeq }, reports, nowMs);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last.legalId;
  }
  const { faults: _count, ...told } = totals;
  const replay = { ...told, faults };
  if (totals.faults > 0)
    await ledger.raiseAlarm({ ...told, faults: totals.faults, examples: faults.slice(0, 10) }, clock.nowMs());
  return replay;
}
