import { afterAll, beforeAll, vi } from 'vitest';

/** Gives the modules of the console what they ask of a browser, while the tests of this file run. */
export function stubBrowser(): void {
  beforeAll(() => {
    const stored = new Map<string, string>();
    vi.stubGlobal('window', {
      localStorage: {
        getItem: (name: string) => stored.get(name) ?? null,
        setItem: (name: string, value: string) => stored.set(name, value),
      },
      navigator: { languages: ['en-GB'] },
    });
    vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  });
  // Files share their globals: what is left here, others would take for a browser.
  afterAll(() => {
    vi.unstubAllGlobals();
  });
}
