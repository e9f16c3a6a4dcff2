import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPseudonymiser } from '../../../src/adapters/pseudonyms/pseudonymise-account.ts';
import { deriveEpochKeys, keyringAt, type PseudonymKeyring } from '../../../src/adapters/pseudonyms/pseudonym-keys.ts';
import { account, pseudonymousAccount, type Account } from '../../../src/domain/account.ts';

const secret = Buffer.alloc(32, 7);
const keysOne = deriveEpochKeys(secret, 1);
const keysTwo = deriveEpochKeys(secret, 2);

const pseudonymise = (given: Account, keyring: PseudonymKeyring = [keysOne]) =>
  createPseudonymiser({
    keyring: () => keyring,
    networkOf: () => ({ networkClass: 'RESIDENTIAL', asn: 64500, networkName: 'Example Cable', country: 'DE' }),
  }).pseudonymise(given);

const given = account.parse({
  id: 'a1',
  registeredAt: '2026-01-02T03:04:05Z',
  email: 'Jane.Doe+shop@GoogleMail.com',
  phone: '0170 1234567',
  displayName: 'Jane Doe',
  sessions: [
    {
      at: '2026-03-02T00:00:00Z',
      ip: '203.0.113.77',
      deviceId: 'device-77',
      userAgent: 'Mozilla/5.0 secret',
      timeZone: 'Europe/Berlin',
    },
    { at: '2026-02-01T00:00:00Z', ip: '2001:db8:1:2:aaaa::1' },
  ],
  payments: [{ fingerprint: 'fp_99', kind: 'CARD' }],
  addresses: [{ line: 'Hauptstraße 5', city: 'Berlin', postcode: '10115', country: 'DE' }],
});

const valuesOf = (of: ReturnType<typeof pseudonymise>, kind: string): string[] =>
  of.identifiers.filter((identifier) => identifier.kind === kind).map((identifier) => identifier.value);

describe('the pseudonymiser', () => {
  it('hands out nothing raw', () => {
    const text = JSON.stringify(pseudonymise(given));
    for (const raw of [
      '203.0.113',
      '2001:db8',
      'device-77',
      'fp_99',
      'Haupt',
      '10115',
      'Jane',
      'doe',
      '1234567',
      'Mozilla',
    ])
      expect(text.toLowerCase()).not.toContain(raw.toLowerCase());
  });

  it('fits the schema of what may be stored', () => {
    const result = pseudonymise(given);
    expect(pseudonymousAccount.parse(result)).toEqual(result);
  });

  it('hashes with the key of the kind, the kind and the normal form', () => {
    const expected = createHmac('sha256', keysOne.keys.EMAIL).update('EMAIL\u0000janedoe@gmail.com').digest('hex');
    expect(valuesOf(pseudonymise(given), 'EMAIL')).toEqual([expected]);
  });

  it('gives one hash to spellings of one mailbox, number and address, and other hashes to other ones', () => {
    const base = pseudonymise(given);
    const same = pseudonymise({
      ...given,
      email: 'janedoe@gmail.com',
      phone: '+49 170 1234567',
      addresses: [{ line: 'Hauptstr. 5', postcode: '10 115', country: 'DE' }],
    });
    const other = pseudonymise({
      ...given,
      email: 'jane@gmail.com',
      phone: '+49 170 1234568',
      addresses: [{ line: 'Hauptstr. 6', postcode: '10115', country: 'DE' }],
    });
    for (const kind of ['EMAIL', 'PHONE', 'ADDRESS']) {
      expect(valuesOf(same, kind)).toEqual(valuesOf(base, kind));
      expect(valuesOf(other, kind)).not.toEqual(valuesOf(base, kind));
    }
  });

  it('keeps an IPv6 home together while its host part changes', () => {
    const moved = pseudonymise({ ...given, sessions: [{ at: '2026-02-01T00:00:00Z', ip: '2001:db8:1:2:bbbb::9' }] });
    const first = pseudonymise({ ...given, sessions: [{ at: '2026-02-01T00:00:00Z', ip: '2001:db8:1:2:aaaa::1' }] });
    expect(valuesOf(moved, 'IP')).toEqual(valuesOf(first, 'IP'));
    const elsewhere = pseudonymise({ ...given, sessions: [{ at: '2026-02-01T00:00:00Z', ip: '2001:db8:1:3::1' }] });
    expect(valuesOf(elsewhere, 'IP')).not.toEqual(valuesOf(first, 'IP'));
    expect(valuesOf(elsewhere, 'SUBNET')).toEqual(valuesOf(first, 'SUBNET'));
  });

  it('counts an IPv4 address written as IPv6 as the same address', () => {
    const plain = pseudonymise({ ...given, sessions: [{ at: '2026-02-01T00:00:00Z', ip: '203.0.113.9' }] });
    const mapped = pseudonymise({ ...given, sessions: [{ at: '2026-02-01T00:00:00Z', ip: '::ffff:203.0.113.9' }] });
    expect(valuesOf(mapped, 'IP')).toEqual(valuesOf(plain, 'IP'));
  });

  it('writes the hashes of both epochs while they overlap, so that links survive a rotation', () => {
    const before = pseudonymise(given, [keysOne]);
    const during = pseudonymise(given, [keysTwo, keysOne]);
    const after = pseudonymise(given, [keysTwo]);
    const epochsOf = (of: typeof before) => new Set(valuesOf(of, 'DEVICE'));
    expect(epochsOf(during)).toEqual(new Set([...valuesOf(before, 'DEVICE'), ...valuesOf(after, 'DEVICE')]));
    expect(valuesOf(before, 'DEVICE')).not.toEqual(valuesOf(after, 'DEVICE'));
  });

  it('says the same of two kinds with the same text never', () => {
    const twin = pseudonymise({
      ...given,
      sessions: [{ at: '2026-02-01T00:00:00Z', ip: '203.0.113.9', deviceId: 'x-1' }],
      payments: [{ fingerprint: 'x-1', kind: 'OTHER' }],
    });
    expect(valuesOf(twin, 'DEVICE')).not.toEqual(valuesOf(twin, 'PAYMENT'));
  });

  it('orders sessions by time and keeps only coarse facts', () => {
    const { sessions } = pseudonymise(given);
    expect(sessions.map((session) => session.atMs)).toEqual([Date.UTC(2026, 1, 1), Date.UTC(2026, 2, 2)]);
    expect(sessions[1]).toEqual({
      atMs: Date.UTC(2026, 2, 2),
      networkClass: 'RESIDENTIAL',
      asn: 64500,
      networkName: 'Example Cable',
      country: 'DE',
      timeZone: 'Europe/Berlin',
    });
  });
});

describe('the keyring', () => {
  const rotation = { periodDays: 90, overlapDays: 30 };
  const day = (n: number): number => n * 86_400_000;

  it('holds one epoch outside the overlap and two inside', () => {
    expect(keyringAt(secret, day(90 * 4 + 45), rotation).map(({ epoch }) => epoch)).toEqual([4]);
    expect(keyringAt(secret, day(90 * 4 + 10), rotation).map(({ epoch }) => epoch)).toEqual([4, 3]);
  });

  it('refuses a short secret', () => {
    expect(() => deriveEpochKeys(Buffer.alloc(8), 1)).toThrowError(/at least 16/);
  });

  it('derives other keys for another epoch and another kind', () => {
    const all = [...Object.values(keysOne.keys), ...Object.values(keysTwo.keys)].map((key) =>
      Buffer.from(key).toString('hex'),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});
