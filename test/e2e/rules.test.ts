import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { RulesetSummary } from '../../src/domain/views/rules-view.ts';
import { LAPTOP, PHONE } from './console-pages.ts';
import { screenshotFile } from './open-browser.ts';
import { useBrowser } from './with-page.ts';

// A browser beside a whole Assay is slow on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const { withPage, signInPerson, callAssay } = useBrowser();
let ann: Awaited<ReturnType<typeof signInPerson>>;
let bob: Awaited<ReturnType<typeof signInPerson>>;

beforeAll(async () => {
  ann = await signInPerson('ann', 'POLICY_OWNER');
  bob = await signInPerson('bob', 'POLICY_OWNER');
}, 120_000);

const inForce = async (): Promise<string> => {
  const { items } = await callAssay<{ items: RulesetSummary[] }>('GET', '/v1/rulesets');
  return items.find(({ state }) => state === 'PUBLISHED')!.digest;
};

/** Asks for a move of the version and confirms it. */
const move = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Yes, do it' }).click();
};

const editDraft = async (page: Page, change: (text: string) => string, note: string, file?: string): Promise<void> => {
  await page.goto('/rules?tab=draft');
  const text = page.getByLabel('Text of the file');
  await text.waitFor();
  if (file !== undefined) {
    await page.getByLabel('File to change').click();
    await page.getByRole('option', { name: file, exact: true }).click();
  }
  await text.fill(change(await text.inputValue()));
  await page.getByLabel('What the change is for').fill(note);
  await page.getByRole('button', { name: 'Check and hand in' }).click();
};

describe('the rules', () => {
  it('go from a draft over backtest and shadow into force by two people, and back in one step', async () => {
    const before = await inForce();
    let draft = '';
    await withPage({ ...LAPTOP, storageState: ann }, async (page) => {
      await editDraft(
        page,
        (text) => text.replace('finding.signals.hasReplicaWord &&', 'finding.signals.hasReplica &&'),
        'x',
      );
      await page.getByRole('alert').getByText('Did you mean hasReplicaWord?').waitFor();
      await editDraft(page, (text) => text.replace('holdFrom01: 0.55', 'holdFrom01: 0.5'), 'hold a little earlier');
      await page
        .getByRole('cell', { name: 'ladder.holdFrom01' })
        .or(page.getByText('ladder.holdFrom01'))
        .first()
        .waitFor();
      draft = new URL(page.url()).searchParams.get('version')!;
      await page.getByRole('button', { name: 'Try it on the last eight weeks' }).click();
      await page.getByText('Cases for people').waitFor();
      await page.screenshot({ path: screenshotFile('rules-backtest-laptop'), fullPage: true });
      await move(page, 'Run in shadow');
      await page.getByText('Nothing of it is enforced.').first().waitFor();
      await page.getByText('You wrote this version: another person must publish it.').waitFor();
      expect(await page.getByRole('button', { name: 'Put into force', exact: true }).isDisabled()).toBe(true);
    });
    expect(await inForce()).toBe(before);
    await withPage({ ...LAPTOP, storageState: bob }, async (page) => {
      await page.goto(`/rules?version=${draft}`);
      await move(page, 'Put into force');
      await page.getByText('In force', { exact: true }).first().waitFor();
      await expect.poll(inForce).toBe(draft);
      await page.goto(`/rules?version=${before}`);
      await move(page, 'Bring back into force');
      await expect.poll(inForce).toBe(before);
    });
  });

  it('tell how each rule does', async () => {
    await withPage({ ...LAPTOP, storageState: ann }, async (page) => {
      await page.goto('/rules?tab=scoreboard');
      await page.getByRole('region', { name: 'How each rule does, table' }).waitFor();
      expect(await page.getByRole('row').count()).toBeGreaterThan(1);
    });
  });

  it.each([
    ['laptop', 'light', { viewport: { width: 1440, height: 900 } }],
    ['laptop', 'dark', { viewport: { width: 1440, height: 900 } }],
    ['phone', 'light', PHONE],
    ['phone', 'dark', PHONE],
  ] as const)('and the simulation fit the screen: %s, %s', async (device, colorScheme, screen) => {
    const text = (
      await callAssay<{ files: { name: string; text: string }[] }>('GET', `/v1/rulesets/${await inForce()}/files`)
    ).files.find(({ name }) => name === 'credit.yaml')!.text;
    const files = [
      { name: 'credit.yaml', text: text.replace('prior: { good: 8, bad: 2 }', 'prior: { good: 8, bad: 20 }') },
    ];
    const { digest } = await callAssay<{ digest: string }>('POST', '/v1/rulesets', {
      files,
      note: 'newcomers start lower',
    });
    await withPage({ ...screen, colorScheme, storageState: ann }, async (page) => {
      await page.goto(`/simulation?version=${digest}`);
      await page.getByRole('button', { name: 'Simulate' }).click();
      const plot = page.getByRole('img', { name: /^Sellers by score/ });
      await plot.waitFor();
      expect(await plot.locator('rect').count()).toBeGreaterThan(20);
      const bars = await plot
        .locator('rect')
        .evaluateAll((all) => all.map((one) => Number(one.getAttribute('height'))));
      expect(Math.max(...bars)).toBeGreaterThan(50);
      await page.getByRole('heading', { name: 'Who moves' }).waitFor();
      await page.screenshot({ path: screenshotFile(`simulation-${device}-${colorScheme}`), fullPage: true });
      for (const path of [
        '/rules',
        '/rules?tab=scoreboard',
        `/rules?version=${digest}`,
        `/simulation?version=${digest}`,
      ]) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await expect.poll(() => page.getByRole('status', { name: /^Loading/ }).count(), { timeout: 30_000 }).toBe(0);
        const [wide, room] = (await page.evaluate(
          `[document.documentElement.scrollWidth, document.documentElement.clientWidth]`,
        )) as [number, number];
        expect(`${path}: ${wide}`).toBe(`${path}: ${Math.min(wide, room)}`);
        const name = path
          .split(/[/?]/)
          .slice(1)
          .join('-')
          .replaceAll(/[^a-z-]/g, '')
          .slice(0, 24);
        await page.screenshot({ path: screenshotFile(`${name}-${device}-${colorScheme}`), fullPage: true });
      }
    });
  });
});
