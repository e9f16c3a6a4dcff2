/** Letters of 5 × 7 dots, so that lettering needs neither fonts nor an SVG renderer. A row is 5 bits, left first. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  L: [16, 16, 16, 16, 16, 16, 31],
  N: [17, 25, 21, 19, 17, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  P: [30, 17, 17, 30, 16, 16, 16],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  W: [17, 17, 17, 21, 21, 27, 17],
  '0': [14, 17, 19, 21, 25, 17, 14],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '%': [24, 25, 2, 4, 8, 19, 3],
  ' ': [0, 0, 0, 0, 0, 0, 0],
};

/** Whether the dot of a text at (x, y), counted in dots from its upper left corner, is set. Six columns a letter. */
export function isInk(text: string, x: number, y: number): boolean {
  const glyph = GLYPHS[text[Math.floor(x / 6)] ?? ' '];
  const column = Math.floor(x) % 6;
  const row = glyph?.[Math.floor(y)];
  return row !== undefined && column < 5 && ((row >> (4 - column)) & 1) === 1;
}
