import { Command } from 'commander';
import { readRuleFiles, readRuleTests } from '../adapters/rules/read-rule-files.ts';
import type { RulesetSummary, RulesetView } from '../domain/views/rules-view.ts';
import type { AssayClient } from './assay-client.ts';
import { actAs, type ActingOptions } from './act-as-person.ts';
import { printResult, type CommandContext, type OutputOptions } from './command-context.ts';

interface NoteOptions extends OutputOptions, ActingOptions {
  readonly note: string;
}

const SHORT = 12;

/** `4f1c… PUBLISHED by Ann on 2026-06-15, 30 cases hold` */
const lineOf = ({ digest, state, author, createdAt, cases, backtest, note }: RulesetSummary): string =>
  [
    `${digest.slice(0, SHORT)} ${state.padEnd(10)} ${createdAt.slice(0, 16)} ${author.name}`,
    ...(cases === undefined ? [] : [`${cases.passed} cases hold${cases.failed > 0 ? `, ${cases.failed} do not` : ''}`]),
    ...(backtest === undefined ? [] : [`backtested on ${backtest.checks} checks: ${backtest.moved} move`]),
    ...(note === '' ? [] : [note]),
  ].join(', ');

/** A version after a move, with what stands in the way of the next one. */
const lifeOf = (version: RulesetView): string =>
  [
    lineOf(version),
    ...version.failures.map(({ place, message }) => `  ${place}: ${message}`),
    `  ${version.changes.length} values differ from the published version`,
    ...(version.shadow === undefined
      ? []
      : [`  in shadow: ${version.shadow.differed} of ${version.shadow.compared} live decisions would differ`]),
  ].join('\n');

/** Hands the draft of a folder to the Assay that has the data; the same content is the same version. */
export const submitFolder = async (client: AssayClient, folder: string, note: string): Promise<RulesetView> => {
  const files = [...(await readRuleFiles(folder)), ...(await readRuleTests(folder))];
  return client.post<RulesetView>('/v1/rulesets', { files, note });
};

/** `assay rules list|show|submit|shadow|publish|retire|rollback`: the life of the versions in the database. */
export const rulesLifeCommands = (context: CommandContext): readonly Command[] => {
  const withNote = (command: Command): Command =>
    command
      .option('--note <text>', 'why, for colleagues', '')
      .option('--as <login>', 'the person who acts; the password is asked for, or taken from ASSAY_PASSWORD')
      .option('--json', 'print the result as JSON');
  const withActor = <Result>(options: NoteOptions, work: (client: AssayClient) => Promise<Result>): Promise<Result> =>
    context.withServer(async (client) => work(await actAs(client, context, options)));
  const move = (name: 'shadow' | 'publish' | 'retire', description: string): Command =>
    withNote(new Command(name).description(description).argument('<version>', 'its digest, or how that begins')).action(
      async (digest: string, options: NoteOptions) => {
        const moved = await withActor(options, (client) =>
          client.post<RulesetView>(`/v1/rulesets/${encodeURIComponent(digest)}/${name}`, { note: options.note }),
        );
        printResult(context, options, moved, lifeOf);
      },
    );
  return [
    new Command('list')
      .description('tell every version of the rules, newest first')
      .option('--json', 'print the versions as JSON')
      .action(async (options: OutputOptions) => {
        const { items } = await context.withServer((client) => client.get<{ items: RulesetSummary[] }>('/v1/rulesets'));
        printResult(context, options, items, (list) => list.map(lineOf).join('\n'));
      }),
    new Command('show')
      .description('tell a version, what differs from the published one, and how it did in shadow')
      .argument('<version>', 'its digest, or how that begins')
      .option('--json', 'print the version as JSON')
      .action(async (digest: string, options: OutputOptions) => {
        const version = await context.withServer((client) =>
          client.get<RulesetView>(`/v1/rulesets/${encodeURIComponent(digest)}`),
        );
        printResult(context, options, version, lifeOf);
      }),
    withNote(
      new Command('submit')
        .description('hand in a draft; its files are checked and its cases run')
        .argument('<folder>', 'folder of the draft'),
    ).action(async (folder: string, options: NoteOptions) => {
      const version = await withActor(options, (client) => submitFolder(client, folder, options.note));
      printResult(context, options, version, lifeOf);
    }),
    move('shadow', 'run a version beside the published one on live items; nothing of it is enforced'),
    move('publish', 'put a version into force; a second person who signed in must, see --as'),
    move('retire', 'put a version aside'),
    withNote(
      new Command('rollback')
        .description('bring back, in one step, the version that was in force before, or another that once was')
        .argument('[version]', 'its digest, or how that begins'),
    ).action(async (digest: string | undefined, options: NoteOptions) => {
      const body = { note: options.note, ...(digest === undefined ? {} : { digest }) };
      const version = await withActor(options, (client) => client.post<RulesetView>('/v1/rulesets/rollback', body));
      printResult(context, options, version, lifeOf);
    }),
  ];
};
