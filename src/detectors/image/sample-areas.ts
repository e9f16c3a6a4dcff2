import { allocateMemory, bindSamplingKernel, PAGE_BYTES } from './wasm-memory.ts';
import type { PixelRect, SummedArea } from './raster.ts';

const memory = allocateMemory(PAGE_BYTES);
const kernel = bindSamplingKernel(memory);

/** Cells of one sampling, and what the kernel needs beside them. Places are in bytes, multiples of 16. */
interface Places {
  readonly columns: number;
  readonly above: number;
  readonly below: number;
  readonly cells: number;
  readonly bytes: number;
}

/** Bytes of a column: two weights and a place; see sampling-kernel.wat. */
const COLUMN_BYTES = 32;
/** Loops write and read a little beyond an end. */
const SPARE_BYTES = 64;

/** The table in the kernel's memory: a picture's table is sampled many times in a row. */
let loaded: SummedArea | undefined;

function roomFor(areas: SummedArea, columns: number, rows: number): Places {
  const { widthPx, heightPx, values, stride, offset } = areas;
  const tableBytes = Math.ceil(((widthPx + 1) * (heightPx + 1) * 8 + SPARE_BYTES) / 64) * 64;
  let end = tableBytes;
  const reserve = (bytes: number): number => {
    const at = end;
    end = Math.ceil((end + bytes + SPARE_BYTES) / 64) * 64;
    return at;
  };
  const places = {
    columns: reserve((columns + 1) * COLUMN_BYTES),
    above: reserve((columns + 1) * 8),
    below: reserve((columns + 1) * 8),
    cells: reserve(columns * rows * 4),
    bytes: reserve(columns * rows),
  };
  const needed = Math.max(end, tableBytes + values.length);
  const missing = Math.ceil(needed / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES;
  if (missing > 0) memory.grow(missing);
  if (loaded !== areas) {
    // The values lie where the cells come to lie: they are done with once they are summed.
    new Uint8Array(memory.buffer).set(values, tableBytes);
    kernel.sumAreas(tableBytes + offset, stride, widthPx, heightPx, 0);
    loaded = areas;
  }
  return places;
}

/** Samples into the kernel's memory; gives where the means and the room for their bytes are. */
function sample(areas: SummedArea, rect: PixelRect, grid: { readonly columns: number; readonly rows: number }): Places {
  const { columns, rows } = grid;
  const { widthPx, heightPx } = areas;
  const places = roomFor(areas, columns, rows);
  const doubles = new Float64Array(memory.buffer);
  const ints = new Int32Array(memory.buffer);
  for (let c = 0, at = places.columns; c <= columns; c++, at += COLUMN_BYTES) {
    const x = Math.min(widthPx, Math.max(0, rect.x + (rect.width * c) / columns));
    const whole = Math.min(widthPx - 1, Math.floor(x));
    const share = x - whole;
    doubles[at / 8] = 1 - share;
    doubles[at / 8 + 1] = share;
    ints[at / 4 + 4] = whole * 8;
  }
  const perCell = (columns * rows) / (rect.width * rect.height);
  const pitch = (widthPx + 1) * 8;
  let { above, below } = places;
  for (let r = 0; r <= rows; r++) {
    const y = Math.min(heightPx, Math.max(0, rect.y + (rect.height * r) / rows));
    const whole = Math.min(heightPx - 1, Math.floor(y));
    kernel.sampleRow(whole * pitch, (whole + 1) * pitch, places.columns, columns + 1, y - whole, below);
    if (r > 0) kernel.cellMeans(above, below, columns, perCell, places.cells + (r - 1) * columns * 4);
    [above, below] = [below, above];
  }
  return places;
}

/**
 * Means over a grid of `columns` × `rows` equal cells that cover `rect`, into `out` (row-major).
 * Fractional borders count by their share, so that mirrored input gives exactly mirrored output.
 */
export function sampleAreas(
  areas: SummedArea,
  rect: PixelRect,
  grid: { columns: number; rows: number; out: Float32Array },
): void {
  const { cells } = sample(areas, rect, grid);
  grid.out.set(new Float32Array(memory.buffer, cells, grid.columns * grid.rows));
}

/** The means rounded to whole numbers. */
export function sampleToBytes(
  areas: SummedArea,
  rect: PixelRect,
  grid: { readonly columns: number; readonly rows: number },
): Uint8Array {
  const count = grid.columns * grid.rows;
  const { cells, bytes } = sample(areas, rect, grid);
  kernel.roundToBytes(cells, bytes, count);
  return new Uint8Array(memory.buffer).slice(bytes, bytes + count);
}
