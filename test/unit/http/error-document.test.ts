import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../../src/domain/errors.ts';
import { renderErrorDocument } from './render-error-document.ts';

const PAGE = new URL('../../../docs/errors.md', import.meta.url);

it('docs/errors.md lists the code table, word for word', async () => {
  await expect(await renderErrorDocument()).toMatchFileSnapshot(PAGE.pathname);
});

it('docs/errors.md names each code once and no other', () => {
  const named = [...readFileSync(PAGE, 'utf8').matchAll(/^\| `([a-z.-]+)` +\|/gm)].map((match) => match[1]);
  expect(named).toEqual(Object.keys(ERROR_CODES));
});
