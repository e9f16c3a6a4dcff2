import { compareShapes } from './logo-match.ts';
import { shapeOfMask, SHAPE_STEPS, type Shape } from './logo-shapes.ts';

const SIDE_PX = 120;

type Inside = (x: number, y: number) => boolean;

/** What every photo shows somewhere: discs, bars, triangles, arcs, rings and frames, round and long. x and y run from −1 to 1. */
function* plainMasks(): Generator<Inside> {
  for (const long of [1, 1.3, 1.7, 2.3, 3.2, 4.5, 7, 12]) {
    yield (x, y) => x * x + (y * long) ** 2 < 0.8;
    yield (x, y) => Math.abs(x) < 0.9 && Math.abs(y) < 0.9 / long;
    yield (x, y) => y * long > -0.8 && y * long < 0.8 - 1.7 * Math.abs(x);
    yield (x, y) => x * x + (y * long) ** 2 < 0.8 && y > 0;
    yield (x, y) => x * x + (y * long) ** 2 < 0.8 && x * x + (y * long) ** 2 > 0.4;
    // Frames, thin and thick: a label about a badge.
    for (const within of [0.55, 0.75]) {
      yield (x, y) =>
        Math.max(Math.abs(x), Math.abs(y * long)) < 0.9 && (Math.abs(x) > within || Math.abs(y * long) > within);
    }
    // Leaves and feathers: pointed at both ends.
    yield (x, y) => Math.abs(y) * long < 0.8 * (1 - x * x);
    // Arcs.
    yield (x, y) => Math.abs(y - 0.5 * x * x + 0.2) < 0.5 / long && Math.abs(x) < 0.95;
  }
  yield (x, y) => (Math.abs(x) < 0.3 || Math.abs(y) < 0.3) && Math.max(Math.abs(x), Math.abs(y)) < 0.9;
  yield (x, y) => (x < -0.4 || y > 0.4) && Math.max(Math.abs(x), Math.abs(y)) < 0.9;
  yield (x, y) => Math.abs(x) + Math.abs(y) < 0.9;
}

let cohort: readonly Shape[] | undefined;

/** The best score of a logo's shape with plain shapes in any turn, 0–1: a plain logo is found where there is none. */
export function plainnessOf(logo: Pick<Shape, 'ink'>): number {
  cohort ??= [...plainMasks()].flatMap((isInside) => shapeOfMask(drawMask(isInside)) ?? []);
  return Math.max(...cohort.map((plain) => scoreOf(compareShapes(logo, plain, SHAPE_STEPS / 2))));
}

/** How alike two shapes are, 0–1: most of both is common, and so is what is left when rings are taken for plain. */
export function scoreOf({ overlap01, detail }: { readonly overlap01: number; readonly detail: number }): number {
  return overlap01 * Math.max(0, detail);
}

function drawMask(isInside: Inside) {
  const values = new Uint8Array(SIDE_PX * SIDE_PX);
  for (let i = 0; i < values.length; i++) {
    const x = ((i % SIDE_PX) / SIDE_PX) * 2.2 - 1.1;
    const y = (Math.floor(i / SIDE_PX) / SIDE_PX) * 2.2 - 1.1;
    if (isInside(x, y)) values[i] = 255;
  }
  return { widthPx: SIDE_PX, heightPx: SIDE_PX, values };
}
