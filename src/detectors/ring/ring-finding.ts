import type { Evidence, RingEvidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import { probabilityOf } from './probability.ts';
import type { Ring } from './ring.ts';
import type { RingName } from './ring-id.ts';
import { ATTACK, polarityOf, PRAISE } from './review-event.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';
import { weighPair } from './strong-pairs.ts';
import { textDifference } from './text-difference.ts';

export const RING_DETECTOR = 'ring';
export const RING_DETECTOR_VERSION = 1;

/** Pairs shown to the moderator: enough to judge by, few enough to read. */
const PAIRS_SHOWN = 20;
/** Members among whom the pairs to show are looked for: 60 make 1,770 pairs. */
const MEMBERS_PAIRED = 60;

const CLEARED_BY =
  'Confirmed purchases by the members on different days and to unrelated addresses, a shared honest reason to buy these goods together (a class, a club, a test group), or links between the accounts that turn out to be one household.';

/** What the ring detector says of a ring, of one of its reviews or of the ring as such. */
export const ringFinding = (state: RingState, ring: Ring, name: RingName, settings: RingSettings): Finding => {
  const verb = ring.direction === 'PRAISE' ? 'praised' : 'attacked';
  const merged = name.mergedRingIds.length === 0 ? '' : ` It has swallowed ${name.mergedRingIds.join(', ')}.`;
  return {
    detector: RING_DETECTOR,
    detectorVersion: RING_DETECTOR_VERSION,
    violationType: ring.direction === 'PRAISE' ? 'REV_RING_BALLOT_STUFFING' : 'REV_RING_BAD_MOUTHING',
    probability: probabilityOf(ring.nats, settings.calibration),
    summary:
      `${count(ring.memberAccountIds, 'account')} ${verb} ${count(ring.listingIds, 'listing')} of ${count(ring.sellerIds, 'seller')} together, ${ring.reviews.length} reviews in ${daySpan(ring)} days: more often than chance allows.${merged}`.slice(
        0,
        1_000,
      ),
    evidence: [ringEvidence(ring, name, state), ...pairEvidence(ring, state), ...textEvidence(ring)],
    about: name.ringId,
    signals: {
      ringId: name.ringId,
      mergedRingIds: name.mergedRingIds.join(' '),
      nats: ring.nats,
      members: ring.memberAccountIds.length,
      listings: ring.listingIds.length,
      sellers: ring.sellerIds.length,
      density01: ring.density01,
      textPairs: ring.textPairs.length,
      // Praise may come from a rival who wants to frame the seller: nobody is an instigator without evidence of his own.
      hasInstigatorEvidence: false,
    },
  };
};

const ringEvidence = (ring: Ring, name: RingName, state: RingState): RingEvidence => {
  const gaining = gainingSeller(ring, state);
  return {
    kind: 'RING',
    why: `These accounts reviewed the same listings at the same times, all to ${ring.direction === 'PRAISE' ? 'praise' : 'attack'} them.`,
    ringId: name.ringId,
    direction: ring.direction,
    memberAccountIds: [...ring.memberAccountIds],
    listingIds: [...ring.listingIds],
    sellerIds: [...ring.sellerIds],
    ...(gaining === undefined ? {} : { beneficiarySellerId: gaining }),
    firstAtMs: ring.reviews[0]?.atMs ?? 0,
    lastAtMs: ring.reviews.at(-1)?.atMs ?? 0,
    terms: ring.terms.map((term) => ({ ...term })),
    reviews: ring.reviews.map(({ reviewId, accountId, listingId, stars, atMs }) => ({
      reviewId,
      accountId,
      listingId,
      stars,
      atMs,
    })),
    clearedBy: CLEARED_BY,
  };
};

/**
 * The seller who gains, where the reviews name one: of praise, the one seller with most of it; of an attack, the one
 * whom at least half of the members praise. To gain is no guilt.
 */
const gainingSeller = (ring: Ring, state: RingState): string | undefined => {
  if (ring.direction === 'PRAISE')
    return commonest(
      ring.reviews.map((review) => review.sellerId),
      ring.reviews.length,
    );
  const attacked = new Set(ring.sellerIds);
  const praised = ring.memberAccountIds.flatMap((accountId) => [...sellersPraisedBy(accountId, state)]);
  return commonest(
    praised.filter((sellerId) => !attacked.has(sellerId)),
    ring.memberAccountIds.length,
  );
};

const sellersPraisedBy = (accountId: string, state: RingState): Set<string> => {
  const sellers = new Set<string>();
  for (const slot of state.slotsOf(state.accountNumber(accountId) ?? -1)) {
    const event = state.eventOf(slot);
    if (event !== undefined && polarityOf(event.stars) === PRAISE) sellers.add(event.sellerId);
  }
  return sellers;
};

/** The id that makes up at least half of `of`, if there is one. */
const commonest = (ids: readonly string[], of: number): string | undefined => {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const [id, most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ['', 0];
  return id !== '' && most >= 2 && 2 * most >= of ? id : undefined;
};

const pairEvidence = (ring: Ring, state: RingState): Evidence[] => {
  const polarity = ring.direction === 'PRAISE' ? PRAISE : ATTACK;
  const members = ring.memberAccountIds
    .slice(0, MEMBERS_PAIRED)
    .flatMap((accountId) => state.accountNumber(accountId) ?? []);
  const met = members.flatMap((a, index) =>
    members.slice(index + 1).flatMap((b) => {
      const meetings = state.meetings(a, b);
      return meetings === 0 ? [] : [{ a, b, meetings }];
    }),
  );
  // Weighing a pair reads all reviews around theirs, so only those who met most are weighed.
  return met
    .sort((x, y) => y.meetings - x.meetings)
    .slice(0, 3 * PAIRS_SHOWN)
    .map(({ a, b }) => weighPair(state, a, b, polarity))
    .filter((pair) => pair.lanes.length > 0)
    .sort((x, y) => y.nats - x.nats)
    .slice(0, PAIRS_SHOWN)
    .map((pair) => ({
      kind: 'REVIEW_PAIR',
      why: `They met at ${pair.lanes.length} listings within ${Math.round(state.options.pairWindowMs / 86_400_000)} days each time.`,
      accountIds: [state.accountId(pair.a), state.accountId(pair.b)],
      sharedListingIds: pair.lanes.flatMap((lane) => state.eventOf(state.lane(lane)[0] ?? -1)?.listingId ?? []).sort(),
      chance01: Math.exp(-pair.nats),
    }));
};

const textEvidence = (ring: Ring): Evidence[] =>
  ring.textPairs.slice(0, PAIRS_SHOWN).map(({ left, right, jaccard01 }) => {
    const differs = textDifference(left.text, right.text);
    return {
      kind: 'TEXT_PAIR',
      why: `${left.accountId} and ${right.accountId} wrote nearly the same text (${Math.round(100 * jaccard01)} % in common).`,
      leftId: left.reviewId,
      rightId: right.reviewId,
      leftText: left.text,
      rightText: right.text,
      leftDiffers: differs.left,
      rightDiffers: differs.right,
      jaccard01,
    };
  });

const count = (ids: readonly string[], noun: string): string => `${ids.length} ${noun}${ids.length === 1 ? '' : 's'}`;

const daySpan = (ring: Ring): number =>
  Math.max(1, Math.ceil(((ring.reviews.at(-1)?.atMs ?? 0) - (ring.reviews[0]?.atMs ?? 0)) / 86_400_000));
