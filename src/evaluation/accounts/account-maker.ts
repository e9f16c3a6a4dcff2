import type { AccountIdentifier, NetworkClass, PseudonymousAccount } from '../../domain/account.ts';
import type { SeededRandom } from '../rings/seeded-random.ts';

export const DAY_MS = 86_400_000;
/** The end of the time that populations live in. */
export const POPULATION_NOW_MS = Date.UTC(2026, 5, 1);

/** An address of the network as an account used it. */
export interface NetworkPlace {
  readonly ip: string;
  readonly subnet: string;
  readonly networkClass: NetworkClass;
}

/** An account before it is put in the form that detectors see. Values are tokens that stand for keyed hashes. */
export interface AccountDraft {
  readonly registeredAtMs: number;
  readonly devices: readonly string[];
  readonly payments: readonly string[];
  readonly addresses: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  /** One visit each, spread over the account's last weeks. */
  readonly places: readonly NetworkPlace[];
}

const HOURS_OF_USE = 60 * 24;

/**
 * Hands out tokens that are unique in a population and look like a keyed hash (16 hexadecimal digits), and accounts
 * with running ids. All randomness comes from the generator given.
 */
export class AccountMaker {
  readonly random: SeededRandom;
  /** Factor on the chances that people of one household act alike or have no device of their own; 1 as usual. */
  readonly householdNoise: number;
  #tokens = 0;
  #accounts = 0;

  constructor(random: SeededRandom, householdNoise = 1) {
    this.random = random;
    this.householdNoise = householdNoise;
  }

  /** A new token; an odd multiplier modulo 2³² keeps all of them different. */
  token(): string {
    this.#tokens += 1;
    const low = Math.imul(this.#tokens, 0x9e37_79b1) >>> 0;
    const high = Math.imul(this.#tokens ^ 0x5bd1_e995, 0x85eb_ca6b) >>> 0;
    return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
  }

  chance(probability01: number): boolean {
    return this.random.next() < probability01;
  }

  pick<T>(from: readonly T[]): T {
    const chosen = from[this.random.below(from.length)];
    if (chosen === undefined) throw new RangeError('cannot pick from an empty list');
    return chosen;
  }

  /** A moment of registration: the marketplace is four years old and grows. */
  registrationMs(): number {
    return POPULATION_NOW_MS - Math.floor((1 - Math.sqrt(this.random.next())) * 1460 * DAY_MS);
  }

  account(draft: AccountDraft): PseudonymousAccount {
    this.#accounts += 1;
    const identifiers: AccountIdentifier[] = [];
    // People are active in the weeks before now, or stopped some time after they registered.
    const lastMs = this.chance(0.6)
      ? POPULATION_NOW_MS - this.random.below(30 * DAY_MS)
      : draft.registeredAtMs + this.random.next() * (POPULATION_NOW_MS - draft.registeredAtMs);
    const seen = (
      kind: AccountIdentifier['kind'],
      value: string,
      seenAtMs: number,
      networkClass?: NetworkClass,
    ): void => {
      identifiers.push({ kind, value, keyEpoch: 1, seenAtMs, ...(networkClass === undefined ? {} : { networkClass }) });
    };
    for (const device of draft.devices) seen('DEVICE', device, lastMs);
    for (const payment of draft.payments) seen('PAYMENT', payment, lastMs);
    for (const address of draft.addresses) seen('ADDRESS', address, lastMs);
    for (const phone of draft.phones) seen('PHONE', phone, lastMs);
    for (const email of draft.emails) seen('EMAIL', email, lastMs);
    const sessions = draft.places.map((place) => {
      const atMs = Math.max(draft.registeredAtMs, lastMs - this.random.below(HOURS_OF_USE) * 3_600_000);
      seen('IP', place.ip, atMs, place.networkClass);
      seen('SUBNET', place.subnet, atMs, place.networkClass);
      return { atMs, networkClass: place.networkClass };
    });
    return {
      id: `a${this.#accounts}`,
      kind: 'BUYER',
      registeredAt: new Date(draft.registeredAtMs).toISOString(),
      identifiers,
      sessions: sessions.sort((left, right) => left.atMs - right.atMs),
    };
  }
}
