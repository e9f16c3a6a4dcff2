import { describe, expect, it } from 'vitest';
import { sellerAppealView } from '../../../src/domain/views/appeal-view.ts';
import { decisionAnswer, decisionPreview } from '../../../src/domain/views/case-decision-view.ts';
import { caseView } from '../../../src/domain/views/case-view.ts';
import { dashboardView } from '../../../src/domain/views/dashboard-view.ts';
import { caseStep } from '../../../src/domain/views/case-work-view.ts';
import { closeAppeals } from '../../../src/pipeline/appeals/submit-appeal.ts';
import { enforceDecisions } from '../../../src/pipeline/casework/enforce-decisions.ts';
import { appendLedger } from '../../../src/adapters/postgres/append-ledger.ts';
import { inTransaction } from '../../../src/adapters/postgres/database.ts';
import type { CreditEntryDraft } from '../../../src/domain/credit.ts';
import { createCreditModel } from '../../../src/credit/credit-moment.ts';
import { creditReportsFrom } from '../../../src/pipeline/credit-reports.ts';
import { onStage, type Caller, type Stage } from './casework-stage.ts';
import { NOW_MS } from './database-deps.ts';

const DAY_MS = 86_400_000;
const LEGAL = 'legal-1';
const DECIDING = ['cases:read', 'cases:decide'] as const;
const COUNTERFEIT = {
  reason: 'CONFIRMED',
  violationType: 'IP_TM_COUNTERFEIT_GOODS',
  actions: ['REMOVE', 'POINTS', 'STRIKE'],
  explanation: 'The pictures are those of a replica.',
};
const STATEMENT = 'These bags are genuine: the invoice of the maker is enclosed.';
const OVERTURNED = {
  ruling: 'OVERTURNED',
  reason: 'AUTHORISED_SELLER',
  actions: ['REINSTATE'],
  explanation: 'The maker confirms the invoice.',
};

describe('a seller appeals', () => {
  let stage: Stage;
  let shop: Caller;
  let mia: Caller;
  let noa: Caller;
  let lea: Caller;
  let key: Caller;

  onStage(async (given) => {
    stage = given.stage;
    key = given.ann;
    shop = await stage.caller('Shop', ['appeals:write', 'events:read', 'score:read']);
    mia = await signIn('mia');
    noa = await signIn('noa');
    lea = await signIn('lea', [...DECIDING, 'cases:lead']);
    await seller('s-1', LEGAL);
    await seller('s-2', 'legal-2');
  });

  async function signIn(name: string, scopes: readonly ('cases:lead' | (typeof DECIDING)[number])[] = DECIDING) {
    const person = { id: name, login: name, name, role: 'MODERATOR', reach: {}, preferences: {} };
    await stage.prisma.person.create({ data: { ...person, createdAt: new Date(NOW_MS) } });
    return stage.person(name, scopes, {});
  }

  async function seller(id: string, legalId: string): Promise<void> {
    const at = new Date(NOW_MS - 400 * DAY_MS);
    const payload = {
      id,
      legalId,
      storeName: 'Good Goods',
      registeredAt: at.toISOString(),
      kyb: 'VERIFIED',
      ownBrands: [],
    };
    const row = { id, legalId, version: 1, contentSha256: 'x', registeredAt: at, receivedAt: at, payload };
    await stage.prisma.seller.create({ data: row });
  }

  const enforce = () => enforceDecisions(stage.casework.ports, () => undefined);
  const tokenOf = async (by: Caller, id: string): Promise<number> =>
    caseStep.parse((await by.post(`/v1/cases/${id}/claim`)).body).lease!.fencingToken;
  const publicationOf = async (id: string) =>
    (await stage.prisma.listing.findUniqueOrThrow({ where: { id } })).publication;
  const creditOf = async () => {
    const { digest: rulesetDigest, settings } = stage.ruleset;
    const model = createCreditModel(settings['credit.yaml']);
    const moment = { asOfMs: stage.nowMs(), knownAtMs: stage.nowMs() };
    return (await creditReportsFrom(stage.ledger, () => ({ model, rulesetDigest })).report('s-1', moment))!;
  };
  const eventsOf = async (type: string) =>
    (await stage.prisma.event.findMany({ where: { type }, orderBy: { seq: 'asc' } })).map(({ data }) => data);

  /** A case about listings of the seller that Mia has decided; the decision is in force. */
  async function decided(decision: object = COUNTERFEIT, listings = ['l-1'], rest: object = {}) {
    const [caseId] = await stage.openCases(1, { sellerId: 's-1', subjectId: listings[0], ...rest });
    const at = new Date(NOW_MS);
    for (const id of listings) {
      const common = { version: 1, contentSha256: 'x', createdAt: at, receivedAt: at };
      const listing = { ...common, id, sellerId: 's-1', title: `Bag ${id}`, payload: { id }, publication: 'HELD' };
      await stage.prisma.listing.create({ data: { ...listing, priceMinor: 100n, currency: 'EUR' } });
      const check = { subjectKind: 'LISTING', subjectId: id, subjectVersion: 1, contentSha256: 'x' };
      await stage.prisma.check.create({ data: { ...check, id: `check-${id}`, state: 'DONE', acceptedAt: at } });
      await stage.prisma.caseItem.create({ data: { caseId: caseId!, checkId: `check-${id}`, addedAt: at } });
    }
    const fencingToken = await tokenOf(mia, caseId!);
    const answer = await mia.post(`/v1/cases/${caseId!}/decide`, { fencingToken, decision });
    const { decision: made } = decisionAnswer.parse(answer.body);
    stage.pass(60_000);
    expect(await enforce()).toBe(1);
    return { caseId: caseId!, decisionId: made.id };
  }

  const appeal = (decisionId: string, rest: object = {}, sellerId = 's-1') =>
    shop.post(`/v1/sellers/${sellerId}/appeals`, { decisionId, statement: STATEMENT, ...rest });
  const submitted = async (decisionId: string, rest: object = {}) => {
    const answer = await appeal(decisionId, rest);
    expect(answer.status).toBe(202);
    return sellerAppealView.parse(answer.body);
  };
  const read = async (id: string) => sellerAppealView.parse((await shop.get(`/v1/appeals/${id}`)).body);
  async function rule(by: Caller, appealCaseId: string, decision: object): Promise<void> {
    const fencingToken = await tokenOf(by, appealCaseId);
    const answer = await by.post(`/v1/cases/${appealCaseId}/decide`, { fencingToken, decision });
    expect(answer.body).toMatchObject({ case: { state: 'DECIDED' } });
    stage.pass(60_000);
    expect(await enforce()).toBe(1);
  }

  it('once: the same words twice are one appeal, others are told where it stands', async () => {
    const { caseId, decisionId } = await decided();
    const documents = [{ name: 'Invoice', reference: 'https://shop.example/papers/17' }];
    const first = await submitted(decisionId, { documents });
    expect(first).toMatchObject({ state: 'ADMISSIBLE', caseId, decisionId, documents, statement: STATEMENT });
    expect(Date.parse(first.dueAt)).toBe(stage.nowMs() + 168 * 3_600_000);
    expect(await submitted(decisionId, { documents })).toEqual(first);
    expect((await appeal(decisionId, { statement: 'And another thing: no.' })).body).toMatchObject({
      code: 'appeal.already-made',
      appealId: first.id,
    });
    expect(await stage.prisma.sellerAppeal.count()).toBe(1);
    expect(await eventsOf('assay.appeal.submitted')).toMatchObject([
      { appealId: first.id, sellerId: 's-1', decisionId, state: 'ADMISSIBLE' },
    ]);
    expect((await shop.get('/v1/sellers/s-1/appeals')).body).toEqual({ items: [first] });
    expect((await shop.get('/v1/sellers/s-2/appeals')).body).toEqual({ items: [] });
  });

  it('is told at once why a decision cannot be appealed', async () => {
    const codeOf = async (...asked: Parameters<typeof appeal>) => (await appeal(...asked)).body['code'];
    const { caseId, decisionId } = await decided();
    expect(await codeOf('no-such')).toBe('resource.not-found');
    expect(await codeOf(decisionId, {}, 'no-such')).toBe('resource.not-found');
    expect(await codeOf(decisionId, {}, 's-2')).toBe('appeal.other-seller');
    expect(await codeOf(decisionId, { statement: '         .' })).toBe('request.invalid');
    const harmless = await decided({ reason: 'NOT_VIOLATION', actions: ['ALLOW'] }, ['l-2']);
    expect(await codeOf(harmless.decisionId)).toBe('appeal.not-possible');
    stage.pass(183 * DAY_MS);
    expect(await codeOf(decisionId)).toBe('appeal.too-late');
    stage.pass(-2 * DAY_MS);
    await lea.post(`/v1/cases/${caseId}/reopen`, { reason: 'Look again.' });
    expect(await codeOf(decisionId)).toBe('appeal.not-possible');
    expect(await stage.prisma.sellerAppeal.count()).toBe(0);
  });

  it('is heard by a person who had no hand in the decision', async () => {
    const { caseId, decisionId } = await decided();
    const { id, appealCaseId } = await submitted(decisionId);
    expect((await mia.post(`/v1/cases/${appealCaseId}/claim`)).body['code']).toBe('case.same-person');
    expect((await mia.post('/v1/queues/all/next')).body).toMatchObject({ kind: 'empty', withOthers: 1 });
    expect((await key.post(`/v1/cases/${appealCaseId}/claim`)).body['code']).toBe('case.person-needed');
    expect((await key.post('/v1/queues/all/next')).body).toMatchObject({ kind: 'empty' });
    const toMia = { toPersonId: 'mia', reason: 'She knows it.' };
    expect((await lea.post(`/v1/cases/${appealCaseId}/reassign`, toMia)).body['code']).toBe('case.same-person');
    // The decision is decided in the appeal, and nowhere else meanwhile.
    for (const [step, body] of [
      ['reopen', { reason: 'Again.' }],
      ['reverse', { decisionId, note: 'Wrong.' }],
    ] as const)
      expect((await lea.post(`/v1/cases/${caseId}/${step}`, body)).body['code']).toBe('case.not-allowed');
    const next = (await noa.post('/v1/queues/all/next')).body;
    expect(next).toMatchObject({ kind: 'claimed', case: { id: appealCaseId, violationType: 'SYS_SELLER_APPEAL' } });
    expect(await read(id)).toMatchObject({ state: 'ASSIGNED' });
    const { appeals, items } = caseView.parse((await noa.get(`/v1/cases/${appealCaseId}`)).body);
    expect(appeals).toMatchObject([
      {
        appeal: { statement: STATEMENT },
        decision: { decidedByName: 'mia', violationType: 'IP_TM_COUNTERFEIT_GOODS' },
      },
    ]);
    expect(items.map(({ check }) => check.id)).toEqual(['check-l-1']);
  });

  it('asks for a ruling of an appeal and of nothing else, with a reason that the seller reads', async () => {
    const { caseId, decisionId } = await decided();
    const { appealCaseId } = await submitted(decisionId);
    const problemOf = async (id: string, decision: object) =>
      (await noa.post(`/v1/cases/${id}/preview`, { decision })).body;
    expect(await problemOf(caseId, OVERTURNED)).toMatchObject({
      code: 'decision.invalid',
      details: [{ path: 'ruling' }],
    });
    const { ruling: _ruling, ...plain } = OVERTURNED;
    expect(await problemOf(appealCaseId, plain)).toMatchObject({ details: [{ path: 'ruling' }] });
    expect(await problemOf(appealCaseId, { ...OVERTURNED, explanation: ' ' })).toMatchObject({
      details: [{ path: 'explanation' }],
    });
    expect(await problemOf(appealCaseId, { ...COUNTERFEIT, ruling: 'MODIFIED' })).toMatchObject({
      details: [{ path: 'ruling', message: expect.stringContaining('changes nothing') as string }],
    });
    expect(
      await problemOf(appealCaseId, { ...OVERTURNED, reason: 'CONFIRMED', violationType: 'IP_PATENT' }),
    ).toMatchObject({ code: 'request.invalid' });
  });

  it('wins: everything is undone at the original date, and what was lost is told', async () => {
    const before = await creditOf();
    const { caseId, decisionId } = await decided();
    const decidedAtMs = stage.nowMs();
    stage.pass(20 * DAY_MS);
    expect(await creditOf()).toMatchObject({ penaltyPoints: 12, strikes: 1, tier: 'WATCH' });
    const campaign = (id: string, fromDay: number) => ({
      id,
      from: new Date(decidedAtMs + fromDay * DAY_MS).toISOString(),
      until: new Date(decidedAtMs + (fromDay + 1) * DAY_MS).toISOString(),
    });
    const { id, appealCaseId } = await submitted(decisionId, {
      campaigns: [campaign('in', 5), campaign('before', -5)],
    });
    const preview = decisionPreview.parse(
      (await noa.post(`/v1/cases/${appealCaseId}/preview`, { decision: OVERTURNED })).body,
    );
    expect(preview.subjects).toMatchObject([{ id: 'l-1', statusBefore: 'REMOVED', statusAfter: 'LIVE' }]);
    expect(preview.credit).toMatchObject([{ before: { tier: 'WATCH' }, after: { score: before.score } }]);
    await rule(noa, appealCaseId, OVERTURNED);

    const { score, tier, penaltyPoints, strikes } = await creditOf();
    expect({ score, tier, penaltyPoints, strikes }).toMatchObject({
      score: before.score,
      tier: before.tier,
      penaltyPoints: 0,
      strikes: 0,
    });
    const reversals = (await stage.ledger.entries(LEGAL)).filter(({ kind }) => kind === 'REVERSAL');
    expect(reversals.map(({ effectiveAtMs }) => effectiveAtMs)).toEqual([decidedAtMs, decidedAtMs]);
    expect(reversals[0]!.why).toContain('appeal');
    expect(await publicationOf('l-1')).toBe('LIVE');
    const { overturned } = dashboardView.parse((await lea.get('/v1/dashboard?days=60')).body);
    expect(overturned.byReviewer).toMatchObject([{ key: 'mia', hits: 1, of: 1 }]);
    expect(await stage.prisma.statement.count({ where: { withdrawnAt: null } })).toBe(0);
    expect((await stage.prisma.case.findUniqueOrThrow({ where: { id: appealCaseId } })).state).toBe('CLOSED');

    const won = await read(id);
    expect(won).toMatchObject({
      state: 'NOTIFIED',
      ruling: { ruling: 'OVERTURNED', reason: 'AUTHORISED_SELLER', explanation: OVERTURNED.explanation },
      lost: { campaigns: [{ id: 'in' }] },
    });
    expect(won.history.map(({ state }) => state)).toEqual([
      'SUBMITTED',
      'ADMISSIBLE',
      'ASSIGNED',
      'OVERTURNED',
      'REINSTATING',
      'NOTIFIED',
    ]);
    expect(won.lost!.periods).toMatchObject([{ wasTier: 'WATCH', rightTier: before.tier }]);
    expect(Date.parse(won.lost!.periods[0]!.from)).toBe(decidedAtMs);
    expect(await eventsOf('assay.appeal.decided')).toMatchObject([
      { appealId: id, decisionId, sellerId: 's-1', ruling: 'OVERTURNED', lost: { campaigns: [{ id: 'in' }] } },
    ]);
    expect(await eventsOf('assay.case.reversed')).toMatchObject([{ decisionId, caseId, appealId: id }]);
    expect((await appeal(decisionId, { statement: 'I want it once more.' })).body['code']).toBe('appeal.already-made');
    // Nothing of it happens twice.
    stage.pass(60_000);
    expect(await enforce()).toBe(0);
  });

  it('loses: nothing changes, and the seller may go outside until the appeal is closed', async () => {
    const { decisionId } = await decided();
    const { id, appealCaseId } = await submitted(decisionId);
    expect((await shop.post(`/v1/appeals/${id}/out-of-court`, { body: 'A court' })).status).toBe(409);
    const upheld = {
      ...COUNTERFEIT,
      ruling: 'UPHELD',
      actions: ['ALLOW'],
      explanation: 'The maker denies the invoice.',
    };
    await rule(noa, appealCaseId, upheld);
    expect(await creditOf()).toMatchObject({ penaltyPoints: 12, strikes: 1 });
    expect(await publicationOf('l-1')).toBe('REMOVED');
    expect(await stage.prisma.decision.count()).toBe(1);
    const lost = await read(id);
    expect(lost).toMatchObject({ state: 'NOTIFIED', ruling: { ruling: 'UPHELD', actions: COUNTERFEIT.actions } });
    const { appeals, overturned, decisionsByType } = dashboardView.parse((await lea.get('/v1/dashboard?days=7')).body);
    expect(appeals).toMatchObject({
      submitted: 1,
      waiting: 0,
      rulings: { UPHELD: 1, OVERTURNED: 0 },
      inTime: { hits: 1, of: 1 },
      timeToRuling: { count: 1, medianHours: expect.closeTo(1 / 60, 3) as number },
    });
    // One decision against the seller, not two: the ruling confirmed it.
    expect(overturned.all).toEqual({ hits: 0, of: 1 });
    expect(decisionsByType).toEqual({ IP_TM_COUNTERFEIT_GOODS: 1 });
    expect((await appeal(lost.ruling!.decisionId)).body['code']).toBe('appeal.not-possible');
    const reopened = await lea.post(`/v1/cases/${appealCaseId}/reopen`, { reason: 'Again.' });
    expect(reopened.body['code']).toBe('case.not-allowed');

    stage.pass(89 * DAY_MS);
    expect(await closeAppeals(stage.casework.appeals)).toBe(0);
    const outside = await shop.post(`/v1/appeals/${id}/out-of-court`, { body: 'ADR Center', reference: '17/26' });
    expect(outside.body).toMatchObject({ state: 'OUT_OF_COURT', outOfCourt: { body: 'ADR Center' } });
    expect(await eventsOf('assay.appeal.out-of-court')).toMatchObject([{ appealId: id, body: 'ADR Center' }]);

    const other = await decided(COUNTERFEIT, ['l-2']);
    const second = await submitted(other.decisionId);
    await rule(noa, second.appealCaseId, upheld);
    stage.pass(91 * DAY_MS);
    expect(await closeAppeals(stage.casework.appeals)).toBe(1);
    expect(await read(second.id)).toMatchObject({ state: 'CLOSED' });
    // The body outside says that the seller is right: a lead takes the decision back.
    const { caseId } = lost;
    expect((await lea.post(`/v1/cases/${caseId}/reverse`, { decisionId, note: 'So it was ruled.' })).status).toBe(200);
    const after = await read(id);
    expect(after.state).toBe('NOTIFIED');
    expect(after.history.map(({ state }) => state).slice(-4)).toEqual([
      'OUT_OF_COURT',
      'OVERTURNED',
      'REINSTATING',
      'NOTIFIED',
    ]);
    expect(await eventsOf('assay.appeal.closed')).toMatchObject([{ appealId: second.id }]);
  });

  it('is half right: another violation takes the place of the first at its date', async () => {
    const { caseId, decisionId } = await decided(COUNTERFEIT, ['l-1', 'l-2']);
    const decidedAtMs = stage.nowMs();
    stage.pass(10 * DAY_MS);
    const { id, appealCaseId } = await submitted(decisionId);
    const modified = {
      ruling: 'MODIFIED',
      reason: 'CONFIRMED',
      violationType: 'IP_TM_KEYWORD_MISUSE',
      actions: ['POINTS'],
      subjects: [
        { kind: 'LISTING', id: 'l-1', actions: ['DISABLE'] },
        { kind: 'LISTING', id: 'l-2', actions: ['LABEL'] },
      ],
      explanation: 'Genuine goods, but the title names a mark that is not theirs.',
    };
    const preview = decisionPreview.parse(
      (await noa.post(`/v1/cases/${appealCaseId}/preview`, { decision: modified })).body,
    );
    expect(preview.subjects).toMatchObject([
      { id: 'l-1', statusBefore: 'REMOVED', statusAfter: 'DISABLED' },
      { id: 'l-2', statusBefore: 'REMOVED', statusAfter: 'LIVE' },
    ]);
    expect(preview.credit).toMatchObject([{ points: 2, strikes: 0 }]);
    const { after } = preview.credit[0]!;
    await rule(noa, appealCaseId, modified);
    expect([await publicationOf('l-1'), await publicationOf('l-2')]).toEqual(['DISABLED', 'LIVE']);
    expect(await creditOf()).toMatchObject({ penaltyPoints: 2, strikes: 0, score: after.score, tier: after.tier });
    const entries = await stage.ledger.entries(LEGAL);
    expect(entries.map(({ kind, points, effectiveAtMs }) => [kind, points, effectiveAtMs])).toEqual([
      ['PENALTY', 12, decidedAtMs],
      ['STRIKE', 1, decidedAtMs],
      ['REVERSAL', 0, decidedAtMs],
      ['REVERSAL', 0, decidedAtMs],
      ['PENALTY', 2, decidedAtMs],
    ]);
    const view = await read(id);
    expect(view).toMatchObject({ ruling: { ruling: 'MODIFIED', violationType: 'IP_TM_KEYWORD_MISUSE' } });
    expect(await stage.prisma.caseDecision.findUniqueOrThrow({ where: { id: decisionId } })).toMatchObject({
      state: 'REVERSED',
      reversedBy: 'noa',
    });
    expect((await eventsOf('assay.case.decided')).at(-1)).toMatchObject({ caseId: appealCaseId, points: 2 });
    expect(await stage.prisma.case.findUniqueOrThrow({ where: { id: caseId } })).toMatchObject({ state: 'CLOSED' });
    // What stands now can be taken back as any decision can.
    const rulingId = view.ruling!.decisionId;
    const body = { decisionId: rulingId, note: 'The rule was withdrawn.' };
    expect((await lea.post(`/v1/cases/${appealCaseId}/reverse`, body)).status).toBe(200);
    expect(await creditOf()).toMatchObject({ penaltyPoints: 0 });
    expect(await publicationOf('l-1')).toBe('LIVE');
  });

  it('is half right about reviews: they count as the second decision says, not as the undoing of the first', async () => {
    const reviewIds = Array.from({ length: 8 }, (_one, at) => `r-${at}`);
    const [caseId] = await stage.openCases(1, { sellerId: 's-1', subjectKind: 'REVIEW', subjectId: 'r-0' });
    const at = new Date(NOW_MS);
    const common = { version: 1, contentSha256: 'x', createdAt: at, receivedAt: at };
    const listing = {
      ...common,
      id: 'l-9',
      sellerId: 's-1',
      title: 'Bag',
      payload: { id: 'l-9' },
      publication: 'LIVE',
    };
    await stage.prisma.listing.create({ data: { ...listing, priceMinor: 100n, currency: 'EUR' } });
    for (const id of reviewIds) {
      const review = {
        ...common,
        id,
        listingId: 'l-9',
        sellerId: 's-1',
        accountId: `b-${id}`,
        stars: 5,
        payload: { id },
      };
      await stage.prisma.review.create({ data: review });
      const check = { subjectKind: 'REVIEW', subjectId: id, subjectVersion: 1, contentSha256: 'x' };
      await stage.prisma.check.create({ data: { ...check, id: `check-${id}`, state: 'DONE', acceptedAt: at } });
      await stage.prisma.caseItem.create({ data: { caseId: caseId!, checkId: `check-${id}`, addedAt: at } });
    }
    const praise = (id: string): CreditEntryDraft => ({
      entryId: `praise-${id}`,
      sellerLegalId: LEGAL,
      kind: 'EVIDENCE',
      subjectRef: `REVIEW/${id}`,
      dimension: 'ITEM',
      valueBp: 10_000,
      weightPpm: 1_000_000,
      points: 0,
      faultParty: 'SELLER',
      effectiveAtMs: NOW_MS,
      recordedAtMs: NOW_MS,
      why: 'Five stars.',
      rulesetVersion: stage.ruleset.digest,
      evidenceSha256: '0'.repeat(64),
    });
    const none = (await creditOf()).score;
    const claims = reviewIds.map((id) => ({
      sellerLegalId: LEGAL,
      subjectRef: `REVIEW/${id}`,
      build: () => [praise(id)],
    }));
    await inTransaction(stage.prisma, (tx) => appendLedger(tx, claims));
    expect((await creditOf()).score).toBeGreaterThan(none);
    const paid = { ...COUNTERFEIT, violationType: 'REV_PAID_OR_CONDITIONAL', actions: ['REMOVE'] };
    const body = { fencingToken: await tokenOf(mia, caseId!), decision: paid };
    const { decision } = decisionAnswer.parse((await mia.post(`/v1/cases/${caseId!}/decide`, body)).body);
    stage.pass(60_000);
    expect(await enforce()).toBe(1);
    expect((await creditOf()).score).toBe(none);
    const { appealCaseId } = await submitted(decision.id);
    await rule(noa, appealCaseId, { ...paid, ruling: 'MODIFIED', violationType: 'REV_INSIDER' });
    expect(await stage.prisma.review.count({ where: { authenticity: 'CONFIRMED_INAUTHENTIC' } })).toBe(8);
    expect((await creditOf()).score).toBe(none);
  });

  it('lost its days as a suspended seller, though it had no points', async () => {
    const suspend = { reason: 'CONFIRMED', violationType: 'IP_TM_COUNTERFEIT_GOODS', actions: ['DISABLE', 'SUSPEND'] };
    const [caseId] = await stage.openCases(1, { sellerId: 's-1', subjectKind: 'SELLER', subjectId: 's-1' });
    const proposal = { fencingToken: await tokenOf(mia, caseId!), decision: { ...suspend, actions: ['SUSPEND'] } };
    const { decision } = decisionAnswer.parse((await mia.post(`/v1/cases/${caseId!}/decide`, proposal)).body);
    const agreed = { fencingToken: await tokenOf(lea, caseId!), verdict: 'AGREE' };
    expect((await lea.post(`/v1/cases/${caseId!}/second-review`, agreed)).status).toBe(200);
    stage.pass(1_000);
    expect(await enforce()).toBe(1);
    stage.pass(5 * DAY_MS);
    expect(await creditOf()).toMatchObject({ tier: 'SUSPENDED' });
    const { id, appealCaseId } = await submitted(decision.id);
    // Whoever agreed to it hears it no more than whoever proposed it.
    expect((await lea.post(`/v1/cases/${appealCaseId}/claim`)).body['code']).toBe('case.same-person');
    await rule(noa, appealCaseId, { ...OVERTURNED, reason: 'INSUFFICIENT_EVIDENCE' });
    expect(await creditOf()).not.toMatchObject({ tier: 'SUSPENDED' });
    expect((await read(id)).lost!.periods[0]).toMatchObject({
      wasTier: 'SUSPENDED',
      lost: expect.arrayContaining(['PUBLICATION']) as string[],
    });
  });

  it('loses a suspension by two people who had no hand in it, and what they say takes effect once', async () => {
    const oli = await signIn('oli');
    const [caseId] = await stage.openCases(1, { sellerId: 's-1', subjectKind: 'SELLER', subjectId: 's-1' });
    const suspend = { ...COUNTERFEIT, actions: ['SUSPEND', 'POINTS'] };
    const proposal = { fencingToken: await tokenOf(mia, caseId!), decision: suspend };
    const { decision } = decisionAnswer.parse((await mia.post(`/v1/cases/${caseId!}/decide`, proposal)).body);
    const agreed = { fencingToken: await tokenOf(lea, caseId!), verdict: 'AGREE' };
    await lea.post(`/v1/cases/${caseId!}/second-review`, agreed);
    stage.pass(1_000);
    expect(await enforce()).toBe(1);
    const { id, appealCaseId } = await submitted(decision.id);
    const upheld = { ...suspend, ruling: 'UPHELD', explanation: 'The maker denies the invoice.' };
    const fencingToken = await tokenOf(noa, appealCaseId);
    const ruled = await noa.post(`/v1/cases/${appealCaseId}/decide`, { fencingToken, decision: upheld });
    expect(ruled.body).toMatchObject({ case: { state: 'PROPOSED' }, decision: { ruling: 'UPHELD' } });
    stage.pass(60_000);
    expect(await enforce()).toBe(0);
    expect(await read(id)).toMatchObject({ state: 'ASSIGNED' });
    for (const one of [noa, mia, lea])
      expect((await one.post(`/v1/cases/${appealCaseId}/claim`)).body['code']).toBe('case.same-person');
    const second = { fencingToken: await tokenOf(oli, appealCaseId), verdict: 'AGREE' };
    expect((await oli.post(`/v1/cases/${appealCaseId}/second-review`, second)).status).toBe(200);
    const counts = await Promise.all([enforce(), enforce(), enforce()]);
    expect(counts.reduce((sum, one) => sum + one)).toBe(1);
    expect(await read(id)).toMatchObject({ state: 'NOTIFIED', ruling: { ruling: 'UPHELD', actions: suspend.actions } });
    expect(await eventsOf('assay.appeal.decided')).toHaveLength(1);
    expect(await creditOf()).toMatchObject({ tier: 'SUSPENDED', penaltyPoints: 12 });
  });

  it('may hand an inadmissible appeal in anew', async () => {
    const { decisionId } = await decided();
    const { id, appealCaseId } = await submitted(decisionId, { statement: 'asdf asdf asdf' });
    const nothing = { ...COUNTERFEIT, ruling: 'INADMISSIBLE', explanation: 'It says nothing about the decision.' };
    await rule(noa, appealCaseId, nothing);
    expect((await read(id)).history.map(({ state }) => state).slice(-2)).toEqual(['INADMISSIBLE', 'NOTIFIED']);
    expect(await submitted(decisionId)).toMatchObject({ state: 'ADMISSIBLE' });
  });

  it('is written once by ten who hand it in at one moment', async () => {
    const { decisionId } = await decided();
    const answers = await Promise.all(Array.from({ length: 10 }, () => appeal(decisionId)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body['id'])}`)).size).toBe(1);
    expect(await stage.prisma.sellerAppeal.count()).toBe(1);
    expect(await stage.prisma.case.count({ where: { violationType: 'SYS_SELLER_APPEAL' } })).toBe(1);
  });

  it('needs no appeal where a lead sees the mistake, but not the lead who made it', async () => {
    const { caseId, decisionId } = await decided();
    const [own] = await stage.openCases(1, { sellerId: 's-1', subjectId: 'l-1' });
    const decision = { ...COUNTERFEIT, subjects: [{ kind: 'LISTING', id: 'l-1' }] };
    const made = await lea.post(`/v1/cases/${own!}/decide`, { fencingToken: await tokenOf(lea, own!), decision });
    stage.pass(60_000);
    expect(await enforce()).toBe(1);
    const { id } = decisionAnswer.parse(made.body).decision;
    const hers = { decisionId: id, note: 'I was wrong.' };
    expect((await lea.post(`/v1/cases/${own!}/reverse`, hers)).body['code']).toBe('case.same-person');
    const others = { decisionId, note: 'She was wrong.' };
    expect((await lea.post(`/v1/cases/${caseId}/reverse`, others)).status).toBe(200);
  });
});
