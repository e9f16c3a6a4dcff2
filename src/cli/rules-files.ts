import { fileURLToPath } from 'node:url';
import { readRuleFiles } from '../adapters/rules/read-rule-files.ts';
import { type AssayRuleset, RULE_SCHEMAS } from '../adapters/rules/rule-schemas.ts';
import { parseRuleset } from '../policy/parse-ruleset.ts';

/** The rules of the project: `rules` stands two folders above this file in `src` as in `dist`. */
export const SHIPPED_RULES_FOLDER = fileURLToPath(new URL('../../rules', import.meta.url));

/**
 * Reads and checks the rules of a folder.
 *
 * @throws AppError `rules.invalid` naming every wrong file, line and reason.
 */
export const readRuleset = async (folder: string): Promise<AssayRuleset> =>
  parseRuleset(await readRuleFiles(folder), RULE_SCHEMAS);
