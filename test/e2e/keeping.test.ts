import { beforeAll, describe, expect, it, vi } from 'vitest';
import { filterOf, findCase, LAPTOP, ofCounterfeiter, pane, rows } from './console-pages.ts';
import { useBrowser } from './with-page.ts';

// A browser beside a whole Assay is slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const { assay, withPage, signInWith } = useBrowser();
let signedIn: Awaited<ReturnType<typeof signInWith>>;

beforeAll(async () => {
  signedIn = await signInWith(assay.firstKey);
}, 60_000);

const EVERY_STATE = '&state=QUEUED&state=DECIDED&state=APPEALABLE&state=CLOSED';

describe('a search', () => {
  it('is kept under a name, found again by it, and removed', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/search?q=s-mirror-luxe');
      const views = page.getByRole('region', { name: 'Saved views' });
      await views.getByRole('button', { name: 'Keep this view' }).click();
      await page.getByLabel('Name of the view').fill('Watches');
      await page.keyboard.press('Enter');
      await views.getByRole('link', { name: 'Watches' }).waitFor();

      await page.goto('/search');
      await views.getByRole('link', { name: 'Watches' }).click();
      await page.getByText('1 hit').waitFor();
      await views.getByRole('button', { name: 'Remove Watches' }).click();
      await views.getByText('Keep a search or a filtered list').waitFor();
    });
  });
});

describe('the list', () => {
  it('is taken away as a table, with a line for each case', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/');
      await rows(page).first().waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Export' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/\.csv$/);
      const stream = await file.createReadStream();
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const [head, ...lines] = Buffer.concat(chunks).toString('utf8').trim().split(/\r?\n/);
      expect(head).toContain('violationType');
      expect(lines.length).toBeGreaterThanOrEqual(await rows(page).count());
    });
  });
});

describe('pictures', () => {
  it('are covered for whoever asks for it, and shown of one case by P', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/');
      const found = await findCase(page, ofCounterfeiter, EVERY_STATE);
      await page.evaluate("localStorage.setItem('assay.pictures', 'blurred')");
      await page.goto(`/?case=${found.id}`);
      const picture = pane(page).locator('.private-picture').first();
      await picture.waitFor();
      await vi.waitFor(async () => expect(await filterOf(picture)).toContain('blur'), 10_000);
      await page.keyboard.press('p');
      await vi.waitFor(async () => expect(await filterOf(picture)).not.toContain('blur'), 10_000);
      await page.keyboard.press('p');
      await vi.waitFor(async () => expect(await filterOf(picture)).toContain('blur'), 10_000);
    });
  });
});
