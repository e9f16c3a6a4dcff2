import { describe, expect, it } from 'vitest';
import { hammingDistanceBits, hashFromHex, hashToHex } from '../../../src/detectors/image/hash256.ts';
import { hashPdq } from '../../../src/detectors/image/pdq.ts';
import { lumaOf, sumAreas, type LumaRaster } from '../../../src/detectors/image/raster.ts';
import { sampleAreas } from '../../../src/detectors/image/sample-areas.ts';
import { drawPicture } from './drawn-picture.ts';

/** The published algorithm step by step, at 512 × 512: two box filters a direction, every eighth value, DCT, median. */
function plainPdq(luma: LumaRaster): Uint32Array {
  const side = 512;
  let grid = Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (__, x) => {
      const u = Math.floor(((x + 0.5) * luma.widthPx) / side);
      const v = Math.floor(((y + 0.5) * luma.heightPx) / side);
      return luma.luma[v * luma.widthPx + u] as number;
    }),
  );
  const box = (line: readonly number[]): number[] =>
    line.map((_, i) => {
      const part = line.slice(Math.max(0, i - 1), i + 3);
      return part.reduce((sum, value) => sum + value, 0) / part.length;
    });
  const transpose = (rows: readonly (readonly number[])[]): number[][] =>
    rows.map((_, i) => rows.map((row) => row[i] as number));
  for (let pass = 0; pass < 2; pass++) grid = transpose(transpose(grid.map(box)).map(box));
  const small = Array.from({ length: 64 }, (_, i) =>
    Array.from({ length: 64 }, (__, j) => grid[8 * i + 4]?.[8 * j + 4] as number),
  );
  const values: number[] = [];
  for (let i = 1; i <= 16; i++) {
    for (let j = 1; j <= 16; j++) {
      let sum = 0;
      for (let y = 0; y < 64; y++) {
        const wave = Math.cos((Math.PI / 128) * i * (2 * y + 1));
        for (let x = 0; x < 64; x++)
          sum += (small[y]?.[x] as number) * wave * Math.cos((Math.PI / 128) * j * (2 * x + 1));
      }
      values.push(sum);
    }
  }
  const median = values.toSorted((a, b) => a - b)[127] as number;
  const hash = new Uint32Array(8);
  values.forEach((value, i) => {
    if (value > median) hash[i >> 5] = (hash[i >> 5] as number) | (1 << (i & 31));
  });
  return hash;
}

describe('PDQ', () => {
  it.each([41, 42, 43])(
    'is within 4 bits of the published algorithm from the picture itself, and 10 from a small raster',
    (seed) => {
      const luma = lumaOf(drawPicture(seed, { widthPx: 800, heightPx: 600 }));
      const expected = plainPdq(luma);
      const whole = hashPdq(luma, luma);
      expect(whole.quality).toBeGreaterThanOrEqual(80);
      expect(hammingDistanceBits(whole.bits, expected)).toBeLessThanOrEqual(4);

      const out = new Float32Array(200 * 150);
      sampleAreas(sumAreas(luma.luma, luma), { x: 0, y: 0, width: 800, height: 600 }, { columns: 200, rows: 150, out });
      const raster = { widthPx: 200, heightPx: 150, luma: Uint8Array.from(out, Math.round) };
      expect(hammingDistanceBits(hashPdq(raster, luma).bits, expected)).toBeLessThanOrEqual(10);
    },
  );

  it('writes and reads hashes in the order of others', () => {
    const hash = new Uint32Array(8);
    hash[0] = 1;
    hash[7] = 0x80000000;
    expect(hashToHex(hash)).toBe(`8${'0'.repeat(62)}1`);
    expect(hashFromHex(hashToHex(hash))).toEqual(hash);
    expect(hashFromHex('12')).toBeUndefined();
  });
});
