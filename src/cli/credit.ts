import { Command } from 'commander';
import type { CreditReport } from '../domain/credit.ts';
import { printResult, type CommandContext, type OutputOptions } from './command-context.ts';

interface CreditOptions extends OutputOptions {
  readonly asOf?: string;
  readonly knownAt?: string;
}

/** `assay credit SELLER` */
export function creditCommand(context: CommandContext): Command {
  return new Command('credit')
    .description('tell a seller’s credit at any moment, with everything that makes it')
    .argument('<seller>', 'id of the seller')
    .option('--as-of <time>', 'the moment of which the score is asked (RFC 3339); now when absent')
    .option('--known-at <time>', 'what had been recorded by then; now when absent')
    .option('--json', 'print the report as JSON')
    .action(async (seller: string, options: CreditOptions) => {
      const query = new URLSearchParams();
      if (options.asOf !== undefined) query.set('as_of', options.asOf);
      if (options.knownAt !== undefined) query.set('known_at', options.knownAt);
      const path = `/v1/sellers/${encodeURIComponent(seller)}/credit?${query.toString()}`;
      const report = await context.withServer((client) => client.get<CreditReport>(path));
      printResult(context, options, report, (told) => describeCredit(seller, told));
    });
}

/** A report as a person reads it: the number, what it allows, and why. */
export function describeCredit(sellerId: string, report: CreditReport): string {
  const { eligibility } = report;
  const rows = [
    `${sellerId}: ${report.score} of 1000, tier ${report.tier}${report.tierNow === report.tier ? '' : ` (would be ${report.tierNow})`}`,
    `  campaigns ${eligibility.campaigns}, recommendations ${eligibility.recommendations}, publication ${eligibility.publication}`,
    `  evidence of ${report.evidenceMass.toFixed(1)} events, ${report.penaltyPoints} penalty points, ${report.strikes} strikes, cap ${report.cap}`,
    ...report.lines.map(({ why, deltaScore }) => `  ${signed(deltaScore)} ${why}`),
    ...(report.breakdown.length > 0 ? ['  What moves it most:'] : []),
    ...report.breakdown.map(({ costQuality, subjectRef, why }) => `  ${signed(-costQuality)} ${subjectRef}: ${why}`),
  ];
  return rows.join('\n');
}

const signed = (delta: number | undefined): string => {
  if (delta === undefined) return '      ';
  return `${delta > 0 ? '+' : ''}${delta}`.padStart(6);
};
