import type { CaseworkPorts } from '../pipeline/casework/work-case.ts';

/** What the pages of moderators need beside what every page reads. */
export interface CaseworkDeps {
  readonly ports: CaseworkPorts;
  /** Queues of the published rules, in the order of routing. */
  readonly queueTitles: () => readonly { readonly name: string; readonly title: string }[];
}
