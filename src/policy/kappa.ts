import type { Judgement } from '../domain/views/quality-view.ts';

/** Agreement beyond chance. */
export interface Kappa {
  readonly pairs: number;
  readonly agreed: number;
  /** Absent where chance alone would always agree: all pairs of one class. */
  readonly kappa?: number;
  readonly standardError?: number;
}

/** What of a judgement two people can agree on: for or against, and what for. */
export const classOf = ({ reason, violationType }: Judgement): string =>
  reason === 'CONFIRMED' ? `CONFIRMED ${violationType ?? ''}` : 'REJECTED';

/**
 * Cohen's kappa of pairs of classes, with its large-sample standard error. Source: Cohen 1960; the error by Fleiss, Cohen
 * and Everitt 1969, for a kappa that is not zero.
 */
export function cohensKappa(pairs: readonly (readonly [string, string])[]): Kappa {
  const n = pairs.length;
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  const cells = new Map<string, { left: string; right: string; count: number }>();
  let agreed = 0;
  for (const [left, right] of pairs) {
    first.set(left, (first.get(left) ?? 0) + 1);
    second.set(right, (second.get(right) ?? 0) + 1);
    const key = `${left}\u0000${right}`;
    const cell = cells.get(key) ?? { left, right, count: 0 };
    cells.set(key, { ...cell, count: cell.count + 1 });
    if (left === right) agreed += 1;
  }
  if (n === 0) return { pairs: 0, agreed: 0 };
  const observed01 = agreed / n;
  let chance01 = 0;
  for (const [name, count] of first) chance01 += (count / n) * ((second.get(name) ?? 0) / n);
  if (chance01 >= 1) return { pairs: n, agreed };
  const kappa = (observed01 - chance01) / (1 - chance01);
  const share = (counts: ReadonlyMap<string, number>, name: string): number => (counts.get(name) ?? 0) / n;
  let variance = -((kappa - chance01 * (1 - kappa)) ** 2);
  for (const { left, right, count } of cells.values()) {
    // Margins of the row's and of the column's class, crosswise.
    const margins = share(second, left) + share(first, right);
    variance +=
      left === right ? (count / n) * (1 - margins * (1 - kappa)) ** 2 : (1 - kappa) ** 2 * (count / n) * margins ** 2;
  }
  const standardError = Math.sqrt(Math.max(0, variance) / n) / (1 - chance01);
  return { pairs: n, agreed, kappa, standardError };
}
