import type { Affine } from './affine.ts';
import type { BankMatch } from './picture-index.ts';

/** Left, top, right, bottom, as parts of the subject's picture. */
type Region = readonly [number, number, number, number];

/** So much of what one match shows must lie in what another shows for the other to account for it. */
const EXPLAINED_SHARE01 = 0.85;

/**
 * Whether what `match` shows of the subject's picture is shown by `by` as well. A bank picture that is only a part of
 * the subject's picture accounts for that part alone: a stolen photo beside a harmless size chart stays stolen.
 */
export function isExplainedBy(match: { transform: Affine }, by: { transform: Affine }): boolean {
  const part = regionOf(match.transform);
  const whole = regionOf(by.transform);
  const common = areaOf([
    Math.max(part[0], whole[0]),
    Math.max(part[1], whole[1]),
    Math.min(part[2], whole[2]),
    Math.min(part[3], whole[3]),
  ]);
  return common >= EXPLAINED_SHARE01 * areaOf(part);
}

/** The matches that no picture of the negative bank accounts for, without that bank's own. */
export function unsilenced(matches: readonly BankMatch[]): readonly BankMatch[] {
  const negatives = matches.filter(({ entry }) => entry.bank === 'NEGATIVE');
  return matches.filter(
    (match) => match.entry.bank !== 'NEGATIVE' && !negatives.some((negative) => isExplainedBy(match, negative)),
  );
}

/** The upright box around the bank picture as it lies in the subject's picture, cut at its borders. */
function regionOf([a, b, c, d, e, f]: Affine): Region {
  const x = [e, e + a, e + c, e + a + c];
  const y = [f, f + b, f + d, f + b + d];
  const cut = (value: number): number => Math.min(1, Math.max(0, value));
  return [cut(Math.min(...x)), cut(Math.min(...y)), cut(Math.max(...x)), cut(Math.max(...y))];
}

function areaOf([left, top, right, bottom]: Region): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}
