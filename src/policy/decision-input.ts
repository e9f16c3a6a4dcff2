import type { CreditTier } from '../domain/credit.ts';
import type { FindingSource } from '../domain/decision.ts';
import type { Finding, SubjectKind } from '../domain/finding.ts';

/** What a decision depends on besides the findings. */
export interface DecisionContext {
  readonly sellerTier: CreditTier;
  readonly sellerPoints: number;
  /** Whether buyers see the item already. */
  readonly isLive: boolean;
  /** Sales of the last 30 days: of the listing, or of the seller for any other subject. */
  readonly exposure: number;
  readonly nowMs: number;
  /** Shares of the seller's listings that people see before and after publication (the seller's eligibility), 0–1. */
  readonly preCheckShare01: number;
  readonly postCheckShare01: number;
  /** A number drawn once for the subject's version, 0 ≤ roll < 1; below the share, the item is drawn. */
  readonly sampleRoll01: number;
  readonly source?: FindingSource;
  /** Country of the seller; absent where it is not known. */
  readonly market?: string;
  /** Language of what has to be read, without its region: `zh`, `ru`; absent where nobody can tell. */
  readonly language?: string;
  /** Countries to which a listing is sold; empty or absent: everywhere, or no listing. */
  readonly destinations?: readonly string[];
  /** Marks under which the seller may sell, and marks that somebody disputes. Absent: not known, nothing automatic follows. */
  readonly marks?: { readonly authorisedIds: readonly string[]; readonly disputedIds: readonly string[] };
}

export interface DecisionInput {
  readonly subject: { readonly kind: SubjectKind; readonly id: string; readonly sellerId?: string };
  readonly findings: readonly Finding[];
  readonly context: DecisionContext;
}
