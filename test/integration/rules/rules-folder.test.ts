import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresRulesetStore } from '../../../src/adapters/postgres/ruleset-store.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import { parseRuleset } from '../../../src/policy/parse-ruleset.ts';
import type { RuleFile } from '../../../src/policy/rule-file.ts';
import { meetFolder, moveVersion, rollBack, submitRuleset } from '../../../src/pipeline/ruleset-life-cycle.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { filesWith, NOW_MS, shippedFiles } from '../../unit/policy/policy-fixtures.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const ports = () => ({
  store: postgresRulesetStore(database.prisma, uuidSource),
  clock: { nowMs: () => NOW_MS },
  parseRules: (files: readonly RuleFile[]) => parseRuleset(files, {}),
  follow: async () => {},
  publicationNeeds: () => 'TWO_PEOPLE' as const,
});
const folder = (hold: string) => ({
  files: filesWith('policy.yaml', 'holdFrom01: 0.55', `holdFrom01: ${hold}`),
  tests: [],
});
const digestOf = (files: readonly RuleFile[]) => parseRuleset(files, {}).digest;
const inForce = async () => (await ports().store.inForce()).published;
const ann = { id: 'ann', name: 'Ann', isPerson: true };
const ben = { id: 'ben', name: 'Ben', isPerson: true };

it('lets the folder lead until a person publishes, and from then on keeps what differs as a draft', async () => {
  expect(await meetFolder(ports(), { files: shippedFiles, tests: [] })).toMatchObject({ kind: 'adopted' });
  expect(await meetFolder(ports(), { files: shippedFiles, tests: [] })).toEqual({ kind: 'in-force' });
  const edited = folder('0.5');
  expect(await meetFolder(ports(), edited)).toMatchObject({ kind: 'adopted' });
  expect(await inForce()).toBe(digestOf(edited.files));

  const draft = await submitRuleset(ports(), { files: folder('0.6').files, note: 'later' }, ann);
  const backtested = { digest: draft.digest, type: 'BACKTEST', actor: ann } as const;
  await moveVersion(ports(), backtested);
  await moveVersion(ports(), { digest: draft.digest, type: 'PUBLISH', actor: ben });
  expect(await inForce()).toBe(draft.digest);

  const met = await meetFolder(ports(), edited);
  expect(met).toEqual({ kind: 'differs', digest: digestOf(edited.files), published: draft.digest });
  expect(await meetFolder(ports(), folder('0.52'))).toMatchObject({ kind: 'differs' });
  expect(await inForce()).toBe(draft.digest);
  const kept = await ports().store.find(digestOf(folder('0.52').files));
  expect(kept).toMatchObject({ state: 'CHECKED', source: 'FOLDER' });
});

it('goes back in one step, by anybody, and never to what was not in force', async () => {
  const before = (await ports().store.previous())!;
  expect(await rollBack(ports(), { actor: ann })).toMatchObject({ digest: before, state: 'PUBLISHED' });
  const never = digestOf(folder('0.52').files);
  await moveVersion(ports(), { digest: never, type: 'RETIRE', actor: ann });
  await expect(rollBack(ports(), { digest: never, actor: ann })).rejects.toMatchObject({ code: 'rules.move-refused' });
  expect(await database.prisma.ruleset.count({ where: { state: 'PUBLISHED' } })).toBe(1);
});

it('gives way to the folder where this release cannot read what was published, and says why', async () => {
  const published = (await inForce())!;
  const files = shippedFiles.map((file) => ({ ...file, text: `${file.text}\nofAnotherRelease: true\n` }));
  await database.prisma.ruleset.update({ where: { digest: published }, data: { files: files as object } });
  expect(await meetFolder(ports(), folder('0.58'))).toMatchObject({
    kind: 'adopted',
    why: expect.stringContaining('ofAnotherRelease'),
  });
});
