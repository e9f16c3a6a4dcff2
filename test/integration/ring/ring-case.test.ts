import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewMirror } from '../../../src/adapters/postgres/index-mirrors.ts';
import { startLiveIndexes, type LiveIndexes } from '../../../src/adapters/postgres/live-indexes.ts';
import { postgresQuarantineStore } from '../../../src/adapters/postgres/quarantine-store.ts';
import { postgresRingSplitStore } from '../../../src/adapters/postgres/split-ring-store.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import { RingState } from '../../../src/detectors/ring/ring-state.ts';
import { ringStateOptions } from '../../../src/detectors/ring/ring-state-options.ts';
import type { CreditReport } from '../../../src/domain/credit.ts';
import { ringView, type RingView } from '../../../src/domain/views/ring-view.ts';
import { createApiKey } from '../../../src/pipeline/api-keys.ts';
import { releaseQuarantine } from '../../../src/pipeline/release-quarantine.ts';
import { splitRing } from '../../../src/pipeline/split-ring.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';
import { contentsOf } from '../../unit/ring/ring-state-contents.ts';
import { marketRows, ringReviews, sendItems } from './ring-market.ts';

const DAY_MS = 86_400_000;

/** One market for all: to open an Assay and to take a market in costs more than everything else here. */
let assay: TestAssay;
/** What a worker keeps of the reviews beside the database, from its start on. */
let kept: RingState;
let indexes: LiveIndexes;
const prisma = () => assay.runtime.connected.prisma;
const options = () => ringStateOptions(assay.runtime.ruleset.settings['ring.yaml']);

beforeAll(async () => {
  assay = await openTestAssay();
  kept = new RingState(options());
  indexes = await startLiveIndexes(prisma(), [reviewMirror(prisma(), kept, Date.now)], {
    onError: (fault) => {
      throw fault;
    },
  });
  await prisma().review.createMany({ data: marketRows(1) });
});
afterAll(async () => {
  await indexes.stop();
  await assay.close();
});

/** Holds what was kept against what a worker that starts at `nowMs` reads. */
const expectSameState = async (nowMs = Date.now()): Promise<void> => {
  await indexes.catchUp();
  kept.expire(nowMs);
  const rebuilt = new RingState(options());
  await reviewMirror(prisma(), rebuilt, () => nowMs).loadAll();
  expect(contentsOf(kept, 's-gain')).toEqual(contentsOf(rebuilt, 's-gain'));
};

describe('a ring as a case', () => {
  let ring: RingView;
  const rings = () => postgresRingSplitStore(prisma(), uuidSource);
  const splitPorts = () => ({ rings: rings(), clock: assay.runtime.clock, kickOutbox: () => {} });
  const authenticityOf = async (): Promise<Record<string, string>> => {
    const rows = await prisma().review.findMany({
      where: { sellerId: 's-gain' },
      select: { id: true, authenticity: true },
    });
    return Object.fromEntries(rows.map(({ id, authenticity }) => [id, authenticity]));
  };
  const countOf = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const one of Object.values(await authenticityOf())) counts[one] = (counts[one] ?? 0) + 1;
    return counts;
  };
  /** The seller's credit as it will be in so many days. */
  const creditOf = (days = 0): Promise<CreditReport> => {
    const at = encodeURIComponent(new Date(Date.now() + days * DAY_MS).toISOString());
    return assay.client.get(`/v1/sellers/s-gain/credit?as_of=${at}&known_at=${at}`);
  };

  beforeAll(async () => {
    await sendItems(assay, '/v1/sellers', [
      { id: 's-gain', legalId: 'legal-gain', storeName: 'Gain', registeredAt: new Date(0).toISOString() },
    ]);
    await sendItems(assay, '/v1/reviews', ringReviews('gain', { members: 6, listings: 4, stars: 5 }));
    const [row] = await prisma().ring.findMany();
    if (row === undefined) throw new Error('no ring was found');
    ring = ringView.parse(await assay.client.get(`/v1/rings/${encodeURIComponent(row.id)}`));
  });

  it('is one case, which carries all that a moderator judges by', async () => {
    const cases = await prisma().case.findMany({ where: { subjectKind: 'RING' } });
    expect(cases.map(({ subjectId, sellerId }) => ({ subjectId, sellerId }))).toEqual([
      { subjectId: ring.id, sellerId: 's-gain' },
    ]);
    expect(ring.caseId).toBe(cases[0]?.id);
    expect(ring.direction).toBe('PRAISE');
    expect(ring.members.map(({ accountId }) => accountId)).toEqual(
      Array.from({ length: 6 }, (_, member) => `gain-${member}`),
    );
    expect(ring.sellers).toEqual([{ sellerId: 's-gain', storeName: 'Gain', roles: ['PRAISED', 'GAINS'] }]);
    expect(ring.instigator).toBeUndefined();
    expect(ring.listings).toHaveLength(4);
    expect(Date.parse(ring.lastAt)).toBeGreaterThan(Date.parse(ring.firstAt));
    expect(ring.terms[0]?.name).toBe('coReview');
    expect(ring.pairs.length).toBeGreaterThan(0);
    expect(ring.clearedBy).toMatch(/purchases/);
    expect(ring.graph.nodes).toHaveLength(10);
    for (const { x01, y01 } of ring.graph.nodes)
      expect([x01 >= 0 && x01 <= 1, y01 >= 0 && y01 <= 1]).toEqual([true, true]);
    const words = ring.textPairs.flatMap(({ leftText, leftDiffers = [] }) =>
      leftDiffers.map(([start, end]) => leftText.slice(start, end)),
    );
    expect(words.filter((word) => !/^(red|blue|green|grey|black|[0-4])$/.test(word))).toEqual([]);
  });

  it('serves the matrix as a picture', async () => {
    const { secret } = await createApiKey(assay.runtime.apiKeys, 'reader', ['cases:read']);
    const address = `${assay.client.baseUrl}/v1/rings/${encodeURIComponent(ring.id)}/matrix.svg`;
    const response = await fetch(address, { headers: { authorization: `Bearer ${secret}` } });
    expect(response.headers.get('content-type')).toContain('image/svg+xml');
    const svg = await response.text();
    expect(svg.match(/<rect/g)).toHaveLength(ring.reviews.length);
  });

  it('sets the reviews aside, and the credit is computed without them and says so', async () => {
    expect(await countOf()).toEqual({ QUARANTINED: ring.reviews.length });
    for (const { quarantinedUntil } of ring.reviews) {
      expect(Date.parse(quarantinedUntil ?? '') - Date.now()).toBeLessThanOrEqual(14 * DAY_MS);
    }
    const report = await creditOf();
    expect(report.evidenceMass).toBe(0);
    expect(report.lines.map(({ why }) => why).join(' ')).toMatch(/quarantine/);
    await expectSameState();
  });

  it('is split by a person: kept members count again, the others never will, once', async () => {
    const keepMemberIds = ['gain-0', 'gain-1'];
    const stamp = { decisionId: 'decision-1', decidedBy: 'mo', rulesetDigest: assay.runtime.ruleset.digest };
    const split = await splitRing(splitPorts(), { ringId: ring.id, keepMemberIds, stamp });
    expect(split.removedAccountIds).toHaveLength(4);
    expect(await countOf()).toEqual({
      CLEARED: split.keptReviewIds.length,
      CONFIRMED_INAUTHENTIC: split.removedReviewIds.length,
    });
    expect(await authenticityOf()).toMatchObject({ 'gain-0-0': 'CLEARED', 'gain-0-5': 'CONFIRMED_INAUTHENTIC' });
    const report = await creditOf();
    expect(report.evidenceMass).toBeGreaterThan(0);
    const entries = await prisma().creditEntry.count();
    const events = await prisma().event.count();
    await splitRing(splitPorts(), { ringId: ring.id, keepMemberIds, stamp });
    expect(await prisma().creditEntry.count()).toBe(entries);
    expect(await prisma().event.count()).toBe(events);
    const seen = await assay.client.get<RingView>(`/v1/rings/${encodeURIComponent(ring.id)}`);
    expect(seen.split?.keptAccountIds).toEqual(keepMemberIds);
    expect(seen.members.filter(({ isKept }) => isKept).map(({ accountId }) => accountId)).toEqual(keepMemberIds);
    await expectSameState();
    expect(kept.liveReviewsOfSeller('s-gain')).toBe(split.removedReviewIds.length);
  });

  it('refuses to keep somebody who is no member', async () => {
    const stamp = { decisionId: 'decision-2', decidedBy: 'mo', rulesetDigest: assay.runtime.ruleset.digest };
    const request = { ringId: ring.id, keepMemberIds: ['buyer-1'], stamp };
    await expect(splitRing(splitPorts(), request)).rejects.toThrow(/buyer-1 is no member/);
  });

  it('takes a split back: reviews are set aside again while their time lasts', async () => {
    const stamp = { decisionId: 'decision-1', decidedBy: 'mo', rulesetDigest: assay.runtime.ruleset.digest };
    await rings().undo(ring.id, { ...stamp, nowMs: Date.now() });
    expect(await countOf()).toEqual({ QUARANTINED: ring.reviews.length });
    await expectSameState();
    expect(kept.liveReviewsOfSeller('s-gain')).toBe(ring.reviews.length);
  });

  it('lets go of the reviews by itself after 14 days, and never sets them aside again', async () => {
    const quarantine = postgresQuarantineStore(prisma(), uuidSource);
    const release = (days: number) =>
      releaseQuarantine(
        { quarantine, clock: { nowMs: () => Date.now() + days * DAY_MS } },
        assay.runtime.ruleset.digest,
      );
    expect(await release(13)).toBe(0);
    expect(await release(14)).toBe(ring.reviews.length);
    expect(await countOf()).toEqual({ NORMAL: ring.reviews.length });
    expect((await creditOf(15)).evidenceMass).toBeGreaterThan(0);

    const [late] = ringReviews('gain', { members: 1, listings: 1, stars: 5 });
    await sendItems(assay, '/v1/reviews', [
      { ...late, id: 'gain-late', accountId: 'gain-5', createdAt: new Date(Date.now() - 40.5 * DAY_MS).toISOString() },
    ]);
    expect(await countOf()).toEqual({ NORMAL: ring.reviews.length, QUARANTINED: 1 });
    await expectSameState();
  });
});

const registeredAt = new Date(Date.now() - 60 * 86_400_000).toISOString();
const visit = (deviceId: string, ip: string) => ({ at: registeredAt, ip, deviceId });

describe('sellers beside a ring', () => {
  const ringOf = async (member: string): Promise<RingView> => {
    const row = await prisma().ring.findFirst({ where: { memberAccountIds: { has: member } } });
    return assay.client.get<RingView>(`/v1/rings/${encodeURIComponent(row?.id ?? '')}`);
  };
  const caseSellerOf = async (ringId: string) =>
    (await prisma().case.findFirst({ where: { subjectKind: 'RING', subjectId: ringId } }))?.sellerId;

  beforeAll(async () => {
    await sendItems(assay, '/v1/accounts', [
      {
        id: 'rival-owner',
        kind: 'SELLER',
        sellerId: 's-rival',
        registeredAt,
        sessions: [visit('desk', '203.0.113.5'), visit('phone', '203.0.113.5')],
      },
      ...[0, 1].map((member) => ({
        id: `claque-${member}`,
        registeredAt,
        sessions: [visit(member === 0 ? 'desk' : 'phone', `198.51.100.${member}`)],
      })),
    ]);
    await sendItems(assay, '/v1/reviews', [
      ...ringReviews('claque', { members: 5, listings: 4, stars: 5 }),
      ...ringReviews('mob', { members: 5, listings: 4, stars: 1 }),
    ]);
  });

  it('names the rival whose devices the members use, and not the seller whom they praise to frame', async () => {
    const ring = await ringOf('claque-0');
    expect(ring.instigator).toMatchObject({ sellerId: 's-rival', role: 'RIVAL' });
    expect(ring.sellers.map(({ sellerId, roles }) => [sellerId, ...roles]).sort()).toEqual([
      ['s-claque', 'PRAISED', 'GAINS'],
      ['s-rival', 'INSTIGATOR'],
    ]);
    expect(ring.links.map(({ linkKind, why }) => [linkKind, /runs the store s-rival/.test(why)])).toEqual([
      ['DEVICE', true],
      ['DEVICE', true],
    ]);
    expect(await caseSellerOf(ring.id)).toBe('s-rival');
  });

  it('holds nothing against a seller who is attacked', async () => {
    const ring = await ringOf('mob-0');
    expect(ring.direction).toBe('ATTACK');
    expect(ring.sellers).toEqual([{ sellerId: 's-mob', roles: ['ATTACKED'] }]);
    expect(await caseSellerOf(ring.id)).toBeNull();
    const cases = await prisma().case.count({ where: { sellerId: 's-mob' } });
    expect(cases).toBe(0);
  });
});

describe('what a worker keeps of the reviews', () => {
  it('is what one that starts now reads, after changes, erasures and as reviews grow old', async () => {
    await prisma().review.deleteMany({ where: { accountId: { in: ['gain-1', 'buyer-7'] } } });
    const changed = await prisma().review.findUniqueOrThrow({ where: { id: 'gain-0-2' } });
    const payload = {
      ...(changed.payload as object),
      stars: 1,
      text: 'It broke after a week, and nobody answers my letters.',
    };
    await prisma().review.update({ where: { id: changed.id }, data: { payload, stars: 1, version: 2 } });
    await expectSameState();
    const before = kept.liveReviews;
    expect(kept.eventOf(kept.slotOfReview('gain-0-2') ?? -1)?.stars).toBe(1);
    await expectSameState(Date.now() + 50 * DAY_MS);
    expect(kept.liveReviews).toBeGreaterThan(100);
    expect(kept.liveReviews).toBeLessThan(before - 100);
  });
});
