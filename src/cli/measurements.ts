import { Command } from 'commander';
import { evalAccountsCommand } from './eval-accounts.ts';
import { evalBrandsCommand } from './eval-brands.ts';
import { evalNetworkCommand } from './eval-network.ts';

/** `assay eval …`: quality of the detectors on labelled data. */
export function evalCommand(): Command {
  const command = new Command('eval').description('measure the quality of a detector on labelled data');
  for (const one of [evalAccountsCommand(), evalBrandsCommand(), evalNetworkCommand()]) command.addCommand(one);
  return command;
}

/** `assay bench …`: speed, beside a peer or floor in the same run. */
export function benchCommand(): Command {
  return new Command('bench').description('measure speed, beside a peer or floor in the same run');
}
