import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { createNetworkClassifier } from '../adapters/network/classify-address.ts';
import { defaultNetworkSources } from '../adapters/network/default-sources.ts';
import { networkSettings } from '../adapters/network/settings.ts';
import { createPseudonymiser } from '../adapters/pseudonyms/pseudonymise-account.ts';
import { deriveEpochKeys } from '../adapters/pseudonyms/pseudonym-keys.ts';
import { accountSettings } from '../detectors/account/settings.ts';
import { groupsOfFile, readAccountFile, readBehaviourFile } from '../evaluation/accounts/account-file.ts';
import {
  fitClusterCalibration,
  withClusterCalibration,
  type FittedClusters,
} from '../evaluation/accounts/cluster-calibration.ts';
import { type AccountEvaluation, evaluateClusters } from '../evaluation/accounts/evaluate-clusters.ts';
import { generatePopulation } from '../evaluation/accounts/population.ts';
import { readObjects, tellBadLines, type BadLine } from '../evaluation/labelled-file.ts';
import type { Reliability } from '../evaluation/brands/fit-calibration.ts';
import type { PopulationGroup } from '../evaluation/accounts/truth.ts';

interface EvalAccountsOptions {
  readonly accounts?: string;
  readonly behaviours?: string;
  readonly population: number;
  readonly seed: number;
  readonly householdNoise: number;
  readonly rules: string;
  readonly out?: string;
  readonly fit?: true;
  readonly write?: true;
  readonly json?: boolean;
}

/** A rule file of the project: `rules` stands two folders above this file in `src` as in `dist`. */
const projectRule = (name: string): string => fileURLToPath(new URL(`../../rules/${name}`, import.meta.url));

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number of at most nine digits is needed.');
  return Number(text);
};

const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0 && value <= 1_000)) throw new InvalidArgumentError('a number from 0 to 1000 is needed.');
  return value;
};

const readGroups = async (
  path: string,
  behavioursPath: string | undefined,
): Promise<{ groups: PopulationGroup[]; bad: readonly BadLine[] }> => {
  const file = await readAccountFile(readObjects(path));
  const behaviours = behavioursPath === undefined ? [] : await readBehaviourFile(readObjects(behavioursPath));
  const networks = networkSettings.parse(parse(await readFile(projectRule('network/networks.yaml'), 'utf8')));
  const classifier = createNetworkClassifier(defaultNetworkSources(networks));
  // Hashes of an evaluation are compared with each other only, so any key will do.
  const keys = deriveEpochKeys(randomBytes(32), 0);
  const pseudonymiser = createPseudonymiser({
    keyring: () => [keys],
    networkOf: (ip) => {
      const given = file.networkClasses.get(ip);
      return given === undefined ? classifier.classify(ip) : { networkClass: given };
    },
  });
  return {
    groups: groupsOfFile(file, behaviours, (account) => pseudonymiser.pseudonymise(account)),
    bad: file.bad,
  };
};

const percent = (share01: number): string => `${(100 * share01).toFixed(2)} %`;

const table = (title: string, rows: AccountEvaluation['flaggedByKind']): string[] => [
  title,
  ...Object.entries(rows)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(
      ([name, { accounts, flagged }]) =>
        `  ${name.padEnd(16)}${String(flagged).padStart(8)} of ${String(accounts).padStart(8)}  ${percent(flagged / accounts)}`,
    ),
];

const fitReport = ({ slope, offsetNats, fittedOn, heldOut, before, after }: FittedClusters): string => {
  const told = ({ brier, ece }: Reliability): string =>
    `Brier score ${brier.toFixed(4)}, calibration error ${ece.toFixed(4)}`;
  return [
    `line fitted on ${fittedOn} clusters; on ${heldOut} others before: ${told(before)}; after: ${told(after)}`,
    `for rules/account.yaml, cluster: { offsetNats: ${offsetNats.toFixed(3)}, slope: ${slope.toFixed(3)} }\n`,
  ].join('\n');
};

const report = (result: Omit<AccountEvaluation, 'scored' | 'judged'>): string =>
  [
    `${result.accounts} accounts, ${result.puppets} of one hand with others, ${result.behaviours} behaviour edges`,
    `precision ${percent(result.byAccount.precision01)}  recall ${percent(result.byAccount.recall01)}  F1 ${result.byAccount.f1.toFixed(3)}  AUC ${result.byAccount.auc.toFixed(3)}  AP ${result.byAccount.averagePrecision.toFixed(3)}`,
    `${result.flaggedClusters} clusters flagged; Brier score ${result.brier.model.toFixed(4)} over all accounts (the share of puppets said of everybody ${result.brier.baseRate.toFixed(4)})`,
    ...table('flagged by kind', result.flaggedByKind),
    ...(Object.keys(result.recallByProfile).some((profile) => profile !== 'unknown')
      ? table('recall by the operator’s profile', result.recallByProfile)
      : []),
    ...table('recall by size of the farm', result.recallBySize),
    `index built in ${Math.round(result.buildMs)} ms, clusters found and scored in ${Math.round(result.clusterMs)} ms`,
  ].join('\n');

/** `eval accounts`: how well clusters of accounts of one hand are told from families, dormitories and carriers. */
export const evalAccountsCommand = (): Command =>
  new Command('accounts')
    .description('measure sock-puppet clusters on labelled accounts, or on a made-up population')
    .option('--accounts <file>', 'labelled accounts: NDJSON as a marketplace sends them, or a table with a heading')
    .option('--behaviours <file>', 'table or NDJSON with a, b, kind, nats, why: what two accounts did alike')
    .option(
      '--population <number>',
      'accounts of the made-up population, used without --accounts',
      wholeNumber,
      100_000,
    )
    .option('--seed <number>', 'the same seed gives the same population', wholeNumber, 1)
    .option('--household-noise <factor>', 'how often families act alike, against the usual', positiveNumber, 1)
    .option('--rules <file>', 'another account.yaml', projectRule('account.yaml'))
    .option('--out <file>', 'write each clustered account with cluster, probability and truth as CSV')
    .option('--fit', 'fit the probability of a cluster to half of the labelled clusters, measure it on the others')
    .option('--write', 'with --fit: write the fitted line to the file of --rules')
    .option('--json', 'print the figures as JSON')
    .action(async (options: EvalAccountsOptions, command: Command) => {
      if (options.write === true && options.fit !== true) command.error('error: --write needs --fit');
      const settings = accountSettings.parse(parse(await readFile(options.rules, 'utf8')));
      const read = options.accounts === undefined ? undefined : await readGroups(options.accounts, options.behaviours);
      const groups =
        read?.groups ??
        generatePopulation({
          accounts: options.population,
          seed: options.seed,
          householdNoise: options.householdNoise,
        });
      const { scored, judged, ...result } = evaluateClusters(groups, settings, () => performance.now());
      const fitted = options.fit === true ? fitClusterCalibration(judged, settings.cluster) : undefined;
      if (options.write === true && fitted !== undefined) {
        await writeFile(options.rules, withClusterCalibration(await readFile(options.rules, 'utf8'), fitted));
      }
      const bad = read?.bad ?? [];
      const memoryMb = Math.round(process.memoryUsage().rss / 1e6);
      if (options.out !== undefined) {
        const rows = scored.map((item) =>
          [
            item.accountId,
            item.clusterId,
            item.clusterSize,
            item.probability01.toFixed(4),
            item.isFlagged,
            item.isPuppet,
          ].join(','),
        );
        await writeFile(options.out, `account,cluster,cluster_size,probability,flagged,truth\n${rows.join('\n')}\n`);
      }
      for (const told of tellBadLines(bad)) process.stderr.write(`${told}\n`);
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ ...result, ...(fitted === undefined ? {} : { fitted }), memoryMb, linesLeftOut: bad.length })}\n`
          : `${report(result)}\nmemory ${memoryMb} MB\n${fitted === undefined ? '' : fitReport(fitted)}`,
      );
    });
