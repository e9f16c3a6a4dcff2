import type { CreditEntryDraft, ReviewDimension } from '../domain/credit.ts';
import type { Order } from '../domain/order.ts';
import type { Review } from '../domain/review.ts';
import { attributeDelivery, attributeFault, type FaultAttribution } from './attribute-fault.ts';
import { timesPpm } from './decay.ts';
import { type EntryStamp, entryIdOf } from './entry-stamp.ts';
import { canonicalJson, sha256Of } from './hash-chain.ts';
import type { ReviewReader } from './review-dimensions.ts';
import type { CreditSettings } from './settings.ts';

const FULL_WEIGHT_PPM = 1_000_000;

const orderWeightPpm = (order: Order, settings: CreditSettings): number =>
  order.valueMinor < (settings.pair.minOrderMinor[order.currency] ?? 0) ? 0 : FULL_WEIGHT_PPM;

const faultFields = (fault: Pick<CreditEntryDraft, 'faultParty' | 'presumedFault'>) => ({
  faultParty: fault.faultParty,
  ...(fault.presumedFault === undefined ? {} : { presumedFault: fault.presumedFault }),
});

/** The last word on the fault of `base` among `existing`: what the next word must differ from to be worth saying. */
const faultOf = (base: CreditEntryDraft, existing: readonly CreditEntryDraft[]) =>
  existing
    .filter(
      (entry) => entry.kind === 'REATTRIBUTION' && entry.reverses === base.entryId && entry.authenticity === undefined,
    )
    .toSorted((left, right) => left.recordedAtMs - right.recordedAtMs || (left.entryId < right.entryId ? -1 : 1))
    .at(-1) ?? base;

const APART = 'apart-';

/** The name under which a buyer is a cluster of their own, because a person found that they belong to no other. */
export const apartCluster = (accountId: string): string => `${APART}${accountId}`;

const isApart = (clusterId: string | undefined): boolean => clusterId?.startsWith(APART) === true;

/**
 * The cluster that a change has to name. Clusters grow and merge with every scan, which moves nothing in the ledger; only
 * what a person said of a buyer does.
 */
const namedCluster = (draft: CreditEntryDraft, base: CreditEntryDraft, said: CreditEntryDraft): string | undefined =>
  [draft, base, said].some(({ buyerClusterId }) => isApart(buyerClusterId)) ? draft.buyerClusterId : undefined;

/** The entry itself the first time; a reattribution when the fault has become another; nothing when all is said. */
const entryOrChange = (draft: CreditEntryDraft, existing: readonly CreditEntryDraft[]): CreditEntryDraft[] => {
  const base = existing.find((entry) => entry.entryId === draft.entryId);
  if (base === undefined) return [draft];
  const said = faultOf(base, existing);
  const buyerClusterId = namedCluster(draft, base, said);
  const isRegrouped = buyerClusterId !== undefined && buyerClusterId !== (said.buyerClusterId ?? base.buyerClusterId);
  if (said.faultParty === draft.faultParty && said.presumedFault === draft.presumedFault && !isRegrouped) return [];
  const { presumedFault: _presumed, buyerClusterId: _cluster, authenticity: _authenticity, ...kept } = draft;
  return [
    {
      ...kept,
      ...(buyerClusterId === undefined ? {} : { buyerClusterId }),
      entryId: entryIdOf(
        'fault',
        base.entryId,
        said.entryId,
        draft.faultParty,
        draft.presumedFault ?? '',
        ...(buyerClusterId === undefined ? [] : [buyerClusterId]),
      ),
      kind: 'REATTRIBUTION',
      reverses: base.entryId,
      effectiveAtMs: base.effectiveAtMs,
      ...faultFields(draft),
    },
  ];
};

export interface ReviewEntriesInput extends EntryStamp {
  readonly review: Review;
  /** The order behind the review, with everything known of it. */
  readonly order?: Order;
  /** Pseudonymous id of the buyer's identity cluster; the account id where none is known. */
  readonly buyerClusterId: string;
  /** Weight of the buyer's reviews by their standing, millionths; absent: in full. */
  readonly buyerWeightPpm?: number;
  /** Entries of this review that the ledger already holds. */
  readonly existing: readonly CreditEntryDraft[];
}

/** What a review means for the seller's credit, and how it is shown. */
export interface ReviewReading {
  readonly dimension: ReviewDimension;
  readonly fault: FaultAttribution;
  /** The delivery rating is struck and the review stays visible, with this note. */
  readonly struckNote?: string;
}

const SELLERS_OWN: FaultAttribution = {
  reason: 'NONE',
  faultParty: 'SELLER',
  why: 'The review speaks of the goods or the seller.',
  gist: { fault: 'GOODS_OR_SELLER' },
  eventIds: [],
};

/**
 * Reads whose fault a review tells of. Only a complaint about delivery alone, or one that says nothing about an order
 * with an incident, goes to whoever the order shows; any word against item or service leaves it with the seller.
 * Source: Amazon strikes feedback only where no portion concerns product or service; policy.md section 6.
 */
export const readReview = (
  review: Review,
  order: Order | undefined,
  rules: { readonly settings: CreditSettings; readonly reader: ReviewReader },
): ReviewReading => {
  const { settings, reader } = rules;
  const { complaints, isDeliveryAlone, hasUnread } = reader.read(review.text, review.language);
  const isComplaint = review.stars <= settings.review.complaintMaxStars;
  const silence = settings.review.dimensionOfSilence;
  if (!isComplaint) return { dimension: silence, fault: SELLERS_OWN };
  const fault = order === undefined ? undefined : attributeFault(order, settings);
  const isIncident = fault !== undefined && fault.reason !== 'NONE';
  // Without an incident only the text speaks for a delivery, so all of it must have been understood.
  const isAboutDelivery = isDeliveryAlone && (isIncident || !hasUnread);
  if (!isAboutDelivery && !(complaints.length === 0 && isIncident)) {
    const dimension = complaints.find((one) => one !== 'DELIVERY') ?? silence;
    return { dimension, fault: SELLERS_OWN };
  }
  const delivery: FaultAttribution = (order === undefined ? undefined : attributeDelivery(order, settings)) ?? {
    reason: 'NONE',
    faultParty: 'UNDETERMINED',
    presumedFault: settings.undetermined.presumed,
    why: 'The review complains of delivery alone, and no order tells whose fault it was.',
    gist: { fault: 'NO_ORDER' },
    eventIds: [],
  };
  const isSellers = delivery.faultParty === 'SELLER';
  return {
    dimension: 'DELIVERY',
    fault: delivery,
    ...(isSellers
      ? {}
      : { struckNote: `This review is about delivery. ${delivery.why} It does not count against the seller.` }),
  };
};

/** The ledger entries that a review, or news about its order, calls for; none where the ledger says it already. */
export const entriesForReview = (
  input: ReviewEntriesInput,
  rules: { readonly settings: CreditSettings; readonly reader: ReviewReader },
): CreditEntryDraft[] => {
  const { review, order, existing } = input;
  const { dimension, fault } = readReview(review, order, rules);
  const plainPpm = order === undefined ? rules.settings.review.withoutOrderPpm : orderWeightPpm(order, rules.settings);
  const weightPpm = timesPpm(plainPpm, input.buyerWeightPpm ?? FULL_WEIGHT_PPM);
  const stars = review.stars === 1 ? 'One star' : `${review.stars} stars`;
  const isPlain = fault.faultParty === 'SELLER' && dimension !== 'DELIVERY';
  return entryOrChange(
    {
      entryId: entryIdOf('review', review.id),
      sellerLegalId: input.sellerLegalId,
      kind: 'EVIDENCE',
      subjectRef: `REVIEW/${review.id}`,
      dimension,
      valueBp: (review.stars - 1) * 2_500,
      weightPpm,
      points: 0,
      ...faultFields(fault),
      ...(order === undefined ? {} : { orderId: order.id }),
      buyerClusterId: input.buyerClusterId,
      effectiveAtMs: Date.parse(review.createdAt),
      recordedAtMs: input.recordedAtMs,
      why: `${stars} from a buyer.${isPlain ? '' : ` ${fault.why}`}`,
      gist: { code: 'REVIEW', values: { stars: review.stars, ...(isPlain ? {} : fault.gist) } },
      rulesetVersion: input.rulesetVersion,
      evidenceSha256: sha256Of(canonicalJson({ review, order })),
    },
    existing,
  );
};

export interface DisputeEntriesInput extends EntryStamp {
  readonly order: Order;
  readonly buyerClusterId: string;
  /** Entries of this order that the ledger already holds. */
  readonly existing: readonly CreditEntryDraft[];
}

/**
 * The entries that a dispute calls for: a bad event of value 0 from when it was opened, with whose fault it is; a
 * reattribution when that becomes clear. Where a review of the same order counts, the score leaves the dispute out.
 */
export const entriesForDispute = (input: DisputeEntriesInput, settings: CreditSettings): CreditEntryDraft[] => {
  const { order, existing } = input;
  const opened = order.events
    .filter((event) => event.type === 'DISPUTE_OPENED')
    .map((event) => Date.parse(event.at))
    .toSorted((left, right) => left - right)[0];
  if (opened === undefined) return [];
  const fault = attributeFault(order, settings);
  return entryOrChange(
    {
      entryId: entryIdOf('dispute', order.id),
      sellerLegalId: input.sellerLegalId,
      kind: 'EVIDENCE',
      subjectRef: `ORDER/${order.id}`,
      valueBp: 0,
      weightPpm: orderWeightPpm(order, settings),
      points: 0,
      ...faultFields(fault),
      orderId: order.id,
      buyerClusterId: input.buyerClusterId,
      effectiveAtMs: opened,
      recordedAtMs: input.recordedAtMs,
      why: `A dispute. ${fault.why}`,
      gist: { code: 'DISPUTE', values: { ...fault.gist } },
      rulesetVersion: input.rulesetVersion,
      evidenceSha256: sha256Of(canonicalJson(order)),
    },
    existing,
  );
};
