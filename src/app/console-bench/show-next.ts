import { existsSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';

/** Where systems keep Chromium. */
const USUAL_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export interface ShownNext {
  readonly kind: 'measured';
  readonly browser: string;
  /** From the key that goes on to the next case, to the frame that shows it. */
  readonly shownMs: readonly number[];
  /** From the key to the frame in which every picture in sight is there, too. */
  readonly picturesMs: readonly number[];
  /** From the key that takes a decision to the frame that shows the next case. */
  readonly decidedMs: readonly number[];
  /** What the queue's page loads when a browser has nothing of it: page, scripts, styles; bytes as sent. */
  readonly firstLoadBytes: number;
}

export type ShownNextOutcome = ShownNext | { readonly kind: 'unmeasured'; readonly why: string };

/** Runs in the page: times of the last key, and of the frames after it. */
const STOPWATCH = `(() => {
  const article = () => document.querySelector('article[data-case]');
  const isWaiting = (img) => {
    const { width, height, top, bottom } = img.getBoundingClientRect();
    return !img.complete && width * height > 0 && bottom > 0 && top < innerHeight;
  };
  const afterPaint = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(0);
  });
  // Armed first and asked afterwards: the key must not be quicker than who listens for it.
  window.assayArm = (wanted) => { window.assayTimed = time(wanted); window.assayTimed.catch(() => {}); };
  const time = (wanted) => new Promise((resolve, reject) => {
    const before = article()?.dataset.case;
    let startMs;
    let shownMs;
    let isPainting = false;
    const onKey = (event) => { if (event.key === wanted) startMs ??= event.timeStamp; };
    window.addEventListener('keydown', onKey, true);
    const stop = () => {
      observer.disconnect();
      clearInterval(timer);
      clearTimeout(limit);
      window.removeEventListener('keydown', onKey, true);
    };
    const look = () => {
      const now = article();
      if (startMs === undefined || isPainting || now === null || now.dataset.case === before) return;
      const isWhole = ![...now.querySelectorAll('img')].some(isWaiting);
      if (shownMs !== undefined && !isWhole) return;
      isPainting = true;
      afterPaint((atMs) => {
        isPainting = false;
        shownMs ??= atMs - startMs;
        if ([...now.querySelectorAll('img')].some(isWaiting)) return;
        stop();
        resolve({ shownMs, picturesMs: atMs - startMs });
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    const timer = setInterval(look, 10);
    const limit = setTimeout(() => {
      stop();
      reject(new Error('No next case stood on the page within 30 seconds of ' + wanted + '; it reads: '
        + document.body.innerText.slice(0, 300)));
    }, 30000);
  });
})()`;

/** Presses a key and waits for the next case. */
async function timeKey(page: Page, key: string): Promise<{ shownMs: number; picturesMs: number }> {
  await page.evaluate(`window.assayArm(${JSON.stringify(key)})`);
  await page.keyboard.press(key);
  return (await page.evaluate('window.assayTimed')) as { shownMs: number; picturesMs: number };
}

async function openChromium(): Promise<{ readonly browser: Browser } | { readonly why: string }> {
  const playwright = await import('playwright-core').catch(() => undefined);
  if (playwright === undefined) return { why: 'playwright-core is not installed (npm ci without --omit=dev has it)' };
  const wanted = process.env['CHROMIUM_PATH'];
  const found = wanted ?? USUAL_PATHS.find((file) => existsSync(file));
  if (found === undefined || !existsSync(found))
    return { why: `there is no Chromium at ${wanted ?? USUAL_PATHS.join(', ')}; CHROMIUM_PATH names another` };
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
  return { browser: await playwright.chromium.launch({ executablePath: found, args }) };
}

/**
 * Works through the queue in a real browser, by keyboard: `keys` times past a case, and as often with a decision, each
 * time after `thinkMs`, in which the page loads the next case ahead.
 */
export async function measureShownNext(
  signInLink: string,
  { keys, thinkMs }: { readonly keys: number; readonly thinkMs: number },
): Promise<ShownNextOutcome> {
  const opened = await openChromium();
  if ('why' in opened) return { kind: 'unmeasured', why: opened.why };
  const { browser } = opened;
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    const firstLoadBytes = await measureFirstLoad(page, signInLink);
    await page.goto(new URL('/focus?queue=all', signInLink).href);
    await page.waitForSelector('article[data-case]');
    await page.evaluate(STOPWATCH);
    const shownMs: number[] = [];
    const picturesMs: number[] = [];
    const decidedMs: number[] = [];
    for (let i = 0; i < keys; i += 1) {
      await sleep(thinkMs);
      const skipped = await timeKey(page, 'j');
      shownMs.push(skipped.shownMs);
      picturesMs.push(skipped.picturesMs);
    }
    for (let i = 0; i < keys; i += 1) {
      await sleep(thinkMs);
      await page.keyboard.press('a');
      await page.waitForSelector('.effects[aria-busy="false"]', { timeout: 30_000 });
      decidedMs.push((await timeKey(page, 'Enter')).shownMs);
    }
    return { kind: 'measured', browser: browser.version(), shownMs, picturesMs, decidedMs, firstLoadBytes };
  } finally {
    await browser.close();
  }
}

/** Bytes that came over the line until the list of cases stands; answers of the API are not part of the console. */
async function measureFirstLoad(page: Page, signInLink: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const kinds = new Map<string, string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => void kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (['Document', 'Script', 'Stylesheet', 'Font'].includes(kinds.get(requestId) ?? '')) bytes += encodedDataLength;
  });
  await page.goto(signInLink);
  await page.waitForSelector('.case-row');
  await page.waitForLoadState('load');
  await sleep(500);
  await session.detach();
  return bytes;
}
