import { beforeAll, describe, expect, it, vi } from 'vitest';
import { findCase, LAPTOP, ofCounterfeiter, rows } from './console-pages.ts';
import { screenshotFile } from './open-browser.ts';
import { useBrowser } from './with-page.ts';

// A browser beside a whole Assay is slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const { assay, withPage, signInWith, callAssay } = useBrowser();
let signedIn: Awaited<ReturnType<typeof signInWith>>;

beforeAll(async () => {
  signedIn = await signInWith(assay.firstKey);
}, 60_000);

describe('a picture', () => {
  it('that is chosen or pasted finds its like in the bank of protected pictures', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/');
      const found = await findCase(page, ofCounterfeiter, '&state=QUEUED&state=DECIDED&state=APPEALABLE&state=CLOSED');
      const match = found.items
        .flatMap(({ check }) => check.findings)
        .flatMap(({ evidence }) => evidence)
        .find((piece) => piece.kind === 'PICTURE_MATCH' && piece.bank === 'PROTECTED');
      if (match?.kind !== 'PICTURE_MATCH') throw new Error('The counterfeiter has no picture of a brand.');
      const path = `/v1/pictures/${match.pictureSha256}/preview`;
      const preview = await page.request.get(path);
      const mimeType = preview.headers()['content-type'] ?? 'image/webp';
      await page.goto('/search');
      const search = page.getByRole('region', { name: 'Search by picture' });
      const ofBrand = search.locator('.picture-hits li', { hasText: match.ownerLabel });

      await search
        .locator('input[type=file]')
        .setInputFiles({ name: 'seen-elsewhere', mimeType, buffer: await preview.body() });
      await ofBrand.first().waitFor();
      await search.getByText('The picture you look for').waitFor();
      await page.screenshot({ path: screenshotFile('picture-search'), fullPage: true });

      await page.reload();
      await search.waitFor();
      expect(await ofBrand.count()).toBe(0);
      // As the browser does when somebody pastes a picture that was copied elsewhere.
      await page.evaluate(`(async () => {
        const bytes = await (await fetch('${path}')).blob();
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([bytes], 'pasted', { type: '${mimeType}' }));
        window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
      })()`);
      await ofBrand.first().waitFor();
      await ofBrand.first().getByText('details agree').waitFor();
    });
  });

  it('that is none is refused in words', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/search');
      const search = page.getByRole('region', { name: 'Search by picture' });
      await search
        .locator('input[type=file]')
        .setInputFiles({ name: 'letter.png', mimeType: 'image/png', buffer: Buffer.from('Dear colleagues') });
      await search.getByRole('alert').waitFor();
    });
  });
});

describe('the list', () => {
  it('shows a new case and a colleague’s claim by itself, without being read again and again', async () => {
    const shop = `s-live-${Date.now().toString(36)}`;
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/?queue=ip');
      await rows(page).first().waitFor();
      await page.getByText('The list follows what happens.').waitFor();
      await callAssay('POST', '/v1/sellers', [
        {
          id: shop,
          legalId: `legal-${shop}`,
          storeName: 'Live Corner',
          country: 'RU',
          registeredAt: '2026-06-14T00:00:00Z',
        },
      ]);
      await callAssay('POST', '/v1/listings', [
        {
          id: `listing-${shop}`,
          sellerId: shop,
          title: 'Velluna replica bag, AAA copy, seen live',
          description: 'Same as the original.',
          category: 'Fashion > Bags > Handbags',
          niceClasses: [18],
          priceMinor: 2_000,
          currency: 'EUR',
          language: 'en',
          createdAt: '2026-07-23T14:19:59Z',
        },
      ]);
      const row = rows(page).filter({ hasText: shop });
      await expect
        .poll(async () => (await callAssay<{ items: unknown[] }>('GET', `/v1/cases?sellerId=${shop}`)).items.length, {
          timeout: 60_000,
        })
        .toBe(1);
      await page.locator('.case-rows').evaluate((list) => list.scrollTo(0, list.scrollHeight));
      await row.waitFor();
      const { items } = await callAssay<{ items: { id: string }[] }>('GET', `/v1/cases?sellerId=${shop}`);
      let readings = 0;
      page.on('request', (request) => {
        if (new URL(request.url()).pathname === '/v1/cases') readings += 1;
      });
      await callAssay('POST', `/v1/cases/${items[0]!.id}/claim`, {});
      await row.getByText(/^with /).waitFor();
      // The news came by the stream: a list that polls would have been read more often.
      expect(readings).toBeGreaterThan(0);
      expect(readings).toBeLessThan(4);
    });
  });
});

describe('a thing’s own page', () => {
  it('tells its history in words of the reader’s language, and its links can be followed by keyboard', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/entity?kind=SELLER&id=s-mirror-luxe');
      const history = page.getByRole('region', { name: 'History', exact: true });
      await history
        .getByText(/^Case opened: (?!IP_)/)
        .first()
        .waitFor();
      expect(await history.textContent()).not.toMatch(/\b[A-Z]+_[A-Z_]+\b/);
      const links = page.locator('section[aria-label="Links"]');
      const first = links.locator('.link-node a').first();
      await first.focus();
      const title = (await first.textContent()) ?? '';
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 2, name: title }).waitFor();
    });
  });
});
