import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { LAPTOP, rows } from './console-pages.ts';
import { screenshotFile } from './open-browser.ts';
import { useBrowser } from './with-page.ts';

// A browser beside a whole Assay is slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const { withPage, callAssay } = useBrowser();

const LOGIN = `carol-${Date.now().toString(36)}`;
const OWN_PASSWORD = 'a sentence that is easy to remember';
/** A code is taken once; the one of the next half minute is taken, too. */
const STEP_MS = 30_000;

const signIn = async (page: Page, password: string): Promise<void> => {
  await page.getByLabel('Name or e-mail').fill(LOGIN);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

describe('an account of one’s own', () => {
  it('is entered with the first password, gets another and a second factor, and asks for its code from then on', async () => {
    const { password } = await callAssay<{ password: string }>('POST', '/v1/people', {
      login: LOGIN,
      name: 'Carol',
      role: 'MODERATOR',
    });
    await withPage(LAPTOP, async (page) => {
      await page.goto('/');
      await signIn(page, 'not the password at all');
      await page.getByRole('alert').waitFor();
      await signIn(page, password);
      // The first password was only for this moment.
      await page.getByText('Choose a password of your own').waitFor();
      await page.getByLabel('Present password').fill(password);
      await page.getByLabel('New password').fill(OWN_PASSWORD);
      await page.getByRole('button', { name: 'Change the password' }).click();
      // The work begins; the second factor is set up whenever its owner wants.
      await rows(page).first().waitFor();
      await page.goto('/account');
      await page.getByRole('button', { name: 'Set up' }).click();
      const drawn = page.getByRole('img', { name: /QR code/ });
      await drawn.waitFor();
      expect((await drawn.boundingBox())?.width).toBeGreaterThan(180);
      const secret = (await page.locator('code').textContent()) ?? '';
      const totp = new TOTP({ secret: Secret.fromBase32(secret) });
      await page.screenshot({ path: screenshotFile('second-factor') });
      await page.getByLabel('Code of your authenticator').fill(totp.generate());
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('On: signing in asks for a code').waitFor();

      await page.getByRole('button', { name: /^Settings/ }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await signIn(page, OWN_PASSWORD);
      const code = page.getByLabel('Code of your authenticator');
      await code.waitFor();
      expect((await page.request.get('/v1/cases')).status()).toBe(401);
      await code.fill('000000');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').waitFor();
      expect((await page.request.get('/v1/cases')).status()).toBe(401);
      await code.fill(totp.generate({ timestamp: Date.now() + STEP_MS }));
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('button', { name: 'Settings, Carol' }).waitFor();
      await page.goto('/');
      await rows(page).first().waitFor();
    });
  });
});
