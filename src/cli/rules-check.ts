import { Command } from 'commander';
import { readRuleset, SHIPPED_RULES_FOLDER } from './rules-files.ts';

/** `assay rules check`: whether the files can be published at all. A wrong file ends the program with its places. */
export const rulesCheckCommand = (): Command =>
  new Command('check')
    .description('check the rule files: shape, names, conditions; every problem with file, line and column')
    .argument('[folder]', 'folder of the rules', SHIPPED_RULES_FOLDER)
    .option('--json', 'print the result as JSON')
    .action(async (folder: string, options: { readonly json?: boolean }) => {
      const ruleset = await readRuleset(folder);
      const result = {
        digest: ruleset.digest,
        files: ruleset.files.length,
        rules: ruleset.policy.rules.length,
        queues: ruleset.queues.queues.length,
      };
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(result)}\n`
          : `${result.files} files, ${result.rules} rules, ${result.queues} queues: nothing wrong. Version ${result.digest.slice(0, 12)}.\n`,
      );
    });
