import type { DashboardView } from '../domain/views/dashboard-view.ts';
import type { CaseSummary } from '../domain/views/case-view.ts';
import type { MacroBody } from '../domain/views/case-decision-view.ts';
import type { SavedViewBody, SimilarCase } from '../domain/views/search-view.ts';
import type { AppealPorts } from '../pipeline/appeals/submit-appeal.ts';
import type { BulkPorts } from '../pipeline/casework/bulk-decision.ts';
import type { CaseStream } from '../pipeline/casework/case-stream.ts';
import type { QualityPorts } from '../pipeline/casework/look-again.ts';
import type { DashboardScope, Reach } from '../pipeline/casework/reviewer.ts';
import type { SearchStore } from '../pipeline/casework/search-store.ts';
import type { Shelf } from '../pipeline/casework/shelf.ts';

/** What the pages of moderators need beside what every page reads. */
export interface CaseworkDeps {
  readonly ports: BulkPorts;
  readonly appeals: AppealPorts;
  /** Queues of the published rules, in the order of routing. */
  readonly queueTitles: () => readonly { readonly name: string; readonly title: string }[];
  /** Skills of the published rules. */
  readonly skillTitles: () => readonly { readonly name: string; readonly title: string }[];
  readonly stream: CaseStream;
  readonly search: SearchStore;
  readonly quality: QualityPorts;
  readonly readDashboard: (scope: DashboardScope) => Promise<DashboardView>;
  readonly macros: Shelf<MacroBody>;
  readonly savedViews: Shelf<SavedViewBody>;
  /** Waiting cases of other sellers that show the same picture. */
  readonly samePicture: (id: string, reach: Reach) => Promise<readonly CaseSummary[]>;
  readonly similarCases: (id: string, reach: Reach) => Promise<readonly SimilarCase[] | undefined>;
}
