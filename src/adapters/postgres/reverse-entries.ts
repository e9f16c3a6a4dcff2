import { entriesForReversal } from '../../credit/decision-entries.ts';
import type { CreditEntry } from '../../domain/credit.ts';
import { appendLedger } from './append-ledger.ts';
import type { Transaction } from './database.ts';

/** What a decision booked, to be undone as if it had never been. */
export interface ReversalOrder {
  /** `decisionId` of the entries to undo: the id under which the decision booked them. */
  readonly decisionId: string;
  /** The appeal, undo or withdrawal that undoes them; the same one twice books nothing twice. */
  readonly reversalId: string;
  /** Legal entities in whose ledgers the decision booked. */
  readonly legalIds: readonly string[];
  /** One sentence for the seller. */
  readonly why: string;
  readonly rulesetVersion: string;
  readonly nowMs: number;
}

/**
 * Books the reversal of everything that a decision booked, at the original dates: the score is computed forward as if
 * the decision had never been, while the ledger shows both. Part of the caller's transaction; locks ledgers last, as all
 * writers do. Gives the ids of the entries that are undone.
 */
export async function reverseEntries(tx: Transaction, order: ReversalOrder): Promise<readonly string[]> {
  const { decisionId, reversalId, legalIds, why, rulesetVersion, nowMs } = order;
  const rows = await tx.$queryRaw<{ payload: CreditEntry }[]>`
    SELECT payload FROM credit_entry
    WHERE "legalId" = ANY(${[...legalIds]}) AND payload->>'decisionId' = ${decisionId} AND kind <> 'REVERSAL'
    ORDER BY "legalId", seq`;
  const undone = rows.map(({ payload: { prevHash: _prevHash, hash: _hash, ...draft } }) => draft);
  const stamp = { decisionId: reversalId, why, rulesetVersion, recordedAtMs: nowMs };
  await appendLedger(
    tx,
    undone.map((entry) => ({
      sellerLegalId: entry.sellerLegalId,
      subjectRef: entry.subjectRef,
      build: () => entriesForReversal([entry], stamp),
    })),
  );
  return undone.map(({ entryId }) => entryId);
}
