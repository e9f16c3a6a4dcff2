import { Command } from 'commander';
import { rulesBacktestCommand } from './rules-backtest.ts';
import { rulesCheckCommand } from './rules-check.ts';
import { rulesDiffCommand } from './rules-diff.ts';
import type { CommandContext } from './command-context.ts';
import { rulesExplainCommand } from './rules-explain.ts';
import { rulesLifeCommands } from './rules-life.ts';
import { rulesScoreboardCommand } from './rules-scoreboard.ts';
import { rulesTestCommand } from './rules-test.ts';

/** `assay rules …`: files, versions in the database, and how rules do. */
export const rulesCommand = (context: CommandContext): Command => {
  const command = new Command('rules').description('check, test, compare, backtest, publish and explain the rules');
  const parts = [
    rulesCheckCommand(),
    rulesTestCommand(),
    rulesDiffCommand(),
    rulesBacktestCommand(context),
    rulesScoreboardCommand(context),
    rulesExplainCommand(context),
    ...rulesLifeCommands(context),
  ];
  for (const part of parts) command.addCommand(part);
  return command;
};
