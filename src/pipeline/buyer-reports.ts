import type { BuyerSettings } from '../credit/buyer-settings.ts';
import { type BuyerRecord, type BuyerStanding, buyerStanding } from '../credit/buyer-standing.ts';
import type { Clock } from './ports.ts';

export interface BuyerStore {
  /** What was settled about a buyer's account; undefined where no such account is stored. */
  record(accountId: string, nowMs: number): Promise<BuyerRecord | undefined>;
}

/** A buyer's standing, with the record that it is made of. */
export interface BuyerReport extends BuyerStanding {
  readonly accountId: string;
  readonly record: BuyerRecord;
}

export interface BuyerPorts {
  readonly store: BuyerStore;
  readonly clock: Clock;
  readonly settings: () => BuyerSettings;
}

/** A buyer's standing now; undefined where no such account is stored. */
export async function reportBuyer(ports: BuyerPorts, accountId: string): Promise<BuyerReport | undefined> {
  const record = await ports.store.record(accountId, ports.clock.nowMs());
  return record === undefined ? undefined : { accountId, record, ...buyerStanding(record, ports.settings()) };
}

const FULL_PPM = 1_000_000;

/**
 * Weight of a buyer's next review in a seller's score. Nothing is asked of the database where the rules weigh every
 * standing in full, as they ship.
 */
export async function reviewWeightPpm(store: BuyerStore, settings: BuyerSettings, accountId: string, nowMs: number) {
  if (Object.values(settings.reviewWeightPpm).every((weight) => weight === FULL_PPM)) return FULL_PPM;
  const record = await store.record(accountId, nowMs);
  return record === undefined ? settings.reviewWeightPpm.NEW : buyerStanding(record, settings).reviewWeightPpm;
}
