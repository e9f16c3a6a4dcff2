import { DAY_MS, HOUR_MS, isoTime, LAST_MS } from './demo-calendar.ts';
import type { DemoOrder } from './demo-records.ts';
import type { SeededRandom } from './seeded-random.ts';

type OrderEvent = NonNullable<DemoOrder['events']>[number];

/** How a parcel fares. */
export type ParcelFate =
  | 'DELIVERED'
  | 'HELD_BY_CUSTOMS'
  | 'RETURNED_BY_CUSTOMS'
  | 'RELEASED_LATE'
  | 'DUTY_UNPAID'
  | 'REFUSED'
  | 'LOST_BY_CARRIER'
  | 'LATE_BY_STRIKE'
  | 'NEVER_SENT'
  | 'SEIZED_AS_COUNTERFEIT'
  | 'CANCELLED';

/** What is known of an order before its parcel leaves. */
export interface OrderPlan {
  readonly id: string;
  readonly listingId: string;
  readonly sellerId: string;
  readonly accountId: string;
  readonly valueMinor: number;
  readonly currency: string;
  readonly placedAtMs: number;
  readonly destination?: string;
  readonly fate: ParcelFate;
}

/** Steps of a parcel after the order, in hours since the order was placed. */
const stepsOf = (
  fate: ParcelFate,
  random: SeededRandom,
): readonly (Omit<OrderEvent, 'id' | 'at'> & { readonly hours: number })[] => {
  const sent = random.integer(8, 50);
  const start = [
    { type: 'TRACKING_UPLOADED' as const, hours: sent },
    { type: 'SHIPPED' as const, hours: sent + 2 },
    { type: 'ACCEPTANCE_SCAN' as const, hours: sent + random.integer(3, 14), weightGrams: random.integer(120, 3_400) },
  ];
  const moving = sent + random.integer(30, 60);
  switch (fate) {
    case 'DELIVERED':
      return [
        ...start,
        { type: 'TRANSIT_SCAN', hours: moving },
        { type: 'DELIVERED', hours: moving + random.integer(12, 110) },
      ];
    case 'HELD_BY_CUSTOMS':
      return [
        ...start,
        { type: 'TRANSIT_SCAN', hours: moving },
        { type: 'CUSTOMS_HOLD', hours: moving + 70, note: 'Held for inspection; papers are complete.' },
        { type: 'DISPUTE_OPENED', hours: moving + 700, reason: 'NOT_RECEIVED' },
      ];
    case 'RETURNED_BY_CUSTOMS':
      return [
        ...start,
        { type: 'CUSTOMS_HOLD', hours: moving + 60 },
        { type: 'RETURNED', hours: moving + 560, note: 'Sent back by customs without a reason.' },
        { type: 'DISPUTE_OPENED', hours: moving + 600, reason: 'NOT_RECEIVED' },
      ];
    case 'RELEASED_LATE':
      return [
        ...start,
        { type: 'CUSTOMS_HOLD', hours: moving + 60 },
        { type: 'CUSTOMS_RELEASED', hours: moving + 480 },
        { type: 'DELIVERED', hours: moving + 520 },
      ];
    case 'DUTY_UNPAID':
      return [
        ...start,
        { type: 'CUSTOMS_HOLD', hours: moving + 50 },
        { type: 'DUTY_UNPAID', hours: moving + 200 },
        { type: 'RETURNED', hours: moving + 420 },
      ];
    case 'REFUSED':
      return [
        ...start,
        { type: 'TRANSIT_SCAN', hours: moving },
        { type: 'REFUSED', hours: moving + 60 },
        { type: 'RETURNED', hours: moving + 200 },
      ];
    case 'LOST_BY_CARRIER':
      return [
        ...start,
        { type: 'TRANSIT_SCAN', hours: moving, note: 'Depot closed by a strike.' },
        { type: 'LOST', hours: moving + 620 },
        { type: 'DISPUTE_OPENED', hours: moving + 640, reason: 'NOT_RECEIVED' },
      ];
    case 'LATE_BY_STRIKE':
      return [
        ...start,
        { type: 'TRANSIT_SCAN', hours: moving, note: 'Depot closed by a strike.' },
        { type: 'DISPUTE_OPENED', hours: moving + 400, reason: 'NOT_RECEIVED' },
        { type: 'TRANSIT_SCAN', hours: moving + 480 },
        { type: 'DELIVERED', hours: moving + 560 },
      ];
    case 'NEVER_SENT':
      return [
        {
          type: 'TRACKING_UPLOADED',
          hours: random.integer(60, 90),
          note: 'The number was never scanned by the carrier.',
        },
        { type: 'DISPUTE_OPENED', hours: 500, reason: 'NOT_RECEIVED' },
        { type: 'DISPUTE_RULED', hours: 600, responsible: 'SELLER' },
      ];
    case 'SEIZED_AS_COUNTERFEIT':
      return [
        ...start,
        { type: 'CUSTOMS_HOLD', hours: moving + 50 },
        {
          type: 'CUSTOMS_SEIZURE',
          hours: moving + 120,
          reason: 'COUNTERFEIT',
          note: 'Right holder confirmed the goods as counterfeit.',
        },
      ];
    case 'CANCELLED':
      return [{ type: 'CANCELLED', hours: random.integer(2, 20) }];
    default: {
      const unknown: never = fate;
      throw new RangeError(`unknown fate ${String(unknown)}`);
    }
  }
};

/** The longest that a parcel of this fate takes until nothing more happens, in milliseconds. */
export const LONGEST_FATE_MS = 45 * DAY_MS;

/** Writes an order with everything that happened to it before the anchor. */
export const writeOrder = (plan: OrderPlan, random: SeededRandom): DemoOrder => {
  const { fate, placedAtMs, destination, ...known } = plan;
  const events = stepsOf(fate, random)
    .map(({ hours, ...event }, index) => ({
      ...event,
      id: `${plan.id}-e${index + 1}`,
      atMs: placedAtMs + hours * HOUR_MS,
    }))
    .filter(({ atMs }) => atMs < LAST_MS)
    .map(({ atMs, id, ...event }): OrderEvent => ({ id, at: isoTime(atMs), ...event }));
  return { ...known, ...(destination === undefined ? {} : { destination }), placedAt: isoTime(placedAtMs), events };
};

/** Time of the last event, or of the order where nothing has happened yet. */
export const lastEventMs = (order: DemoOrder): number => Date.parse(order.events?.at(-1)?.at ?? order.placedAt);
