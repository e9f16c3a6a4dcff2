import type { FaultCode, SellersPartCode } from '../domain/credit.ts';
import type { FaultParty, LogisticsReason, Order } from '../domain/order.ts';
import type { CreditSettings } from './settings.ts';

/** `party`: of whom is spoken; `event`: the incident; `reason`: of a seizure; `part` with `scannedAt` and `handlingHours`. */
export interface FaultGist {
  readonly fault: FaultCode;
  readonly party?: FaultParty;
  readonly event?: EventType;
  readonly reason?: string;
  readonly deliveredAt?: string;
  readonly part?: SellersPartCode;
  readonly scannedAt?: string;
  readonly handlingHours?: number;
}

/** Who answers for what went wrong with an order, and how that was found. */
export interface FaultAttribution {
  /** NONE: nothing went wrong that the events tell of. */
  readonly reason: LogisticsReason | 'RULING' | 'OPEN_DISPUTE' | 'NONE';
  readonly faultParty: FaultParty;
  /** For UNDETERMINED: who answers when the wait is over. */
  readonly presumedFault?: FaultParty;
  /** One sentence for the seller. */
  readonly why: string;
  /** The same as a code with what it names, to be told in other languages. */
  readonly gist: FaultGist;
  /** The order events that tell it. */
  readonly eventIds: readonly string[];
}

type OrderEvent = Order['events'][number];
type EventType = OrderEvent['type'];

const HOUR_MS = 3_600_000;
const SELLER_SEIZURES: ReadonlySet<OrderEvent['reason']> = new Set([
  'COUNTERFEIT',
  'IP_INFRINGEMENT',
  'MISDECLARED',
  'PROHIBITED',
]);

/** Milliseconds since 1970 of an RFC 3339 time. */
const timeOf = (event: { readonly at: string }): number => Date.parse(event.at);

/** What the seller had to do, and whether the events show it done. */
interface SellersPart {
  readonly isDone: boolean;
  readonly why: string;
  readonly gist: Pick<FaultGist, 'part' | 'scannedAt' | 'handlingHours'>;
  readonly eventIds: readonly string[];
}

/**
 * The presumption in the seller's favour: handed over in the promised time by the carrier's own first scan, tracking
 * uploaded before any dispute, the right address. Source: eBay's out-of-control events; policy.md section 6.
 */
const sellersPart = (order: Order, events: readonly OrderEvent[], scanGraceHours: number): SellersPart => {
  const first = (type: EventType): OrderEvent | undefined => events.find((event) => event.type === type);
  const scan = first('ACCEPTANCE_SCAN') ?? first('TRANSIT_SCAN');
  const dispute = first('DISPUTE_OPENED');
  const tracking = first('TRACKING_UPLOADED') ?? first('SHIPPED');
  if (scan === undefined)
    return {
      isDone: false,
      why: 'no scan of the carrier shows that the parcel was handed over',
      gist: { part: 'NOT_SCANNED' },
      eventIds: [],
    };
  const dueMs = Date.parse(order.placedAt) + (order.handlingHours + scanGraceHours) * HOUR_MS;
  if (timeOf(scan) > dueMs)
    return {
      isDone: false,
      why: `the carrier first scanned the parcel at ${scan.at}, after the promised ${order.handlingHours} hours`,
      gist: { part: 'SCANNED_LATE', scannedAt: scan.at, handlingHours: order.handlingHours },
      eventIds: [scan.id],
    };
  if (dispute !== undefined && (tracking === undefined || timeOf(tracking) > timeOf(dispute)))
    return {
      isDone: false,
      why: 'tracking was not uploaded before the dispute',
      gist: { part: 'TRACKING_LATE' },
      eventIds: [dispute.id],
    };
  return {
    isDone: true,
    why: `the carrier scanned the parcel in time, at ${scan.at}`,
    gist: { part: 'SCANNED_IN_TIME', scannedAt: scan.at },
    eventIds: [scan.id],
  };
};

/** The seller's own doing, which no incident excuses. */
const sellersDoing = (order: Order, events: readonly OrderEvent[]): FaultAttribution | undefined => {
  const seizure = events.find((event) => event.type === 'CUSTOMS_SEIZURE' && SELLER_SEIZURES.has(event.reason));
  if (seizure !== undefined)
    return {
      reason: 'CUSTOMS_DETENTION',
      faultParty: 'SELLER',
      why: `Customs seized the parcel as ${(seizure.reason ?? 'OTHER').toLowerCase().replaceAll('_', ' ')}: that is the seller's to answer for.`,
      gist: { fault: 'SEIZED', reason: seizure.reason ?? 'OTHER' },
      eventIds: [seizure.id],
    };
  const change = events.find((event) => event.type === 'CARRIER_CHANGED' && event.by === 'SELLER');
  if (change !== undefined)
    return {
      reason: 'CARRIER_CHANGED',
      faultParty: 'SELLER',
      why: 'The seller changed the carrier without being asked.',
      gist: { fault: 'CARRIER_CHANGED', party: 'SELLER' },
      eventIds: [change.id],
    };
  if (!order.addressMatches)
    return {
      reason: 'WRONG_ADDRESS',
      faultParty: 'SELLER',
      why: 'The parcel was sent to another address than the order gave.',
      gist: { fault: 'WRONG_ADDRESS' },
      eventIds: [],
    };
  return undefined;
};

/** Incidents by the event that tells them, the one that explains most first. */
const INCIDENTS: readonly {
  readonly type: EventType;
  readonly reason: LogisticsReason;
  /** Whether the seller must show to have done their part, because otherwise they may have caused it. */
  readonly needsSellersPart: boolean;
  readonly words: string;
}[] = [
  { type: 'REFUSED', reason: 'BUYER_REFUSED', needsSellersPart: false, words: 'The buyer refused the parcel' },
  { type: 'DUTY_UNPAID', reason: 'BUYER_REFUSED', needsSellersPart: false, words: 'The buyer left the duty unpaid' },
  { type: 'CUSTOMS_SEIZURE', reason: 'CUSTOMS_DETENTION', needsSellersPart: true, words: 'Customs seized the parcel' },
  { type: 'LOST', reason: 'LOST', needsSellersPart: true, words: 'The carrier lost the parcel' },
  { type: 'DAMAGED', reason: 'DAMAGED', needsSellersPart: true, words: 'The parcel was damaged on its way' },
  { type: 'CUSTOMS_HOLD', reason: 'CUSTOMS_DETENTION', needsSellersPart: false, words: 'Customs held the parcel' },
  { type: 'RETURNED', reason: 'RETURNED', needsSellersPart: true, words: 'The parcel came back' },
];

const incidentOf = (
  events: readonly OrderEvent[],
  part: SellersPart,
  settings: CreditSettings['fault'],
): FaultAttribution | undefined => {
  for (const { type, reason, needsSellersPart, words } of INCIDENTS) {
    const event = events.find((one) => one.type === type);
    if (event === undefined) continue;
    const party = settings.incidentParty[reason] ?? 'UNDETERMINED';
    const eventIds = [event.id, ...part.eventIds];
    if (!needsSellersPart || part.isDone)
      return {
        reason,
        faultParty: party,
        why: `${words}${needsSellersPart ? `, and ${part.why}` : ''}.`,
        gist: { fault: 'INCIDENT', event: type, ...(needsSellersPart ? part.gist : {}) },
        eventIds,
      };
    return {
      reason,
      faultParty: 'UNDETERMINED',
      presumedFault: 'SELLER',
      why: `${words}, but ${part.why}.`,
      gist: { fault: 'INCIDENT', event: type, ...part.gist },
      eventIds,
    };
  }
  const change = events.find((event) => event.type === 'CARRIER_CHANGED' && event.by !== undefined);
  if (change?.by !== undefined)
    return {
      reason: 'CARRIER_CHANGED',
      faultParty: change.by,
      why: `The ${change.by.toLowerCase()} changed the carrier.`,
      gist: { fault: 'CARRIER_CHANGED', party: change.by },
      eventIds: [change.id],
    };
  return undefined;
};

/** A dispute that nobody has ruled on, where no event explains it. */
const openDisputeOf = (events: readonly OrderEvent[], part: SellersPart): FaultAttribution | undefined => {
  const dispute = events.find((event) => event.type === 'DISPUTE_OPENED');
  if (dispute === undefined) return undefined;
  if (dispute.reason !== 'NOT_RECEIVED')
    return {
      reason: 'OPEN_DISPUTE',
      faultParty: 'UNDETERMINED',
      presumedFault: 'SELLER',
      why: 'The buyer disputes the order, and it is not ruled yet.',
      gist: { fault: 'DISPUTED' },
      eventIds: [dispute.id],
    };
  const delivered = events.find((event) => event.type === 'DELIVERED');
  if (delivered !== undefined && timeOf(delivered) <= timeOf(dispute))
    return {
      reason: 'OPEN_DISPUTE',
      faultParty: 'UNDETERMINED',
      presumedFault: 'BUYER',
      why: `The buyer says that nothing came, the carrier that it was delivered at ${delivered.at}.`,
      gist: { fault: 'DELIVERED_THEY_SAY', deliveredAt: delivered.at },
      eventIds: [dispute.id, delivered.id],
    };
  const isTracked = events.some((event) => event.type === 'TRANSIT_SCAN' || event.type === 'ACCEPTANCE_SCAN');
  if (part.isDone)
    return {
      reason: 'IN_TRANSIT',
      faultParty: 'CARRIER',
      why: `The parcel is still on its way, and ${part.why}.`,
      gist: { fault: 'ON_ITS_WAY', ...part.gist },
      eventIds: [dispute.id, ...part.eventIds],
    };
  return {
    reason: isTracked ? 'IN_TRANSIT' : 'TRACKING_ABNORMAL',
    faultParty: 'UNDETERMINED',
    presumedFault: 'SELLER',
    why: `The buyer has received nothing, and ${part.why}.`,
    gist: { fault: 'NOTHING_CAME', ...part.gist },
    eventIds: [dispute.id, ...part.eventIds],
  };
};

const inOrder = (order: Order): OrderEvent[] =>
  order.events.toSorted(
    (left, right) => timeOf(left) - timeOf(right) || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0),
  );

/**
 * Who answers for what went wrong with an order. A ruling decides; then the seller's own doing (wrong address, changed
 * carrier, goods that customs may not let pass); then the incident, which is not the seller's where the seller's part is
 * shown; else it is undetermined with a presumption. The order in which events were sent does not matter.
 * Source: policy.md section 6, "Presumption of fault".
 */
export const attributeFault = (order: Order, settings: CreditSettings): FaultAttribution => {
  const events = inOrder(order);
  const ruling = events.findLast((event) => event.type === 'DISPUTE_RULED' && event.responsible !== undefined);
  if (ruling?.responsible !== undefined && ruling.responsible !== 'UNDETERMINED')
    return {
      reason: 'RULING',
      faultParty: ruling.responsible,
      why: `The dispute was ruled: responsible is the ${ruling.responsible.toLowerCase().replaceAll('_', ' ')}.`,
      gist: { fault: 'RULED', party: ruling.responsible },
      eventIds: [ruling.id],
    };
  const part = sellersPart(order, events, settings.fault.scanGraceHours);
  return (
    sellersDoing(order, events) ??
    incidentOf(events, part, settings.fault) ??
    openDisputeOf(events, part) ?? {
      reason: 'NONE',
      faultParty: 'SELLER',
      why: 'Nothing out of the seller’s hands went wrong with the order.',
      gist: { fault: 'NOTHING_WRONG' },
      eventIds: [],
    }
  );
};

/**
 * Who answers for a delivery of which a buyer complains, though no event tells of an incident: the carrier where the
 * seller's part is shown, the seller where it is shown to have failed, else it is undetermined.
 */
export const attributeDelivery = (order: Order, settings: CreditSettings): FaultAttribution => {
  const fault = attributeFault(order, settings);
  if (fault.reason !== 'NONE') return fault;
  const part = sellersPart(order, inOrder(order), settings.fault.scanGraceHours);
  if (part.isDone)
    return {
      reason: 'IN_TRANSIT',
      faultParty: 'CARRIER',
      why: `The way took its time, and ${part.why}.`,
      gist: { fault: 'SLOW', ...part.gist },
      eventIds: part.eventIds,
    };
  const why = `The buyer complains of the delivery, and ${part.why}.`;
  const gist: FaultGist = { fault: 'DELIVERY_COMPLAINT', ...part.gist };
  if (part.eventIds.length > 0)
    return { reason: 'IN_TRANSIT', faultParty: 'SELLER', why, gist, eventIds: part.eventIds };
  return {
    reason: 'TRACKING_ABNORMAL',
    faultParty: 'UNDETERMINED',
    presumedFault: settings.undetermined.presumed,
    why,
    gist,
    eventIds: [],
  };
};
