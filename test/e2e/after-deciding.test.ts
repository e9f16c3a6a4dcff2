import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CaseSummary, CaseView } from '../../src/domain/views/case-view.ts';
import { LAPTOP, pane } from './console-pages.ts';
import { screenshotFile } from './open-browser.ts';
import { useBrowser } from './with-page.ts';

// A browser beside a whole Assay is slow on a busy machine.
vi.setConfig({ testTimeout: 150_000 });

const { withPage, signInSomebody, callAssay } = useBrowser();
const LEAD = ['cases:read', 'cases:decide', 'cases:lead', 'items:read', 'score:read', 'stats:read', 'marks:read'];
let dora: Awaited<ReturnType<typeof signInSomebody>>;

beforeAll(async () => {
  dora = await signInSomebody('Dora', LEAD);
}, 60_000);

/** What is written in the dialog that is open. */
const wordsOf = (page: Page) => page.getByRole('dialog').getByRole('textbox');
const caseNow = (id: string): Promise<CaseView> => callAssay<CaseView>('GET', `/v1/cases/${id}`);

describe('a case', () => {
  it('waits for an answer that is written down, is decided, kept as a golden one, and opened again', async () => {
    const { items } = await callAssay<{ items: CaseSummary[] }>(
      'GET',
      '/v1/cases?limit=50&queue=sampling&state=QUEUED',
    );
    const { id } = items[0]!;
    await withPage({ ...LAPTOP, storageState: dora }, async (page) => {
      await page.goto(`/?case=${id}`);
      await page.getByRole('button', { name: /^Take this case/ }).click();
      await page.getByText(/^Yours for/).waitFor();
      await page.keyboard.press('i');
      await wordsOf(page).fill('Is this picture your own?');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('Asked of the seller: “Is this picture your own?”').waitFor();
      expect((await caseNow(id)).state).toBe('AWAITING_INFO');
      await page.screenshot({ path: screenshotFile('waits-for-answer') });
      await page.keyboard.press('i');
      await wordsOf(page).fill('Yes, taken in our shop.');
      await page.getByRole('button', { name: 'Send' }).click();
      await pane(page).getByText('“Yes, taken in our shop.”').waitFor();
      await expect.poll(async () => (await caseNow(id)).state).toBe('CLAIMED');

      await page.keyboard.press('a');
      await page.getByRole('region', { name: 'What this would do' }).getByRole('listitem').first().waitFor();
      await page.keyboard.press('Enter');
      await page.getByText(/^Decided: /).waitFor();
      await expect.poll(async () => (await caseNow(id)).state, { timeout: 60_000 }).toMatch(/^(APPEALABLE|CLOSED)$/);

      await page.goto(`/?case=${id}`);
      await page.getByRole('button', { name: 'Keep as a case with a known answer' }).click();
      await wordsOf(page).fill('Plainly nothing.');
      await page.getByRole('button', { name: 'Keep', exact: true }).click();
      await page.getByText('Kept as a case with a known answer.').waitFor();
      await page.getByRole('button', { name: 'Open again' }).click();
      await wordsOf(page).fill('The brand sent a new picture.');
      await page.getByRole('button', { name: 'Send' }).click();
      await expect.poll(async () => (await caseNow(id)).state).toBe('QUEUED');
      await page.getByRole('button', { name: /^Take this case/ }).waitFor();

      await page.goto('/quality');
      const golden = page.locator('section[aria-label="Cases with a known answer"]');
      await golden.getByText('“Plainly nothing.”').waitFor();
      await page.screenshot({ path: screenshotFile('golden-cases') });
      await golden.getByRole('button', { name: 'Take out of use' }).click();
      await expect.poll(() => golden.getByText('“Plainly nothing.”').count()).toBe(0);
    });
  });
});
