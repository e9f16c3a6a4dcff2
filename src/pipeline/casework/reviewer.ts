import { hasAnyScope, type Principal } from '../../domain/access.ts';

/** Whoever works cases: a person of the console, or a program with a key. */
export interface Reviewer {
  readonly id: string;
  readonly name: string;
  /** Signed in as themselves, not a key. */
  readonly isPerson: boolean;
  /** May do what leads do. */
  readonly isLead: boolean;
  readonly reach: Reach;
}

/** What bounds the view of a reviewer; empty lists bound nothing. */
export interface Reach {
  readonly markets: readonly string[];
  readonly queues: readonly string[];
  readonly languages: readonly string[];
  readonly skills: readonly string[];
}

export const UNBOUNDED: Reach = { markets: [], queues: [], languages: [], skills: [] };

/** What figures are of: a period, and the cases within somebody's reach and of the asked queue and market. */
export interface DashboardScope {
  readonly days: number;
  readonly reach: Reach;
  readonly queue?: string | undefined;
  /** Country of the seller; cases of no known market are left out where one is asked for. */
  readonly market?: string | undefined;
}

export const reviewerOf = (principal: Principal): Reviewer => ({
  id: principal.id,
  name: principal.name,
  isPerson: principal.role !== undefined,
  isLead: hasAnyScope(principal, ['cases:lead']),
  reach: principal.reach ?? UNBOUNDED,
});

/** Whether somebody was trained for a case: in its kind, or in every skill that it needs. */
export const isTrainedFor = (
  { skills }: Reach,
  { violationType, neededSkills }: { readonly violationType: string; readonly neededSkills: readonly string[] },
): boolean =>
  skills.length === 0 || skills.includes(violationType) || neededSkills.every((skill) => skills.includes(skill));

/** Whether a case is within somebody's markets and queues. A case of no known market is everybody's. */
export const isWithin = (
  { markets, queues }: Reach,
  { market, queue }: { readonly market?: string | undefined; readonly queue: string },
): boolean =>
  (queues.length === 0 || queues.includes(queue)) &&
  (markets.length === 0 || market === undefined || markets.includes(market));
