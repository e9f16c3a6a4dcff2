import { beforeEach, describe, expect, it } from 'vitest';
import { dashboardView } from '../../../src/domain/views/dashboard-view.ts';
import { agreementView, blindLook, blindResult } from '../../../src/domain/views/quality-view.ts';
import { entityView, linkGraph, searchHit, timelineEntry } from '../../../src/domain/views/search-view.ts';
import { enforceDecisions } from '../../../src/pipeline/casework/enforce-decisions.ts';
import { onStage, type Caller, type Stage } from './casework-stage.ts';
import { NOW_MS } from './database-deps.ts';

let stage: Stage;
let ann: Caller;
let bob: Caller;
let lead: Caller;

onStage(
  (given) => void ({ stage, ann, bob, lead } = given),
  (base) => ({
    searchPictures: async (bytes) => ({ contentSha256: String(bytes.length), items: [] }),
    settings: base.settings,
  }),
);

const at = (daysAgo: number) => new Date(NOW_MS - daysAgo * 86_400_000);
const stored = { version: 1, contentSha256: 'x', receivedAt: at(1) };

async function addSeller(id: string, storeName: string, legalId = `legal-${id}`): Promise<void> {
  await stage.prisma.seller.create({
    data: {
      ...stored,
      id,
      legalId,
      payload: { id, legalId, storeName, kyb: 'VERIFIED', ownBrands: [], registeredAt: at(90).toISOString() },
      registeredAt: at(90),
    },
  });
}
async function addListing(id: string, sellerId: string, title: string): Promise<void> {
  const rest = { payload: { id, title }, priceMinor: 100n, currency: 'EUR', createdAt: at(5) };
  await stage.prisma.listing.create({ data: { ...stored, ...rest, id, sellerId, title } });
}

describe('everything stored is found', () => {
  beforeEach(async () => {
    await addSeller('s-1', 'Northwind Trading', 'legal-1');
    await addSeller('s-2', 'Southwind', 'legal-1');
    await addListing('l-1', 's-1', 'Leather satchel, brown');
    await addListing('l-2', 's-2', 'Кожаная сумка');
    const review = { listingId: 'l-1', sellerId: 's-1', accountId: 'a-1', stars: 5, createdAt: at(3) };
    await stage.prisma.review.create({
      data: { ...stored, ...review, id: 'r-1', payload: { text: 'A splendid satchel.' } },
    });
    const account = { kind: 'BUYER', pseudonymous: { device: 'hash' }, registeredAt: at(30), clusterId: 'k-1' };
    for (const id of ['a-1', 'a-2']) await stage.prisma.account.create({ data: { ...stored, ...account, id } });
  });

  const find = async (q: string, more = '', by: Caller = ann) =>
    ((await by.get(`/v1/search?q=${encodeURIComponent(q)}${more}`)).body['items'] as unknown[])
      .map((one) => searchHit.parse(one))
      .map(({ kind, id, match }) => [kind, id, match]);

  it('by id, by words in any script, by the beginning of a word, and by likeness', async () => {
    expect(await find('s-1')).toEqual([['SELLER', 's-1', 'EXACT']]);
    expect(await find('satchel')).toEqual([
      ['LISTING', 'l-1', 'WORD'],
      ['REVIEW', 'r-1', 'WORD'],
    ]);
    expect(await find('leather satch')).toEqual([['LISTING', 'l-1', 'WORD']]);
    expect(await find('сумка')).toEqual([['LISTING', 'l-2', 'WORD']]);
    expect(await find('orthwin')).toEqual([['SELLER', 's-1', 'SIMILAR']]);
    expect(await find('satchel', '&kinds=REVIEW')).toEqual([['REVIEW', 'r-1', 'WORD']]);
    expect(await find("'; drop table seller; --")).toEqual([]);
    expect(await find('100%_')).toEqual([]);
    const sent = await stage.server.inject({
      method: 'POST',
      url: '/v1/search/picture',
      headers: { ...ann.headers, 'content-type': 'image/png' },
      payload: Buffer.from('not much of a picture'),
    });
    expect(sent.json()).toEqual({ contentSha256: '21', items: [] });
  });

  it('with its page, its history in pages, and what is linked to it', async () => {
    const [id] = await stage.openCases(1, { sellerId: 's-1', subjectId: 'l-1', markId: 'm-1' });
    const seller = entityView.parse((await ann.get('/v1/entities/SELLER/s-1')).body);
    expect(seller).toMatchObject({ title: 'Northwind Trading', counts: { listings: 1, reviews: 1, stores: 2 } });
    expect(seller.openCases.map((one) => one.id)).toEqual([id]);
    expect((await ann.get('/v1/entities/SELLER/nobody')).status).toBe(404);
    const account = entityView.parse((await ann.get('/v1/entities/ACCOUNT/a-1')).body);
    expect(JSON.stringify(account)).not.toContain('hash');
    const history: string[] = [];
    let cursor: string | undefined;
    do {
      const next = cursor === undefined ? '' : `&cursor=${cursor}`;
      const { body } = await ann.get(`/v1/entities/SELLER/s-1/timeline?limit=1${next}`);
      history.push(...(body['items'] as unknown[]).map((one) => timelineEntry.parse(one).type));
      cursor = body['nextCursor'] as string | undefined;
    } while (cursor !== undefined);
    expect(history).toEqual(['CASE', 'LISTING']);
    // What a line says is there as codes, so that it can be told in any language; people go by their names.
    await ann.post(`/v1/cases/${id}/note`, { text: 'Asked the brand.' });
    const ofCase = await ann.get(`/v1/entities/CASE/${id}/timeline`);
    const lines = (ofCase.body['items'] as unknown[]).map((one) => timelineEntry.parse(one));
    expect(lines.find(({ type }) => type === 'CASE')?.facts).toHaveProperty('violationType');
    expect(lines.find(({ facts }) => facts?.event === 'NOTE')).toMatchObject({ detail: 'Asked the brand.', by: 'Ann' });
    const graph = linkGraph.parse((await ann.get('/v1/entities/ACCOUNT/a-1/links')).body);
    expect(graph.nodes.map((node) => `${node.kind}/${node.id} ${node.distance}`).toSorted()).toEqual([
      'ACCOUNT/a-1 0',
      'ACCOUNT/a-2 1',
      'MARK/m-1 2',
      'SELLER/s-1 1',
      'SELLER/s-2 2',
    ]);
    expect(graph.edges).toContainEqual({
      from: 'SELLER/s-1',
      to: 'SELLER/s-2',
      why: 'the same legal entity',
      reason: 'SAME_LEGAL_ENTITY',
    });
  });

  it('and what cases out of reach tell is told to nobody who may not see them', async () => {
    const [near] = await stage.openCases(1, { sellerId: 's-1', market: 'DE', markId: 'm-near', subjectId: 'l-1' });
    const [far] = await stage.openCases(1, { sellerId: 's-1', market: 'FR', markId: 'm-far', subjectId: 'l-1' });
    const decided = { outcome: 'ALLOW', actions: ['REMOVE'], automation: 'NOT_AUTOMATED', decidedBy: ann.id };
    for (const caseId of [near!, far!])
      await stage.prisma.decision.create({
        data: {
          ...decided,
          id: `d-${caseId}`,
          caseId,
          caseDecisionId: `cd-${caseId}`,
          sellerId: 's-1',
          subjectKind: 'LISTING',
          subjectId: 'l-1',
          rulesetDigest: 'x',
          payload: {},
          decidedAt: at(1),
        },
      });
    const german = stage.person('greta', ['cases:read'], { markets: ['DE'] });
    const historyOf = async (by: Caller, path: string) =>
      ((await by.get(`/v1/entities/${path}/timeline`)).body['items'] as unknown[])
        .map((one) => timelineEntry.parse(one))
        .filter(({ ref }) => ref?.kind === 'CASE')
        .map(({ type, ref }) => `${type} ${ref!.id}`)
        .toSorted();
    const both = [`CASE ${near}`, `CASE ${far}`, `DECISION ${near}`, `DECISION ${far}`].toSorted();
    const hers = [`CASE ${near}`, `DECISION ${near}`];
    for (const path of ['SELLER/s-1', 'LISTING/l-1']) {
      expect(await historyOf(ann, path)).toEqual(both);
      expect(await historyOf(german, path)).toEqual(hers);
    }
    const marksOf = async (by: Caller) =>
      linkGraph
        .parse((await by.get('/v1/entities/SELLER/s-1/links')).body)
        .nodes.flatMap(({ kind, id }) => (kind === 'MARK' ? [id] : []))
        .toSorted();
    expect(await marksOf(ann)).toEqual(['m-far', 'm-near']);
    expect(await marksOf(german)).toEqual(['m-near']);
    expect((await german.get(`/v1/entities/CASE/${near}/timeline`)).status).toBe(200);
    for (const part of ['timeline', 'links'])
      expect((await german.get(`/v1/entities/CASE/${far}/${part}`)).status).toBe(404);
  });

  it('and a history is told in codes with what they speak of, and by whose name', async () => {
    const [id] = await stage.openCases(1, { sellerId: 's-1', subjectId: 'l-1' });
    await ann.post(`/v1/cases/${id}/claim`);
    const told = ((await ann.get(`/v1/entities/CASE/${id}/timeline`)).body['items'] as unknown[]).map((one) =>
      timelineEntry.parse(one),
    );
    expect(told.find(({ type }) => type === 'CASE_EVENT')).toMatchObject({ facts: { event: 'CLAIM' }, by: 'Ann' });
    expect(told.find(({ type }) => type === 'CASE')).toMatchObject({
      facts: { violationType: 'IP_TM_KEYWORD_MISUSE' },
    });
  });

  it('as a file that a spreadsheet takes for text', async () => {
    await stage.openCases(2, { summary: '=cmd("x"), really' });
    const csv = (await ann.get('/v1/cases/export?queue=ip')).text.trimEnd().split('\r\n');
    expect(csv).toHaveLength(3);
    expect(csv[1]).toContain(`"'=cmd(""x""), really"`);
    const lines = (await ann.get('/v1/cases/export?format=ndjson')).text.trimEnd().split('\n');
    expect(lines.map((one) => (JSON.parse(one) as { queue: string }).queue)).toEqual(['ip', 'ip']);
  });
});

describe('decisions are looked at again', () => {
  const CONFIRMED = { reason: 'CONFIRMED', violationType: 'IP_TM_COUNTERFEIT_GOODS', actions: ['REMOVE'] };

  /** A decided case of the heaviest kind, which is always looked at twice. */
  async function decide(listing: string): Promise<string> {
    await addListing(listing, 's-1', `Bag ${listing}`);
    const [id] = await stage.openCases(1, { severity: 'S4', subjectId: listing, sellerId: 's-1' });
    const first = ((await ann.post(`/v1/cases/${id}/claim`)).body as { lease: { fencingToken: number } }).lease;
    await ann.post(`/v1/cases/${id}/decide`, { fencingToken: first.fencingToken, decision: CONFIRMED });
    const second = ((await lead.post(`/v1/cases/${id}/claim`)).body as { lease: { fencingToken: number } }).lease;
    stage.pass(60_000);
    await lead.post(`/v1/cases/${id}/second-review`, { fencingToken: second.fencingToken, verdict: 'AGREE' });
    await enforceDecisions(stage.casework.ports, () => undefined);
    return id!;
  }

  it('blindly, by somebody else, and a lead settles what differs', async () => {
    await addSeller('s-1', 'Northwind');
    await decide('l-1');
    await decide('l-2');
    expect((await ann.post('/v1/quality/next')).body).toEqual({});
    const looks: string[] = [];
    for (const answer of [CONFIRMED, { reason: 'NOT_VIOLATION', actions: ['ALLOW'] }]) {
      const { look } = (await bob.post('/v1/quality/next')).body;
      const shown = blindLook.parse(look);
      expect(JSON.stringify(shown)).not.toContain('DECIDE');
      expect((await lead.post(`/v1/quality/${shown.id}`, answer)).status).toBe(404);
      const told = await bob.post(`/v1/quality/${shown.id}`, answer);
      if (told.status !== 200) throw new Error(told.text);
      blindResult.parse(told.body);
      expect((await bob.post(`/v1/quality/${shown.id}`, answer)).status).toBe(409);
      looks.push(shown.id);
    }
    const measured = agreementView.parse((await ann.get('/v1/quality/agreement')).body);
    expect(measured).toMatchObject({ overall: { pairs: 2, agreed: 1, kappa: 0 }, toAdjudicate: 1, waiting: 0 });
    expect((await bob.post(`/v1/quality/${looks[1]}/settle`, { holds: 'FIRST' })).status).toBe(403);
    expect((await lead.get('/v1/quality/disputed')).body).toMatchObject({
      items: [{ id: looks[1], secondBy: bob.id }],
    });
    expect((await lead.post(`/v1/quality/${looks[1]}/settle`, { holds: 'FIRST' })).status).toBe(200);
    expect((await lead.post(`/v1/quality/${looks[1]}/settle`, { holds: 'FIRST' })).status).toBe(409);
  });

  it('and counted: backlog, due times, decisions, precision and reversals', async () => {
    await addSeller('s-1', 'Northwind');
    const id = await decide('l-1');
    await decide('l-2');
    await stage.openCases(3, { openedAt: at(2), dueAt: at(1) });
    const decision = await stage.prisma.caseDecision.findFirstOrThrow({ where: { caseId: id } });
    await lead.post(`/v1/cases/${id}/reverse`, { decisionId: decision.id, note: 'It was genuine.' });
    const figures = dashboardView.parse((await ann.get('/v1/dashboard?days=7')).body);
    expect(figures).toMatchObject({
      backlog: [{ queue: 'ip', waiting: 3, overdue: 3, ages: [0, 0, 3, 0, 0] }],
      sla: { hits: 2, of: 2 },
      timeToAction: { all: { count: 2 }, byQueue: [{ queue: 'ip', count: 2 }] },
      decisionsByReason: { CONFIRMED: 2 },
      decisionsByAction: { REMOVE: 2 },
      overturned: { all: { hits: 1, of: 2 }, byReviewer: [{ key: ann.id, name: 'Ann', hits: 1, of: 2 }] },
      reviewers: [{ personId: ann.id, decided: 2 }],
    });
    expect(figures.days.at(-1)).toMatchObject({ day: '2026-03-01', opened: 2, decided: 2, reversed: 1 });
  });

  it('and counted for one market or queue alone', async () => {
    await addSeller('s-1', 'Northwind');
    const german = await decide('l-1');
    const french = await decide('l-2');
    await stage.prisma.case.update({ where: { id: german }, data: { market: 'DE' } });
    await stage.prisma.case.update({ where: { id: french }, data: { market: 'FR', queue: 'rings' } });
    await stage.openCases(2, { openedAt: at(2), market: 'DE' });
    const figuresOf = async (query: string) =>
      dashboardView.parse((await ann.get(`/v1/dashboard?days=7&${query}`)).body);
    const ofGermany = await figuresOf('market=DE');
    expect(ofGermany).toMatchObject({
      markets: ['DE', 'FR'],
      backlog: [{ queue: 'ip', waiting: 2 }],
      sla: { of: 1 },
      decisionsByReason: { CONFIRMED: 1 },
      reviewers: [{ personId: ann.id, decided: 1 }],
    });
    expect(ofGermany.days.at(-1)).toMatchObject({ decided: 1 });
    expect(await figuresOf('queue=rings')).toMatchObject({ backlog: [], sla: { of: 1 }, markets: ['DE', 'FR'] });
    expect(await figuresOf('queue=rings&market=DE')).toMatchObject({ sla: { of: 0 }, decisionsByReason: {} });
    expect((await ann.get('/v1/dashboard?market=Germany')).status).toBe(422);
  });
});
