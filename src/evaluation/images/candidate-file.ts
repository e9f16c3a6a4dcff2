import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { JudgedCandidate } from './fit-calibration.ts';

const COLUMNS = [
  'right',
  'inliers',
  'support',
  'median_bits',
  'squeeze',
  'distance_bits',
  'agreement',
  'blocks',
  'visible',
  'colours',
] as const;

const number = z.coerce.number();

const row = z.object({
  right: z.enum(['0', '1']),
  inliers: number,
  support: number,
  median_bits: number,
  squeeze: number,
  distance_bits: number,
  agreement: number,
  blocks: number,
  visible: number,
  colours: z.enum(['same', 'edited', 'variant', 'unknown']),
});

/** As CSV: what a fit needs of each candidate, and nothing of the pictures. */
export function writeCandidates(candidates: readonly JudgedCandidate[]): string {
  const rows = candidates.map(({ isRight, match }) => {
    const { inliers, support01, medianBits, squeeze, distanceBits, dense, colours } = match;
    const ratios = [dense.agreement01, dense.visible01].map((value) => short(value));
    return [
      isRight ? 1 : 0,
      inliers,
      short(support01),
      medianBits,
      short(squeeze),
      distanceBits,
      ratios[0],
      dense.blocks,
      ratios[1],
      colours,
    ].join(',');
  });
  return `${COLUMNS.join(',')}\n${rows.join('\n')}\n`;
}

const short = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Reads what `writeCandidates` wrote. Throws with the line where a row is none. */
export function readCandidates(csv: string): readonly JudgedCandidate[] {
  const rows = parse(csv, { columns: true, skip_empty_lines: true }) as unknown as readonly unknown[];
  return rows.map((given, i) => {
    const parsed = row.safeParse(given);
    if (!parsed.success) throw new Error(`line ${i + 2} is no candidate: ${z.prettifyError(parsed.error)}`);
    const { right, support, median_bits, squeeze, distance_bits, agreement, blocks, visible, ...rest } = parsed.data;
    return {
      isRight: right === '1',
      match: {
        inliers: rest.inliers,
        support01: support,
        medianBits: median_bits,
        squeeze,
        distanceBits: distance_bits,
        dense: { agreement01: agreement, blocks, visible01: visible },
        colours: rest.colours,
      },
    };
  });
}
