import { describe, expect, it } from 'vitest';
import { lumaOf } from '../../../src/detectors/image/raster.ts';
import { blurLuma, harrisResponse } from '../../../src/detectors/image/raster-filters.ts';
import { drawPicture } from './drawn-picture.ts';

const image = lumaOf(drawPicture(51, { widthPx: 101, heightPx: 67 }));
const at = (x: number, y: number): number => image.luma[y * image.widthPx + x] as number;

describe('the raster filters', () => {
  it('give the corner response that the formula gives', () => {
    const tensor = (x: number, y: number): readonly [number, number, number] => {
      let [xx, xy, yy] = [0, 0, 0];
      for (let v = y - 2; v <= y + 2; v++) {
        for (let u = x - 2; u <= x + 2; u++) {
          const dx =
            at(u + 1, v - 1) -
            at(u - 1, v - 1) +
            at(u + 1, v + 1) -
            at(u - 1, v + 1) +
            2 * (at(u + 1, v) - at(u - 1, v));
          const dy =
            at(u - 1, v + 1) -
            at(u - 1, v - 1) +
            at(u + 1, v + 1) -
            at(u + 1, v - 1) +
            2 * (at(u, v + 1) - at(u, v - 1));
          xx += dx * dx;
          xy += dx * dy;
          yy += dy * dy;
        }
      }
      return [xx, xy, yy];
    };
    const response = harrisResponse(image);
    for (let y = 5; y < image.heightPx - 5; y += 3) {
      for (let x = 5; x < image.widthPx - 5; x++) {
        const [a, b, c] = tensor(x, y);
        const expected = Math.max(0, a * c - b * b - 0.05 * (a + c) ** 2);
        const found = response[y * image.widthPx + x] as number;
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-5 * (a * c + b * b + (a + c) ** 2) + 1);
      }
    }
  });

  it('blur by the binomial weights', () => {
    const weights = [1, 6, 15, 20, 15, 6, 1];
    const smooth = blurLuma(image);
    for (let y = 4; y < image.heightPx - 4; y += 3) {
      for (let x = 4; x < image.widthPx - 4; x++) {
        let sum = 0;
        weights.forEach((p, v) => weights.forEach((q, u) => (sum += p * q * at(x + u - 3, y + v - 3))));
        expect(Math.abs((smooth[y * image.widthPx + x] as number) - sum / 4_096)).toBeLessThanOrEqual(1.1);
      }
    }
  });
});
