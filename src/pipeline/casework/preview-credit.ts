import { entriesForPenalty, entriesForReversal } from '../../credit/decision-entries.ts';
import { type CreditContext, scoreLedger } from '../../credit/score-ledger.ts';
import type { DecisionPreview } from '../../domain/views/case-decision-view.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { CreditRules, LedgerStore } from '../credit-reports.ts';

/** What a decision would book against a seller. */
export interface CreditQuestion {
  readonly sellerId: string | undefined;
  readonly penalty?: { readonly points: number; readonly strikes: number };
  /** A decision that is undone by it, as if it had never been; the penalty takes its place at its date. */
  readonly undoes?: { readonly id: string; readonly enforcedAtMs: number };
  readonly violationType: ViolationType | undefined;
  readonly standing: string | undefined;
}

export type CreditPreviewer = (question: CreditQuestion, nowMs: number) => Promise<DecisionPreview['credit']>;

/** Computes a seller's credit with entries that are not booked: the ledger is read, nothing is written. */
export const creditPreviewer =
  (ledger: Pick<LedgerStore, 'subject' | 'entries'>, rules: () => CreditRules): CreditPreviewer =>
  async ({ sellerId, penalty, undoes, violationType, standing }, nowMs) => {
    const subject = sellerId === undefined ? undefined : await ledger.subject(sellerId);
    if (sellerId === undefined || subject === undefined) return [];
    const { model, rulesetDigest } = rules();
    const { legalId, context } = subject;
    const entries = await ledger.entries(legalId);
    const added =
      penalty === undefined || violationType === undefined
        ? []
        : entriesForPenalty({
            decisionId: 'preview',
            subject: { kind: 'SELLER', id: sellerId },
            violationType,
            ...penalty,
            effectiveAtMs: undoes?.enforcedAtMs ?? nowMs,
            why: 'Preview.',
            recordedAtMs: nowMs,
            rulesetVersion: rulesetDigest,
            sellerLegalId: legalId,
          });
    const undone = entries.filter(
      ({ kind, decisionId }) => decisionId === undoes?.id && (kind === 'PENALTY' || kind === 'STRIKE'),
    );
    const reversed = entriesForReversal(undoes === undefined ? [] : undone, {
      decisionId: 'preview',
      why: 'Preview.',
      gist: { code: 'REVERSED', values: {} },
      recordedAtMs: nowMs,
      rulesetVersion: rulesetDigest,
    });
    const moment = { sellerLegalId: legalId, asOfMs: nowMs, knownAtMs: nowMs, rulesetDigest };
    const before = scoreLedger(entries, model, { ...moment, context });
    const changed: Pick<CreditContext, 'standing'> =
      standing === 'SUSPENDED' || standing === 'TERMINATED' || standing === 'ACTIVE' ? { standing } : {};
    const after = scoreLedger(
      [...entries, ...[...reversed, ...added].map((entry) => ({ ...entry, prevHash: '', hash: '' }))],
      model,
      { ...moment, context: { ...context, ...changed } },
    );
    return [
      {
        sellerId,
        points: penalty?.points ?? 0,
        strikes: penalty?.strikes ?? 0,
        before: { score: before.score, tier: before.tier, eligibility: before.eligibility },
        after: { score: after.score, tier: after.tier, eligibility: after.eligibility },
      },
    ];
  };
