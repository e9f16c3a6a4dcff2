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
