import { parse } from 'csv-parse/sync';

/** A row of a table and the line where it begins: texts by the names of the heading, or why it cannot be read. */
export interface TableRow {
  readonly line: number;
  readonly value: Readonly<Record<string, string | undefined>> | undefined;
  readonly why?: string;
}

/** So many lines one row may fill: a quote that is open for longer was never closed. */
const MAX_ROW_LINES = 200;

const NEVER_CLOSED = 'a quote is opened and never closed';

/** Cells of one row, undefined while a quote is open, or why there are none. */
const cellsOf = (text: string, delimiter: string, isStrict: boolean): readonly string[] | undefined | string => {
  try {
    const [cells = []] = parse(text, { delimiter, relaxColumnCount: true, relaxQuotes: !isStrict });
    return cells;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    return code === 'CSV_QUOTE_NOT_CLOSED' ? undefined : NEVER_CLOSED;
  }
};

/** Lines that can be handed back. */
class LineQueue {
  /** Number of the line that was taken last, from 1. */
  line = 0;
  readonly #lines: AsyncIterator<string>;
  #returned: string[] = [];

  constructor(lines: AsyncIterable<string>) {
    this.#lines = lines[Symbol.asyncIterator]();
  }

  async take(): Promise<string | undefined> {
    const returned = this.#returned.shift();
    if (returned === undefined) {
      const next = await this.#lines.next();
      if (next.done === true) return undefined;
      this.line++;
      return next.value;
    }
    this.line++;
    return returned;
  }

  giveBack(lines: readonly string[]): void {
    this.line -= lines.length;
    this.#returned = [...lines, ...this.#returned];
  }
}

/** Cells of the row that begins with `first`; a cell in quotes may go on over lines, which are strict about quotes then. */
const readRow = async (queue: LineQueue, first: string, delimiter: string): Promise<readonly string[] | string> => {
  // Quotes of a TSV are part of the text.
  if (delimiter === '\t' || !first.includes('"')) return first.split(delimiter);
  let cells = cellsOf(first, delimiter, false);
  const further: string[] = [];
  while (cells === undefined && further.length < MAX_ROW_LINES) {
    const next = await queue.take();
    if (next === undefined) break;
    further.push(next);
    if (next.includes('"')) cells = cellsOf([first, ...further].join('\n'), delimiter, true);
  }
  if (Array.isArray(cells)) return cells;
  queue.giveBack(further);
  return NEVER_CLOSED;
};

/**
 * Rows of a table whose first line is the heading. A row with an open quote, or with more cells than the heading, is told
 * and harms no other one; missing cells at its end are missing.
 */
export async function* readTable(lines: AsyncIterable<string>, delimiter: string): AsyncGenerator<TableRow> {
  const queue = new LineQueue(lines);
  let names: readonly string[] | undefined;
  for (let text = await queue.take(); text !== undefined; text = await queue.take()) {
    if (text.trim() === '') continue;
    const { line } = queue;
    const cells = await readRow(queue, text, delimiter);
    if (typeof cells === 'string') yield { line, value: undefined, why: cells };
    else if (names === undefined) names = cells.map((name) => name.trim());
    else {
      const heading = names;
      const isTooLong = cells.slice(heading.length).some((cell) => cell.trim() !== '');
      const why = `${cells.length} cells under a heading of ${heading.length}: a cell that holds “${delimiter}” must stand in quotes`;
      yield isTooLong
        ? { line, value: undefined, why }
        : { line, value: Object.fromEntries(heading.map((name, at) => [name, cells[at]])) };
    }
  }
}
