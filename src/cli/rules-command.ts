import { Command } from 'commander';
import { rulesBacktestCommand } from './rules-backtest.ts';
import { rulesCheckCommand } from './rules-check.ts';
import { rulesDiffCommand } from './rules-diff.ts';
import { rulesScoreboardCommand } from './rules-scoreboard.ts';
import { rulesTestCommand } from './rules-test.ts';

/** `assay rules …`: the life of the rules, as far as files and stored checks go. */
export const rulesCommand = (): Command => {
  const command = new Command('rules').description('check, test, compare and backtest the rules');
  const parts = [
    rulesCheckCommand(),
    rulesTestCommand(),
    rulesDiffCommand(),
    rulesBacktestCommand(),
    rulesScoreboardCommand(),
  ];
  for (const part of parts) command.addCommand(part);
  return command;
};
