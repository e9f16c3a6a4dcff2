import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CreditReport } from '../../src/domain/credit.ts';
import { findCase, groundOf, LAPTOP, ofCounterfeiter, ofRing, pane, PHONE, rows } from './console-pages.ts';
import { screenshotFile } from './open-browser.ts';
import { useBrowser } from './with-page.ts';

// A browser beside a whole Assay is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const { assay, withPage, signInWith } = useBrowser();
/** Cookies of a session that most tests share. */
let signedIn: Awaited<ReturnType<typeof signInWith>>;

beforeAll(async () => {
  signedIn = await signInWith(assay.firstKey);
}, 60_000);

const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in', exact: true });
/** There are accounts, so the page asks for one first. */
const chooseKey = (page: Page) => page.getByRole('button', { name: 'Sign in with an API key instead' }).click();

describe('signing in and out', () => {
  it('takes the printed link once, and says why it refuses it the second time', async () => {
    await withPage(LAPTOP, async (page) => {
      await page.goto(assay.signInLink);
      await rows(page).first().waitFor();
      expect(page.url()).not.toContain('ticket');
    });
    await withPage(LAPTOP, async (page) => {
      await page.goto(assay.signInLink);
      await page.getByRole('alert').filter({ hasText: 'The sign-in link did not work' }).waitFor();
      expect(await rows(page).count()).toBe(0);
    });
  });

  it('refuses a wrong key in words, takes the right one, and forgets everything on signing out', async () => {
    await withPage(LAPTOP, async (page) => {
      await page.goto('/');
      await chooseKey(page);
      await page.getByLabel('API key', { exact: true }).fill('assay_00000000_wrong');
      await signInButton(page).click();
      await page.getByRole('alert').waitFor();
      expect((await page.getByRole('alert').textContent())?.length).toBeGreaterThan(10);
      await page.screenshot({ path: screenshotFile('wrong-key') });

      await page.getByLabel('API key', { exact: true }).fill(assay.firstKey);
      await signInButton(page).click();
      await rows(page).first().waitFor();

      await page.getByRole('button', { name: /^Settings/ }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await signInButton(page).waitFor();
      expect((await page.request.get('/v1/cases')).status()).toBe(401);
      await page.reload();
      await signInButton(page).waitFor();
    });
  });

  it('asks for a key again when the session has ended meanwhile', async () => {
    await withPage(LAPTOP, async (page) => {
      await page.request.post('/v1/session', { data: { apiKey: assay.firstKey } });
      await page.goto('/');
      await rows(page).first().waitFor();
      // By the page itself: the server refuses changes that come from elsewhere with the cookie.
      expect(await page.evaluate(`fetch('/v1/session', { method: 'DELETE' }).then((answer) => answer.ok)`)).toBe(true);
      await signInButton(page).waitFor();
    });
  });
});

describe('the flagged items', () => {
  it('are walked through by keyboard alone', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/');
      await rows(page).nth(2).waitFor();
      const isCurrent = (at: number) => rows(page).nth(at).and(page.locator('[aria-current="true"]')).waitFor();
      await isCurrent(0);
      await page.keyboard.press('j');
      await isCurrent(1);
      await page.keyboard.press('ArrowDown');
      await isCurrent(2);
      await page.keyboard.press('k');
      await page.keyboard.press('ArrowUp');
      await isCurrent(0);
      await page.keyboard.press('j');
      const opened = new URL(page.url()).searchParams.get('case');
      expect(opened).not.toBeNull();
      await page.keyboard.press('?');
      const help = page.getByRole('dialog', { name: 'Keys' });
      await help.waitFor();
      // While the help is open, keys do nothing behind it.
      await page.keyboard.press('j');
      expect(new URL(page.url()).searchParams.get('case')).toBe(opened);
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'hidden' });
      await page.keyboard.press('Escape');
      await isCurrent(0);
      expect(new URL(page.url()).searchParams.get('case')).toBeNull();
    });
  });

  it('are narrowed to one reason by the overview, with as many rows as it counts', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/');
      await rows(page).first().waitFor();
      const all = await rows(page).count();
      const facet = page.getByRole('group', { name: 'Reason' }).getByRole('button', { name: /ring that praises/ });
      const counted = Number(await facet.locator('b').textContent());
      expect(counted).toBeLessThan(all);
      await facet.click();
      await expect.poll(() => rows(page).count()).toBe(counted);
      expect(await rows(page).first().textContent()).toContain('Review ring that praises');
      await page.getByRole('button', { name: 'Show all' }).click();
      await expect.poll(() => rows(page).count()).toBe(all);
    });
  });

  it('say so when there are none, and when the server cannot be reached', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/?queue=safety');
      await page.getByText('No case fits these filters').waitFor();
      await page.route('**/v1/cases?*', (route) => route.abort());
      await page.goto('/');
      await page.getByText('The list could not be read').waitFor();
      await page.unroute('**/v1/cases?*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await rows(page).first().waitFor();
    });
  });
});

describe('a flagged counterfeit', () => {
  it('shows both pictures, side by side and on top of each other', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/');
      const { id } = await findCase(page, ofCounterfeiter);
      await page.goto(`/?case=${id}`);
      const pair = pane(page).getByRole('group', { name: 'Pictures compared' }).first();
      await pair.locator('figure').nth(1).waitFor();
      const widths = () =>
        pair
          .locator('img')
          .evaluateAll((images) => images.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth));
      await expect.poll(async () => (await widths()).filter((width) => width > 100).length).toBe(2);
      await page.screenshot({ path: screenshotFile('counterfeit') });
      await pair.getByText('On top of each other').click();
      await expect.poll(() => pair.locator('.overlay img').count()).toBe(2);
      expect(await pair.locator('.overlay img').nth(1).getAttribute('style')).toContain('matrix(');
      await page.screenshot({ path: screenshotFile('overlay') });
    });
  });

  it('marks the words that evidence speaks of, invisible characters included', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/');
      const found = await findCase(page, ofCounterfeiter);
      const items = found.items.filter(({ check }) => check.subject.id === 'mirror-luxe-zero-width');
      expect(items).toHaveLength(1);
      await page.goto(`/?case=${found.id}`);
      const item = pane(page).locator('details.item', { hasText: 'mirror-luxe-zero-width' });
      await item.waitFor({ state: 'attached' });
      if ((await item.getAttribute('open')) === null) await item.locator('> summary').click();
      const mark = item.locator('mark', { has: page.locator('.unseen') }).first();
      await mark.scrollIntoViewIfNeeded();
      expect(await mark.textContent()).toContain('ZWSP');
      // The built style sheet must keep both colour schemes: a mark without its ground is none.
      const ground = await groundOf(mark);
      expect(ground).toBe('rgb(255, 224, 102)');
      await page.screenshot({ path: screenshotFile('invisible-characters') });
    });
  });

  it('shows the seller with the credit that the API tells, and leads to all of it', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/');
      const { id } = await findCase(page, ofCounterfeiter);
      const answer = await page.request.get('/v1/sellers/s-mirror-luxe/credit');
      const report = (await answer.json()) as CreditReport;
      await page.goto(`/?case=${id}`);
      const card = pane(page).getByRole('region', { name: 'Seller', exact: true });
      await card.getByText(String(report.score), { exact: false }).first().waitFor();
      await card.getByText(report.lines[0]!.why).waitFor();
      await card.getByRole('link', { name: 'Credit in full' }).click();
      const lines = page.getByRole('region', { name: 'Why the score and the tier are what they are', exact: true });
      for (const { why } of report.lines) await lines.getByText(why, { exact: true }).first().waitFor();
      await page.screenshot({ path: screenshotFile('seller') });

      // Before anything happened everybody has the score to start with.
      await page.getByLabel('As of the end of').fill('2020-01-01');
      await page.getByText('As of 1 Jan 2020').or(page.getByText('As of 2 Jan 2020')).waitFor();
      const then = (await (
        await page.request.get('/v1/sellers/s-mirror-luxe/credit?as_of=2020-01-01T23:59:59Z')
      ).json()) as CreditReport;
      await page.getByText(String(then.score), { exact: true }).first().waitFor();
      expect(new URL(page.url()).searchParams.get('asOf')).toBe('2020-01-01');
      await page.getByRole('button', { name: '← All flagged items' }).click();
      await rows(page).first().waitFor();
    });
  });
});

describe('a ring', () => {
  it('is shown as who reviewed what, with a row for every member and a cell for every review', async () => {
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/');
      const found = await findCase(page, ofRing);
      await page.goto(`/?case=${found.id}`);
      const matrix = pane(page).locator('table.matrix').first();
      await matrix.waitFor();
      const newest = found.items
        .toSorted((left, right) => Date.parse(right.addedAt) - Date.parse(left.addedAt))
        .flatMap(({ check }) => check.findings)
        .flatMap(({ evidence }) => evidence)
        .find((piece) => piece.kind === 'RING')!;
      expect(await matrix.locator('tbody tr').count()).toBe(newest.memberAccountIds.length);
      expect(await matrix.locator('tbody td .stars').count()).toBe(newest.reviews.length);
      expect(await matrix.locator('thead th').count()).toBe(newest.listingIds.length + 1);
      await page.screenshot({ path: screenshotFile('ring') });
    });
  });
});

describe('a phone', () => {
  it('shows the list, one item, and the list again', async () => {
    await withPage({ ...PHONE, storageState: signedIn }, async (page) => {
      await page.goto('/');
      await rows(page).first().waitFor();
      expect(await pane(page).count()).toBe(0);
      await page.screenshot({ path: screenshotFile('phone-list') });
      await rows(page).first().click();
      await pane(page).locator('details.item').first().waitFor();
      expect(await rows(page).count()).toBe(0);
      const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wider).toBe(0);
      await page.screenshot({ path: screenshotFile('phone-item') });
      await page.getByRole('button', { name: '← All flagged items' }).click();
      await rows(page).first().click();
      await pane(page).waitFor();
      await page.goBack();
      await rows(page).first().waitFor();
    });
  });
});

describe('in other languages', () => {
  it.each([
    ['zh-CN', 'laptop', LAPTOP],
    ['zh-CN', 'phone', PHONE],
    ['ru-RU', 'laptop', LAPTOP],
    ['ru-RU', 'phone', PHONE],
  ] as const)(
    'no page is wider than the screen and nothing stands over what is to be ticked: %s, %s',
    async (locale, device, screen) => {
      await withPage({ ...screen, locale, colorScheme: 'dark', storageState: signedIn }, async (page) => {
        const ring = await findCase(page, ofRing);
        for (const path of ['/', `/?case=${ring.id}`, '/?seller=s-mirror-luxe', ...PAGES.map(([path]) => path)]) {
          await page.goto(path);
          await page.getByRole('main').waitFor();
          await page.waitForLoadState('networkidle');
          const wider = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          expect(wider, path).toBe(0);
        }
        await page.goto(`/?case=${ring.id}`);
        await page.locator('.ring-member').first().waitFor();
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate(`axe.run(document, { runOnly: ['wcag22aa'] })`)) as AxeResults;
        expect(violations.flatMap(({ nodes }) => nodes.map(({ target }) => target.join()))).toEqual([]);
        await page.screenshot({ path: screenshotFile(`ring-${locale}-${device}`) });
      });
    },
    180_000,
  );
});

/** Pages besides the queue, with a heading of each. */
const PAGES = [
  ['/search?q=velluna', 'Search'],
  ['/entity?kind=SELLER&id=s-mirror-luxe', 'Mirror Luxe'],
  ['/dashboards', 'Dashboards'],
  ['/quality', 'Quality'],
  ['/people', 'People'],
  ['/account', 'My account'],
  ['/bulk?filter=queue%3Dip', 'Decide cases together'],
] as const;

describe('accessibility', () => {
  it.each([
    ['laptop', 'light', LAPTOP],
    ['laptop', 'dark', LAPTOP],
    ['phone', 'light', PHONE],
    ['phone', 'dark', PHONE],
  ] as const)(
    'holds WCAG 2.2 AA as far as axe can tell: %s, %s',
    async (device, colorScheme, screen) => {
      await withPage({ ...screen, colorScheme }, async (page) => {
        const check = async (where: string): Promise<void> => {
          await page.evaluate(axe.source);
          const { violations } = (await page.evaluate(
            `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
          )) as AxeResults;
          const told = violations.map(
            ({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => target).join()}`,
          );
          expect(told).toEqual([]);
        };
        await page.goto('/');
        await signInButton(page).waitFor();
        await check('sign-in');
        await page.context().addCookies(signedIn.cookies);
        await page.goto('/');
        await rows(page).first().waitFor();
        await check('list');
        for (const isWanted of [ofCounterfeiter, ofRing]) {
          const { id } = await findCase(page, isWanted);
          await page.goto(`/?case=${id}`);
          await pane(page).locator('details.item').first().waitFor();
          await check(`case ${id}`);
        }
        await page.goto('/?seller=s-mirror-luxe');
        await page.getByRole('heading', { name: 'Why the score' }).waitFor();
        await check('seller');
        for (const [path, heading] of PAGES) {
          await page.goto(path);
          await page.getByRole('heading', { name: heading }).first().waitFor();
          await page.waitForLoadState('networkidle');
          await check(path);
          const name = `${path.split(/[/?]/)[1] ?? ''}-${device}-${colorScheme}`;
          await page.screenshot({ path: screenshotFile(name), fullPage: true });
        }
      });
    },
    180_000,
  );
});
