import { Command } from 'commander';
import { benchBrandsCommand } from './bench-brands.ts';
import { benchCreditCommand } from './bench-credit.ts';
import { benchImagesCommand } from './bench-images.ts';
import { benchRingsCommand } from './bench-rings.ts';
import { benchRulesCommand } from './bench-rules.ts';
import { makeBrandTablesCommand } from './make-brand-tables.ts';
import { evalAccountsCommand } from './eval-accounts.ts';
import { evalBrandsCommand } from './eval-brands.ts';
import { evalImagesCommand } from './eval-images.ts';
import { evalLogosCommand } from './eval-logos.ts';
import { evalNetworkCommand } from './eval-network.ts';
import { evalRingsCommand } from './eval-rings.ts';

/** `assay eval …`: quality of the detectors on labelled data. */
export function evalCommand(): Command {
  const command = new Command('eval').description('measure the quality of a detector on labelled data');
  for (const one of [
    evalAccountsCommand(),
    evalBrandsCommand(),
    evalImagesCommand(),
    evalLogosCommand(),
    evalNetworkCommand(),
    evalRingsCommand(),
  ])
    command.addCommand(one);
  return command;
}

/** `assay make …`: tables that are kept in the project, from their sources. */
export function makeCommand(): Command {
  return new Command('make')
    .description('make tables of the project anew from their sources')
    .addCommand(makeBrandTablesCommand());
}

/** `assay bench …`: speed, beside a peer or floor in the same run. */
export function benchCommand(): Command {
  const command = new Command('bench').description('measure speed, beside a peer or floor in the same run');
  for (const one of [
    benchBrandsCommand(),
    benchCreditCommand(),
    benchImagesCommand(),
    benchRingsCommand(),
    benchRulesCommand(),
  ])
    command.addCommand(one);
  return command;
}
