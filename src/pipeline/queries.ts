import type { CreditReport, CreditTier } from '../domain/credit.ts';
import type { CaseState } from '../domain/case.ts';
import type { Outcome } from '../domain/decision.ts';
import type { RingEvidence } from '../domain/evidence.ts';
import type { SubjectKind } from '../domain/finding.ts';
import type { Mark } from '../domain/mark.ts';
import type { RightsHolder } from '../domain/rights-holder.ts';
import type { Severity, ViolationType } from '../domain/violation.ts';
import type { CaseSummary, CaseView } from '../domain/views/case-view.ts';
import type { CheckState, CheckSummary, CheckView } from '../domain/views/check-view.ts';
import type { RingView } from '../domain/views/ring-view.ts';
import type { BacklogView, CloudEvent, StatsView } from '../domain/views/operation-view.ts';
import type { ListingView, ReviewView, SellerEligibility, SellerView } from '../domain/views/subject-view.ts';
import type { Page, PageRequest } from './page-cursor.ts';

/** Conditions of a list of checks; each that is present must hold. */
interface CheckFilter {
  readonly subjectKind?: SubjectKind;
  readonly subjectId?: string;
  readonly state?: CheckState;
  readonly outcome?: Outcome;
}

/** States in which a case still needs somebody: it is not decided, merged or closed. */
export const WAITING_STATES = [
  'OPEN',
  'TRIAGED',
  'QUEUED',
  'CLAIMED',
  'AWAITING_INFO',
  'ESCALATED',
  'PROPOSED',
  'SECOND_REVIEW',
  'ADJUDICATION',
] as const satisfies readonly CaseState[];

/** Conditions of a list of cases; each that is present must hold. */
export interface CaseFilter {
  /** Absent: WAITING_STATES. */
  readonly states?: readonly CaseState[];
  readonly queue?: string;
  readonly violationType?: ViolationType;
  readonly sellerId?: string;
  /** Of a check in the case. */
  readonly outcome?: Outcome;
  /** Of the seller, as it was last computed. */
  readonly tier?: CreditTier;
  readonly severity?: Severity;
  readonly markId?: string;
  /** Whoever holds the case. */
  readonly holder?: string;
  /** Only cases whose due time has passed. */
  readonly isOverdue?: boolean;
  /** Each case with what its sentence says, as figures and names. */
  readonly withGist?: boolean;
  /** Markets and queues that bound the asker's view; empty lists bound nothing. */
  readonly reach?: { readonly markets: readonly string[]; readonly queues: readonly string[] };
}

/** A preview of a picture: WebP, at most 640 pixels a side. */
interface PicturePreview {
  readonly bytes: Uint8Array;
}

/** A mark with whether it still protects. */
export interface MarkState {
  readonly mark: Mark;
  readonly isWithdrawn: boolean;
}

/** Everything that the API and the console read. Answers undefined where nothing is stored under the id. */
export interface Queries {
  check(id: string): Promise<CheckView | undefined>;
  /** Newest first. */
  checks(filter: CheckFilter, page: PageRequest): Promise<Page<CheckSummary>>;
  listing(id: string): Promise<ListingView | undefined>;
  review(id: string): Promise<ReviewView | undefined>;
  seller(id: string): Promise<SellerView | undefined>;
  /** What was last computed for these sellers; those of whom nothing was computed are left out. */
  eligibility(sellerIds: readonly string[]): Promise<readonly SellerEligibility[]>;
  /** By priority, highest first; then oldest first. */
  cases(filter: CaseFilter, page: PageRequest): Promise<Page<CaseSummary>>;
  case(id: string): Promise<CaseView | undefined>;
  ring(id: string): Promise<RingView | undefined>;
  /** The ring itself by its latest finding. */
  ringEvidence(id: string): Promise<RingEvidence | undefined>;
  mark(id: string): Promise<MarkState | undefined>;
  /** By id. */
  marks(filter: { readonly rightsHolderId?: string }, page: PageRequest): Promise<Page<MarkState>>;
  rightsHolder(id: string): Promise<RightsHolder | undefined>;
  picturePreview(contentSha256: string): Promise<PicturePreview | undefined>;
  stats(): Promise<StatsView>;
  backlog(): Promise<BacklogView>;
  /** In the order in which they were told, oldest first. The last page has a cursor too: it is where new ones come. */
  events(filter: { readonly types?: readonly string[] }, page: PageRequest): Promise<EventPage>;
}

interface EventPage {
  readonly events: readonly Omit<CloudEvent, 'source' | 'specversion' | 'datacontenttype'>[];
  readonly nextCursor: string;
  readonly hasMore: boolean;
}

/** Computes a seller's credit at a moment, as far as it was known at another. */
export interface CreditReports {
  /** Answers undefined where there is no such seller. */
  report(
    sellerId: string,
    moment: { readonly asOfMs: number; readonly knownAtMs: number },
  ): Promise<CreditReport | undefined>;
}
