/**
 * Letters drawn as strokes on a grid of 4 × 6, top left is 0,0. Written for this project so that a picture does not
 * depend on the fonts of the machine that draws it. Strokes are separated by `|`, points by blanks.
 */
const LETTERS: Readonly<Record<string, string>> = {
  A: '0,6 2,0 4,6|1,4 3,4',
  B: '0,0 0,6 3,6 4,5 4,4 3,3 0,3|0,0 3,0 4,1 4,2 3,3',
  C: '4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5',
  D: '0,0 0,6 2,6 4,4 4,2 2,0 0,0',
  E: '4,0 0,0 0,6 4,6|0,3 3,3',
  F: '4,0 0,0 0,6|0,3 3,3',
  G: '4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5 4,3 2,3',
  H: '0,0 0,6|4,0 4,6|0,3 4,3',
  I: '2,0 2,6',
  J: '3,0 3,5 2,6 1,6 0,5',
  K: '0,0 0,6|4,0 0,3 4,6',
  L: '0,0 0,6 4,6',
  M: '0,6 0,0 2,3 4,0 4,6',
  N: '0,6 0,0 4,6 4,0',
  O: '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0',
  P: '0,6 0,0 3,0 4,1 4,2 3,3 0,3',
  Q: '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0|2,4 4,6',
  R: '0,6 0,0 3,0 4,1 4,2 3,3 0,3|2,3 4,6',
  S: '4,1 3,0 1,0 0,1 0,2 1,3 3,3 4,4 4,5 3,6 1,6 0,5',
  T: '0,0 4,0|2,0 2,6',
  U: '0,0 0,5 1,6 3,6 4,5 4,0',
  V: '0,0 2,6 4,0',
  W: '0,0 1,6 2,3 3,6 4,0',
  X: '0,0 4,6|4,0 0,6',
  Y: '0,0 2,3 4,0|2,3 2,6',
  Z: '0,0 4,0 0,6 4,6',
  '0': '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0|1,5 3,1',
  '1': '1,1 2,0 2,6|1,6 3,6',
  '2': '0,1 1,0 3,0 4,1 4,2 0,6 4,6',
  '3': '0,0 4,0 2,3 4,4 4,5 3,6 1,6 0,5',
  '4': '3,6 3,0 0,4 4,4',
  '5': '4,0 0,0 0,3 3,3 4,4 4,5 3,6 0,6',
  '6': '3,0 1,1 0,3 0,5 1,6 3,6 4,5 4,4 3,3 0,3',
  '7': '0,0 4,0 1,6',
  '8': '1,0 3,0 4,1 4,2 3,3 1,3 0,4 0,5 1,6 3,6 4,5 4,4 3,3|1,3 0,2 0,1 1,0',
  '9': '4,3 1,3 0,2 0,1 1,0 3,0 4,1 4,3 3,6 1,6',
  '-': '1,3 3,3',
  '%': '0,6 4,0|0,1 1,1|3,5 4,5',
  '.': '2,6 2,6',
};

/** How wide a word is drawn: letter height and width are in the units of the picture. */
export interface LetterStyle {
  readonly height: number;
  readonly colour: string;
  /** Stroke width as a part of the height, for example 0.15. */
  readonly weight01: number;
  /** Slant in degrees, 0 is upright. */
  readonly slantDegrees?: number;
  readonly opacity01?: number;
}

/** Width of the word in units of the picture when drawn with `drawWord`. */
const measureWord = (word: string, heightUnits: number): number =>
  Math.max(0, word.length * 5.4 - 1.4) * (heightUnits / 6);

/** SVG of a word in capitals, centred on `x`,`y`. Characters without a drawing become gaps. */
export const drawWord = (word: string, at: { readonly x: number; readonly y: number }, style: LetterStyle): string => {
  const unit = style.height / 6;
  const left = at.x - measureWord(word, style.height) / 2;
  const strokes = [...word.toUpperCase()].flatMap((letter, index) =>
    (LETTERS[letter] ?? '').split('|').map((stroke) =>
      stroke
        .split(' ')
        .filter((point) => point !== '')
        .map((point) => {
          const [x = 0, y = 0] = point.split(',').map(Number);
          return `${(left + (index * 5.4 + x) * unit).toFixed(1)},${(at.y + (y - 3) * unit).toFixed(1)}`;
        })
        .join(' '),
    ),
  );
  const lines = strokes.filter((points) => points !== '').map((points) => `<polyline points="${points}"/>`);
  const slant = style.slantDegrees ?? 0;
  const turn =
    slant === 0 ? '' : ` transform="translate(${at.x} ${at.y}) skewX(${-slant}) translate(${-at.x} ${-at.y})"`;
  return (
    `<g fill="none" stroke="${style.colour}" stroke-width="${(style.height * style.weight01).toFixed(1)}"` +
    ` stroke-linecap="round" stroke-linejoin="round" opacity="${style.opacity01 ?? 1}"${turn}>${lines.join('')}</g>`
  );
};
