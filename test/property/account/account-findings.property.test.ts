import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccountDetector } from '../../../src/detectors/account/account-detector.ts';
import { createAccountLinkIndex } from '../../../src/detectors/account/account-links.ts';
import { scoreCluster } from '../../../src/detectors/account/cluster-score.ts';
import { finding } from '../../../src/domain/finding.ts';
import { order } from '../../../src/domain/order.ts';
import { NOW_MS, sketchAccount, testSettings } from '../../unit/account/account-fixtures.ts';

const detector = createAccountDetector(testSettings);

/** Farms of any size, with ids as long as they may be and sentences as long as a detector may write. */
const farm = fc.record({
  size: fc.integer({ min: 2, max: 40 }),
  idLength: fc.constantFrom(4, 60, 128),
  devices: fc.integer({ min: 1, max: 4 }),
  cards: fc.integer({ min: 1, max: 4 }),
  networkClass: fc.constantFrom('VPN' as const, 'RESIDENTIAL' as const, 'RELAY' as const),
  spreadDays: fc.integer({ min: 0, max: 300 }),
  behaviourNats: fc.integer({ min: 0, max: 8 }),
  why: fc.constantFrom('They act alike.', `They act alike. ${'😀'.repeat(490)}`),
});

const build = (shape: typeof farm extends fc.Arbitrary<infer T> ? T : never) => {
  const idOf = (i: number): string => `a${i}`.padEnd(shape.idLength, 'x');
  const accounts = Array.from({ length: shape.size }, (_, i) =>
    sketchAccount({
      id: idOf(i),
      device: `d${i % shape.devices}`,
      payment: `p${i % shape.cards}`,
      ip: 'line',
      networkClass: shape.networkClass,
      registeredDaysAgo: 400 - (i * shape.spreadDays) / shape.size,
    }),
  );
  const accountLinks = createAccountLinkIndex(testSettings.links);
  for (const account of accounts) accountLinks.add(account);
  const behaviours = accounts
    .slice(1)
    .map((account, i) => ({ a: idOf(i), b: account.id, kind: 'CO_REVIEW', nats: shape.behaviourNats, why: shape.why }));
  const orders = accounts.map((account, i) =>
    order.parse({
      id: `o${i}`,
      listingId: 'l',
      sellerId: 's',
      accountId: account.id,
      valueMinor: 1,
      currency: 'EUR',
      placedAt: '2026-01-01T00:00:00Z',
      campaignId: 'c'.repeat(128),
    }),
  );
  return { accounts, accountLinks, behaviours, orders };
};

describe('findings of the account detector', () => {
  it('fit the schema of findings, whatever the length of ids and sentences', () => {
    let found = 0;
    fc.assert(
      fc.property(farm, (shape) => {
        const { accounts, ...facts } = build(shape);
        const [account, last] = [accounts[0], accounts.at(-1)];
        if (account === undefined || last === undefined) throw new Error('no account');
        const result = detector.detect({ account, ...facts, terminatedAccountIds: new Set([last.id]), nowMs: NOW_MS });
        if (result.kind !== 'findings') throw new Error(result.why);
        for (const each of result.findings) expect(finding.parse(each)).toEqual(each);
        found += result.findings.length;
      }),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(0);
  });

  it('never say less of a cluster for one more behaviour', () => {
    fc.assert(
      fc.property(farm, fc.integer({ min: 0, max: 40 }), (shape, at) => {
        const { accounts, accountLinks, behaviours } = build(shape);
        const cluster = accountLinks.clusterOf(accounts[0]?.id ?? '');
        const [a, b] = [accounts[at % accounts.length], accounts[(at + 1) % accounts.length]];
        if (a === undefined || b === undefined) throw new Error('no account');
        const more = [...behaviours, { a: a.id, b: b.id, kind: 'TEXT', nats: 3, why: 'Their texts are alike.' }];
        const [less, most] = [behaviours, more].map((edges) => scoreCluster(cluster, edges, testSettings.cluster));
        expect(most?.probability01).toBeGreaterThanOrEqual(less?.probability01 ?? 1);
        if (less?.isEligible === true) expect(most?.isEligible).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('are none, for however many accounts at one exit of a VPN that share nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 0, max: 10 }), (size, spreadDays) => {
        const accountLinks = createAccountLinkIndex(testSettings.links);
        const accounts = Array.from({ length: size }, (_, i) =>
          sketchAccount({
            id: `a${i}`,
            device: `d${i}`,
            payment: `p${i}`,
            ip: 'exit',
            networkClass: 'VPN',
            registeredDaysAgo: 20 - (i * spreadDays) / size,
          }),
        );
        for (const account of accounts) accountLinks.add(account);
        for (const account of accounts) {
          const result = detector.detect({ account, accountLinks, nowMs: NOW_MS });
          expect(result).toEqual({ kind: 'findings', findings: [] });
        }
      }),
      { numRuns: 15 },
    );
  });
});
