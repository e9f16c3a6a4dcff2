import type { ReactNode } from 'react';

interface BarRow {
  readonly key: string;
  readonly label: ReactNode;
  /** Length of the bar. */
  readonly value: number;
  /** What stands beside it. */
  readonly told: string;
}

interface BarRowsProps {
  readonly title: string;
  readonly rows: readonly BarRow[];
  /** The longest possible value; absent: the longest of the rows. */
  readonly full?: number;
}

/** Horizontal bars with their figures: a plot that is a table at the same time, for eyes and ears alike. */
export function BarRows({ title, rows, full }: BarRowsProps) {
  const greatest = full ?? Math.max(1e-9, ...rows.map(({ value }) => value));
  return (
    <table className="bar-rows">
      <caption className="for-ears">{title}</caption>
      <tbody>
        {rows.map(({ key, label, value, told }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>
              <span className="bar-track">
                <span className="bar-fill" style={{ width: `${(100 * Math.max(0, value)) / greatest}%` }} />
              </span>
            </td>
            <td className="bar-told">{told}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
