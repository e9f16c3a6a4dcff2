import { AppError } from '../domain/errors.ts';
import type { Clock } from './ports.ts';

/** A ring as its members can be told apart. */
export interface SplittableRing {
  readonly ringId: string;
  readonly memberAccountIds: readonly string[];
  readonly reviews: readonly { readonly reviewId: string; readonly accountId: string }[];
}

/** What splitting a ring comes to: whose reviews count again, and whose never will. */
export interface RingSplit {
  readonly ringId: string;
  /** Found honest. */
  readonly keptAccountIds: readonly string[];
  readonly removedAccountIds: readonly string[];
  readonly keptReviewIds: readonly string[];
  readonly removedReviewIds: readonly string[];
}

/** The decision that a split carries out. */
export interface RingSplitStamp {
  /** The same decision is carried out once, however often it is asked for. */
  readonly decisionId: string;
  readonly decidedBy: string;
  readonly rulesetDigest: string;
  readonly nowMs: number;
}

export interface RingSplitStore {
  find(ringId: string): Promise<SplittableRing | undefined>;
  /**
   * In one transaction: kept reviews are CLEARED and leave their quarantine, removed ones are CONFIRMED_INAUTHENTIC, both
   * are booked in the ledgers of their sellers and told as events, and the ring remembers it.
   */
  split(split: RingSplit, stamp: RingSplitStamp): Promise<'split' | 'already-split'>;
  /** Takes back the split of this decision: reviews are set aside again while their time lasts, else they count. */
  undo(ringId: string, stamp: RingSplitStamp): Promise<'undone' | 'not-split'>;
}

export interface RingSplitPorts {
  readonly rings: RingSplitStore;
  readonly clock: Clock;
  readonly kickOutbox: () => void;
}

/**
 * Which reviews count again and which do not when a person keeps these members and removes the others. With nobody kept
 * all are removed; with all kept the ring was none.
 *
 * @throws AppError `request.invalid` when somebody is kept who is no member.
 */
export function planRingSplit(ring: SplittableRing, keepMemberIds: readonly string[]): RingSplit {
  const members = new Set(ring.memberAccountIds);
  const strangers = keepMemberIds.filter((id) => !members.has(id));
  if (strangers.length > 0)
    throw new AppError(
      'request.invalid',
      `${strangers.slice(0, 5).join(', ')} ${strangers.length === 1 ? 'is no member' : 'are no members'} of ${ring.ringId}: load the ring again, it may have changed.`,
    );
  const kept = new Set(keepMemberIds);
  const reviewsOf = (isKept: boolean): string[] =>
    ring.reviews
      .filter(({ accountId }) => kept.has(accountId) === isKept)
      .map(({ reviewId }) => reviewId)
      .sort();
  return {
    ringId: ring.ringId,
    keptAccountIds: [...kept].sort(),
    removedAccountIds: ring.memberAccountIds.filter((id) => !kept.has(id)).sort(),
    keptReviewIds: reviewsOf(true),
    removedReviewIds: reviewsOf(false),
  };
}

/**
 * Carries out a person's judgement of a ring in a transaction of its own. A decision that changes more than the ring
 * plans with `planRingSplit` and lets its store write the split in the decision's transaction (`writeRingSplit`).
 *
 * @throws AppError `resource.not-found`, `request.invalid`.
 */
export async function splitRing(
  ports: RingSplitPorts,
  request: {
    readonly ringId: string;
    readonly keepMemberIds: readonly string[];
    readonly stamp: Omit<RingSplitStamp, 'nowMs'>;
  },
): Promise<RingSplit> {
  const ring = await ports.rings.find(request.ringId);
  if (ring === undefined) throw new AppError('resource.not-found', `There is no ring “${request.ringId}”.`);
  const split = planRingSplit(ring, request.keepMemberIds);
  await ports.rings.split(split, { ...request.stamp, nowMs: ports.clock.nowMs() });
  ports.kickOutbox();
  return split;
}
