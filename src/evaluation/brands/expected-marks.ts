import type { Mark } from '../../domain/mark.ts';

/** Reads which marks a row expects, as its file writes it: a list, or text that holds one id or several. */
type ExpectedReader = (expected: string | readonly string[]) => string[];

/**
 * A reader that knows the marks of the evaluation. Text is one id where a mark has it; else it is split at ; and |, and
 * at commas and white space only where that gives nothing but known marks: ids may hold both. A mark may also be given
 * by its words.
 */
export const createExpectedReader = (marks: readonly Mark[]): ExpectedReader => {
  const ids = new Set(marks.map((mark) => mark.id));
  const idByText = new Map<string, string>();
  for (const { id, wordMarkSpecification } of marks) {
    const key = wordMarkSpecification.markVerbalElementText.toLowerCase();
    if (!idByText.has(key)) idByText.set(key, id);
  }
  const known = (text: string): string | undefined => (ids.has(text) ? text : idByText.get(text.toLowerCase()));
  const readPart = (part: string): string[] => {
    const whole = known(part);
    if (whole !== undefined) return [whole];
    for (const separator of [/,/, /[\s,]+/]) {
      const pieces = piecesOf(part, separator);
      const found = pieces.map(known).filter((id) => id !== undefined);
      if (pieces.length > 1 && found.length === pieces.length) return found;
    }
    // Of marks that nobody knows, white space is the only thing that can be said.
    return ids.size === 0 ? piecesOf(part, /[\s,]+/) : [part];
  };
  return (expected) => {
    if (typeof expected !== 'string') return [...new Set(expected.map((one) => known(one) ?? one))];
    const text = expected.trim();
    const whole = known(text);
    return whole === undefined ? [...new Set(piecesOf(text, /[;|]/).flatMap(readPart))] : [whole];
  };
};

const piecesOf = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
