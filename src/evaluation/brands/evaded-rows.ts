import type { Mark } from '../../domain/mark.ts';
import type { EvalRow } from './eval-rows.ts';
import { EVASIONS } from './evasions.ts';
import type { Random } from './evasions.ts';

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)]!;

const insertInto = (title: string, words: string, random: Random): string => {
  const gaps = [0, ...[...title.matchAll(/ /g)].map((match) => match.index + 1)];
  const at = pick(gaps, random);
  return `${title.slice(0, at)}${words} ${title.slice(at)}`;
};

/** Rows that name a mark in disguise: `perFamily` for each family of evasion, in titles of the clean rows. */
export const makeEvadedRows = (
  marks: readonly Mark[],
  clean: readonly EvalRow[],
  { perFamily, random }: { readonly perFamily: number; readonly random: Random },
): EvalRow[] => {
  const rows: EvalRow[] = [];
  if (marks.length === 0 || clean.length === 0) return rows;
  for (const [family, evade] of Object.entries(EVASIONS)) {
    let made = 0;
    for (let turn = 0; turn < perFamily * 20 && made < perFamily; turn++) {
      const mark = pick(marks, random);
      const host = pick(clean, random);
      const written = evade(mark.wordMarkSpecification.markVerbalElementText, random);
      if (written === undefined) continue;
      made++;
      const title = insertInto(host.title, written, random);
      rows.push({ ...host, id: `${family}-${made}`, title, expected: [mark.id], family, outcome: '' });
    }
  }
  for (const [made, mark] of marks
    .filter((one) => one.aliases.length > 0)
    .slice(0, perFamily)
    .entries()) {
    const host = pick(clean, random);
    const title = insertInto(host.title, pick(mark.aliases, random).text, random);
    rows.push({ ...host, id: `alias-${made}`, title, expected: [mark.id], family: 'alias', outcome: '' });
  }
  return rows;
};
