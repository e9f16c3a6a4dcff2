import { Secret, TOTP } from 'otpauth';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LAPTOP, rows } from './console-pages.ts';
import { screenshotFile } from './open-browser.ts';
import { useBrowser } from './with-page.ts';

// A browser beside a whole Assay is slow on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const { withPage, signInPerson } = useBrowser();
const LOGIN = 'olga.second';
const PASSWORD = `a long password of ${LOGIN}`;
const STEP_MS = 30_000;
let signedIn: Awaited<ReturnType<typeof signInPerson>>;

beforeAll(async () => {
  signedIn = await signInPerson(LOGIN, 'MODERATOR');
}, 60_000);

/** Six digits that none of the codes near this moment is. */
function wrongCode(authenticator: TOTP): string {
  const near = new Set(
    [-2, -1, 0, 1, 2, 3].map((steps) => authenticator.generate({ timestamp: Date.now() + steps * STEP_MS })),
  );
  return ['000000', '111111', '222222', '333333', '444444', '555555', '666666'].find((code) => !near.has(code))!;
}

describe('an account with a second factor', () => {
  it('is set up on its own page, asks for the code, keeps asking after a wrong one, and opens with the right one', async () => {
    let authenticator: TOTP | undefined;
    await withPage({ ...LAPTOP, storageState: signedIn }, async (page) => {
      await page.goto('/account');
      const card = page.getByRole('region', { name: 'Second factor' });
      await card.getByRole('button', { name: 'Set up' }).click();
      await card.getByRole('img', { name: /QR code/ }).waitFor();
      authenticator = new TOTP({ secret: Secret.fromBase32((await card.locator('code').textContent())!.trim()) });
      await card.getByLabel('Code of your authenticator').fill(wrongCode(authenticator));
      await card.getByRole('button', { name: 'Confirm' }).click();
      await card.getByRole('alert').filter({ hasText: 'The code is wrong' }).waitFor();
      await card.getByLabel('Code of your authenticator').fill(authenticator.generate());
      await card.getByRole('button', { name: 'Confirm' }).click();
      await card.getByText('On: signing in asks for a code').waitFor();
    });
    const codes = authenticator!;

    await withPage(LAPTOP, async (page) => {
      await page.goto('/');
      const code = page.getByLabel('Code of your authenticator');
      const signIn = page.getByRole('button', { name: 'Sign in', exact: true });
      await page.getByLabel('Name or e-mail').fill(LOGIN);
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      expect(await code.count()).toBe(0);
      await signIn.click();
      await code.waitFor();
      // That a code is asked for is no fault of whoever signs in.
      expect(await page.getByRole('alert').count()).toBe(0);

      await code.fill(wrongCode(codes));
      await signIn.click();
      await page.getByRole('alert').filter({ hasText: 'The code is wrong' }).waitFor();
      await page.screenshot({ path: screenshotFile('wrong-code') });
      expect(await code.isVisible()).toBe(true);
      expect((await page.request.get('/v1/cases')).status()).toBe(401);

      // The code of the present step was taken by the confirmation, and no code counts twice: the next one.
      await code.fill(codes.generate({ timestamp: Date.now() + STEP_MS }));
      await signIn.click();
      await rows(page).first().waitFor();
      await page.getByRole('button', { name: `Settings, ${LOGIN}` }).waitFor();
    });
  });
});
