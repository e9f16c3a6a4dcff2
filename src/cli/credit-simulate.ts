import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { createCreditModel, type CreditModel } from '../credit/credit-moment.ts';
import { createCreditSimulator, type CreditSimulation, type SimulatedSeller } from '../credit/simulate-credit.ts';
import { creditEntryDraft } from '../domain/credit.ts';
import { kybStatus } from '../domain/seller.ts';
import { makeSeller } from '../evaluation/credit/credit-world.ts';
import { actAs, type ActingOptions } from './act-as-person.ts';
import { printResult, type CommandContext } from './command-context.ts';
import { readRows } from './read-rows.ts';
import { readRuleset, SHIPPED_RULES_FOLDER } from './rules-files.ts';
import { submitFolder } from './rules-life.ts';

interface SimulateOptions extends ActingOptions {
  readonly published: string;
  readonly ledgers?: string;
  readonly madeUp?: number;
  readonly limit: number;
  readonly asOf: number;
  readonly json?: boolean;
}

/** One line of a file of ledgers. */
const sellerLine = z.strictObject({
  sellerLegalId: z.string(),
  context: z.strictObject({ registeredAtMs: z.number(), kyb: kybStatus }),
  entries: z.array(z.object(creditEntryDraft.shape)),
});

/** Mean ledger of the made-up world. */
const WORLD_ENTRIES = 100;

const moment = (text: string): number => {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('a time such as 2026-06-15T12:00:00Z is needed.');
  return atMs;
};

const count = (text: string): number => {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('a whole number above 0 is needed.');
  return Number(text);
};

const readModel = async (folder: string): Promise<CreditModel> =>
  createCreditModel((await readRuleset(folder)).settings['credit.yaml']);

const takeMadeUp = (sellers: number, nowMs: number, take: (seller: SimulatedSeller) => void): void => {
  const world = { sellers, meanEntries: WORLD_ENTRIES, nowMs, seed: 1 };
  for (let index = 0; index < sellers; index += 1) {
    const { legalId, registeredAtMs, entries } = makeSeller(index, world);
    take({ sellerLegalId: legalId, context: { registeredAtMs, kyb: 'VERIFIED' }, entries });
  }
};

const takeFile = async (file: string, take: (seller: SimulatedSeller) => void): Promise<void> => {
  for await (const row of readRows(file)) {
    const parsed = row.kind === 'value' ? sellerLine.safeParse(row.value) : undefined;
    if (parsed?.success === true) take(parsed.data);
    else process.stderr.write(`${file}:${row.line}: is no ledger of a seller and is left out\n`);
  }
};

const simulateHere = async (draft: string, options: SimulateOptions): Promise<CreditSimulation> => {
  const models = { before: await readModel(options.published), after: await readModel(draft) };
  const simulator = createCreditSimulator(models, options.asOf);
  if (options.ledgers === undefined) takeMadeUp(options.madeUp ?? 0, options.asOf, simulator.add);
  else await takeFile(options.ledgers, simulator.add);
  return simulator.report();
};

/** On the sellers that the running Assay has; the draft of a folder becomes a version there, as in a backtest. */
const simulateOnServer = (
  context: CommandContext,
  draft: string,
  options: SimulateOptions,
): Promise<CreditSimulation> =>
  context.withServer(async (server) => {
    const client = await actAs(server, context, options);
    const { digest } = existsSync(draft) ? await submitFolder(client, draft, '') : { digest: draft };
    const { limit } = options;
    return client.post<CreditSimulation>(`/v1/rulesets/${encodeURIComponent(digest)}/credit-simulation`, { limit });
  });

const asText = (simulation: CreditSimulation): string =>
  [
    `${simulation.sellers} sellers, ${simulation.moved} change their tier`,
    ...Object.entries(simulation.tiers).map(
      ([tier, { before, after }]) =>
        `  ${tier.padEnd(11)} ${String(before).padStart(7)} → ${String(after).padStart(7)}`,
    ),
    ...Object.entries(simulation.moves).map(([move, sellers]) => `${String(sellers).padStart(7)}  ${move}`),
    ...simulation.examples
      .slice(0, 10)
      .map(
        ({ sellerLegalId, scoreBefore, scoreAfter, why }) =>
          `  ${sellerLegalId} ${scoreBefore} → ${scoreAfter}: ${why}`,
      ),
  ].join('\n');

/** `credit simulate`: what a change of credit.yaml does to the tiers, who moves and why. */
export const creditSimulateCommand = (context: CommandContext): Command =>
  new Command('simulate')
    .description('tell what a draft of credit.yaml would do to tiers and scores of the stored sellers')
    .argument('<draft>', 'folder of the draft, or a version by its digest')
    .option('--limit <number>', 'sellers that are read, the first by id', count, 10_000)
    .option('--ledgers <file>', 'sellers of a file with their entries instead, one JSON object a line')
    .option('--made-up <number>', 'sellers of a made-up world instead', count)
    .option('--published <folder>', 'with --ledgers or --made-up: rules that are compared', SHIPPED_RULES_FOLDER)
    .option('--as-of <time>', 'with --ledgers or --made-up: the moment asked', moment, Date.UTC(2026, 5, 15, 12))
    .option('--as <login>', 'the person who acts; the password is asked for, or taken from ASSAY_PASSWORD')
    .option('--json', 'print the simulation as JSON, with the histogram for a plot')
    .action(async (draft: string, options: SimulateOptions) => {
      const isHere = options.ledgers !== undefined || options.madeUp !== undefined;
      const simulation = await (isHere ? simulateHere(draft, options) : simulateOnServer(context, draft, options));
      printResult(context, options, simulation, asText);
    });
