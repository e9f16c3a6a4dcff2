import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { z } from 'zod';
import { createCreditModel, type CreditModel } from '../credit/credit-moment.ts';
import { creditSettings } from '../credit/settings.ts';
import { createCreditSimulator, type CreditSimulation, type SimulatedSeller } from '../credit/simulate-credit.ts';
import { creditEntryDraft } from '../domain/credit.ts';
import { kybStatus } from '../domain/seller.ts';
import { makeSeller } from '../evaluation/credit/credit-world.ts';
import { readRows } from './read-rows.ts';
import { SHIPPED_RULES_FOLDER } from './rules-files.ts';

interface SimulateOptions {
  readonly published: string;
  readonly ledgers?: string;
  readonly sellers: number;
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
  createCreditModel(creditSettings.parse(parse(await readFile(path.join(folder, 'credit.yaml'), 'utf8'))));

const takeLedgers = async (options: SimulateOptions, take: (seller: SimulatedSeller) => void): Promise<void> => {
  if (options.ledgers === undefined) {
    const world = { sellers: options.sellers, meanEntries: WORLD_ENTRIES, nowMs: options.asOf, seed: 1 };
    for (let index = 0; index < options.sellers; index += 1) {
      const { legalId, registeredAtMs, entries } = makeSeller(index, world);
      take({ sellerLegalId: legalId, context: { registeredAtMs, kyb: 'VERIFIED' }, entries });
    }
    return;
  }
  for await (const row of readRows(options.ledgers)) {
    const parsed = row.kind === 'value' ? sellerLine.safeParse(row.value) : undefined;
    if (parsed?.success === true) take(parsed.data);
    else process.stderr.write(`${options.ledgers}:${row.line}: is no ledger of a seller and is left out\n`);
  }
};

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
export const creditSimulateCommand = (): Command =>
  new Command('simulate')
    .description(
      'tell what a draft of credit.yaml would do to tiers and scores, on ledgers of a file or a made-up world',
    )
    .argument('<draft>', 'folder that holds the draft of credit.yaml')
    .option('--published <folder>', 'folder of the rules it is compared with', SHIPPED_RULES_FOLDER)
    .option('--ledgers <file>', 'sellers with their entries, one JSON object a line; else a made-up world')
    .option('--sellers <number>', 'sellers of the made-up world', count, 2_000)
    .option('--as-of <time>', 'the moment of which scores are asked', moment, Date.UTC(2026, 5, 15, 12))
    .option('--json', 'print the simulation as JSON, with the histogram for a plot')
    .action(async (draft: string, options: SimulateOptions) => {
      const models = { before: await readModel(options.published), after: await readModel(draft) };
      const simulator = createCreditSimulator(models, options.asOf);
      await takeLedgers(options, (seller) => simulator.add(seller));
      const simulation = simulator.report();
      process.stdout.write(`${options.json === true ? JSON.stringify(simulation) : asText(simulation)}\n`);
    });
