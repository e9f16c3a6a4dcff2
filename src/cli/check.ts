import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Argument, Command } from 'commander';
import type { Decision } from '../domain/decision.ts';
import { AppError } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { printResult, type CommandContext, type OutputOptions } from './command-context.ts';

interface Verdict {
  readonly findings: readonly Finding[];
  readonly decision: Decision;
}

/** `assay check listing|review FILE` */
export function checkCommand(context: CommandContext): Command {
  return new Command('check')
    .description('tell what a check says of one listing or review, with the evidence; nothing is stored')
    .addArgument(new Argument('<kind>', 'what the file holds').choices(['listing', 'review']))
    .argument('<file>', 'JSON of one item; pictures may be named by a path relative to the file')
    .option('--json', 'print the verdict as JSON')
    .action(async (kind: string, file: string, options: OutputOptions) => {
      const item = await readItem(file);
      const verdict = await context.withServer(
        (client) => client.post<Verdict>('/v1/checks/preview', { kind: kind.toUpperCase(), item }),
        { isScratchEnough: true },
      );
      printResult(context, options, verdict, describeVerdict);
    });
}

async function readItem(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('request.invalid', `The file ${file} cannot be read.`, { cause });
  });
  let item: unknown;
  try {
    item = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AppError('request.malformed', `The file ${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new AppError('request.invalid', `The file ${file} must hold one JSON object, the item.`);
  }
  const record = item as Record<string, unknown>;
  if (!Array.isArray(record['pictures'])) return record;
  const folder = path.dirname(file);
  const pictures = await Promise.all(record['pictures'].map((picture: unknown) => inlinePicture(picture, folder)));
  return { ...record, pictures };
}

async function inlinePicture(picture: unknown, folder: string): Promise<unknown> {
  if (typeof picture !== 'object' || picture === null || !('path' in picture)) return picture;
  const { path: name, ...rest } = picture as { path: unknown };
  const bytes = await readFile(path.resolve(folder, String(name))).catch((cause: unknown) => {
    throw new AppError('request.invalid', `The picture ${String(name)} cannot be read.`, { cause });
  });
  return { ...rest, base64: bytes.toString('base64') };
}

/** A verdict as a person reads it. */
export function describeVerdict({ findings, decision }: Verdict): string {
  const measures = decision.actions.length === 0 ? '' : `: ${decision.actions.join(', ')}`;
  const head = `${decision.outcome}${measures} (step ${decision.step}, severity ${decision.severity}, risk ${decision.risk01.toFixed(2)})`;
  const told = findings.flatMap((finding) => [
    `  ${finding.violationType}, probability ${finding.probability.toFixed(2)}: ${finding.summary}`,
    ...finding.evidence.map((piece) => `    - ${describeEvidence(piece)}`),
  ]);
  const rules = decision.firedRules.map(({ ruleId, why }) => `  rule ${ruleId}: ${why}`);
  const sampled = decision.isSampled
    ? ['  drawn as a sample, as the rules of the seller’s tier ask: a person confirms what was found']
    : [];
  return [head, ...(told.length === 0 ? ['  nothing was found'] : told), ...rules, ...sampled].join('\n');
}

function describeEvidence(piece: Evidence): string {
  switch (piece.kind) {
    case 'TEXT_SPAN':
      return `${piece.field}[${piece.start}–${piece.end}] “${piece.text}”: ${piece.why}`;
    case 'PICTURE_MATCH':
      return `picture ${piece.pictureIndex} and ${piece.bankPictureId} (${piece.ownerLabel}), ${piece.distanceBits} bits apart, ${piece.orientation}: ${piece.why}`;
    case 'FACT':
      return `${piece.name} = ${piece.value}${piece.unit === undefined ? '' : ` ${piece.unit}`}: ${piece.why}`;
    case 'PICTURES_REPLACED':
    case 'RING':
    case 'REVIEW_PAIR':
    case 'TEXT_PAIR':
    case 'ACCOUNT_LINK':
    case 'ACCOUNT_CLUSTER':
    case 'NETWORK':
      return piece.why;
    default:
      return piece satisfies never;
  }
}
