import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { postgresRingSplitStore } from '../../../src/adapters/postgres/split-ring-store.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import { splitRing } from '../../../src/pipeline/split-ring.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';
import { marketRows, ringReviews } from './ring-market.ts';

/** A sweep waits for its turn behind whatever else the machine does. */
const PATIENCE_MS = 120_000;

/** Reviews as they are stored. */
const rowsOf = (reviews: ReturnType<typeof ringReviews>) =>
  reviews.map((review) => {
    const { id, listingId, sellerId, accountId, stars, createdAt } = review;
    const at = new Date(createdAt);
    const stored = { version: 1, contentSha256: id, payload: review, createdAt: at, receivedAt: at };
    return { id, listingId, sellerId, accountId, stars, ...stored };
  });

/** Two rings that an older version told as one: the smaller one's case was closed as merged, though they share nobody. */
describe('rings that were wrongly merged', () => {
  let assay: TestAssay;
  let larger: string;
  let smaller: string;
  const prisma = () => assay.runtime.connected.prisma;
  const ringIdOf = async (member: string): Promise<string> =>
    (await prisma().ring.findFirstOrThrow({ where: { memberAccountIds: { has: member } } })).id;
  const mergerOf = async (id: string) => (await prisma().ring.findUniqueOrThrow({ where: { id } })).mergedIntoId;
  /** What the older version left behind: one ring with everybody, the other one a part of it. */
  const mergeWrongly = async (): Promise<void> => {
    const rows = await prisma().ring.findMany({ where: { id: { in: [larger, smaller] } } });
    await prisma().ring.update({
      where: { id: larger },
      data: { memberAccountIds: rows.flatMap(({ memberAccountIds }) => memberAccountIds).sort() },
    });
    await prisma().ring.update({ where: { id: smaller }, data: { mergedIntoId: larger } });
    await prisma().case.updateMany({
      where: { subjectKind: 'RING', subjectId: smaller },
      data: { state: 'MERGED', openKey: null, closedAt: new Date() },
    });
    // The sweep that told them as one had other reviews in mind.
    await prisma().check.updateMany({
      where: { subjectKind: 'RING', subjectId: larger },
      data: { contentSha256: 'of both' },
    });
  };
  const openCases = async (): Promise<readonly string[]> => {
    const open = await prisma().case.findMany({ where: { subjectKind: 'RING', openKey: { not: null } } });
    return open.map(({ subjectId }) => subjectId).sort();
  };
  const sweep = (reason: string) => assay.client.post('/v1/sweeps', { reason });

  beforeAll(async () => {
    assay = await openTestAssay();
    const rings = [
      ...ringReviews('large', { members: 9, listings: 4, stars: 5 }),
      ...ringReviews('small', { members: 5, listings: 4, stars: 5 }),
    ];
    await prisma().review.createMany({ data: [...marketRows(3), ...rowsOf(rings)] });
    await sweep('the first one');
    await vi.waitFor(async () => expect(await openCases()).toHaveLength(2), { timeout: PATIENCE_MS });
    larger = await ringIdOf('large-0');
    smaller = await ringIdOf('small-0');
    await mergeWrongly();
  }, 3 * PATIENCE_MS);
  afterAll(() => assay.close());

  it(
    'are two again after a sweep, each with a case of its own',
    async () => {
      expect(smaller).not.toBe(larger);
      expect(await openCases()).toEqual([larger]);
      await sweep('of an old database');
      await expect.poll(openCases, { timeout: PATIENCE_MS }).toEqual([larger, smaller].sort());
      expect(await mergerOf(smaller)).toBeNull();
      const rows = await prisma().ring.findMany({ where: { id: { in: [larger, smaller] } } });
      const groups = rows.map(({ memberAccountIds }) => new Set(memberAccountIds.map((id) => id.split('-')[0])));
      expect(groups.map(({ size }) => size)).toEqual([1, 1]);
    },
    PATIENCE_MS,
  );

  it('part when a person lets go of all members that came from the swallowed one', async () => {
    await mergeWrongly();
    const stamp = { decisionId: 'decision-1', decidedBy: 'mo', rulesetDigest: assay.runtime.ruleset.digest };
    const keepMemberIds = Array.from({ length: 5 }, (_, member) => `small-${member}`);
    const rings = postgresRingSplitStore(prisma(), uuidSource);
    const ports = { rings, clock: assay.runtime.clock, kickOutbox: () => {} };
    await splitRing(ports, { ringId: larger, keepMemberIds, stamp });
    expect(await mergerOf(smaller)).toBeNull();
  });
});
