import { Command } from 'commander';
import { printResult, type CommandContext, type OutputOptions } from './command-context.ts';

/** One thing that was looked at, and what to do when it is not well. */
export interface Examination {
  readonly what: string;
  readonly isWell: boolean;
  readonly detail: string;
}

/** `assay doctor` */
export function doctorCommand(
  context: CommandContext & { readonly examine: () => Promise<readonly Examination[]> },
): Command {
  return new Command('doctor')
    .description('look at everything that Assay needs, and say what is wrong and what to do')
    .option('--json', 'print the result as JSON')
    .action(async (options: OutputOptions) => {
      const examinations = await context.examine();
      printResult(context, options, examinations, (all) =>
        all.map(({ what, isWell, detail }) => `${isWell ? 'ok  ' : 'BAD '} ${what}: ${detail}`).join('\n'),
      );
      if (examinations.some(({ isWell }) => !isWell)) process.exitCode = 1;
    });
}
