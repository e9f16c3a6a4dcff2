import { entriesForReversal } from '../../credit/decision-entries.ts';
import type { CreditEntry, CreditGist } from '../../domain/credit.ts';
import type { LedgerClaim } from '../../pipeline/effects.ts';
import type { Transaction } from './database.ts';

/** Which penalties and strikes are to be undone as if they had never been. */
interface ReversalOrder {
  /** `decisionId` of the entries to undo: the id under which the decision booked them. */
  readonly decisionId: string;
  /** The appeal, reversal or withdrawal that undoes them; the same one twice books nothing twice. */
  readonly reversalId: string;
  /** Legal entities in whose ledgers the decision booked. */
  readonly legalIds: readonly string[];
  /** One sentence for the seller, and the same as a code. */
  readonly why: string;
  readonly gist: CreditGist;
  readonly rulesetVersion: string;
  readonly nowMs: number;
}

/**
 * What to append to the ledgers so that the penalties and strikes of a decision are undone at their original dates: the
 * score is computed forward as if they had never been, while the ledger shows both.
 */
export async function reversalClaims(tx: Transaction, order: ReversalOrder): Promise<readonly LedgerClaim[]> {
  const { decisionId, reversalId, legalIds, why, gist, rulesetVersion, nowMs } = order;
  const rows = await tx.$queryRaw<{ payload: CreditEntry }[]>`
    SELECT payload FROM credit_entry
    WHERE "legalId" = ANY(${[...legalIds]}) AND payload->>'decisionId' = ${decisionId} AND kind IN ('PENALTY', 'STRIKE')
    ORDER BY "legalId", seq`;
  const stamp = { decisionId: reversalId, why, gist, rulesetVersion, recordedAtMs: nowMs };
  return rows.map(({ payload: { prevHash: _prevHash, hash: _hash, ...entry } }) => ({
    sellerLegalId: entry.sellerLegalId,
    subjectRef: entry.subjectRef,
    build: () => entriesForReversal([entry], stamp),
  }));
}
