import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AssayClient } from '../../../src/cli/assay-client.ts';
import type {
  ExplanationView,
  RulesetSummary,
  RulesetView,
  RuleScoreView,
} from '../../../src/domain/views/rules-view.ts';
import { createApiKey } from '../../../src/pipeline/api-keys.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';

const seller = {
  id: 's-1',
  legalId: 'le-1',
  storeName: 'Harbour Goods',
  registeredAt: '2020-01-01T00:00:00Z',
  kyb: 'VERIFIED',
};

/** A pair of shoes whose seller calls them a replica: the shipped rules hold it. */
const listingOf = (id: string) => ({
  id,
  sellerId: 's-1',
  title: 'Nordwell replica running shoes 1:1 copy',
  description: 'A replica of the Nordwell runner.',
  priceMinor: 1_900,
  currency: 'USD',
  category: 'shoes',
  pictures: [],
  attributes: {},
  createdAt: '2026-05-01T00:00:00Z',
});

describe('the life of the rules', () => {
  let assay: TestAssay;
  let second: AssayClient;
  let firstDigest: string;

  beforeAll(async () => {
    assay = await openTestAssay();
    const { secret } = await createApiKey(assay.runtime.apiKeys, 'second person', ['rules:read', 'ruleset:publish']);
    second = new AssayClient(assay.client.baseUrl, secret);
    firstDigest = assay.runtime.ruleset.digest;
    await assay.client.post('/v1/rights-holders', [
      { id: 'rh-1', name: 'Nordwell', email: 'ip@nordwell.example', country: 'DE' },
    ]);
    await assay.client.post('/v1/marks', [
      {
        id: 'm-1',
        rightsHolderId: 'rh-1',
        registrationOfficeCode: 'EM',
        registrationNumber: '018204417',
        registrationDate: '2019-05-14',
        expiryDate: '2044-12-31',
        markCurrentStatusCode: 'REGISTERED',
        wordMarkSpecification: { markVerbalElementText: 'Nordwell' },
        niceClasses: [25],
      },
    ]);
    await assay.client.post('/v1/sellers', [seller]);
  }, 60_000);
  afterAll(() => assay.close());

  const policyFile = async (digest: string): Promise<string> => {
    const { files } = await assay.client.get<{ files: { name: string; text: string }[] }>(
      `/v1/rulesets/${digest}/files`,
    );
    return files.find(({ name }) => name === 'policy.yaml')!.text;
  };
  const submit = (text: string, note = 'a test') =>
    assay.client.post<RulesetView>('/v1/rulesets', { files: [{ name: 'policy.yaml', text }], note });
  const check = async (id: string) => {
    await assay.client.post('/v1/listings', [listingOf(id)]);
    await assay.settle();
    const { items } = await assay.client.get<{ items: { id: string }[] }>(`/v1/checks?subjectId=${id}`);
    return items[0]!.id;
  };

  it('puts the shipped folder into force at the first start', async () => {
    const { items } = await assay.client.get<{ items: RulesetSummary[] }>('/v1/rulesets');
    expect(items).toMatchObject([{ digest: firstDigest, state: 'PUBLISHED', source: 'FOLDER' }]);
    expect(items[0]!.cases!.failed).toBe(0);
  });

  it('refuses a draft with a misspelt name, with file, line and what was meant', async () => {
    const text = (await policyFile(firstDigest)).replace(
      'finding.signals.hasReplicaWord &&',
      'finding.signals.hasReplicWord &&',
    );
    await expect(submit(text)).rejects.toMatchObject({
      code: 'rules.invalid',
      message: expect.stringMatching(
        /rules\/policy\.yaml:\d+:\d+: there is no hasReplicWord\. Did you mean hasReplicaWord\?/,
      ),
    });
  });

  it('lets no version skip a step, nor its author publish it, and goes back in one step', async () => {
    const text = (await policyFile(firstDigest)).replace('holdFrom01: 0.55', 'holdFrom01: 0.54');
    const draft = await submit(text, 'hold a little earlier');
    expect(draft).toMatchObject({
      state: 'CHECKED',
      failures: [],
      changes: [{ path: 'ladder.holdFrom01', before: 0.55, after: 0.54 }],
    });
    await expect(second.post(`/v1/rulesets/${draft.digest}/publish`, {})).rejects.toMatchObject({
      code: 'rules.move-refused',
    });
    const checkId = await check('l-before');
    const tested = await assay.client.post<RulesetView>(`/v1/rulesets/${draft.digest}/backtest`, {});
    expect(tested.state).toBe('BACKTESTED');
    expect(tested.backtest!.checks).toBeGreaterThanOrEqual(1);
    await expect(assay.client.post(`/v1/rulesets/${draft.digest}/publish`, {})).rejects.toMatchObject({
      code: 'rules.second-person',
    });
    const published = await second.post<RulesetView>(`/v1/rulesets/${draft.digest.slice(0, 12)}/publish`, {
      note: 'agreed',
    });
    expect(published.state).toBe('PUBLISHED');
    expect(assay.runtime.ruleset.digest).toBe(draft.digest);
    expect(published.moves.map(({ type, by }) => [type, by.name])).toEqual([
      ['SUBMIT', 'test'],
      ['BACKTEST', 'test'],
      ['PUBLISH', 'second person'],
    ]);
    const afterId = await check('l-after');
    const digestOf = async (id: string) =>
      (await assay.client.get<{ decision: { rulesetDigest: string } }>(`/v1/checks/${id}`)).decision.rulesetDigest;
    expect(await digestOf(checkId)).toBe(firstDigest);
    expect(await digestOf(afterId)).toBe(draft.digest);
    // The decision of before is explained by the version of before.
    const explained = await assay.client.get<ExplanationView>(`/v1/checks/${checkId}/explanation`);
    expect(explained).toMatchObject({ rulesetDigest: firstDigest, isSame: true });

    const back = await second.post<RulesetView>('/v1/rulesets/rollback', { note: 'too early' });
    expect(back).toMatchObject({ digest: firstDigest, state: 'PUBLISHED' });
    expect(assay.runtime.ruleset.digest).toBe(firstDigest);
    const rows = await assay.runtime.connected.prisma.ruleset.findMany({ select: { digest: true, state: true } });
    expect(rows.filter(({ state }) => state === 'PUBLISHED')).toEqual([{ digest: firstDigest, state: 'PUBLISHED' }]);
  });

  it('is put into force by two people who signed in, and by no number of keys, once people have accounts', async () => {
    const person = async (login: string): Promise<AssayClient> => {
      const body = { login, name: login, role: 'POLICY_OWNER' };
      const { password: oldPassword } = await assay.client.post<{ password: string }>('/v1/people', body);
      const first = await assay.client.signIn({ login, password: oldPassword });
      const password = `a long password of ${login}`;
      await first.post('/v1/session/password', { oldPassword, newPassword: password });
      return assay.client.signIn({ login, password });
    };
    const text = (await policyFile(firstDigest)).replace('holdFrom01: 0.55', 'holdFrom01: 0.53');
    const [ann, bob] = [await person('ann'), await person('bob')];
    const { digest } = await submit(text, 'handed in by a key');
    const publish = (by: AssayClient) => by.post<RulesetView>(`/v1/rulesets/${digest}/publish`, {});
    const refusal = { code: 'rules.second-person' };
    await assay.client.post(`/v1/rulesets/${digest}/backtest`, {});
    await expect(publish(second)).rejects.toMatchObject(refusal);
    await expect(publish(bob)).rejects.toMatchObject(refusal);
    await bob.post(`/v1/rulesets/${digest}/shadow`, {});
    await expect(publish(bob)).rejects.toMatchObject(refusal);
    expect((await publish(ann)).moves.at(-1)).toMatchObject({ type: 'PUBLISH', by: { name: 'ann' } });
    expect(assay.runtime.ruleset.digest).toBe(digest);
    await ann.post('/v1/rulesets/rollback', {});
    await assay.runtime.connected.prisma.person.deleteMany({});
  });

  it('looks again with the detectors whose settings differ, beside the requests, and says at what', async () => {
    const { files } = await assay.client.get<{ files: { name: string; text: string }[] }>(
      `/v1/rulesets/${firstDigest}/files`,
    );
    const text = files.find(({ name }) => name === 'brand.yaml')!.text;
    const milder = text.replace(/^ {2}prior: .*$/m, '  prior: -20');
    expect(milder).not.toBe(text);
    const draft = await assay.client.post<RulesetView>('/v1/rulesets', {
      files: [{ name: 'brand.yaml', text: milder }],
      note: 'marks weigh nothing',
    });
    const untilDone = async (lookAgain: number): Promise<RulesetView> => {
      let version = await assay.client.post<RulesetView>(`/v1/rulesets/${draft.digest}/backtest`, { lookAgain });
      // Asked now and then: asking without a pause takes the time of the work that is waited for.
      const stand = async () => {
        if (version.running !== undefined)
          version = await assay.client.get<RulesetView>(`/v1/rulesets/${draft.digest}`);
        return version.running === undefined || version.running.fault !== undefined;
      };
      await expect.poll(stand, { interval: 100, timeout: 60_000 }).toBe(true);
      expect(version.running).toBeUndefined();
      return version;
    };
    const stored = await untilDone(0);
    expect(stored.backtest).toMatchObject({ moved: 0, reanalysis: { lookedAt: 0, changed: 0 } });
    const looked = await untilDone(2);
    expect(looked.backtest!.reanalysis).toMatchObject({
      files: ['brand.yaml'],
      detectors: ['brand', 'picture-text'],
      lookedAt: 2,
      changed: 2,
    });
    expect(looked.backtest!.reanalysis!.concerned).toBeGreaterThanOrEqual(2);
    expect(looked.backtest!.moved).toBe(2);
    // Nothing that was found for the trial is stored.
    expect(await assay.runtime.connected.prisma.check.count({ where: { rulesetDigest: draft.digest } })).toBe(0);
  });

  it('records what a version in shadow would do otherwise, and enforces nothing of it', async () => {
    const text = (await policyFile(firstDigest)).replace(
      'rules:\n',
      `rules:
  - id: newcomers-are-observed
    about: A test rule.
    scope: SUBJECT
    when: seller.tier == "NEW"
    then: { atLeast: L1 }
    why: Whoever is new is observed.
`,
    );
    const draft = await submit(text);
    await assay.client.post(`/v1/rulesets/${draft.digest}/backtest`, {});
    await assay.client.post(`/v1/rulesets/${draft.digest}/shadow`, {});
    await assay.client.post('/v1/listings', [
      { ...listingOf('l-shadow'), title: 'Plain canvas shoes', description: 'Comfortable shoes for summer.' },
    ]);
    await assay.settle();
    const row = await assay.runtime.connected.prisma.check.findFirstOrThrow({ where: { subjectId: 'l-shadow' } });
    expect(row).toMatchObject({ outcome: 'ALLOW', rulesetDigest: firstDigest, shadowDigest: draft.digest });
    const version = await assay.client.get<RulesetView>(`/v1/rulesets/${draft.digest}`);
    expect(version.shadow).toMatchObject({
      compared: 1,
      differed: 1,
      moves: [{ from: 'L0 ALLOW', to: 'L1 OBSERVE', count: 1 }],
    });
    expect(version.shadow!.examples[0]).toMatchObject({ checkId: row.id, sellerId: 's-1' });
    await assay.client.post(`/v1/rulesets/${draft.digest}/retire`, {});
  });

  it('scores each rule by what people decided, and counts a reversed decision as overturned', async () => {
    const { prisma } = assay.runtime.connected;
    const checks = await prisma.check.findMany({ where: { subjectId: { in: ['l-before', 'l-after'] } } });
    const rulesOf = (decision: unknown) =>
      (decision as { firedRules: { ruleId: string }[] }).firedRules.map(({ ruleId }) => ruleId);
    const fired = rulesOf(checks[0]!.decision);
    expect(fired.length).toBeGreaterThan(0);
    await prisma.decision.createMany({
      data: checks.map(({ id, subjectId }, index) => ({
        id: `human-${index}`,
        checkId: id,
        subjectKind: 'LISTING',
        subjectId,
        outcome: 'DISABLE',
        actions: ['DISABLE'],
        automation: 'NOT_AUTOMATED',
        decidedBy: 'p-1',
        reason: 'CONFIRMED',
        rulesetDigest: firstDigest,
        payload: {},
        decidedAt: new Date(),
        reversedAt: index === 0 ? new Date() : null,
      })),
    });
    const { items } = await assay.client.post<{ items: RuleScoreView[] }>('/v1/rules/scoreboard', {});
    expect(items.find(({ ruleId }) => ruleId === fired[0])).toMatchObject({
      fired: 2,
      confirmed: 1,
      rejected: 1,
      overturned: 1,
      precision: { hits: 1, of: 2 },
    });
  });
});
