import type { Order } from '../../domain/order.ts';
import type { BrushingSettings } from './settings.ts';

/** Whether goods moved for an order. `open`: too early to tell. */
export type OrderMovement =
  | {
      readonly kind: 'hollow';
      readonly sign: 'NO_MOVEMENT' | 'DELIVERED_UNSCANNED' | 'EMPTY_PARCEL';
      readonly why: string;
    }
  | { readonly kind: 'moved' }
  | { readonly kind: 'open' };

const DAY_MS = 86_400_000;

const SCANS: ReadonlySet<string> = new Set([
  'ACCEPTANCE_SCAN',
  'TRANSIT_SCAN',
  'CUSTOMS_HOLD',
  'CUSTOMS_SEIZURE',
  'CUSTOMS_RELEASED',
  'RETURNED',
  'REFUSED',
  'DAMAGED',
  'LOST',
]);

/**
 * Tells whether an order was hollow: announced and never scanned, told to be delivered without a scan on the way, or
 * weighed like an empty letter. Customs, loss and return are movement: those are real parcels. A cancelled order is open.
 */
export const movementOf = (order: Order, nowMs: number, settings: BrushingSettings): OrderMovement => {
  const { events } = order;
  if (events.some((event) => event.type === 'CANCELLED')) return { kind: 'open' };
  const weights = events.map((event) => event.weightGrams).filter((grams) => grams !== undefined);
  const heaviest = Math.max(...weights);
  if (weights.length > 0 && heaviest < settings.emptyParcelGrams)
    return { kind: 'hollow', sign: 'EMPTY_PARCEL', why: `the parcel of order ${order.id} weighed ${heaviest} g` };
  if (events.some((event) => SCANS.has(event.type))) return { kind: 'moved' };
  if (events.some((event) => event.type === 'DELIVERED'))
    return {
      kind: 'hollow',
      sign: 'DELIVERED_UNSCANNED',
      why: `order ${order.id} is told to be delivered without one scan on the way`,
    };
  const announced = events.find((event) => event.type === 'TRACKING_UPLOADED' || event.type === 'SHIPPED');
  if (announced !== undefined && nowMs - Date.parse(announced.at) > settings.noMovementDays * DAY_MS)
    return { kind: 'hollow', sign: 'NO_MOVEMENT', why: `order ${order.id} was announced and its parcel never scanned` };
  return { kind: 'open' };
};
