import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { postgresEffectStore } from '../../../src/adapters/postgres/effect-store.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { caseSummary, caseView } from '../../../src/domain/views/case-view.ts';
import { checkSummary, checkView } from '../../../src/domain/views/check-view.ts';
import { cloudEvent, statsView } from '../../../src/domain/views/operation-view.ts';
import { listingView, reviewView, sellerView } from '../../../src/domain/views/subject-view.ts';
import { createServer } from '../../../src/http/server.ts';
import type { CheckEffects } from '../../../src/pipeline/effects.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { headersWith } from '../../unit/http/memory-deps.ts';
import { databaseDeps, NOW_MS } from './database-deps.ts';

const DIGEST = 'a'.repeat(64);

const finding: Finding = {
  detector: 'brand',
  detectorVersion: 1,
  violationType: 'IP_TM_KEYWORD_MISUSE',
  probability: 0.7,
  summary: 'The title uses the mark Acme.',
  evidence: [{ kind: 'TEXT_SPAN', why: 'It says Acme.', field: 'title', start: 0, end: 4, text: 'Acme' }],
  about: 'm-1',
  markId: 'm-1',
  signals: { hasReplicaWord: false },
};

const decisionOn = (id: string): Decision => ({
  subject: { kind: 'LISTING', id },
  outcome: 'HOLD',
  step: 'L2',
  actions: ['HOLD'],
  severity: 'S2',
  risk01: 0.7,
  violationType: 'IP_TM_KEYWORD_MISUSE',
  firedRules: [{ ruleId: 'keyword-misuse', why: 'A mark in the title of another seller.', about: ['m-1'] }],
  needsPerson: true,
  queue: 'ip',
  slaHours: 72,
  isSampled: false,
  automation: 'FULLY',
  proposedPoints: 2,
  proposedStrikes: 0,
  caseKey: 's-1/m-1',
  rulesetDigest: DIGEST,
});

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const PRIORITY = {
  severity: { S0: 1, S1: 2, S2: 4, S3: 8, S4: 32 },
  exposureDoublesAt: 1_000,
  exposureMaxFactor: 4,
  exposureDays: 30,
  doubtFactor01: 0.5,
  dueFactor: 3,
  overdueFactor: 5,
};

describe('what was stored is read back', () => {
  let deps: ReturnType<typeof databaseDeps>;
  let server: Awaited<ReturnType<typeof createServer>>;
  let headers: Record<string, string>;

  beforeAll(async () => {
    deps = databaseDeps(database);
    server = await createServer(deps);
    headers = await headersWith(deps, 'admin');
  });

  /** For tests that count: everything but their own subjects is gone. */
  async function startEmpty(): Promise<void> {
    await database.clear();
    headers = await headersWith(deps, 'admin');
  }

  const get = async (url: string) => {
    const answer = await server.inject({ url, headers });
    return { status: answer.statusCode, body: answer.json() as never };
  };
  const post = async (url: string, payload: object) =>
    (await server.inject({ method: 'POST', url, headers, payload })).json() as {
      items: { checkId: string; status: string }[];
    };
  const listing = (id: string, sellerId = 's-1') => ({
    id,
    sellerId,
    title: `Acme mug ${id}`,
    priceMinor: 1200,
    currency: 'EUR',
    createdAt: '2026-02-01T08:00:00Z',
  });

  /** Ends the check of a listing with a case, as a worker would. */
  async function finish(
    checkId: string,
    listingId: string,
    { confidence01 = 0.5, sellerId = 's-1', pictureKeys = [] as string[] } = {},
  ) {
    const effects: CheckEffects = {
      check: { id: checkId, subjectKind: 'LISTING', subjectId: listingId, subjectVersion: 1, trigger: 'SUBMISSION' },
      findings: [finding],
      decision: decisionOn(listingId),
      case: {
        caseKey: `case-of-${listingId}`,
        queue: 'ip',
        severity: 'S2',
        violationType: 'IP_TM_KEYWORD_MISUSE',
        confidence01,
        subjectKind: 'LISTING',
        subjectId: listingId,
        sellerId,
        markId: 'm-1',
        summary: 'A mark in a title.',
        dueAtMs: NOW_MS + 3_600_000,
        neededSkills: [],
        pictureKeys,
      },
      publication: { listingId, publication: 'HELD' },
      struckReviewIds: [],
      ledger: [],
      events: [{ type: 'assay.check.completed', subject: `LISTING/${listingId}`, data: { outcome: 'HOLD' } }],
      rechecks: [],
      clusters: [],
      nowMs: NOW_MS,
    };
    expect(await postgresEffectStore(database.prisma, deps.ids, () => PRIORITY).apply(effects)).toBe('applied');
  }

  it('a check from its acceptance to its decision', async () => {
    const { items } = await post('/v1/listings', [listing('l-1')]);
    const id = items[0]!.checkId;
    const queued = checkView.parse((await get(`/v1/checks/${id}`)).body);
    expect(queued).toMatchObject({
      state: 'QUEUED',
      subject: { kind: 'LISTING', id: 'l-1', version: 1 },
      findings: [],
    });
    await finish(id, 'l-1');
    const done = checkView.parse((await get(`/v1/checks/${id}`)).body);
    expect(done).toMatchObject({ state: 'DONE', outcome: 'HOLD', decision: decisionOn('l-1') });
    expect(done.findings).toEqual([{ id: expect.any(String), ...finding }]);
    expect(done.caseIds).toHaveLength(1);
    expect((await get('/v1/checks/unknown')).status).toBe(404);
  });

  it('a case by every picture of the checks that were gathered in it', async () => {
    const checkOf = async () => (await post('/v1/listings', [listing('l-pictures')])).items[0]!.checkId;
    await finish(await checkOf(), 'l-pictures', { pictureKeys: ['PROTECTED/p-1'] });
    const again = { ...listing('l-pictures'), title: 'Acme mug, other pictures' };
    const { items } = await post('/v1/listings', [again]);
    await finish(items[0]!.checkId, 'l-pictures', { pictureKeys: ['PROTECTED/p-1', 'SELLERS/p-2'] });
    const gathered = await database.prisma.case.findMany({ where: { caseKey: 'case-of-l-pictures' } });
    expect(gathered.map(({ pictureKeys }) => pictureKeys)).toEqual([['PROTECTED/p-1', 'SELLERS/p-2']]);
  });

  it('a check that could not be completed, with why', async () => {
    const { items } = await post('/v1/listings', [listing('l-failed')]);
    const { checkId } = items[0]!;
    await database.prisma.check.update({
      where: { id: checkId },
      data: { state: 'FAILED', errorCode: 'image.fetch-failed', errorDetail: 'The server said 500.' },
    });
    expect((await get(`/v1/checks/${checkId}`)).body).toMatchObject({
      state: 'FAILED',
      error: { code: 'image.fetch-failed', detail: 'The server said 500.' },
    });
  });

  it('every check once, page after page, newest first, and by filter', async () => {
    await startEmpty();
    await post(
      '/v1/listings',
      Array.from({ length: 25 }, (_, i) => listing(`l-${i}`)),
    );
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 10; pages += 1) {
      const { body } = await get(`/v1/checks?limit=10${cursor}`);
      const page = body as { items: unknown[]; nextCursor?: string };
      seen.push(...page.items.map((item) => checkSummary.parse(item).id));
      if (page.nextCursor === undefined) break;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect(seen).toEqual([...seen].sort().reverse());
    expect((await get('/v1/checks?subjectKind=LISTING&subjectId=l-3')).body).toMatchObject({
      items: [{ subject: { id: 'l-3' } }],
    });
    expect((await get('/v1/checks?state=DONE')).body).toEqual({ items: [] });
    expect((await get('/v1/checks?cursor=bm9uc2Vuc2U')).body).toMatchObject({ status: 422, code: 'request.invalid' });
    expect((await get('/v1/checks?limit=0')).status).toBe(422);
  });

  it('a listing, a review and a seller with where they stand', async () => {
    await post('/v1/sellers', {
      id: 's-held',
      legalId: 'le-1',
      storeName: 'Shop',
      registeredAt: '2025-01-01T00:00:00Z',
    });
    const { items } = await post('/v1/listings', [
      { ...listing('l-held', 's-held'), pictures: [{ url: 'https://a.example/1.jpg' }] },
    ]);
    await finish(items[0]!.checkId, 'l-held', { sellerId: 's-held' });
    await post('/v1/reviews', {
      id: 'r-1',
      listingId: 'l-held',
      sellerId: 's-held',
      accountId: 'a-1',
      stars: 5,
      createdAt: '2026-02-02T00:00:00Z',
    });
    const stored = listingView.parse((await get('/v1/listings/l-held')).body);
    expect(stored).toMatchObject({ publication: 'HELD', version: 1, latestCheck: { outcome: 'HOLD' } });
    expect(stored.pictures).toEqual([{ position: 0, sourceUrl: 'https://a.example/1.jpg' }]);
    const review = reviewView.parse((await get('/v1/reviews/r-1')).body);
    expect(review).toMatchObject({ authenticity: 'NORMAL', isRatingStruck: false, latestCheck: { state: 'QUEUED' } });
    const seller = sellerView.parse((await get('/v1/sellers/s-held')).body);
    expect(seller).toMatchObject({
      standing: 'ACTIVE',
      isPlaceholder: false,
      openCases: 1,
      listings: { HELD: 1, LIVE: 0 },
    });
    for (const url of ['/v1/listings/x', '/v1/reviews/x', '/v1/sellers/x']) expect((await get(url)).status).toBe(404);
  });

  it('cases by priority, with everything that a person needs to judge them', async () => {
    await startEmpty();
    const { items } = await post('/v1/listings', [listing('l-1'), listing('l-2'), listing('l-3')]);
    await finish(items[0]!.checkId, 'l-1', { confidence01: 0.5 });
    await finish(items[1]!.checkId, 'l-2', { confidence01: 0.9 });
    await finish(items[2]!.checkId, 'l-3', { confidence01: 0.5 });
    const first = (await get('/v1/cases?limit=2')).body as { items: unknown[]; nextCursor: string };
    const second = (await get(`/v1/cases?limit=2&cursor=${first.nextCursor}`)).body as { items: unknown[] };
    const order = [...first.items, ...second.items].map((one) => caseSummary.parse(one));
    expect(order.map(({ priority, subject }) => [priority, subject.id])).toEqual([
      [expect.closeTo(3.8), 'l-2'],
      [expect.closeTo(3), 'l-1'],
      [expect.closeTo(3), 'l-3'],
    ]);
    const whole = caseView.parse((await get(`/v1/cases/${order[0]!.id}`)).body);
    expect(whole.items[0]).toMatchObject({
      check: { outcome: 'HOLD', findings: [{ about: 'm-1' }] },
      subject: { version: 1, status: 'HELD', payload: { title: 'Acme mug l-2' } },
    });
    expect(whole.seller).toMatchObject({ isPlaceholder: true, openCases: 3 });
    expect(whole.events.map(({ type }) => type)).toEqual(['OPEN', 'TRIAGE', 'ENQUEUE']);
    await database.prisma.case.updateMany({ data: { summary: finding.summary } });
    const told = (await get('/v1/cases?gist=true')).body as { items: unknown[] };
    const gists = told.items.map((item) => caseSummary.parse(item).gist);
    expect(gists).toEqual(gists.map(() => expect.objectContaining({ kind: 'WORDS' })));
    expect((await get('/v1/cases?limit=1')).body).not.toMatchObject({ items: [{ gist: {} }] });
    const sampled = { summary: 'A sample of what passed.' };
    await database.prisma.case.updateMany({ where: { subjectId: 'l-2' }, data: sampled });
    await database.prisma.check.updateMany({
      where: { subjectId: 'l-2' },
      data: { decision: { ...decisionOn('l-2'), isSampled: true } },
    });
    const [sample] = ((await get('/v1/cases?gist=true')).body as { items: unknown[] }).items;
    expect(caseSummary.parse(sample).gist).toEqual({
      kind: 'SAMPLE',
      subjectKind: 'LISTING',
      weakest: { violationType: finding.violationType, probability: finding.probability },
    });
    expect((await get('/v1/cases?queue=rings')).body).toEqual({ items: [] });
    expect((await get('/v1/cases?state=QUEUED&state=CLAIMED&violationType=IP_TM_KEYWORD_MISUSE')).body).toMatchObject({
      items: [{}, {}, {}],
    });
    expect((await get('/v1/cases?state=CLOSED')).body).toEqual({ items: [] });
    expect((await get('/v1/cases?state=NOWHERE')).status).toBe(422);
  });

  it('figures of what was found', async () => {
    await startEmpty();
    const { items } = await post('/v1/listings', [listing('l-1'), listing('l-2')]);
    await finish(items[0]!.checkId, 'l-1');
    expect(statsView.parse((await get('/v1/stats')).body)).toMatchObject({
      subjects: { sellers: 0, listings: 2, reviews: 0 },
      checksByState: { DONE: 1, QUEUED: 1 },
      checksByOutcome: { HOLD: 1 },
      findingsByType: { IP_TM_KEYWORD_MISUSE: 1 },
      openCasesByQueue: { ip: 1 },
      listingsByPublication: { HELD: 1, PENDING: 1 },
    });
  });

  it('open cases by type, by outcome and by tier of the seller, and the cases of each', async () => {
    await startEmpty();
    const { items } = await post('/v1/listings', [listing('l-1')]);
    await finish(items[0]!.checkId, 'l-1');
    await database.prisma.creditSnapshot.create({
      data: {
        sellerId: 's-1',
        score: 455,
        tier: 'WATCH',
        tierSince: new Date(NOW_MS),
        report: {},
        inputsSha256: DIGEST,
        asOf: new Date(NOW_MS),
      },
    });
    await expect
      .poll(async () => (await get('/v1/stats')).body, { timeout: 60_000 })
      .toMatchObject({
        openCasesByType: { IP_TM_KEYWORD_MISUSE: 1 },
        openCasesByOutcome: { HOLD: 1 },
        openCasesByTier: { WATCH: 1 },
      });
    expect((await get('/v1/cases?tier=WATCH&outcome=HOLD')).body).toMatchObject({ items: [{ sellerId: 's-1' }] });
    expect((await get('/v1/cases?tier=GOOD')).body).toEqual({ items: [] });
    expect((await get('/v1/cases?outcome=DISABLE')).body).toEqual({ items: [] });
  });

  it('eligibility of sellers of whom something was computed, and who is unknown', async () => {
    await startEmpty();
    await post('/v1/listings', [listing('l-1')]);
    const eligibility = {
      campaigns: 'OPEN',
      recommendations: 'OPEN',
      publication: 'INSTANT',
      preCheckShare01: 0,
      postCheckShare01: 0,
    };
    await database.prisma.creditSnapshot.create({
      data: {
        sellerId: 's-1',
        score: 812,
        tier: 'GOOD',
        tierSince: new Date(NOW_MS),
        report: { eligibility },
        inputsSha256: DIGEST,
        asOf: new Date(NOW_MS),
      },
    });
    expect((await get('/v1/eligibility?sellerIds=s-1,s-9,s-1')).body).toEqual({
      items: [{ sellerId: 's-1', score: 812, tier: 'GOOD', eligibility }],
      unknown: ['s-9'],
    });
    expect((await get('/v1/eligibility?sellerIds=,')).status).toBe(422);
  });
});

describe('the log of events', () => {
  it('is read to its end and on from there, in order, as CloudEvents', async () => {
    await database.clear();
    const deps = databaseDeps(database);
    const server = await createServer(deps);
    const headers = await headersWith(deps, 'events:read');
    const read = async (query: string) =>
      (await server.inject({ url: `/v1/events?${query}`, headers })).json() as {
        items: { id: string }[];
        nextCursor: string;
        hasMore: boolean;
      };
    const tell = (id: string, type = 'assay.check.completed') =>
      database.prisma.event.create({ data: { id, type, subject: 'LISTING/l-1', data: {}, time: new Date(NOW_MS) } });
    // An event is readable once no older transaction writes, in whatever database of the server.
    const readable = (id: string) =>
      vi.waitFor(async () => expect((await read('limit=9')).items.map((event) => event.id)).toContain(id), {
        timeout: 60_000,
        interval: 50,
      });
    expect(await read('limit=5')).toMatchObject({ items: [], hasMore: false });
    for (const id of ['e-1', 'e-2', 'e-3']) await tell(id);
    await tell('e-4', 'assay.case.opened');
    await readable('e-4');
    const first = await read('limit=3');
    first.items.forEach((event) => cloudEvent.parse(event));
    expect(first).toMatchObject({ items: [{ id: 'e-1' }, { id: 'e-2' }, { id: 'e-3' }], hasMore: true });
    const second = await read(`limit=3&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ id: 'e-4' }], hasMore: false });
    expect((await read(`cursor=${second.nextCursor}`)).items).toEqual([]);
    await tell('e-5');
    await readable('e-5');
    expect((await read(`cursor=${second.nextCursor}`)).items).toMatchObject([{ id: 'e-5' }]);
    expect((await read('types=assay.case.opened')).items).toMatchObject([{ id: 'e-4' }]);
  });
});
