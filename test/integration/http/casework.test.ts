import { describe, expect, it } from 'vitest';
import { CASE_LEASE_MS } from '../../../src/domain/case.ts';
import { caseStep, nextCase } from '../../../src/domain/views/case-work-view.ts';
import { caseView } from '../../../src/domain/views/case-view.ts';
import { queuePriority } from '../../../src/policy/queue-priority.ts';
import { onStage, type Answer, type Caller, type Stage } from './casework-stage.ts';
import { NOW_MS } from './database-deps.ts';

describe('cases are worked by one person at a time', () => {
  let stage: Stage;
  let ann: Caller;
  let bob: Caller;
  let lead: Caller;

  onStage((given) => void ({ stage, ann, bob, lead } = given));

  const openCases: Stage['openCases'] = (...given) => stage.openCases(...given);
  const stateOf = async (id: string) => (await stage.prisma.case.findUniqueOrThrow({ where: { id } })).state;
  const tokenOf = ({ body }: Answer): number => caseStep.parse(body).lease!.fencingToken;

  it('gives the most urgent case, names the one after it, and gives that to whoever asked for it ahead', async () => {
    const ids = await openCases(3);
    const first = nextCase.parse((await ann.post('/v1/queues/ip/next')).body);
    expect(first).toMatchObject({
      kind: 'claimed',
      case: { id: ids[0], state: 'CLAIMED', leaseHolder: ann.id, leaseHolderName: 'Ann' },
      lease: { fencingToken: 1, until: new Date(NOW_MS + CASE_LEASE_MS).toISOString() },
      upcomingId: ids[1],
    });
    const second = nextCase.parse((await bob.post('/v1/queues/all/next', { preferId: ids[2] })).body);
    expect(second).toMatchObject({ case: { id: ids[2] }, upcomingId: ids[1] });
    const third = nextCase.parse(
      (await ann.post('/v1/queues/ip/next', { preferId: ids[2], release: { caseId: ids[0], fencingToken: 1 } })).body,
    );
    expect(third).toMatchObject({ kind: 'claimed', case: { id: ids[1] } });
    expect(await stateOf(ids[0]!)).toBe('QUEUED');
    expect(nextCase.parse((await bob.post('/v1/queues/rings/next')).body)).toEqual({ kind: 'empty', withOthers: 0 });
    const seen = caseView.parse((await ann.get(`/v1/cases/${ids[1]}`)).body);
    expect(seen.events.map(({ type, actor }) => [type, actor])).toEqual([['CLAIM', ann.id]]);
  });

  it('never gives one case to two of twenty who ask at one moment', async () => {
    const ids = await openCases(30);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? ann : bob).post('/v1/queues/ip/next')),
    );
    const given = answers.map(({ body }) => nextCase.parse(body)).map((one) => one.kind === 'claimed' && one.case.id);
    expect(new Set(given).size).toBe(20);
    expect(given.every((id) => typeof id === 'string' && ids.includes(id))).toBe(true);
  });

  it('gives and lets claim only what somebody was trained for, in a language they read where there is one', async () => {
    const [marks] = await openCases(1, { neededSkills: ['marks'], priority: 900 });
    const [theft] = await openCases(1, { neededSkills: ['copyright'], priority: 800 });
    const [plain] = await openCases(1, { language: 'ru', priority: 700 });
    const [chinese] = await openCases(1, { language: 'zh', priority: 600 });
    const skilled = stage.person('mei', ['cases:read', 'cases:decide'], { skills: ['copyright'], languages: ['zh'] });
    const given: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      const next = nextCase.parse((await skilled.post('/v1/queues/all/next')).body);
      if (next.kind === 'claimed') given.push(next.case.id);
    }
    expect(given).toEqual([theft, chinese, plain]);
    expect((await skilled.post('/v1/queues/all/next')).body).toMatchObject({ kind: 'empty', withOthers: 4 });
    const refused = await skilled.post(`/v1/cases/${marks}/claim`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'case.not-allowed' } });
    expect((await ann.get(`/v1/cases/${marks}`)).body).toMatchObject({ neededSkills: ['marks'], state: 'QUEUED' });
  });

  it('counts a case as due soon after the share of its time that the rules name', async () => {
    const [id] = await openCases(1);
    const slaOf = async () => (await ann.get(`/v1/cases/${id}`)).body['sla'];
    const share = stage.ruleset.settings['casework.yaml'].warnAt01;
    stage.pass(3_600_000 * share - 1_000);
    expect(await slaOf()).toBe('IN_TIME');
    stage.pass(2_000);
    expect(await slaOf()).toBe('DUE_SOON');
    expect((await ann.get('/v1/case-queues')).body['items']).toContainEqual(
      expect.objectContaining({ name: 'ip', dueSoon: 1 }),
    );
  });

  it('gives one of many who claim the same case the lease, and refuses the others', async () => {
    const [id] = await openCases(1);
    const answers = await Promise.all([ann, bob, lead].map((one) => one.post(`/v1/cases/${id}/claim`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const winner = [ann, bob, lead][answers.findIndex(({ status }) => status === 200)]!;
    const again = await winner.post(`/v1/cases/${id}/claim`);
    expect(tokenOf(again)).toBe(1);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'case.not-allowed',
      case: { id, state: 'CLAIMED', leaseHolder: winner.id },
    });
  });

  it('gives a case back when its holder goes silent, and refuses the late answer with what happened since', async () => {
    const [id] = await openCases(1);
    const old = tokenOf(await ann.post(`/v1/cases/${id}/claim`));
    stage.pass(CASE_LEASE_MS - 1_000);
    expect((await ann.post(`/v1/cases/${id}/renew`, { fencingToken: old })).status).toBe(200);
    stage.pass(CASE_LEASE_MS + 1);
    expect(await stage.casework.ports.cases.releaseLapsed(stage.nowMs(), 100)).toBe(1);
    expect(await stage.casework.ports.cases.releaseLapsed(stage.nowMs(), 100)).toBe(0);
    expect(await stateOf(id!)).toBe('QUEUED');
    const fresh = tokenOf(await bob.post(`/v1/cases/${id}/claim`));
    expect(fresh).toBe(old + 1);
    const late = await ann.post(`/v1/cases/${id}/escalate`, { fencingToken: old, reason: 'too hard' });
    expect(late).toMatchObject({ status: 409, body: { code: 'case.not-held', case: { state: 'CLAIMED' } } });
    expect((late.body['since'] as { type: string }[]).map(({ type }) => type)).toEqual(['LEASE_LAPSED', 'CLAIM']);
    // Not swept yet, and claimed all the same.
    stage.pass(CASE_LEASE_MS + 1);
    const lapsed = await bob.post(`/v1/cases/${id}/note`, { text: 'Just a note.' });
    expect(lapsed.status).toBe(200);
    expect((await bob.post(`/v1/cases/${id}/renew`, { fencingToken: fresh })).body).toMatchObject({
      code: 'case.lease-lapsed',
    });
    expect(tokenOf(await ann.post(`/v1/cases/${id}/claim`))).toBe(fresh + 1);
  });

  it('is held with a reason, handed over, reassigned by a lead, and asked about', async () => {
    const [id] = await openCases(1);
    const token = tokenOf(await ann.post(`/v1/cases/${id}/claim`));
    expect((await ann.post(`/v1/cases/${id}/hold`, { fencingToken: token, reason: 'Sunday', hours: 500 })).status).toBe(
      422,
    );
    const held = await ann.post(`/v1/cases/${id}/hold`, { fencingToken: token, reason: 'Sunday', hours: 48 });
    expect(held.body).toMatchObject({ case: { holdReason: 'Sunday' }, lease: { holdReason: 'Sunday' } });
    stage.pass(47 * 3_600_000);
    expect(await stage.casework.ports.cases.releaseLapsed(stage.nowMs(), 100)).toBe(0);
    const nobody = { fencingToken: token, toPersonId: 'nobody', reason: 'yours' };
    expect((await ann.post(`/v1/cases/${id}/handover`, nobody)).status).toBe(422);
    const handed = await ann.post(`/v1/cases/${id}/handover`, { ...nobody, toPersonId: bob.id });
    expect(handed.body).toMatchObject({ case: { leaseHolder: bob.id, leaseHolderName: 'Bob' } });
    expect(handed.body).not.toHaveProperty('lease');
    expect((await ann.post(`/v1/cases/${id}/reassign`, { toPersonId: ann.id, reason: 'x' })).status).toBe(403);
    await lead.post(`/v1/cases/${id}/reassign`, { toPersonId: ann.id, reason: 'knows the brand' });
    expect(nextCase.parse((await bob.post('/v1/queues/ip/next')).body)).toEqual({ kind: 'empty', withOthers: 1 });
    expect((await bob.post(`/v1/cases/${id}/claim`)).status).toBe(409);
    const mine = nextCase.parse((await ann.post('/v1/queues/ip/next')).body);
    if (mine.kind !== 'claimed') throw new Error('nothing was claimed');
    const { fencingToken } = mine.lease;
    await ann.post(`/v1/cases/${id}/request-info`, { fencingToken, question: 'Is there an invoice?', of: 'SELLER' });
    expect(await stateOf(id!)).toBe('AWAITING_INFO');
    const answered = await lead.post(`/v1/cases/${id}/info`, { text: 'Here is the invoice.' });
    expect(answered.body).toMatchObject({ case: { state: 'CLAIMED', leaseHolder: ann.id } });
    const escalated = await ann.post(`/v1/cases/${id}/escalate`, { fencingToken, reason: 'needs a lead' });
    expect(escalated.body).toMatchObject({ case: { state: 'QUEUED', level: 2 } });
    expect((await ann.post(`/v1/cases/${id}/claim`)).status).toBe(409);
    expect((await lead.post(`/v1/cases/${id}/claim`)).status).toBe(200);
  });

  it('is merged into another, which then holds everything', async () => {
    const [from, into] = await openCases(2);
    const token = tokenOf(await ann.post(`/v1/cases/${from}/claim`));
    await stage.prisma.check.create({
      data: {
        id: 'c-1',
        subjectKind: 'LISTING',
        subjectId: 'l-0',
        subjectVersion: 1,
        contentSha256: 'x',
        acceptedAt: new Date(),
      },
    });
    await stage.prisma.caseItem.create({ data: { caseId: from!, checkId: 'c-1', addedAt: new Date(NOW_MS) } });
    const merged = await ann.post(`/v1/cases/${from}/merge`, {
      fencingToken: token,
      intoCaseId: into,
      reason: 'the same listing',
    });
    expect(merged.body).toMatchObject({ case: { state: 'MERGED', mergedIntoId: into } });
    expect(caseView.parse((await ann.get(`/v1/cases/${into}`)).body).items).toHaveLength(1);
    expect((await stage.prisma.case.findUniqueOrThrow({ where: { id: from! } })).openKey).toBeNull();
  });

  it('grows more urgent as its due time nears, by the formula of the rules', async () => {
    const [id] = await openCases(1, { priority: 0.1, exposure: 40, confidence01: 0.6 });
    stage.pass(45 * 60_000);
    expect(await stage.casework.ports.cases.refreshPriorities(stage.nowMs(), 100)).toBe(1);
    expect(await stage.casework.ports.cases.refreshPriorities(stage.nowMs(), 100)).toBe(0);
    const expected = queuePriority(
      {
        severity: 'S2',
        exposure: 40,
        confidence01: 0.6,
        openedAtMs: NOW_MS,
        dueAtMs: NOW_MS + 3_600_000,
        nowMs: stage.nowMs(),
      },
      stage.ruleset.queues.priority,
    );
    const { body } = await ann.get(`/v1/cases/${id}`);
    expect(body).toMatchObject({ priority: expect.closeTo(expected, 6), sla: 'DUE_SOON' });
    expect((await ann.get('/v1/case-queues')).body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ name: 'ip', waiting: 1, dueSoon: 1, overdue: 0, claimed: 0 }),
        expect.objectContaining({ name: 'rings', waiting: 0 }),
      ]),
    });
  });
});
