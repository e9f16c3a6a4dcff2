import { Command } from 'commander';
import { readRuleTests } from '../adapters/rules/read-rule-files.ts';
import { runRuleTests } from '../policy/rule-tests.ts';
import { readRuleset, SHIPPED_RULES_FOLDER } from './rules-files.ts';

/** `assay rules test`: runs the cases beside the rules; the exit code is 1 when one does not hold. */
export const rulesTestCommand = (): Command =>
  new Command('test')
    .description('run the cases in tests/ beside the rules')
    .argument('[folder]', 'folder of the rules', SHIPPED_RULES_FOLDER)
    .option('--json', 'print the result as JSON')
    .action(async (folder: string, options: { readonly json?: boolean }) => {
      const report = runRuleTests(await readRuleTests(folder), await readRuleset(folder));
      if (options.json === true) process.stdout.write(`${JSON.stringify(report)}\n`);
      else {
        for (const { file, line, column, message } of report.failures)
          process.stdout.write(`rules/${file}:${line}:${column}: ${message}\n`);
        for (const ruleId of report.untestedRules) process.stdout.write(`No case makes ${ruleId} fire.\n`);
        process.stdout.write(`${report.passed} cases hold, ${report.failures.length} do not.\n`);
      }
      if (report.failures.length > 0) process.exitCode = 1;
    });
