import { createHmac } from 'node:crypto';
import type { Account, AccountIdentifier, NetworkClass, PseudonymousAccount } from '../../domain/account.ts';
import { normaliseIp, normalisePostalAddress } from './normalise-address.ts';
import { normaliseEmail, normalisePhone } from './normalise-contact.ts';
import type { KeyedKind, PseudonymKeyring } from './pseudonym-keys.ts';

/** What the network classifier says of an address, as far as it is kept. */
interface SessionNetwork {
  readonly networkClass: NetworkClass;
  readonly asn?: number;
  readonly networkName?: string;
  readonly country?: string;
}

export interface PseudonymiserSetup {
  /** Keys at the moment of the call: asked once an account, so that a long-lived process follows a rotation. */
  readonly keyring: () => PseudonymKeyring;
  readonly networkOf: (ip: string) => SessionNetwork;
}

interface Sighting {
  readonly kind: KeyedKind;
  readonly value: string;
  readonly seenAtMs: number;
  readonly networkClass?: NetworkClass;
}

const SEPARATOR = Buffer.from([0]);

const hash = (key: Uint8Array, kind: KeyedKind, value: string): string =>
  createHmac('sha256', key).update(kind).update(SEPARATOR).update(value).digest('hex');

/** The identifiers of an account in normal form, each once, with the time it was last seen. */
const sightingsOf = (account: Account, networkOf: PseudonymiserSetup['networkOf']): readonly Sighting[] => {
  const sightings = new Map<string, Sighting>();
  const see = (sighting: Sighting): void => {
    if (sighting.value === '') return;
    const id = `${sighting.kind}\u0000${sighting.value}`;
    const known = sightings.get(id);
    if (known === undefined || known.seenAtMs < sighting.seenAtMs) sightings.set(id, sighting);
  };
  let lastSeenMs = Date.parse(account.registeredAt);
  for (const session of account.sessions) {
    const seenAtMs = Date.parse(session.at);
    lastSeenMs = Math.max(lastSeenMs, seenAtMs);
    const { networkClass } = networkOf(session.ip);
    const ip = normaliseIp(session.ip);
    see({ kind: 'IP', value: ip.host, seenAtMs, networkClass });
    see({ kind: 'SUBNET', value: ip.subnet, seenAtMs, networkClass });
    if (session.deviceId !== undefined) see({ kind: 'DEVICE', value: session.deviceId.trim(), seenAtMs });
  }
  const countryHint = account.addresses[0]?.country;
  if (account.email !== undefined) see({ kind: 'EMAIL', value: normaliseEmail(account.email), seenAtMs: lastSeenMs });
  if (account.phone !== undefined)
    see({ kind: 'PHONE', value: normalisePhone(account.phone, countryHint), seenAtMs: lastSeenMs });
  for (const payment of account.payments)
    see({ kind: 'PAYMENT', value: payment.fingerprint.trim(), seenAtMs: lastSeenMs });
  for (const address of account.addresses)
    see({ kind: 'ADDRESS', value: normalisePostalAddress(address), seenAtMs: lastSeenMs });
  return [...sightings.values()];
};

/**
 * Makes the one function through which an account must pass before it is stored or scored. Each identifier becomes
 * HMAC-SHA-256(key[kind, epoch], kind ‖ 0x00 ‖ normal form), once for each epoch of the keyring; the raw value, the
 * display name and the user agent are dropped. The result is still personal data (EDPB guidelines 01/2025), so it
 * falls under retention. Sessions are ordered by time.
 */
export const createPseudonymiser = (
  setup: PseudonymiserSetup,
): { pseudonymise(account: Account): PseudonymousAccount } => ({
  pseudonymise: (account) => {
    const keyring = setup.keyring();
    const identifiers: AccountIdentifier[] = [];
    for (const sighting of sightingsOf(account, setup.networkOf)) {
      for (const { epoch, keys } of keyring) {
        identifiers.push({
          kind: sighting.kind,
          value: hash(keys[sighting.kind], sighting.kind, sighting.value),
          keyEpoch: epoch,
          seenAtMs: sighting.seenAtMs,
          ...(sighting.networkClass === undefined ? {} : { networkClass: sighting.networkClass }),
        });
      }
    }
    const asnSeen = new Map<number, { seenAtMs: number; networkClass: NetworkClass }>();
    const sessions = account.sessions
      .map((session) => {
        const network = setup.networkOf(session.ip);
        const atMs = Date.parse(session.at);
        if (network.asn !== undefined) {
          const known = asnSeen.get(network.asn);
          if (known === undefined || known.seenAtMs < atMs)
            asnSeen.set(network.asn, { seenAtMs: atMs, networkClass: network.networkClass });
        }
        return {
          atMs,
          networkClass: network.networkClass,
          ...(network.asn === undefined ? {} : { asn: network.asn }),
          ...(network.networkName === undefined ? {} : { networkName: network.networkName }),
          ...(network.country === undefined ? {} : { country: network.country }),
          ...(session.timeZone === undefined ? {} : { timeZone: session.timeZone }),
          ...(session.language === undefined ? {} : { language: session.language }),
        };
      })
      .sort((left, right) => left.atMs - right.atMs);
    const newestEpoch = keyring[0].epoch;
    for (const [asn, seen] of asnSeen)
      identifiers.push({ kind: 'ASN', value: `AS${asn}`, keyEpoch: newestEpoch, ...seen });
    return {
      id: account.id,
      kind: account.kind,
      ...(account.sellerId === undefined ? {} : { sellerId: account.sellerId }),
      registeredAt: account.registeredAt,
      identifiers,
      sessions,
    };
  },
});
