/** Solves a square system by Gaussian elimination with pivoting; undefined where it has no single solution. */
export function solveLinear(
  matrix: readonly ArrayLike<number>[],
  right: ArrayLike<number>,
): readonly number[] | undefined {
  const rows = matrix.map((row, i) => [...Array.from(row), right[i] as number]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = i;
    }
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    const lead = rows[column] as number[];
    if (Math.abs(lead[column] as number) < 1e-12) return undefined;
    for (let i = 0; i < size; i++) {
      if (i === column) continue;
      const row = rows[i] as number[];
      const factor = (row[column] as number) / (lead[column] as number);
      for (let j = column; j <= size; j++) row[j] = (row[j] as number) - factor * (lead[j] as number);
    }
  }
  return rows.map((row, i) => (row[size] as number) / (row[i] as number));
}
