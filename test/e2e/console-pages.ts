import type { Locator, Page } from 'playwright-core';
import type { CaseSummary, CaseView } from '../../src/domain/views/case-view.ts';

/** A small laptop. */
export const LAPTOP = { viewport: { width: 1366, height: 850 } };
/** A phone of usual size. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** The part of a browser's globals that a test asks. */
interface Styles {
  getComputedStyle(element: unknown): { readonly backgroundColor: string; readonly filter: string };
}

/** Rows of the list of flagged items. */
export const rows = (page: Page) => page.getByRole('navigation', { name: 'Flagged items' }).locator('.case-row');
/** The item that is looked at. */
export const pane = (page: Page) => page.getByRole('region', { name: 'Flagged item', exact: true });

/** The first such case in the order of the list, in full; `more` widens the question, as to decided ones. */
export async function findCase(page: Page, isWanted: (one: CaseSummary) => boolean, more = ''): Promise<CaseView> {
  const answer = await page.request.get(`/v1/cases?limit=200${more}`);
  const { items } = (await answer.json()) as { items: CaseSummary[] };
  const found = items.find(isWanted);
  if (found === undefined) throw new Error(`No such case among ${JSON.stringify(items.map(({ summary }) => summary))}`);
  return (await (await page.request.get(`/v1/cases/${found.id}`)).json()) as CaseView;
}

/** The ring of the praised seller. */
export const ofRing = ({ violationType }: CaseSummary): boolean => violationType === 'REV_RING_BALLOT_STUFFING';
/** Brands and pictures of the counterfeiter. */
export const ofCounterfeiter = ({ sellerId, queue }: CaseSummary): boolean =>
  sellerId === 's-mirror-luxe' && queue === 'ip';

/** Colour behind an element, as the browser computes it. */
export const groundOf = (element: Locator): Promise<string> =>
  element.evaluate((node) => (globalThis as unknown as Styles).getComputedStyle(node).backgroundColor);

/** How the browser alters what an element shows, such as `blur(16px)`. */
export const filterOf = (element: Locator): Promise<string> =>
  element.evaluate((node) => (globalThis as unknown as Styles).getComputedStyle(node).filter);
