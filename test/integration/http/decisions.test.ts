import { describe, expect, it } from 'vitest';
import { chainEntries } from '../../../src/credit/hash-chain.ts';
import { bulkAnswer, bulkPreview } from '../../../src/domain/views/bulk-view.ts';
import { decisionAnswer, decisionPreview } from '../../../src/domain/views/case-decision-view.ts';
import { caseStep } from '../../../src/domain/views/case-work-view.ts';
import { enforceDecisions } from '../../../src/pipeline/casework/enforce-decisions.ts';
import { onStage, type Caller, type Stage } from './casework-stage.ts';
import { NOW_MS } from './database-deps.ts';

const LEGAL = 'legal-1';
const COUNTERFEIT = {
  reason: 'CONFIRMED',
  violationType: 'IP_TM_COUNTERFEIT_GOODS',
  actions: ['REMOVE', 'POINTS', 'STRIKE'],
  explanation: 'The pictures are those of a replica that was bought and examined.',
};

describe('a person decides', () => {
  let stage: Stage;
  let ann: Caller;
  let bob: Caller;
  let lead: Caller;

  onStage(async (given) => {
    ({ stage, ann, bob, lead } = given);
    const at = new Date(NOW_MS - 400 * 86_400_000);
    const seller = { id: 's-1', legalId: LEGAL, version: 1, contentSha256: 'x', registeredAt: at, receivedAt: at };
    await stage.prisma.seller.create({
      data: { ...seller, payload: { id: 's-1', legalId: LEGAL, storeName: 'Good Goods', kyb: 'VERIFIED' } },
    });
  });

  /** A case about held listings of one seller, each with its check. */
  async function openCase(listings: readonly string[], rest: object = {}): Promise<string> {
    const [id] = await stage.openCases(1, { sellerId: 's-1', subjectId: listings[0], ...rest });
    const at = new Date(NOW_MS);
    const common = { version: 1, contentSha256: 'x', createdAt: at, receivedAt: at };
    for (const listing of listings) {
      await stage.prisma.listing.create({
        data: {
          ...common,
          id: listing,
          sellerId: 's-1',
          title: `Bag ${listing}`,
          payload: { id: listing, destinations: ['DE', 'FR'] },
          priceMinor: 100n,
          currency: 'EUR',
          publication: 'HELD',
        },
      });
      const check = { subjectKind: 'LISTING', subjectId: listing, subjectVersion: 1, contentSha256: 'x' };
      await stage.prisma.check.create({ data: { ...check, id: `check-${listing}`, state: 'DONE', acceptedAt: at } });
      await stage.prisma.caseItem.create({ data: { caseId: id!, checkId: `check-${listing}`, addedAt: at } });
    }
    return id!;
  }

  const claim = async (by: Caller, id: string): Promise<number> =>
    caseStep.parse((await by.post(`/v1/cases/${id}/claim`)).body).lease!.fencingToken;
  const enforce = () => enforceDecisions(stage.casework.ports, () => undefined);
  const caseOf = (id: string) => stage.prisma.case.findUniqueOrThrow({ where: { id } });
  const publicationOf = async (id: string) =>
    (await stage.prisma.listing.findUniqueOrThrow({ where: { id } })).publication;
  const ledgerKinds = async () =>
    (await stage.ledger.entries(LEGAL)).map(({ kind, points, effectiveAtMs }) => [kind, points, effectiveAtMs]);

  it('names in the statement of reasons what brought the case up', async () => {
    const sourceOf = async (id: string) => {
      const preview = decisionPreview.parse(
        (await ann.post(`/v1/cases/${id}/preview`, { decision: COUNTERFEIT })).body,
      );
      return preview.statements.map(({ source_type }) => source_type);
    };
    const id = await openCase(['l-told']);
    const where = { id: 'check-l-told' };
    expect(await sourceOf(id)).toEqual(['SOURCE_VOLUNTARY']);
    await stage.prisma.check.update({ where, data: { trigger: 'extortion-report:r-1' } });
    expect(await sourceOf(id)).toEqual(['SOURCE_TYPE_OTHER_NOTIFICATION']);
    await stage.prisma.check.update({ where, data: { context: { source: 'ART16_NOTICE' } } });
    expect(await sourceOf(id)).toEqual(['SOURCE_ARTICLE_16']);
    await stage.prisma.check.update({ where, data: { context: { source: 'TRUSTED_FLAGGER' } } });
    expect(await sourceOf(id)).toEqual(['SOURCE_TRUSTED_FLAGGER']);
  });

  it('sees what a decision will do before it is taken, undoes it, and takes it again', async () => {
    const id = await openCase(['l-1', 'l-2']);
    const preview = decisionPreview.parse((await ann.post(`/v1/cases/${id}/preview`, { decision: COUNTERFEIT })).body);
    expect(preview.subjects).toMatchObject([
      { id: 'l-1', title: 'Bag l-1', statusBefore: 'HELD', statusAfter: 'REMOVED' },
      { id: 'l-2', statusBefore: 'HELD', statusAfter: 'REMOVED' },
    ]);
    expect(preview.credit).toMatchObject([{ sellerId: 's-1', points: 12, strikes: 1 }]);
    expect(preview.credit[0]!.after.score).toBeLessThan(preview.credit[0]!.before.score);
    expect(preview.statements[0]).toMatchObject({
      decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'],
      category: 'STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS',
      category_specification: ['KEYWORD_TRADEMARK_INFRINGEMENT'],
      territorial_scope: ['DE', 'FR'],
      decision_facts: COUNTERFEIT.explanation,
    });
    expect(await publicationOf('l-1')).toBe('HELD');

    const fencingToken = await claim(ann, id);
    const first = await ann.post(`/v1/cases/${id}/decide`, { fencingToken, decision: COUNTERFEIT });
    const pending = decisionAnswer.parse(first.body);
    expect(pending).toMatchObject({ case: { state: 'DECIDED' }, decision: { state: 'PENDING', decidedByName: 'Ann' } });
    expect(await enforce()).toBe(0);
    expect((await bob.post(`/v1/cases/${id}/undo`, { decisionId: pending.decision.id })).status).toBe(409);
    stage.pass(9_000);
    const undone = decisionAnswer.parse(
      (await ann.post(`/v1/cases/${id}/undo`, { decisionId: pending.decision.id })).body,
    );
    // The case is Ann's again, and so is its new token.
    expect(undone).toMatchObject({ case: { state: 'CLAIMED', leaseHolder: ann.id }, decision: { state: 'UNDONE' } });
    const { lease } = undone;
    expect((await ann.post(`/v1/cases/${id}/renew`, { fencingToken: lease?.fencingToken })).status).toBe(200);
    stage.pass(60_000);
    expect(await enforce()).toBe(0);
    expect(await ledgerKinds()).toEqual([]);
    expect(await stage.prisma.event.count()).toBe(0);

    const again = await claim(ann, id);
    await ann.post(`/v1/cases/${id}/decide`, { fencingToken: again, decision: COUNTERFEIT });
    stage.pass(11_000);
    expect(await enforce()).toBe(1);
    expect(await enforce()).toBe(0);
    expect([await publicationOf('l-1'), await publicationOf('l-2')]).toEqual(['REMOVED', 'REMOVED']);
    expect((await caseOf(id)).state).toBe('APPEALABLE');
    expect(await ledgerKinds()).toEqual([
      ['PENALTY', 12, stage.nowMs()],
      ['STRIKE', 1, stage.nowMs()],
    ]);
    const rows = await stage.prisma.decision.findMany({ orderBy: { subjectId: 'asc' } });
    expect(rows).toMatchObject([
      { subjectId: 'l-1', checkId: 'check-l-1', caseId: id, reason: 'CONFIRMED', outcome: 'DISABLE', reversedAt: null },
      { subjectId: 'l-2', checkId: 'check-l-2' },
    ]);
    expect(await stage.prisma.statement.count()).toBe(2);
    expect((await stage.prisma.event.findMany()).map(({ type }) => type).toSorted()).toEqual([
      'assay.case.decided',
      'assay.statement.issued',
      'assay.statement.issued',
      'assay.subject.decided',
      'assay.subject.decided',
    ]);
  });

  it('is told that the time to undo is over, and a lead reverses the decision at its original date', async () => {
    const id = await openCase(['l-1']);
    const fencingToken = await claim(ann, id);
    const { decision } = decisionAnswer.parse(
      (await ann.post(`/v1/cases/${id}/decide`, { fencingToken, decision: COUNTERFEIT })).body,
    );
    stage.pass(11_000);
    await enforce();
    const decidedAtMs = stage.nowMs();
    expect((await ann.post(`/v1/cases/${id}/undo`, { decisionId: decision.id })).body).toMatchObject({
      code: 'decision.undo-over',
    });
    const wish = { decisionId: decision.id, note: 'The invoice is genuine.' };
    expect((await ann.post(`/v1/cases/${id}/reverse`, wish)).status).toBe(403);
    stage.pass(86_400_000);
    const reversed = decisionAnswer.parse((await lead.post(`/v1/cases/${id}/reverse`, wish)).body);
    expect(reversed).toMatchObject({
      case: { state: 'CLOSED' },
      decision: { state: 'REVERSED', reversal: { by: lead.id, note: wish.note } },
    });
    expect((await lead.post(`/v1/cases/${id}/reverse`, wish)).status).toBe(409);
    expect(await publicationOf('l-1')).toBe('LIVE');
    expect(await ledgerKinds()).toEqual([
      ['PENALTY', 12, decidedAtMs],
      ['STRIKE', 1, decidedAtMs],
      ['REVERSAL', 0, decidedAtMs],
      ['REVERSAL', 0, decidedAtMs],
    ]);
    const entries = await stage.ledger.entries(LEGAL);
    expect(
      chainEntries(
        '0'.repeat(64),
        entries.map(({ prevHash: _p, hash: _h, ...draft }) => draft),
      ),
    ).toEqual(entries);
    expect((await stage.prisma.decision.findFirstOrThrow()).reversedAt?.getTime()).toBe(stage.nowMs());
    expect((await stage.prisma.statement.findFirstOrThrow()).withdrawnAt?.getTime()).toBe(stage.nowMs());
  });

  it('lets a listing go live, and gathers a new finding into a new case', async () => {
    const id = await openCase(['l-1']);
    const fencingToken = await claim(ann, id);
    const decision = { reason: 'AUTHORISED_SELLER', actions: ['ALLOW'] };
    await ann.post(`/v1/cases/${id}/decide`, { fencingToken, decision });
    stage.pass(11_000);
    await enforce();
    expect(await publicationOf('l-1')).toBe('LIVE');
    expect((await caseOf(id)).openKey).toBeNull();
    expect(await ledgerKinds()).toEqual([]);
    expect(await stage.prisma.statement.count()).toBe(0);
  });

  it('refuses what does not fit', async () => {
    const id = await openCase(['l-1']);
    const fencingToken = await claim(ann, id);
    const send = async (decision: object) =>
      (await ann.post(`/v1/cases/${id}/decide`, { fencingToken, decision })).body['code'];
    expect(await send({ reason: 'CONFIRMED', actions: ['REMOVE'] })).toBe('request.invalid');
    expect(await send({ reason: 'NOT_VIOLATION', actions: ['REMOVE'] })).toBe('request.invalid');
    expect(await send({ ...COUNTERFEIT, actions: ['QUARANTINE_REVIEW'] })).toBe('decision.invalid');
    expect(await send({ ...COUNTERFEIT, subjects: [{ kind: 'LISTING', id: 'l-9' }] })).toBe('decision.invalid');
    expect((await caseOf(id)).state).toBe('CLAIMED');
    const stale = { fencingToken: fencingToken + 1, decision: COUNTERFEIT };
    expect((await ann.post(`/v1/cases/${id}/decide`, stale)).body).toMatchObject({ code: 'case.not-held' });
  });

  it('needs a second person for what the rules say, and a lead where the two differ', async () => {
    const id = await openCase(['l-1']);
    const ending = { ...COUNTERFEIT, actions: ['REMOVE', 'TERMINATE'] };
    const fencingToken = await claim(ann, id);
    const proposed = decisionAnswer.parse(
      (await ann.post(`/v1/cases/${id}/decide`, { fencingToken, decision: ending })).body,
    );
    expect(proposed).toMatchObject({ case: { state: 'PROPOSED' }, decision: { state: 'PROPOSED' } });
    expect(proposed.decision.secondReview?.why).toBe('A contract is ended by two people.');
    expect((await ann.post(`/v1/cases/${id}/claim`)).body).toMatchObject({ code: 'case.same-person' });
    expect((await ann.post('/v1/queues/ip/next')).body).toMatchObject({ kind: 'empty', withOthers: 1 });
    const token = ((await bob.post('/v1/queues/ip/next')).body as { lease: { fencingToken: number } }).lease
      .fencingToken;
    const against = { fencingToken: token, verdict: 'DISAGREE', note: 'A warning is enough.' };
    expect(decisionAnswer.parse((await bob.post(`/v1/cases/${id}/second-review`, against)).body)).toMatchObject({
      case: { state: 'ADJUDICATION' },
      decision: { secondReview: { by: bob.id, verdict: 'DISAGREE' } },
    });
    expect((await bob.post('/v1/queues/ip/next')).body).toMatchObject({ kind: 'empty' });
    const third = await claim(lead, id);
    const ruled = await lead.post(`/v1/cases/${id}/adjudicate`, { fencingToken: third, decision: ending });
    expect(decisionAnswer.parse(ruled.body)).toMatchObject({ case: { state: 'DECIDED' } });
    stage.pass(11_000);
    await enforce();
    expect((await stage.prisma.seller.findUniqueOrThrow({ where: { id: 's-1' } })).standing).toBe('TERMINATED');
    const states = (await stage.prisma.caseDecision.findMany({ orderBy: { decidedAt: 'asc' } })).map(
      ({ state }) => state,
    );
    expect(states.toSorted()).toEqual(['IN_FORCE', 'REJECTED']);
  });

  it('puts a proposal in force as soon as a colleague agrees', async () => {
    const id = await openCase(['l-1'], { severity: 'S4' });
    const fencingToken = await claim(ann, id);
    await ann.post(`/v1/cases/${id}/decide`, { fencingToken, decision: COUNTERFEIT });
    const second = { fencingToken: await claim(bob, id), verdict: 'AGREE' };
    expect((await bob.post(`/v1/cases/${id}/second-review`, second)).status).toBe(200);
    expect(await enforce()).toBe(1);
    expect(await publicationOf('l-1')).toBe('REMOVED');
    expect((await caseOf(id)).priorReviewers).toEqual([ann.id, bob.id]);
    // S4 is always looked at once more.
    expect(await stage.prisma.qualityLook.count()).toBe(1);
  });

  it('decides many cases alike after seeing what it comes to, and takes them back', async () => {
    const ids = await Promise.all([openCase(['l-1']), openCase(['l-2']), openCase(['l-3'])]);
    await claim(bob, ids[2]!);
    const body = { choice: { filter: { queue: 'ip' } }, decision: { reason: 'NOT_VIOLATION', actions: ['ALLOW'] } };
    const preview = bulkPreview.parse((await ann.post('/v1/cases/bulk/preview', body)).body);
    expect(preview).toMatchObject({ count: 2, subjects: 2, points: 0, isAboveLimit: false });
    expect(preview.leftOut).toEqual([{ caseId: ids[2], why: 'somebody else works on it' }]);
    const { token, count } = preview;
    const other = { ...body, token, count, decision: COUNTERFEIT };
    expect((await ann.post('/v1/cases/bulk', other)).body).toMatchObject({ code: 'bulk.changed' });
    const done = bulkAnswer.parse((await ann.post('/v1/cases/bulk', { ...body, token, count })).body);
    expect(done).toMatchObject({ decided: 2, proposed: 0 });
    expect((await ann.post('/v1/cases/bulk/undo', { bulkId: done.bulkId })).body).toEqual({ undone: 2 });
    expect((await caseOf(ids[0]!)).state).toBe('QUEUED');
    const again = bulkAnswer.parse((await ann.post('/v1/cases/bulk', { ...body, token, count })).body);
    stage.pass(11_000);
    expect(await enforce()).toBe(2);
    expect(again.results.map(({ status }) => status)).toEqual(['DECIDED', 'DECIDED']);
    expect([await publicationOf('l-1'), await publicationOf('l-3')]).toEqual(['LIVE', 'HELD']);
    expect((await ann.get(`/v1/cases/${ids[2]}/similar`)).body).toMatchObject({
      items: [
        { because: ['the same seller', 'the same kind of violation'], decision: { reason: 'NOT_VIOLATION' } },
        {},
      ],
    });
  });

  it('shows the waiting cases of other sellers that show the same picture', async () => {
    const open = async (sellerId: string, pictureKeys: string[], rest: object = {}) =>
      (await stage.openCases(1, { sellerId, pictureKeys, ...rest }))[0]!;
    const own = await open('s-1', ['PROTECTED/p-1', 'SELLERS/p-2']);
    const first = await open('s-2', ['SELLERS/p-2', 'PROTECTED/p-7'], { priority: 9_000 });
    const second = await open('s-3', ['PROTECTED/p-1']);
    await open('s-1', ['PROTECTED/p-1']);
    await open('s-4', ['PROTECTED/p-2']);
    const done = await open('s-5', ['PROTECTED/p-1'], { state: 'CLOSED', openKey: null });
    const idsOf = async (id: string) =>
      ((await ann.get(`/v1/cases/${id}/same-picture`)).body['items'] as { id: string }[]).map((one) => one.id);
    expect(await idsOf(own)).toEqual([first, second]);
    expect(await idsOf(first)).toEqual([own]);
    expect(await idsOf(done)).toEqual(expect.arrayContaining([own, second]));
  });

  it('keeps macros for oneself, and shared ones as a lead', async () => {
    const macro = { title: 'Counterfeit bag', digit: 1, decision: COUNTERFEIT };
    const own = await ann.post('/v1/macros', macro);
    expect(own.status).toBe(201);
    expect((await ann.post('/v1/macros', { ...macro, isShared: true })).status).toBe(403);
    expect((await lead.post('/v1/macros', { ...macro, title: 'Shared', isShared: true })).status).toBe(201);
    const titles = async (by: Caller) =>
      ((await by.get('/v1/macros')).body['items'] as { title: string }[]).map(({ title }) => title).toSorted();
    expect(await titles(ann)).toEqual(['Counterfeit bag', 'Shared']);
    expect(await titles(bob)).toEqual(['Shared']);
    expect((await bob.call('DELETE', `/v1/macros/${String(own.body['id'])}`)).status).toBe(404);
    expect((await ann.call('DELETE', `/v1/macros/${String(own.body['id'])}`)).status).toBe(204);
    expect(await titles(ann)).toEqual(['Shared']);
  });
});
