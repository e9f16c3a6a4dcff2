import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parse } from 'yaml';
import type { NetworkSources } from '../adapters/network/classify-address.ts';
import { defaultNetworkSources } from '../adapters/network/default-sources.ts';
import { combineNetworkSources, readNetworkFile, readNetworkFolder } from '../adapters/network/network-folder.ts';
import { networkSettings } from '../adapters/network/settings.ts';
import { type NetworkClass, networkClass } from '../domain/account.ts';
import { type AddressFile, readAddressFile } from '../evaluation/networks/address-file.ts';
import {
  evaluateNetworks,
  holdOutOwnNetwork,
  holdOutVpnLists,
  type NetworkEvaluation,
} from '../evaluation/networks/evaluate-networks.ts';

interface EvalNetworkOptions {
  readonly addresses: string;
  readonly class?: NetworkClass;
  readonly sources: readonly string[];
  readonly rules: string;
  readonly holdOut?: true | 'network' | 'vpn';
  readonly json?: boolean;
}

const classOption = (text: string): NetworkClass => {
  const parsed = networkClass.safeParse(text.toUpperCase());
  if (!parsed.success) throw new InvalidArgumentError(`one of ${networkClass.options.join(', ')} is needed.`);
  return parsed.data;
};

const readSources = async (paths: readonly string[]): Promise<NetworkSources[]> =>
  Promise.all(
    paths.map(async (path) => {
      const isFolder = (await stat(path)).isDirectory();
      const { sources, problems } = await (isFolder ? readNetworkFolder(path) : readNetworkFile(path));
      if (problems.length > 0) process.stderr.write(`${path}: ${problems.length} lines left out\n`);
      return sources;
    }),
  );

const report = (result: NetworkEvaluation, file: AddressFile): string =>
  [
    `${result.addresses} addresses${file.problems.length > 0 ? `, ${file.problems.length} lines left out` : ''}`,
    ...Object.entries(result.answers).map(
      ([truth, answers]) =>
        `  ${truth.padEnd(12)} ${Object.entries(answers)
          .sort(([, left], [, right]) => right - left)
          .map(([answer, count]) => `${answer} ${count}`)
          .join(', ')}`,
    ),
    `VPN, hosting and Tor recognised ${(100 * result.hiddenRecognised01).toFixed(2)} %, by lists alone ${(100 * result.hiddenListed01).toFixed(2)} %`,
    ...(result.hiddenSystems === 0
      ? []
      : [
          `  each of their ${result.hiddenSystems} systems (AS) counted alike ${(100 * result.recognisedBySystem01).toFixed(2)} %`,
        ]),
    `relay and carrier addresses taken for them ${(100 * result.protectedMistaken01).toFixed(2)} %`,
    `guessed from the network’s name ${(100 * result.inferred01).toFixed(2)} %`,
    `${(result.lookupsPerSecond / 1e6).toFixed(2)} million look-ups a second`,
  ].join('\n');

/** `eval network`: how well addresses are classified by the default networks and any files given. */
export const evalNetworkCommand = (): Command =>
  new Command('network')
    .description('measure the network classes of labelled addresses or ranges')
    .requiredOption(
      '--addresses <file>',
      'CSV with the columns address and class, perhaps asn and name; or a plain list',
    )
    .option('--class <class>', 'the class of all addresses, for a plain list', classOption)
    .option('--sources <paths...>', 'network files or folders: *.mmdb, *.bin, asn.csv, vpn.txt, asn-hosting.txt …', [])
    .addOption(
      new Option(
        '--hold-out [what]',
        'network (the default): leave out whatever names the address’s own network; vpn: leave out all that is said of VPN providers, so that only where their machines stand speaks',
      ).choices(['network', 'vpn']),
    )
    .option(
      '--rules <file>',
      'another networks.yaml',
      fileURLToPath(new URL('../../rules/network/networks.yaml', import.meta.url)),
    )
    .option('--json', 'print the figures as JSON')
    .action(async (options: EvalNetworkOptions) => {
      const settings = networkSettings.parse(parse(await readFile(options.rules, 'utf8')));
      const file = readAddressFile(await readFile(options.addresses, 'utf8'), options.class);
      const all = combineNetworkSources(
        { sources: [file.names] },
        ...(await readSources(options.sources)),
        defaultNetworkSources(settings),
      );
      const sources =
        options.holdOut === undefined ? all : options.holdOut === 'vpn' ? holdOutVpnLists(all) : holdOutOwnNetwork(all);
      const result = evaluateNetworks(file.addresses, sources, () => performance.now());
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ ...result, linesLeftOut: file.problems.length })}\n`
          : `${report(result, file)}\n`,
      );
    });
