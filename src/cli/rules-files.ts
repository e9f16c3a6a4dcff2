import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRuleFiles } from '../adapters/rules/read-rule-files.ts';
import { type AssayRuleset, RULE_SCHEMAS } from '../adapters/rules/rule-schemas.ts';
import { AppError } from '../domain/errors.ts';
import { parseRuleset } from '../policy/parse-ruleset.ts';

/** The rules of the project: `rules` stands two folders above this file in `src` as in `dist`. */
export const SHIPPED_RULES_FOLDER = fileURLToPath(new URL('../../rules', import.meta.url));

/**
 * Reads and checks the rules of a folder.
 *
 * @throws AppError `rules.invalid` naming every wrong file of the folder, line and reason.
 */
export const readRuleset = async (folder: string): Promise<AssayRuleset> => {
  const files = await readRuleFiles(folder);
  try {
    return parseRuleset(files, RULE_SCHEMAS);
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.details.length === 0) throw fault;
    // The file as whoever has a draft can open it, not as it will be called once it is in force.
    const near = path.relative(process.cwd(), folder) || '.';
    const shown = near.startsWith('..') ? folder : near;
    const listed = fault.details.map(({ path: place, message }) => `${shown}/${place}: ${message}`).join('\n');
    throw new AppError(fault.code, listed, { details: fault.details, cause: fault });
  }
};
