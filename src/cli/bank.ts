import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Argument, Command, Option } from 'commander';
import { pictureListCodec } from '../adapters/images/bank-exchange.ts';
import { AppError } from '../domain/errors.ts';
import {
  EXCHANGE_FORMATS,
  EXCHANGED_BANKS,
  type ExchangedBank,
  type ExchangeFormat,
  type ImportedList,
} from '../pipeline/exchange-bank.ts';
import type { AssayClient } from './assay-client.ts';
import { printResult, type CommandContext, type OutputOptions } from './command-context.ts';

/** Rows of one call: few enough that a call is answered at once. */
const CHUNK_ROWS = 5_000;

interface ImportOptions extends OutputOptions {
  readonly list?: string;
  readonly mark?: string;
  readonly holder?: string;
}

/** `assay bank import|export BANK FILE` */
export function bankCommand(context: CommandContext): Command {
  const bank = (): Argument => new Argument('<bank>', 'whose pictures').choices(EXCHANGED_BANKS);
  return new Command('bank')
    .description('exchange banks of pictures as lists of PDQ hashes and MD5 sums')
    .addCommand(
      new Command('export')
        .description('write the hashes of a bank to a file')
        .addArgument(bank())
        .argument('<file>', 'the file to write')
        .addOption(new Option('--format <name>', 'how to write them').choices(EXCHANGE_FORMATS).default('csv'))
        .action(async (name: ExchangedBank, file: string, { format }: { format: ExchangeFormat }) => {
          await context.withServer((client) => exportBank(client, { name, file, format }));
          context.remark(`wrote the bank ${name} to ${file}`);
        }),
    )
    .addCommand(
      new Command('import')
        .description('put the hashes of a list into a bank; the format is told by the file itself')
        .addArgument(bank())
        .argument('<file>', 'CSV, JSON, lines of HMA content, lines “pdq HASH”, or ThreatExchange descriptors')
        .option('--list <name>', 'name of the list that moderators see (default: the name of the file)')
        .option('--mark <id>', 'mark whose owner may say who shows these pictures')
        .option('--holder <id>', 'rights holder of these pictures')
        .option('--json', 'print the result as JSON')
        .action(async (name: ExchangedBank, file: string, options: ImportOptions) => {
          const result = await context.withServer((client) => importBank(client, { name, file, options }));
          printResult(context, options, result, toText);
          if (result.rejected.length > 0) process.exitCode = 1;
        }),
    );
}

async function exportBank(
  client: AssayClient,
  { name, file, format }: { readonly name: ExchangedBank; readonly file: string; readonly format: ExchangeFormat },
): Promise<void> {
  const body = await client.stream(`/v1/banks/${name}/pictures?format=${format}`);
  await pipeline(Readable.fromWeb(body), createWriteStream(file)).catch((cause: unknown) => {
    throw new AppError('request.invalid', `The file ${file} cannot be written: ${(cause as Error).message}`, { cause });
  });
}

async function importBank(
  client: AssayClient,
  { name, file, options }: { readonly name: ExchangedBank; readonly file: string; readonly options: ImportOptions },
): Promise<ImportedList> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('request.invalid', `The file ${file} cannot be read: ${(cause as Error).message}`, { cause });
  });
  const { rows, problems } = pictureListCodec.read(text);
  const query = new URLSearchParams({ list: options.list ?? file.split(/[\\/]/).at(-1) ?? 'import' });
  if (options.mark !== undefined) query.set('markId', options.mark);
  if (options.holder !== undefined) query.set('rightsHolderId', options.holder);
  const total = { accepted: 0, unchanged: 0, rejected: [...problems] };
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    const part = rows.slice(from, from + CHUNK_ROWS);
    const body: string[] = [];
    for await (const piece of pictureListCodec.write(asyncOf(part.map(({ picture }) => picture)), 'json'))
      body.push(piece);
    const answer = await client.postText<ImportedList>(`/v1/banks/${name}/pictures?${query.toString()}`, body.join(''));
    total.accepted += answer.accepted;
    total.unchanged += answer.unchanged;
    total.rejected.push(...answer.rejected.map(({ at, why }) => ({ at: part[at - 1]?.at ?? at, why })));
  }
  return total;
}

async function* asyncOf<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

function toText({ accepted, unchanged, rejected }: ImportedList): string {
  const lines = rejected.map(({ at, why }) => `row ${at}: ${why}`);
  return [...lines, `${accepted} taken, ${unchanged} were there already, ${rejected.length} set aside`].join('\n');
}
