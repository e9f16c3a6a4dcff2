import { Command } from 'commander';
import type { ExplanationView } from '../domain/views/rules-view.ts';
import { printResult, type CommandContext, type OutputOptions } from './command-context.ts';

const asText = ({ checkId, rulesetDigest, decided, isSame, rules }: ExplanationView): string =>
  [
    `${checkId}: ${decided.step} ${decided.outcome} by version ${rulesetDigest.slice(0, 12)}${isSame ? '' : '; asked again, the version decides otherwise'}`,
    ...decided.firedRules.map(({ ruleId, why }) => `  ${ruleId}: ${why}`),
    ...rules.flatMap(({ ruleId, about, answer, values }) => [
      `  ${answer === 'HOLDS' ? 'holds ' : answer === 'FAILED' ? 'failed' : '      '} ${ruleId} (${about})`,
      `           ${Object.entries(values)
        .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
        .join(', ')}`,
    ]),
  ].join('\n');

/** `assay rules explain CHECK`: what the version that decided asked, and the values that it read. */
export const rulesExplainCommand = (context: CommandContext): Command =>
  new Command('explain')
    .description('tell every rule that was asked about a check, its answer and the values that it read')
    .argument('<check>', 'id of the check')
    .option('--json', 'print the explanation as JSON')
    .action(async (checkId: string, options: OutputOptions) => {
      const path = `/v1/checks/${encodeURIComponent(checkId)}/explanation`;
      const explanation = await context.withServer((client) => client.get<ExplanationView>(path));
      printResult(context, options, explanation, asText);
    });
