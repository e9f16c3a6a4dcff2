import { describe, expect, it } from 'vitest';
import type { PictureRaster } from '../../../src/detectors/image/raster.ts';
import { pageOfLines } from '../../../src/detectors/image/text-lines.ts';

const WIDTH_PX = 320;
const HEIGHT_PX = 240;
const LETTERS = [
  ['#...#', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  ['#####', '#....', '#....', '####.', '#....', '#....', '#####'],
  ['#....', '#....', '#....', '#....', '#....', '#....', '#####'],
  ['#####', '..#..', '..#..', '..#..', '..#..', '..#..', '..#..'],
];

type Colour = readonly [number, number, number];

/** Four letters, each cell three pixels wide, on a line of this slope. */
function draw(ground: Colour, ink: Colour, slope: number): PictureRaster {
  const rgb = new Uint8Array(WIDTH_PX * HEIGHT_PX * 3);
  for (let y = 0; y < HEIGHT_PX; y++) {
    for (let x = 0; x < WIDTH_PX; x++) {
      const column = Math.floor((x - 90) / 3);
      const row = Math.floor((y - 100 - slope * (x - 90)) / 3);
      const letter = LETTERS[Math.floor(column / 7)];
      const isInk = column >= 0 && letter?.[row]?.[column % 7] === '#';
      rgb.set(isInk ? ink : ground, (y * WIDTH_PX + x) * 3);
    }
  }
  return { widthPx: WIDTH_PX, heightPx: HEIGHT_PX, rgb };
}

/** Rows of the page that hold ink, from one gap to the next. */
function linesOf(page: NonNullable<ReturnType<typeof pageOfLines>>): readonly number[] {
  const heights: number[] = [];
  let height = 0;
  for (let y = 0; y < page.heightPx; y++) {
    const isInk = page.values.subarray(y * page.widthPx, (y + 1) * page.widthPx).some((value) => value < 128);
    if (isInk) height++;
    else if (height > 0) heights.push(height);
    if (!isInk) height = 0;
  }
  return heights;
}

describe('the page of lines', () => {
  it.each([
    ['dark on light', [230, 230, 230], [30, 30, 30], 0],
    ['light on dark', [30, 30, 30], [230, 230, 230], 0.1],
    ['a line that rises', [230, 230, 230], [30, 30, 30], -0.3],
    // Both have a brightness of 110.
    ['red on green of one brightness', [40, 160, 40], [250, 58, 10], 0.2],
    ['blue on grey of one brightness', [100, 100, 100], [60, 90, 255], 0],
  ] as const)('shows %s in black on white, level, at the height of the page', (_name, ground, ink, slope) => {
    const page = pageOfLines(draw(ground, ink, slope));
    expect(page).toBeDefined();
    const lines = linesOf(page!);
    expect(lines.length).toBeGreaterThanOrEqual(1);
    // Levelled, a line is as high as its letters; at its slope it would be half as high again and more.
    for (const height of lines) expect(Math.abs(height - 36)).toBeLessThanOrEqual(7);
    expect(page!.values[0]).toBe(255);
  });

  it('shows a word whole that runs from dark goods onto light ones', () => {
    const picture = draw([20, 20, 20], [150, 150, 150], 0);
    for (let i = 0; i < WIDTH_PX * HEIGHT_PX; i++) {
      // From the third letter on the ground is as bright as the first letters, and its letters are brighter.
      if (i % WIDTH_PX < 128) continue;
      const isInk = picture.rgb[3 * i] === 150;
      picture.rgb.fill(isInk ? 250 : 150, 3 * i, 3 * i + 3);
    }
    const page = pageOfLines(picture);
    expect(page).toBeDefined();
    const inkColumns = Array.from({ length: page!.widthPx }, (_, x) =>
      page!.values.some((value, at) => at % page!.widthPx === x && value < 128),
    );
    // Four letters of 5 cells with gaps of 2, 36 pixels high for 7 cells: some 134 pixels from end to end.
    expect(inkColumns.lastIndexOf(true) - inkColumns.indexOf(true)).toBeGreaterThan(115);
  });

  it('is none where nothing stands in a row', () => {
    const plain = draw([200, 200, 200], [200, 200, 200], 0);
    expect(pageOfLines(plain)).toBeUndefined();
    for (const [x, y] of [
      [40, 40],
      [250, 60],
      [120, 190],
    ] as const) {
      for (let i = 0; i < 15 * 15; i++) {
        plain.rgb.fill(
          20,
          3 * ((y + Math.floor(i / 15)) * WIDTH_PX + x + (i % 15)),
          3 * ((y + Math.floor(i / 15)) * WIDTH_PX + x + (i % 15)) + 3,
        );
      }
    }
    expect(pageOfLines(plain)).toBeUndefined();
  });
});
