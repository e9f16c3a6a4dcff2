import { readRuleFiles, readRuleTests } from '../adapters/rules/read-rule-files.ts';
import { RULE_SCHEMAS, type AssayRuleset } from '../adapters/rules/rule-schemas.ts';
import { parseBrandSettings, type BrandSettings } from '../detectors/brand/settings.ts';
import { parseRuleset } from '../policy/parse-ruleset.ts';
import type { RuleFile } from '../policy/rule-file.ts';

/**
 * Reads and checks the rules of a folder.
 *
 * @throws AppError `rules.invalid` naming every wrong file, line and reason.
 */
export async function loadRuleset(folder: string): Promise<AssayRuleset> {
  return parseRuleset(await readRuleFiles(folder), RULE_SCHEMAS);
}

/**
 * The rules of a folder with the cases beside them.
 *
 * @throws AppError as `loadRuleset`.
 */
export async function loadRulesFolder(folder: string): Promise<RulesFolder> {
  return { ruleset: await loadRuleset(folder), tests: await readRuleTests(folder) };
}

export interface RulesFolder {
  readonly ruleset: AssayRuleset;
  readonly tests: readonly RuleFile[];
}

/** The brand room's settings, which several rule files make up. */
export function brandSettingsOf({ settings }: AssayRuleset): BrandSettings {
  const files: Readonly<Record<string, unknown>> = settings;
  return parseBrandSettings((name) => files[name]);
}
