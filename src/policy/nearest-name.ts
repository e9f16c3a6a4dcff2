/** Edits (insert, delete, replace, swap of neighbours) between two short names; optimal string alignment distance. */
const editDistance = (left: string, right: string): number => {
  const rows = Array.from({ length: left.length + 1 }, (_, row) => [row, ...Array<number>(right.length).fill(0)]);
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  const first = rows[0];
  if (first !== undefined) for (let column = 0; column <= right.length; column += 1) first[column] = column;
  for (let row = 1; row <= left.length; row += 1)
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      let best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (isSame ? 0 : 1));
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && isSwap) best = Math.min(best, at(row - 2, column - 2) + 1);
      const current = rows[row];
      if (current !== undefined) current[column] = best;
    }
  return at(left.length, right.length);
};

/** The name that was probably meant, with at most a third of its letters wrong; ` Did you mean …?` or nothing. */
export const suggestName = (given: string, names: Iterable<string>): string => {
  const ranked = [...names]
    .map((name) => ({ name, edits: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(1, Math.floor(Math.max(name.length, given.length) / 3)))
    .toSorted((left, right) => left.edits - right.edits || (left.name < right.name ? -1 : 1));
  const best = ranked[0];
  return best === undefined ? '' : ` Did you mean ${best.name}?`;
};
