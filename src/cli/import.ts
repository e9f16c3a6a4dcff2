import { Argument, Command } from 'commander';
import { printResult, type CommandContext, type OutputOptions } from './command-context.ts';
import { IMPORT_KINDS, importItems, type ImportKind, type ImportSummary } from './import-items.ts';
import { createProgress, silentProgress } from './progress-bar.ts';

/** `assay import KIND FILE` */
export function importCommand(context: CommandContext): Command {
  const kinds = Object.keys(IMPORT_KINDS) as ImportKind[];
  return new Command('import')
    .description(
      'take in a file of NDJSON or CSV; rows that are wrong are told by line and set aside, the rest is kept',
    )
    .addArgument(new Argument('<kind>', 'what the rows are').choices(kinds))
    .argument('<file>', 'NDJSON, or CSV with a header (.csv); pictures may be named by a path relative to the file')
    .option('--json', 'print the result as JSON')
    .action(async (kind: ImportKind, file: string, options: OutputOptions) => {
      const progress = options.json === true ? silentProgress : createProgress();
      const summary = await context.withServer((client) => importItems(kind, file, { client, progress }));
      printResult(context, options, summary, toText);
      if (summary.rejected.length > 0) process.exitCode = 1;
    });
}

function toText({ accepted, unchanged, rejected }: ImportSummary): string {
  const lines = rejected.map(({ line, id, code, details }) => {
    const reasons = details.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
    return `line ${line}${id === undefined ? '' : ` (${id})`}: ${code}: ${reasons}`;
  });
  return [...lines, `${accepted} taken, ${unchanged} were there already, ${rejected.length} set aside`].join('\n');
}
