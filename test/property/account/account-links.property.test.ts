import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountLinkIndex, createAccountLinkIndex } from '../../../src/detectors/account/account-links.ts';
import { findBridges } from '../../../src/detectors/account/bridges.ts';
import { type AccountSketch, sketchAccount, testSettings } from '../../unit/account/account-fixtures.ts';

const few = (prefix: string) =>
  fc.option(
    fc.integer({ min: 0, max: 3 }).map((n) => `${prefix}${n}`),
    { nil: undefined },
  );

/** Twelve ids and four values of a kind, so that accounts meet and are replaced often. */
const sketch: fc.Arbitrary<AccountSketch> = fc
  .record({
    id: fc.integer({ min: 0, max: 11 }).map((n) => `a${n}`),
    device: few('d'),
    payment: few('p'),
    address: few('h'),
    ip: few('i'),
    networkClass: fc.constantFrom('RESIDENTIAL', 'VPN', 'MOBILE', 'UNKNOWN'),
    registeredDaysAgo: fc.integer({ min: 0, max: 400 }),
    seenDaysAgo: fc.integer({ min: 0, max: 60 }),
  })
  .map(
    (record) =>
      Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as unknown as AccountSketch,
  );

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), sketch }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      id: fc.integer({ min: 0, max: 11 }).map((n) => `a${n}`),
    }),
  },
);

const everything = (index: AccountLinkIndex) => {
  const ids = Array.from({ length: 12 }, (_, n) => `a${n}`);
  return ids.map((id) => ({
    id,
    cluster: index.clusterOf(id),
    candidates: index.candidatesOf(id),
    strengths: ids.map((other) => index.linkStrength(id, other)),
  }));
};

const smallHubs = {
  ...testSettings.links,
  kinds: {
    ...testSettings.links.kinds,
    DEVICE: { ...testSettings.links.kinds.DEVICE, fullUntilSharers: 2, hubFromSharers: 5 },
  },
};

describe('the index of account links', () => {
  it('answers after any history of additions, replacements and removals as one built anew from what is left', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (history, reversed) => {
        const incremental = createAccountLinkIndex(smallHubs);
        const left = new Map<string, AccountSketch>();
        for (const each of history) {
          if (each.kind === 'add') {
            incremental.add(sketchAccount(each.sketch));
            left.delete(each.sketch.id);
            left.set(each.sketch.id, each.sketch);
          } else {
            incremental.remove(each.id);
            left.delete(each.id);
          }
        }
        const rebuilt = createAccountLinkIndex(smallHubs);
        const rest = [...left.values()];
        for (const each of reversed ? rest.reverse() : rest) rebuilt.add(sketchAccount(each));
        expect(rebuilt.accountCount).toBe(incremental.accountCount);
        expect(everything(rebuilt)).toEqual(everything(incremental));
      }),
      { numRuns: 120 },
    );
  });

  it('weighs a pair the same from both ends, and gives members of one cluster one cluster', () => {
    fc.assert(
      fc.property(fc.array(sketch, { maxLength: 30 }), (sketches) => {
        const index = createAccountLinkIndex(smallHubs);
        for (const each of sketches) index.add(sketchAccount(each));
        for (const { id } of sketches) {
          const cluster = index.clusterOf(id);
          expect(cluster.accounts.map((member) => member.id)).toContain(id);
          for (const member of cluster.accounts) {
            expect(index.clusterOf(member.id)).toEqual(cluster);
            expect(index.linkStrength(id, member.id)).toBe(index.linkStrength(member.id, id));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('bridges', () => {
  const reachable = (
    vertexCount: number,
    edges: readonly { a: number; b: number }[],
    without: number,
    from: number,
  ) => {
    const seen = new Set([from]);
    for (const vertex of seen)
      for (const [position, edge] of edges.entries()) {
        if (position === without) continue;
        if (edge.a === vertex) seen.add(edge.b);
        if (edge.b === vertex) seen.add(edge.a);
      }
    return seen;
  };

  it('are the edges without which two ends cannot reach each other, with the smaller side counted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }).chain((vertexCount) =>
          fc.record({
            vertexCount: fc.constant(vertexCount),
            edges: fc
              .uniqueArray(fc.tuple(fc.nat(vertexCount - 1), fc.nat(vertexCount - 1)), {
                maxLength: 20,
                selector: ([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`,
              })
              .map((pairs) => pairs.filter(([a, b]) => a !== b).map(([a, b]) => ({ a, b }))),
          }),
        ),
        ({ vertexCount, edges }) => {
          const expected = edges.flatMap((edge, position) => {
            const sideA = reachable(vertexCount, edges, position, edge.a);
            if (sideA.has(edge.b)) return [];
            return [
              {
                edge: position,
                smallerSide: Math.min(sideA.size, reachable(vertexCount, edges, position, edge.b).size),
              },
            ];
          });
          expect(findBridges(vertexCount, edges)).toEqual(expected);
        },
      ),
    );
  });
});
