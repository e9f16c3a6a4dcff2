import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface Column {
  readonly title: string;
  readonly isNumber?: true;
  /** Share of the room; the others share the rest equally. */
  readonly width?: string;
}

interface WideTableProps {
  /** Name of the table for those who hear it. */
  readonly label: string;
  /** Width below which it scrolls sideways instead of breaking every word, px. */
  readonly minWidth: number;
  readonly columns: readonly (string | Column)[];
  /** Fills a card of its own, up to the card's edge. */
  readonly isEdged?: boolean;
  /** Rows. */
  readonly children: ReactNode;
}

/** A table that scrolls sideways where the screen is narrow; the keyboard reaches it, too. */
export function WideTable({ label, minWidth, columns, isEdged = false, children }: WideTableProps) {
  const titled = columns.map((column): Column => (typeof column === 'string' ? { title: column } : column));
  const isFixed = titled.some(({ width }) => width !== undefined);
  return (
    <Table.ScrollContainer minWidth={minWidth} tabIndex={0} role="region" aria-label={label}>
      <Table
        verticalSpacing="xs"
        {...(isEdged ? { horizontalSpacing: 'md' } : {})}
        {...(isFixed ? { layout: 'fixed' } : {})}
      >
        <Table.Thead>
          <Table.Tr>
            {titled.map(({ title, isNumber, width }) => (
              <Table.Th
                key={title}
                {...(isNumber ? { ta: 'right' } : {})}
                {...(width === undefined ? {} : { w: width })}
              >
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
