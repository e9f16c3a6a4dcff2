import { describe, expect, it } from 'vitest';
import { uuidSource } from '../../../src/app/identifiers.ts';
import { postgresStandingAppealStore } from '../../../src/adapters/postgres/standing-appeal-store.ts';
import { caseStep } from '../../../src/domain/views/case-work-view.ts';
import { enforceDecisions } from '../../../src/pipeline/casework/enforce-decisions.ts';
import { onStage, type Caller, type Stage } from './casework-stage.ts';
import { NOW_MS } from './database-deps.ts';

const DECIDING = ['cases:read', 'cases:decide'] as const;
const LEADING = [...DECIDING, 'cases:lead'] as const;

describe('a second person is a person', () => {
  let stage: Stage;
  let key: Caller;
  let leadKey: Caller;
  let mia: Caller;
  let noa: Caller;
  let lea: Caller;

  onStage(async (given) => {
    stage = given.stage;
    ({ ann: key, lead: leadKey } = given);
    mia = await signIn('mia');
    noa = await signIn('noa');
    lea = await signIn('lea', LEADING);
  });

  async function signIn(name: string, scopes: readonly (typeof LEADING)[number][] = DECIDING): Promise<Caller> {
    const person = { id: name, login: name, name, role: 'MODERATOR', reach: {}, preferences: {} };
    await stage.prisma.person.create({ data: { ...person, createdAt: new Date(NOW_MS) } });
    return stage.person(name, scopes, {});
  }

  const claim = async (by: Caller, id: string) => (await by.post(`/v1/cases/${id}/claim`)).body;
  const tokenOf = async (by: Caller, id: string) => caseStep.parse(await claim(by, id)).lease!.fencingToken;
  const codeOf = async (by: Caller, id: string, step: string, body: object) =>
    (await by.post(`/v1/cases/${id}/${step}`, body)).body['code'];
  const CONFIRMED = { reason: 'CONFIRMED', violationType: 'REV_BUYER_EXTORTION', actions: ['INTERACTION_RESTRICT'] };
  const grave = (rest: object = {}) =>
    stage.openCases(1, { severity: 'S4', subjectKind: 'ACCOUNT', subjectId: 'b-1', ...rest });
  const inPlace = async () => {
    const at = new Date(NOW_MS - 1_000);
    const common = { version: 1, contentSha256: 'x', registeredAt: at, receivedAt: at };
    await stage.prisma.account.create({ data: { ...common, id: 'b-1', kind: 'BUYER', pseudonymous: { id: 'b-1' } } });
  };

  it('neither proposes, agrees nor adjudicates by key where people have accounts, and is not offered it', async () => {
    await inPlace();
    const [id] = await grave();
    const byKey = { fencingToken: await tokenOf(key, id!), decision: CONFIRMED };
    expect(await codeOf(key, id!, 'decide', byKey)).toBe('case.person-needed');
    await key.post(`/v1/cases/${id!}/release`, { fencingToken: byKey.fencingToken });
    const first = { fencingToken: await tokenOf(mia, id!), decision: CONFIRMED };
    expect((await mia.post(`/v1/cases/${id!}/decide`, first)).body).toMatchObject({ case: { state: 'PROPOSED' } });
    // A second key of hers: she would be two people.
    expect(await claim(key, id!)).toMatchObject({ code: 'case.person-needed' });
    expect((await key.post('/v1/queues/all/next')).body).toMatchObject({ kind: 'empty', withOthers: 1 });
    const against = { fencingToken: await tokenOf(noa, id!), verdict: 'DISAGREE', note: 'No.' };
    expect((await noa.post(`/v1/cases/${id!}/second-review`, against)).body).toMatchObject({
      case: { state: 'ADJUDICATION' },
    });
    expect(await claim(leadKey, id!)).toMatchObject({ code: 'case.person-needed' });
    expect((await leadKey.post('/v1/queues/all/next')).body).toMatchObject({ kind: 'empty' });
    const third = { fencingToken: await tokenOf(lea, id!), decision: CONFIRMED };
    expect((await lea.post(`/v1/cases/${id!}/adjudicate`, third)).body).toMatchObject({ case: { state: 'DECIDED' } });
  });

  it('hears no appeal against what the same person decided, and an appeal is heard by a person', async () => {
    await inPlace();
    const [id] = await grave({ severity: 'S2' });
    await mia.post(`/v1/cases/${id!}/decide`, { fencingToken: await tokenOf(mia, id!), decision: CONFIRMED });
    stage.pass(60_000);
    expect(await enforceDecisions(stage.casework.ports, () => undefined)).toBe(1);
    const appeals = postgresStandingAppealStore(stage.prisma, uuidSource);
    const told = { accountId: 'b-1', about: ['EXTORTION'] as const, statement: 'No.', submittedBy: 'k' };
    await appeals.save({ ...told, id: 'a-1', submittedAtMs: stage.nowMs() });
    const [appeal] = await stage.openCases(1, {
      subjectKind: 'ACCOUNT',
      subjectId: 'b-1',
      violationType: 'SYS_STANDING_APPEAL',
    });
    expect(await claim(mia, appeal!)).toMatchObject({ code: 'case.same-person' });
    expect((await mia.post('/v1/queues/all/next')).body).toMatchObject({ kind: 'empty', withOthers: 1 });
    expect(await claim(key, appeal!)).toMatchObject({ code: 'case.person-needed' });
    expect((await key.post('/v1/queues/all/next')).body).toMatchObject({ kind: 'empty' });
    const fencingToken = await tokenOf(noa, appeal!);
    const toMia = { fencingToken, toPersonId: 'mia', reason: 'You know it.' };
    expect(await codeOf(noa, appeal!, 'handover', toMia)).toBe('case.same-person');
    expect(await codeOf(lea, appeal!, 'reassign', toMia)).toBe('request.invalid');
    expect(await codeOf(lea, appeal!, 'reassign', { toPersonId: 'mia', reason: 'As before.' })).toBe(
      'case.same-person',
    );
    // Nor does she by another case about the same buyer.
    const [other] = await stage.openCases(1, { subjectKind: 'ACCOUNT', subjectId: 'b-1' });
    const around = { reason: 'CONFIRMED', violationType: 'SYS_STANDING_APPEAL', actions: ['REINSTATE'] };
    const byMia = { fencingToken: await tokenOf(mia, other!), decision: around };
    expect(await codeOf(mia, other!, 'decide', byMia)).toBe('case.same-person');
    const decision = { reason: 'NOT_VIOLATION', actions: ['ALLOW'] };
    expect((await noa.post(`/v1/cases/${appeal!}/decide`, { fencingToken, decision })).status).toBe(200);
    stage.pass(60_000);
    await enforceDecisions(stage.casework.ports, () => undefined);
    expect(await appeals.list('b-1')).toMatchObject([{ state: 'REJECTED' }]);
  });
});
