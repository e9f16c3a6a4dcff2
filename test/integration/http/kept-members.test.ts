import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountMirror } from '../../../src/adapters/postgres/index-mirrors.ts';
import { createAccountLinkIndex } from '../../../src/detectors/account/account-links.ts';
import { caseStep } from '../../../src/domain/views/case-work-view.ts';
import { enforceDecisions } from '../../../src/pipeline/casework/enforce-decisions.ts';
import { openStage, type Caller, type Stage } from './casework-stage.ts';
import { NOW_MS } from './database-deps.ts';

const CLUSTER = 'cluster-ada';
const MEMBERS = ['ada', 'bea', 'cyd', 'dot'] as const;
const identifier = (kind: string, value: string) => ({ kind, value, keyEpoch: 1, seenAtMs: NOW_MS });
/** All four use one device and one card; dot has a telephone with nobody. */
const identifiersOf = (id: string) => [
  identifier('DEVICE', 'device-1'),
  identifier('PAYMENT', 'card-1'),
  ...(id === 'dot' ? [identifier('PHONE', 'phone-of-dot')] : []),
];

describe('members of a cluster whom a person lets go', () => {
  let stage: Stage;
  let ann: Caller;
  let lead: Caller;
  let caseId: string;

  /** What the index of accounts holds once it has read the database. */
  const linksNow = async () => {
    const links = createAccountLinkIndex(stage.ruleset.settings['account.yaml'].links);
    await accountMirror(stage.prisma, links).loadAll();
    return links;
  };
  const clusterIds = async () => {
    const rows = await stage.prisma.account.findMany({ orderBy: { id: 'asc' } });
    return Object.fromEntries(rows.map(({ id, clusterId, standing }) => [id, [clusterId, standing]]));
  };

  beforeAll(async () => {
    stage = await openStage();
    ann = await stage.caller('Ann', ['cases:read', 'cases:decide']);
    lead = await stage.caller('Lee', ['cases:read', 'cases:decide', 'cases:lead']);
    const at = new Date(NOW_MS);
    for (const id of MEMBERS) {
      const account = { id, kind: 'BUYER', registeredAt: at.toISOString(), sessions: [] };
      const row = { id, kind: 'BUYER', version: 1, contentSha256: 'x', registeredAt: at, receivedAt: at };
      const pseudonymous = { ...account, identifiers: identifiersOf(id) };
      await stage.prisma.account.create({ data: { ...row, clusterId: CLUSTER, pseudonymous } });
    }
    const about = { subjectKind: 'ACCOUNT', subjectId: 'ada' };
    await stage.prisma.check.create({
      data: { ...about, id: 'check-1', subjectVersion: 1, contentSha256: 'x', state: 'DONE', acceptedAt: at },
    });
    const cluster = {
      kind: 'ACCOUNT_CLUSTER',
      why: 'They share a device and a card.',
      clusterId: CLUSTER,
      accountIds: [...MEMBERS],
      identifierKinds: ['DEVICE', 'PAYMENT'],
      behaviours: [],
      terms: [],
      clearedBy: 'x',
    };
    await stage.prisma.finding.create({
      data: {
        ...about,
        id: 'finding-1',
        checkId: 'check-1',
        detector: 'account',
        detectorVersion: 1,
        violationType: 'ACC_SOCK_PUPPET_VPN',
        probability: 0.9,
        summary: 'x',
        about: CLUSTER,
        evidence: [cluster],
        signals: {},
        createdAt: at,
      },
    });
    const [id] = await stage.openCases(1, { subjectKind: 'CLUSTER', subjectId: CLUSTER });
    caseId = id ?? '';
    await stage.prisma.caseItem.create({ data: { caseId, checkId: 'check-1', addedAt: at } });
  });
  afterAll(() => stage.close());

  it('leave it, and what they shared with it links them with nobody any more', async () => {
    const claim = async (by: Caller): Promise<object> => {
      const { lease } = caseStep.parse((await by.post(`/v1/cases/${caseId}/claim`)).body);
      return { fencingToken: lease?.fencingToken };
    };
    const decision = {
      reason: 'CONFIRMED',
      violationType: 'ACC_SOCK_PUPPET_VPN',
      actions: ['SUSPEND'],
      explanation: 'Two of the accounts are one hand; the others are guests of theirs.',
      keepMemberIds: ['cyd', 'dot'],
    };
    const proposed = await ann.post(`/v1/cases/${caseId}/decide`, { ...(await claim(ann)), decision });
    expect([proposed.status, proposed.text]).toEqual([200, proposed.text]);
    const agreed = await lead.post(`/v1/cases/${caseId}/second-review`, { ...(await claim(lead)), verdict: 'AGREE' });
    expect([agreed.status, agreed.text]).toEqual([200, agreed.text]);
    expect(await enforceDecisions(stage.casework.ports, () => undefined)).toBe(1);
    expect(await clusterIds()).toEqual({
      ada: [CLUSTER, 'SUSPENDED'],
      bea: [CLUSTER, 'SUSPENDED'],
      cyd: [null, 'ACTIVE'],
      dot: [null, 'ACTIVE'],
    });
    const links = await linksNow();
    expect(links.linkStrength('ada', 'bea')).toBeGreaterThan(3);
    for (const other of ['ada', 'bea', 'dot']) expect(links.linkStrength('cyd', other)).toBe(0);
    expect(links.clusterOf('cyd').accounts.map(({ id }) => id)).toEqual(['cyd']);
  });

  it('are linked again by what they did not share then', async () => {
    const account = await stage.prisma.account.findUniqueOrThrow({ where: { id: 'ada' } });
    const stored = account.pseudonymous as { identifiers: object[] };
    const pseudonymous = { ...stored, identifiers: [...stored.identifiers, identifier('PHONE', 'phone-of-dot')] };
    await stage.prisma.account.update({ where: { id: 'ada' }, data: { pseudonymous } });
    const links = await linksNow();
    expect(links.linksBetween('ada', 'dot').map(({ kind }) => kind)).toEqual(['PHONE']);
    expect(links.linksBetween('ada', 'cyd')).toEqual([]);
  });

  it('belong to it again once the decision is reversed', async () => {
    const { id: decisionId } = await stage.prisma.caseDecision.findFirstOrThrow({ where: { caseId } });
    const wish = { decisionId, note: 'It was the wrong cluster.' };
    const answer = await lead.post(`/v1/cases/${caseId}/reverse`, wish);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(await stage.prisma.clearedIdentifier.count()).toBe(0);
    const all = MEMBERS.map((id) => [id, [CLUSTER, 'ACTIVE']]);
    expect(await clusterIds()).toEqual(Object.fromEntries(all));
    expect((await linksNow()).linkStrength('cyd', 'bea')).toBeGreaterThan(3);
  });
});
