import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRuleFiles } from '../adapters/rules/read-rule-files.ts';
import { type AssayRuleset, RULE_SCHEMAS } from '../adapters/rules/rule-schemas.ts';
import { parseRuleset } from '../policy/parse-ruleset.ts';
import type { RuleFile } from '../policy/rule-file.ts';

/** The rules of the project: `rules` stands two folders above this file in `src` as in `dist`. */
export const SHIPPED_RULES_FOLDER = fileURLToPath(new URL('../../rules', import.meta.url));

/**
 * Reads and checks the rules of a folder.
 *
 * @throws AppError `rules.invalid` naming every wrong file, line and reason.
 */
export const readRuleset = async (folder: string): Promise<AssayRuleset> =>
  parseRuleset(await readRuleFiles(folder), RULE_SCHEMAS);

/** The test cases beside the rules of a folder; none where it has no `tests`. */
export const readRuleTests = async (folder: string): Promise<readonly RuleFile[]> => {
  const tests = path.join(folder, 'tests');
  const names = await readdir(tests).catch(() => []);
  return Promise.all(
    names
      .filter((name) => name.endsWith('.yaml'))
      .toSorted()
      .map(async (name) => ({ name: `tests/${name}`, text: await readFile(path.join(tests, name), 'utf8') })),
  );
};
