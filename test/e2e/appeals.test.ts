import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { SellerAppealView } from '../../src/domain/views/appeal-view.ts';
import type { CaseSummary } from '../../src/domain/views/case-view.ts';
import type { CaseDecisionView } from '../../src/domain/views/made-decision-view.ts';
import { LAPTOP, pane } from './console-pages.ts';
import { screenshotFile } from './open-browser.ts';
import { useBrowser } from './with-page.ts';

// A browser beside a whole Assay is slow on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const { withPage, signInPerson, callAssay } = useBrowser();

const RUN = Date.now().toString(36);
const SELLER = `s-appeal-${RUN}`;
const LISTING = `appeal-${RUN}`;
const STATEMENT = 'It is a display stand for bags of that make; nothing in it is a copy of anything.';
const WHY = 'A stand for bags is not a bag.';

/** Somebody's replica is decided against, and the seller says that it is none. */
async function appealAgainstRemoval(): Promise<SellerAppealView> {
  const seller = {
    id: SELLER,
    legalId: `legal-${RUN}`,
    storeName: 'Stand and Deliver',
    registeredAt: '2026-06-14T00:00:00Z',
  };
  await callAssay('POST', '/v1/sellers', seller);
  await callAssay('POST', '/v1/listings', {
    id: LISTING,
    sellerId: SELLER,
    title: 'Velluna replica bag stand, AAA copy',
    description: 'Same as the original, sent in box.',
    category: 'Fashion > Bags > Handbags',
    niceClasses: [18],
    priceMinor: 2_000,
    currency: 'EUR',
    language: 'en',
    createdAt: '2026-07-23T14:19:59Z',
  });
  const found = async (): Promise<CaseSummary | undefined> =>
    (await callAssay<{ items: CaseSummary[] }>('GET', `/v1/cases?sellerId=${SELLER}`)).items[0];
  const { id } = (await vi.waitUntil(found, { timeout: 60_000, interval: 250 }))!;
  const { lease } = await callAssay<{ lease: { fencingToken: number } }>('POST', `/v1/cases/${id}/claim`, {});
  const decision = {
    reason: 'CONFIRMED',
    violationType: 'IP_TM_COUNTERFEIT_GOODS',
    actions: ['REMOVE', 'POINTS'],
    explanation: 'The title says that it is a copy.',
  };
  await callAssay('POST', `/v1/cases/${id}/decide`, { fencingToken: lease.fencingToken, decision });
  const inForce = async (): Promise<CaseDecisionView | undefined> => {
    const { items } = await callAssay<{ items: CaseDecisionView[] }>('GET', `/v1/cases/${id}/decisions`);
    return items.find(({ state }) => state === 'IN_FORCE');
  };
  const made = (await vi.waitUntil(inForce, { timeout: 60_000, interval: 250 }))!;
  return callAssay('POST', `/v1/sellers/${SELLER}/appeals`, {
    decisionId: made.id,
    statement: STATEMENT,
    documents: [{ name: 'Photographs of the stand', reference: 'https://shop.example/papers/17' }],
  });
}

describe('an appeal', () => {
  let appeal: SellerAppealView;
  let vera: Awaited<ReturnType<typeof signInPerson>>;

  beforeAll(async () => {
    appeal = await appealAgainstRemoval();
    vera = await signInPerson('vera', 'MODERATOR', 'Vera');
  }, 180_000);

  it('is heard by keyboard: what the seller says beside the decision, a ruling with its words, and what it undoes', async () => {
    await withPage({ ...LAPTOP, storageState: vera }, async (page) => {
      await page.goto(`/?case=${appeal.appealCaseId}`);
      await page.getByRole('button', { name: /^Take this case/ }).waitFor();
      await page.keyboard.press('c');
      await page.getByText(/^Yours for/).waitFor();
      const said = page.getByRole('region', { name: 'What the seller says' });
      await said.getByText(STATEMENT).waitFor();
      await said.getByRole('link', { name: 'Photographs of the stand' }).waitFor();
      await said.getByText(/^decided by /).waitFor();
      // Enter without the words decides nothing, nor does the first letter of them after it.
      await page.keyboard.press('3');
      const words = page.getByRole('textbox', { name: 'What the seller reads' });
      await expect.poll(() => words.evaluate((node) => node.matches(':focus'))).toBe(true);
      await page.keyboard.press('Control+Enter');
      await page.keyboard.type(WHY);
      const effects = page.getByRole('region', { name: 'What this would do' });
      await effects.getByText(/removed → live/i).waitFor();
      await page.screenshot({ path: screenshotFile('appeal') });
      await page.keyboard.press('Control+Enter');
      await page.getByText(/^Decided: Overturned/).waitFor();
      const now = () => callAssay<SellerAppealView>('GET', `/v1/appeals/${appeal.id}`);
      await expect.poll(async () => (await now()).state, { timeout: 60_000 }).toBe('NOTIFIED');
      expect((await now()).ruling).toMatchObject({ ruling: 'OVERTURNED', reason: 'NOT_VIOLATION', explanation: WHY });
      expect(await callAssay('GET', `/v1/listings/${LISTING}`)).toMatchObject({ publication: 'LIVE' });
    });
  });

  it('is told on the page of the seller, on that of the decision, and in the figures', async () => {
    await withPage({ ...LAPTOP, storageState: vera }, async (page) => {
      await page.goto(`/seller?seller=${SELLER}`);
      const appeals = page.getByRole('region', { name: 'Appeals' });
      await appeals.getByText(WHY).waitFor();
      await page.screenshot({ path: screenshotFile('appeal-of-seller') });
      await page.goto(`/?case=${appeal.caseId}`);
      await pane(page)
        .getByRole('region', { name: 'Appeals' })
        .getByText(/Overturned/)
        .waitFor();
      await page.goto('/dashboards');
      await page.getByRole('region', { name: 'Appeals by ruling' }).getByText('Overturned').waitFor();
      await page.screenshot({ path: screenshotFile('appeal-figures') });
    });
  });
});
