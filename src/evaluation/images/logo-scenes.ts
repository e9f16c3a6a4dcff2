import type { PictureRaster } from '../../detectors/image/raster.ts';
import type { Colour, Random } from './canvas.ts';

/** A logo as it is drawn: coverage of each pixel, 0–255, on a square or any other rectangle. */
export interface LogoInk {
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly ink: Uint8Array;
}

/** Where and how a logo was put on a photo. */
export interface LogoScene {
  readonly raster: PictureRaster;
  readonly width01: number;
  readonly ground: 'label' | 'fabric';
}

const COLOURS: readonly Colour[] = [
  [250, 250, 250],
  [15, 15, 15],
  [200, 20, 30],
  [20, 60, 160],
  [235, 200, 20],
];

/** Least difference of brightness between a logo and what it lies on: what nobody can see is no logo. */
const MIN_CONTRAST = 60;

/**
 * Puts a logo on a photo: 20 to 45 % of its width, turned by up to 20°, a little slanted, on a label of its own or
 * straight on what the photo shows, with its shades coming through.
 */
export function drawLogoScene(photo: PictureRaster, logo: LogoInk, random: Random): LogoScene {
  const { widthPx: w, heightPx: h } = photo;
  const width01 = 0.2 + 0.25 * random();
  const width = width01 * w;
  const scale = logo.widthPx / width;
  const height = logo.heightPx / scale;
  const turn = ((random() * 2 - 1) * 20 * Math.PI) / 180;
  const slant = (random() * 2 - 1) * 0.08;
  const cx = w * (0.3 + 0.4 * random());
  const cy = h * (0.3 + 0.4 * random());
  const ground = random() < 0.5 ? ('label' as const) : ('fabric' as const);
  const label = COLOURS[Math.floor(random() * 2)] as Colour;
  const below = ground === 'label' ? lumaOf(label) : meanLuma(photo, { cx, cy, radius: width / 2 });
  const visible = COLOURS.filter((colour) => Math.abs(lumaOf(colour) - below) >= MIN_CONTRAST);
  const colour = visible[Math.floor(random() * visible.length)] ?? ([255, 255, 255] as const);
  const rgb = photo.rgb.slice();
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const reach = Math.ceil(Math.hypot(width, height) * 0.75);
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(h, cy + reach); y++) {
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(w, cx + reach); x++) {
      const dx = (x - cx) * cos + (y - cy) * sin;
      const dy = -(x - cx) * sin + (y - cy) * cos;
      const u = (dx + slant * dy) * scale + logo.widthPx / 2;
      const v = dy * scale + logo.heightPx / 2;
      const at = 3 * (y * w + x);
      const shade = lumaOf([photo.rgb[at]!, photo.rgb[at + 1]!, photo.rgb[at + 2]!]) / Math.max(1, below);
      if (ground === 'label' && Math.abs(dx) < width * 0.62 && Math.abs(dy) < height * 0.62) rgb.set(label, at);
      const cover = coverAt(logo, u, v, scale);
      if (cover === 0) continue;
      // Print on fabric takes on some of its folds and shadows.
      const light = ground === 'fabric' ? 0.75 + 0.25 * Math.min(1.3, shade) : 1;
      for (let c = 0; c < 3; c++) rgb[at + c] = rgb[at + c]! * (1 - cover) + Math.min(255, colour[c]! * light) * cover;
    }
  }
  return { raster: { widthPx: w, heightPx: h, rgb }, width01, ground };
}

/** Mean coverage of the square of `side` pixels of the logo around a point, 0–1. */
function coverAt({ widthPx, heightPx, ink }: LogoInk, u: number, v: number, side: number): number {
  const n = Math.max(1, Math.min(4, Math.round(side)));
  let sum = 0;
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      const x = Math.floor(u + ((i + 0.5) / n - 0.5) * side);
      const y = Math.floor(v + ((j + 0.5) / n - 0.5) * side);
      if (x >= 0 && y >= 0 && x < widthPx && y < heightPx) sum += ink[y * widthPx + x]!;
    }
  }
  return sum / (255 * n * n);
}

function lumaOf([r, g, b]: Colour): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

function meanLuma(
  { rgb, widthPx, heightPx }: PictureRaster,
  { cx, cy, radius }: { readonly cx: number; readonly cy: number; readonly radius: number },
): number {
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, Math.floor(cy - radius)); y < Math.min(heightPx, cy + radius); y += 3) {
    for (let x = Math.max(0, Math.floor(cx - radius)); x < Math.min(widthPx, cx + radius); x += 3) {
      const at = 3 * (y * widthPx + x);
      sum += lumaOf([rgb[at]!, rgb[at + 1]!, rgb[at + 2]!]);
      count++;
    }
  }
  return count === 0 ? 128 : sum / count;
}
