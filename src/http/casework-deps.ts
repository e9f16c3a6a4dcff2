import type { MacroBody } from '../domain/views/case-decision-view.ts';
import type { SavedViewBody, SimilarCase } from '../domain/views/search-view.ts';
import type { BulkPorts } from '../pipeline/casework/bulk-decision.ts';
import type { CaseStream } from '../pipeline/casework/case-stream.ts';
import type { Shelf } from '../pipeline/casework/shelf.ts';

/** What the pages of moderators need beside what every page reads. */
export interface CaseworkDeps {
  readonly ports: BulkPorts;
  /** Queues of the published rules, in the order of routing. */
  readonly queueTitles: () => readonly { readonly name: string; readonly title: string }[];
  readonly stream: CaseStream;
  readonly macros: Shelf<MacroBody>;
  readonly savedViews: Shelf<SavedViewBody>;
  readonly similarCases: (id: string) => Promise<readonly SimilarCase[] | undefined>;
}
