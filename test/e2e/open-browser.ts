import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const SCREENSHOTS = path.join(import.meta.dirname, 'screenshots');

/** Where systems keep Chromium. */
const USUAL_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Starts the system's Chromium.
 *
 * @throws Error that says how to get one, when there is none: a browser test that is skipped would prove nothing.
 */
export async function openBrowser(): Promise<Browser> {
  const wanted = process.env['CHROMIUM_PATH'];
  const found = wanted === undefined ? USUAL_PATHS.find((file) => existsSync(file)) : wanted;
  if (found === undefined || !existsSync(found)) {
    throw new Error(
      `The browser test needs Chromium, and there is none at ${wanted ?? USUAL_PATHS.join(', ')}. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.`,
    );
  }
  return chromium.launch({
    executablePath: found,
    // Root has no sandbox, and a test machine neither a graphics card nor a way to the vendor's servers.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--no-first-run'],
  });
}

/** File that a screenshot of this name goes to. */
export function screenshotFile(name: string): string {
  mkdirSync(SCREENSHOTS, { recursive: true });
  return path.join(SCREENSHOTS, `${name}.png`);
}
