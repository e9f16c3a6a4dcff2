import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { openBrowser, screenshotFile } from './open-browser.ts';

type Session = Exclude<BrowserContextOptions['storageState'], string | undefined>;

/** A browser for the tests of a file, and pages of the running Assay in it. */
export function useBrowser() {
  const assay = inject('assay');
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close(), 60_000);

  /** Opens a page, and fails when the page itself met a fault. */
  async function withPage(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ baseURL: assay.address, locale: 'en-GB', ...options });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (fault) => faults.push(fault.message));
    try {
      await use(page);
      expect(faults).toEqual([]);
    } catch (fault) {
      // What the reader would have seen says more than the line of the test.
      await page.screenshot({ path: screenshotFile('failed') }).catch(() => undefined);
      throw fault;
    } finally {
      await context.close();
    }
  }

  /** Cookies of a new session of whoever holds the key. */
  async function signInWith(apiKey: string): Promise<Session> {
    const context = await browser.newContext();
    await context.request.post(`${assay.address}/v1/session`, { data: { apiKey } });
    const state = await context.storageState();
    await context.close();
    return state;
  }

  /** Calls the API with the first key, which may do everything. */
  async function callAssay<Answer>(method: string, path: string, data?: unknown): Promise<Answer> {
    const answer = await fetch(`${assay.address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${assay.firstKey}`,
        ...(data === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(data === undefined ? {} : { body: JSON.stringify(data) }),
    });
    const body = (await answer.json().catch(() => undefined)) as Answer;
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(body)}`);
    return body;
  }

  /** A key of a person of its own, for tests with two people. */
  async function signInSomebody(name: string, scopes: readonly string[]): Promise<Session> {
    const { secret } = await callAssay<{ secret: string }>('POST', '/v1/api-keys', { name, scopes });
    return signInWith(secret);
  }

  /** A person with an account, signed in with a password of their own. */
  async function signInPerson(login: string, role: string, name = login): Promise<Session> {
    const body = { login, name, role };
    const { password: oldPassword } = await callAssay<{ password: string }>('POST', '/v1/people', body);
    const context = await browser.newContext();
    const headers = { origin: assay.address };
    const url = `${assay.address}/v1/session`;
    await context.request.post(url, { data: { login, password: oldPassword } });
    const newPassword = `a long password of ${login}`;
    const changed = await context.request.post(`${url}/password`, { headers, data: { oldPassword, newPassword } });
    if (!changed.ok()) throw new Error(`The password was not changed: ${await changed.text()}`);
    const state = await context.storageState();
    await context.close();
    return state;
  }

  return { assay, withPage, signInWith, signInSomebody, signInPerson, callAssay };
}
