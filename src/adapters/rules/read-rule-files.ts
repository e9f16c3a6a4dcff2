import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { RuleFile } from '../../policy/rule-file.ts';

/** Folder of test cases beside the rules: not rules themselves. */
const TEST_FOLDER = 'tests';

/**
 * Reads the rule files of a folder and its subfolders, named by their paths inside it with `/`.
 *
 * @throws AppError `rules.invalid` when the folder cannot be read or holds no rule file.
 */
export async function readRuleFiles(folder: string): Promise<readonly RuleFile[]> {
  const names = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new AppError(
      'rules.invalid',
      `The rules folder ${folder} cannot be read: name another with ASSAY_RULES_DIR.`,
      {
        cause,
      },
    );
  });
  const rules = names
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.yaml') && !name.startsWith(`${TEST_FOLDER}/`))
    .sort();
  if (rules.length === 0) throw new AppError('rules.invalid', `The rules folder ${folder} holds no .yaml file.`);
  return Promise.all(rules.map(async (name) => ({ name, text: await readFile(path.join(folder, name), 'utf8') })));
}

/** The test cases beside the rules of a folder, named `tests/…`; none where it has no `tests`. */
export async function readRuleTests(folder: string): Promise<readonly RuleFile[]> {
  const tests = path.join(folder, TEST_FOLDER);
  const names = await readdir(tests).catch((): string[] => []);
  return Promise.all(
    names
      .filter((name) => name.endsWith('.yaml'))
      .toSorted()
      .map(async (name) => ({ name: `${TEST_FOLDER}/${name}`, text: await readFile(path.join(tests, name), 'utf8') })),
  );
}
