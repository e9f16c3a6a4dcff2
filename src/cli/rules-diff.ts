import { Command } from 'commander';
import { readRuleFiles } from '../adapters/rules/read-rule-files.ts';
import { diffRules } from '../policy/diff-rules.ts';
import { SHIPPED_RULES_FOLDER } from './rules-files.ts';

const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

/** `assay rules diff`: the values that differ between two folders of rules. */
export const rulesDiffCommand = (): Command =>
  new Command('diff')
    .description('tell every value that differs between two folders of rules; comments and layout are no difference')
    .argument('<draft>', 'folder of the draft')
    .argument('[published]', 'folder of what it is compared with', SHIPPED_RULES_FOLDER)
    .option('--json', 'print the changes as JSON')
    .action(async (draft: string, published: string, options: { readonly json?: boolean }) => {
      const changes = diffRules(await readRuleFiles(published), await readRuleFiles(draft));
      if (options.json === true) process.stdout.write(`${JSON.stringify(changes)}\n`);
      else if (changes.length === 0) process.stdout.write('No value differs.\n');
      else
        for (const { file, path, kind, before, after } of changes)
          process.stdout.write(`${kind.padEnd(7)} ${file} ${path}: ${textOf(before)} → ${textOf(after)}\n`);
    });
