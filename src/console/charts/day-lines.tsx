import { Table, Text } from '@mantine/core';
import { useTexts } from '../language/use-language.ts';
import { dashboardTexts } from '../texts/dashboard-texts.ts';
import { tellDay } from '../wording.ts';

interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

interface DayLinesProps {
  readonly title: string;
  /** ISO dates, oldest first. */
  readonly days: readonly string[];
  readonly series: readonly Series[];
}

const WIDTH = 640;
const HEIGHT = 190;
const LEFT = 38;
const BOTTOM = 24;

/** A round number at or above the greatest value, so that the axis has whole steps. */
function roundUp(value: number): number {
  if (value <= 5) return 5;
  const step = 10 ** Math.floor(Math.log10(value));
  return Math.ceil(value / step) * step;
}

/** Lines over days. Each line is told apart by its dashes as well as its colour; the figures are in a table beneath. */
export function DayLines({ title, days, series }: DayLinesProps) {
  const texts = useTexts(dashboardTexts);
  const top = roundUp(Math.max(0, ...series.flatMap(({ values }) => values)));
  const x = (at: number): number => LEFT + (days.length < 2 ? 0 : (at * (WIDTH - LEFT - 8)) / (days.length - 1));
  const y = (value: number): number => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - 8);
  const marks = [0, top / 2, top];
  const labelled = [0, Math.floor((days.length - 1) / 2), days.length - 1].filter(
    (at, place, all) => at >= 0 && all.indexOf(at) === place,
  );
  return (
    <figure className="day-lines">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        {marks.map((value) => (
          <g key={value}>
            <line className="grid" x1={LEFT} x2={WIDTH - 8} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} textAnchor="end">
              {Math.round(value)}
            </text>
          </g>
        ))}
        {labelled.map((at) => (
          <text
            key={at}
            x={x(at)}
            y={HEIGHT - 6}
            textAnchor={at === 0 ? 'start' : at === days.length - 1 ? 'end' : 'middle'}
          >
            {tellDay(days[at] ?? '')}
          </text>
        ))}
        {series.map(({ name, values }, line) => (
          <polyline
            key={name}
            className={`line line-${line}`}
            points={values.map((value, at) => `${x(at)},${y(value)}`).join(' ')}
          />
        ))}
      </svg>
      <figcaption>
        {series.map(({ name, values }, line) => (
          <span key={name} className="line-name">
            <svg width="26" height="8" aria-hidden>
              <line className={`line line-${line}`} x1="0" x2="26" y1="4" y2="4" />
            </svg>
            {name} ({values.reduce((sum, value) => sum + value, 0)})
          </span>
        ))}
      </figcaption>
      <details>
        <summary>
          <Text span size="xs">
            {texts.table}
          </Text>
        </summary>
        <Table fz="xs" verticalSpacing={2}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{texts.day}</Table.Th>
              {series.map(({ name }) => (
                <Table.Th scope="col" key={name}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.map((day, at) => (
              <Table.Tr key={day}>
                <Table.Td>{tellDay(day)}</Table.Td>
                {series.map(({ name, values }) => (
                  <Table.Td key={name}>{values[at]}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </figure>
  );
}
