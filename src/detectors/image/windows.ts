import type { LumaRaster, PixelRect } from './raster.ts';

/** Parts of a picture that are hashed by themselves. The position in this list is the code in stored keys. */
export const WINDOW_NAMES = [
  'full',
  'trimmed',
  'photo',
  'centre-90',
  'centre-80',
  'left',
  'right',
  'top',
  'bottom',
  'top-left',
  'top-right',
  'bottom-left',
  'bottom-right',
] as const;
export type WindowName = (typeof WINDOW_NAMES)[number];

/** A named part of a picture. */
export interface PictureWindow {
  readonly name: WindowName;
  readonly rect: PixelRect;
}

/** Brightness steps that JPEG noise makes inside a plain border. */
const PLAIN_TOLERANCE = 14;
/** A window smaller than this part of a side holds too little to be told from others. */
const MIN_SIDE_01 = 0.2;
/** Rectangles that differ less than this part of a side hash alike. */
const SAME_RECT_01 = 0.015;

/**
 * The windows of a picture, `full` first: the picture without a plain border, the photo inside a page or a phone's
 * screen, centre cuts, halves and quadrants (each without its own plain border). Duplicates are left out.
 */
export function findWindows(raster: LumaRaster): readonly PictureWindow[] {
  const { widthPx: width, heightPx: height } = raster;
  const full: PixelRect = { x: 0, y: 0, width, height };
  const windows: PictureWindow[] = [{ name: 'full', rect: full }];
  const add = (name: WindowName, rect: PixelRect): void => {
    if (rect.width < MIN_SIDE_01 * width || rect.height < MIN_SIDE_01 * height) return;
    if (rect.width < 8 || rect.height < 8) return;
    if (windows.some((window) => isNearlySame(window.rect, rect, raster))) return;
    windows.push({ name, rect });
  };

  const trimmed = trimPlainBorder(raster, full);
  add('trimmed', trimmed);
  add('photo', findPhoto(raster, full));
  add('centre-90', scaleRect(trimmed, 0.9));
  add('centre-80', scaleRect(trimmed, 0.8));
  const halfWidth = width / 2;
  const halfHeight = height / 2;
  const parts: readonly [WindowName, PixelRect][] = [
    ['left', { x: 0, y: 0, width: halfWidth, height }],
    ['right', { x: halfWidth, y: 0, width: halfWidth, height }],
    ['top', { x: 0, y: 0, width, height: halfHeight }],
    ['bottom', { x: 0, y: halfHeight, width, height: halfHeight }],
    ['top-left', { x: 0, y: 0, width: halfWidth, height: halfHeight }],
    ['top-right', { x: halfWidth, y: 0, width: halfWidth, height: halfHeight }],
    ['bottom-left', { x: 0, y: halfHeight, width: halfWidth, height: halfHeight }],
    ['bottom-right', { x: halfWidth, y: halfHeight, width: halfWidth, height: halfHeight }],
  ];
  for (const [name, rect] of parts) add(name, trimPlainBorder(raster, rect));
  return windows;
}

function isNearlySame(a: PixelRect, b: PixelRect, size: LumaRaster): boolean {
  const dx = SAME_RECT_01 * size.widthPx;
  const dy = SAME_RECT_01 * size.heightPx;
  return (
    Math.abs(a.x - b.x) <= dx &&
    Math.abs(a.y - b.y) <= dy &&
    Math.abs(a.x + a.width - b.x - b.width) <= dx &&
    Math.abs(a.y + a.height - b.y - b.height) <= dy
  );
}

function scaleRect(rect: PixelRect, factor: number): PixelRect {
  const width = rect.width * factor;
  const height = rect.height * factor;
  return { x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width, height };
}

/** Takes plain rows and columns off each side of `rect`; where everything is plain, `rect` itself. */
function trimPlainBorder(raster: LumaRaster, rect: PixelRect): PixelRect {
  const { luma, widthPx } = raster;
  let left = Math.ceil(rect.x);
  let top = Math.ceil(rect.y);
  let right = Math.floor(rect.x + rect.width) - 1;
  let bottom = Math.floor(rect.y + rect.height) - 1;

  const isPlain = (line: { from: number; step: number; count: number; like: number }): boolean => {
    for (let k = 0, at = line.from; k < line.count; k++, at += line.step) {
      if (Math.abs((luma[at] as number) - line.like) > PLAIN_TOLERANCE) return false;
    }
    return true;
  };
  const row = (y: number, like: number): boolean =>
    isPlain({ from: y * widthPx + left, step: 1, count: right - left + 1, like });
  const column = (x: number, like: number): boolean =>
    isPlain({ from: top * widthPx + x, step: widthPx, count: bottom - top + 1, like });

  const upper = luma[top * widthPx + left] as number;
  while (top < bottom && row(top, upper)) top++;
  const lower = luma[bottom * widthPx + left] as number;
  while (bottom > top && row(bottom, lower)) bottom--;
  const first = luma[top * widthPx + left] as number;
  while (left < right && column(left, first)) left++;
  const last = luma[top * widthPx + right] as number;
  while (right > left && column(right, last)) right--;
  const isNothingLeft = right - left < 4 || bottom - top < 4;
  return isNothingLeft ? rect : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * The largest block of rows, then columns, most of whose pixels differ from the page colour around: the photo in a
 * screenshot whose bars carry a little text. `rect` itself where there is no page colour.
 */
function findPhoto(raster: LumaRaster, rect: PixelRect): PixelRect {
  const page = pageLuma(raster);
  if (page === undefined) return rect;
  const rows = longestBusyRun(raster, rect, page, 'rows');
  const middle: PixelRect = { ...rect, y: rows.from, height: rows.to - rows.from };
  if (middle.height < 8) return rect;
  const columns = longestBusyRun(raster, middle, page, 'columns');
  const found: PixelRect = { ...middle, x: columns.from, width: columns.to - columns.from };
  return found.width < 8 ? rect : trimPlainBorder(raster, found);
}

/** The brightness that at least a third of the outermost pixels share, or `undefined`. */
function pageLuma(raster: LumaRaster): number | undefined {
  const { widthPx, heightPx, luma } = raster;
  const histogram = new Uint32Array(32);
  let count = 0;
  const see = (at: number): void => {
    const bin = (luma[at] as number) >> 3;
    histogram[bin] = (histogram[bin] as number) + 1;
    count++;
  };
  for (let x = 0; x < widthPx; x++) {
    see(x);
    see((heightPx - 1) * widthPx + x);
  }
  for (let y = 0; y < heightPx; y++) {
    see(y * widthPx);
    see(y * widthPx + widthPx - 1);
  }
  let best = 0;
  for (let bin = 1; bin < 32; bin++) if ((histogram[bin] as number) > (histogram[best] as number)) best = bin;
  return (histogram[best] as number) * 3 >= count ? best * 8 + 4 : undefined;
}

/** Longest run of rows or columns in which at least half of the pixels differ from the page. */
function longestBusyRun(
  raster: LumaRaster,
  rect: PixelRect,
  page: number,
  along: 'rows' | 'columns',
): { from: number; to: number } {
  const { luma, widthPx } = raster;
  const x0 = Math.ceil(rect.x);
  const y0 = Math.ceil(rect.y);
  const columns = Math.floor(rect.width);
  const rows = Math.floor(rect.height);
  const [outer, inner] = along === 'rows' ? [rows, columns] : [columns, rows];
  const [outerStep, innerStep] = along === 'rows' ? [widthPx, 1] : [1, widthPx];
  const start = along === 'rows' ? y0 : x0;
  let best = { from: start, to: start };
  let runFrom = -1;
  for (let o = 0; o <= outer; o++) {
    let busy = 0;
    if (o < outer) {
      let at = y0 * widthPx + x0 + o * outerStep;
      for (let i = 0; i < inner; i++, at += innerStep) {
        if (Math.abs((luma[at] as number) - page) > PLAIN_TOLERANCE) busy++;
      }
    }
    const isBusy = o < outer && busy * 2 >= inner;
    if (isBusy && runFrom < 0) runFrom = o;
    if (!isBusy && runFrom >= 0) {
      if (o - runFrom > best.to - best.from) best = { from: start + runFrom, to: start + o };
      runFrom = -1;
    }
  }
  return best;
}
