import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { violationType } from '../../../src/domain/violation.ts';

const LANGUAGES = ['en', 'zh', 'ru'] as const;
const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'src', 'console');

type Tree = { readonly [key: string]: unknown };
type Catalogue = Readonly<Record<(typeof LANGUAGES)[number], Tree>>;

/** Every catalogue by the name of its export. */
async function readCatalogues(): Promise<ReadonlyMap<string, Catalogue>> {
  const found = new Map<string, Catalogue>();
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('-texts.ts'))) {
    const module = (await import(path.join(FOLDER, file))) as Record<string, Catalogue>;
    for (const [name, catalogue] of Object.entries(module))
      if (/[a-z]Texts$/.test(name) && 'en' in catalogue) found.set(name, catalogue);
  }
  return found;
}

/** The paths of all texts, with what stands there. */
function leavesOf(tree: Tree, before = ''): readonly (readonly [path: string, leaf: unknown])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? leavesOf(value as Tree, `${before}${key}.`) : [[before + key, value]],
  );
}

/** What a text says: one that takes values is asked with some. */
const say = (leaf: unknown, value: unknown = 3): string =>
  typeof leaf === 'function'
    ? String((leaf as (...given: unknown[]) => unknown)(value, value, value, value))
    : String(leaf);

/** Texts that are the same in every language: names, codes and signs. */
const isUntranslatable = (text: string): boolean =>
  /^[^\p{L}]*$|^(English|中文|Русский|CSV|NDJSON|Assay)$|^[A-Z]\d/u.test(text);

const catalogues = await readCatalogues();

describe('texts of the console', () => {
  it('are found at all', () => {
    expect(catalogues.size).toBeGreaterThan(6);
    expect(leavesOf(catalogues.get('violationTexts')!.en)).toHaveLength(violationType.options.length);
  });

  it.each([...catalogues])('of %s are the same in every language, none of them empty', (_name, catalogue) => {
    const wanted = leavesOf(catalogue.en).map(([key]) => key);
    expect(wanted.length).toBeGreaterThan(0);
    for (const language of LANGUAGES) {
      const leaves = leavesOf(catalogue[language]);
      expect(leaves.map(([key]) => key).toSorted(), language).toEqual(wanted.toSorted());
      for (const [key, leaf] of leaves) expect(say(leaf).trim(), `${language} ${key}`).not.toBe('');
    }
  });

  it.each([...catalogues])('of %s are written in the letters of their language', (_name, catalogue) => {
    const letters = { zh: /\p{Script=Han}/u, ru: /\p{Script=Cyrillic}/u } as const;
    for (const language of ['zh', 'ru'] as const) {
      const foreign = leavesOf(catalogue[language])
        .filter(([, leaf]) => !isUntranslatable(say(leaf, '')) && !letters[language].test(say(leaf)))
        .map(([key, leaf]) => `${key}: ${say(leaf)}`);
      expect(foreign, language).toEqual([]);
    }
  });

  it('count in Russian by the form that the number asks for', async () => {
    const { counted } = catalogues.get('queueTexts')!.ru as { counted: (count: number) => string };
    expect([1, 3, 5, 11, 21].map(counted)).toEqual(['1 дело', '3 дела', '5 дел', '11 дел', '21 дело']);
  });
});
