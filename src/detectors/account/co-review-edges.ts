import type { BehaviourEdge } from './behaviour.ts';

/** A ring, as far as it tells who reviewed what. */
export interface ReviewedTogether {
  readonly ringId: string;
  readonly direction: 'PRAISE' | 'ATTACK';
  readonly reviews: readonly { readonly accountId: string; readonly listingId: string }[];
}

/**
 * Accounts that reviewed the same listings within one ring, as behaviour: so many nats for each listing that two share, up
 * to a cap. Members of a ring who never met have no edge. One edge a ring and pair, of kind CO_REVIEW; only pairs among
 * `accountIds`.
 */
export const coReviewEdges = (
  rings: readonly ReviewedTogether[],
  accountIds: ReadonlySet<string>,
  { natsPerListing, capNats }: { readonly natsPerListing: number; readonly capNats: number },
): BehaviourEdge[] =>
  rings.flatMap(({ ringId, direction, reviews }) => {
    const listingsOf = new Map<string, Set<string>>();
    for (const { accountId, listingId } of reviews) {
      if (!accountIds.has(accountId)) continue;
      const known = listingsOf.get(accountId);
      if (known === undefined) listingsOf.set(accountId, new Set([listingId]));
      else known.add(listingId);
    }
    const members = [...listingsOf].sort(([left], [right]) => (left < right ? -1 : 1));
    const verb = direction === 'ATTACK' ? 'attacked' : 'praised';
    return members.flatMap(([a, own], position) =>
      members.slice(position + 1).flatMap(([b, theirs]): BehaviourEdge[] => {
        let shared = 0;
        for (const listing of own) if (theirs.has(listing)) shared += 1;
        if (shared === 0) return [];
        const listings = shared === 1 ? 'the same listing' : `${shared} of the same listings`;
        return [
          {
            a,
            b,
            kind: 'CO_REVIEW',
            nats: Math.min(capNats, shared * natsPerListing),
            why: `${a} and ${b} ${verb} ${listings} as part of one group (${ringId}).`,
          },
        ];
      }),
    );
  });
