import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CaseSummary, CaseView } from '../../src/domain/views/case-view.ts';
import { LAPTOP, ofRing, pane, rows } from './console-pages.ts';
import { screenshotFile } from './open-browser.ts';
import { useBrowser } from './with-page.ts';

// A browser beside a whole Assay is slow on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const { withPage, signInSomebody, signInPerson, callAssay } = useBrowser();
type Session = Awaited<ReturnType<typeof signInSomebody>>;

const LEAD = ['cases:read', 'cases:decide', 'cases:lead', 'items:read', 'score:read', 'stats:read', 'marks:read'];
/** More than a sitting of twenty, for the tests after it. */
const REPLICAS = 30;
/** The shops of this run. */
const SHOPS = `corner-${Date.now().toString(36)}`;

let anna: Session;
let boris: Session;

interface CasePage {
  readonly items: readonly CaseSummary[];
}

const openCases = async (query: string): Promise<readonly CaseSummary[]> =>
  (await callAssay<CasePage>('GET', `/v1/cases?limit=200&${query}`)).items;

/** Small shops that sell replicas: a case each. */
async function offerReplicas(): Promise<void> {
  const numbers = Array.from({ length: REPLICAS }, (_one, at) => at + 1);
  await callAssay(
    'POST',
    '/v1/sellers',
    numbers.map((at) => ({
      id: `s-${SHOPS}-${at}`,
      legalId: `legal-${SHOPS}-${at}`,
      storeName: `Bag Corner ${at}`,
      country: 'RU',
      registeredAt: '2026-06-14T00:00:00Z',
    })),
  );
  await callAssay(
    'POST',
    '/v1/listings',
    numbers.map((at) => ({
      id: `${SHOPS}-${at}`,
      sellerId: `s-${SHOPS}-${at}`,
      title: `Velluna replica bag, AAA copy number ${at}`,
      description: `Same as the original, sent in box ${at}.`,
      category: 'Fashion > Bags > Handbags',
      niceClasses: [18],
      priceMinor: 2_000 + at,
      currency: 'EUR',
      language: 'en',
      createdAt: '2026-07-23T14:19:59Z',
    })),
  );
  await vi.waitUntil(async () => (await cornerCases()).length === REPLICAS, { timeout: 60_000, interval: 250 });
}

/** Cases of the small shops that still wait. */
const cornerCases = async (): Promise<readonly CaseSummary[]> =>
  (await openCases('queue=ip&state=QUEUED')).filter(({ sellerId }) => sellerId?.startsWith(`s-${SHOPS}-`) === true);

const caseNow = (id: string): Promise<CaseView> => callAssay<CaseView>('GET', `/v1/cases/${id}`);

/** The case that the page shows. */
const shownCase = async (page: Page): Promise<string> =>
  (await page.locator('article[data-case]').getAttribute('data-case')) ?? '';

/** Waits until the case on the page is claimed for its reader. */
const waitForClaim = (page: Page) => page.getByText(/^Yours for/).waitFor();

/** Opens a case and claims it by its key. */
async function takeCase(page: Page, id: string): Promise<void> {
  await page.goto(`/?case=${id}`);
  await page.getByRole('button', { name: /^Take (this case|it again)/ }).waitFor();
  await page.keyboard.press('c');
  await waitForClaim(page);
}

/** Waits until the effects of the decision that is put together are shown. */
const waitForEffects = (page: Page) =>
  page.getByRole('region', { name: 'What this would do' }).getByRole('listitem').first().waitFor();

beforeAll(async () => {
  anna = await signInSomebody('Anna', LEAD);
  boris = await signInSomebody('Boris', LEAD);
  await offerReplicas();
}, 120_000);

describe('a sitting', () => {
  it('decides twenty cases by keyboard alone, each shown before it is asked for', async () => {
    await withPage({ ...LAPTOP, storageState: anna }, async (page) => {
      await page.goto('/?queue=ip');
      await rows(page).first().waitFor();
      await page.keyboard.press('f');
      const decided: string[] = [];
      for (let at = 0; at < 20; at += 1) {
        await waitForClaim(page);
        const id = await shownCase(page);
        expect(decided).not.toContain(id);
        decided.push(id);
        // Every third is decided against the seller, after a look at what that does.
        const key = at % 3 === 2 ? '1' : 'a';
        await page.keyboard.press(key);
        await waitForEffects(page);
        if (at === 2) await page.screenshot({ path: screenshotFile('effects') });
        await page.keyboard.press('Enter');
        await expect.poll(() => shownCase(page).catch(() => ''), { timeout: 20_000 }).not.toBe(id);
      }
      await page.getByText('20 cases decided in this sitting').waitFor();
      for (const id of decided) {
        const { items } = await callAssay<{ items: { state: string; decidedByName: string }[] }>(
          'GET',
          `/v1/cases/${id}/decisions`,
        );
        expect(items[0]?.decidedByName, id).toBe('Anna');
      }
    });
  });

  it('takes a decision back with U, and gives the case back to whoever decided', async () => {
    await withPage({ ...LAPTOP, storageState: anna }, async (page) => {
      await page.goto('/focus?queue=ip');
      await waitForClaim(page);
      const id = await shownCase(page);
      await page.keyboard.press('a');
      await page.keyboard.press('a');
      await page.getByText(/^Decided: /).waitFor();
      await page.keyboard.press('u');
      await page.getByText('Taken back. The case is yours again.').waitFor();
      expect(await shownCase(page)).toBe(id);
      const { state, leaseHolder } = await caseNow(id);
      expect(state).toBe('CLAIMED');
      expect(leaseHolder).toBeDefined();
      await page.keyboard.press('c');
      await page.getByRole('button', { name: /^Take this case/ }).waitFor();
    });
  });
});

describe('two people', () => {
  it('race for one case: one gets it, the other sees who has it, and is refused in words', async () => {
    const wanted = (await cornerCases())[0]!;
    await withPage({ ...LAPTOP, storageState: anna }, async (hers) => {
      await withPage({ ...LAPTOP, storageState: boris }, async (his) => {
        await Promise.all([hers, his].map((page) => page.goto(`/?case=${wanted.id}`)));
        await Promise.all([hers, his].map((page) => page.getByRole('button', { name: /^Take this case/ }).waitFor()));
        await Promise.all([hers, his].map((page) => page.keyboard.press('c')));
        const { leaseHolderName } = await vi.waitUntil(
          async () => {
            const now = await caseNow(wanted.id);
            return now.leaseHolderName === undefined ? false : now;
          },
          { timeout: 20_000 },
        );
        const [winner, loser] = leaseHolderName === 'Anna' ? [hers, his] : [his, hers];
        await waitForClaim(winner);
        await loser.getByText(`${leaseHolderName} works on it until`).or(loser.getByRole('alert')).first().waitFor();
        await loser.screenshot({ path: screenshotFile('race-lost') });
        await winner.keyboard.press('c');
        await winner.getByRole('button', { name: /^Take this case/ }).waitFor();
      });
    });
  });

  it('never overwrite each other after a claim has run out: the late one is told what happened since', async () => {
    const wanted = (await cornerCases())[0]!;
    await withPage({ ...LAPTOP, storageState: anna }, async (hers) => {
      // Her page gets no news: a laptop that was closed.
      await hers.route('**/v1/stream', (route) => route.abort());
      await takeCase(hers, wanted.id);
      const { fencingToken } = await caseNow(wanted.id);
      const body = JSON.stringify({ fencingToken, reason: 'for a moment', hours: 0.002 });
      const status = await hers.evaluate(
        `fetch('/v1/cases/${wanted.id}/hold', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '${body}' }).then((answer) => answer.status)`,
      );
      expect(status).toBe(200);
      await hers.reload();
      await hers.getByText('Held: for a moment').waitFor();
      await hers.keyboard.press('a');
      await waitForEffects(hers);
      await hers.getByText('Your claim has run out').waitFor();
      await hers.screenshot({ path: screenshotFile('lease-lapsed') });

      await withPage({ ...LAPTOP, storageState: boris }, async (his) => {
        await takeCase(his, wanted.id);
        await his.keyboard.press('a');
        await waitForEffects(his);
        await his.keyboard.press('Enter');
        await his.getByText(/^Decided: /).waitFor();
      });
      await hers.keyboard.press('Enter');
      const told = hers.getByRole('alert').filter({ hasText: /case has moved on/ });
      await told.first().waitFor();
      await hers.screenshot({ path: screenshotFile('too-late') });
      const { items } = await callAssay<{ items: { decidedByName: string; state: string }[] }>(
        'GET',
        `/v1/cases/${wanted.id}/decisions`,
      );
      // What an earlier test took back stays in the list, as undone.
      const standing = items.filter(({ state }) => state !== 'UNDONE');
      expect(standing.map(({ decidedByName }) => decidedByName)).toEqual(['Boris']);
    });
  });

  it('judge a grave matter: one proposes, another agrees, and nobody agrees with themself', async () => {
    // Two people decide it: keys are nobody.
    const ofAnna = await signInPerson('anna.second', 'MODERATOR', 'Anna');
    const ofBoris = await signInPerson('boris.second', 'MODERATOR', 'Boris');
    const wanted = (await cornerCases())[0]!;
    await withPage({ ...LAPTOP, storageState: ofAnna }, async (hers) => {
      await takeCase(hers, wanted.id);
      await hers.getByRole('button', { name: /the right does not hold$/ }).click();
      await hers.getByText('Another person must agree first.').waitFor();
      await hers.getByRole('button', { name: /^Propose/ }).click();
      await hers.getByText(/^Proposed: /).waitFor();
      await hers.goto(`/?case=${wanted.id}`);
      await hers.getByText('You proposed this decision yourself').waitFor();
      expect((await caseNow(wanted.id)).state).toBe('PROPOSED');
    });
    await withPage({ ...LAPTOP, storageState: ofBoris }, async (his) => {
      await his.goto(`/?case=${wanted.id}`);
      await his.getByText('Anna proposes').waitFor();
      await his.getByRole('button', { name: /^Take this case/ }).waitFor();
      await his.keyboard.press('c');
      await his.getByRole('button', { name: /^Agree/ }).waitFor();
      await his.screenshot({ path: screenshotFile('second-review') });
      await his.keyboard.press('y');
      await expect.poll(async () => (await caseNow(wanted.id)).state).not.toMatch(/^(PROPOSED|SECOND_REVIEW)$/);
    });
    const { items } = await callAssay<{ items: { secondReview?: { verdict?: string } }[] }>(
      'GET',
      `/v1/cases/${wanted.id}/decisions`,
    );
    expect(items[0]?.secondReview?.verdict).toBe('AGREE');
  });
});

describe('a bulk decision', () => {
  it('is looked at, confirmed by its number, and taken back in one step', async () => {
    const wanted = (await cornerCases()).slice(-3).map(({ id }) => id);
    await withPage({ ...LAPTOP, storageState: boris }, async (page) => {
      await page.goto(`/bulk?cases=${wanted.join(',')}`);
      await page.getByRole('button', { name: 'Show what it would do' }).click();
      await page.getByRole('region', { name: 'What it would do' }).getByText('3 cases').waitFor();
      await page.screenshot({ path: screenshotFile('bulk') });
      const decide = page.getByRole('button', { name: 'Decide 3 cases' });
      expect(await decide.isDisabled()).toBe(true);
      await page.getByLabel('To confirm, type the number of cases: 3').fill('3');
      await decide.click();
      await page.getByText('3 cases are decided.').waitFor();
      await page.getByRole('button', { name: /^Undo all/ }).click();
      await page.getByText('3 decisions are taken back.').waitFor();
      for (const id of wanted) expect(['QUEUED', 'CLAIMED']).toContain((await caseNow(id)).state);
    });
  });
});

describe('a ring', () => {
  it('is split: ticked members are dealt with, the others are let go', async () => {
    const found = (await openCases('')).findLast(ofRing)!;
    await withPage({ ...LAPTOP, storageState: boris }, async (page) => {
      await takeCase(page, found.id);
      const members = pane(page).locator('table.matrix').first().locator('tbody th');
      const count = await members.count();
      const kept = await members.first().textContent();
      await members.first().getByRole('checkbox').uncheck();
      await pane(page)
        .getByText(`${count - 1} to deal with, 1 let go`)
        .first()
        .waitFor();
      await page.keyboard.press('r');
      await waitForEffects(page);
      await page.screenshot({ path: screenshotFile('ring-split') });
      const asked = page.waitForRequest((request) => request.url().endsWith('/decide'));
      await page.keyboard.press('Enter');
      const { decision } = (await asked).postDataJSON() as { decision: { keepMemberIds: string[] } };
      expect(decision.keepMemberIds).toEqual([kept]);
      await page.getByText(/^(Decided|Proposed): /).waitFor();
    });
  });
});
