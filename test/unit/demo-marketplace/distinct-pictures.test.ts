import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { DemoListing } from '../../../src/evaluation/demo-marketplace/demo-records.ts';
import { generateDemo } from '../../../src/evaluation/demo-marketplace/generate-demo.ts';
import { renderPictures } from '../../../src/evaluation/demo-marketplace/demo-pictures/render-pictures.ts';
import { createSeededRandom } from '../../../src/evaluation/demo-marketplace/seeded-random.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/demo');
const manifest = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')) as { seed: number };
const random = createSeededRandom(manifest.seed);
const demo = generateDemo(random);
const SIDE = 32;
const FREQUENCIES = 16;
const WAVES = Array.from({ length: FREQUENCIES }, (_unused, frequency) =>
  Float64Array.from({ length: SIDE }, (_also, at) => Math.cos(((2 * at + 1) * (frequency + 1) * Math.PI) / (2 * SIDE))),
);

/** A plain 256-bit DCT hash, written for this test so that it shares nothing with the detector it stands beside. */
const hashOf = async (path: string): Promise<Uint8Array> => {
  const pixels = await sharp(join(FOLDER, path)).greyscale().resize(SIDE, SIDE, { fit: 'fill' }).raw().toBuffer();
  const rows = Array.from({ length: SIDE }, (_unused, y) => pixels.subarray(y * SIDE, (y + 1) * SIDE));
  const project = (values: ArrayLike<number>, wave: Float64Array): number =>
    wave.reduce((sum, height, at) => sum + height * (values[at] ?? 0), 0);
  const columns = WAVES.map((horizontal) => rows.map((row) => project(row, horizontal)));
  const strengths = WAVES.flatMap((vertical) => columns.map((column) => project(column, vertical)));
  const median = strengths.toSorted((left, right) => left - right)[128] ?? 0;
  return Uint8Array.from(strengths, (strength) => (strength > median ? 1 : 0));
};

const distanceBits = (left: Uint8Array, right: Uint8Array): number => {
  let distance = 0;
  for (const [at, bit] of left.entries()) if (bit !== right[at]) distance += 1;
  return distance;
};

describe('pictures of the demo', () => {
  it('show two products so differently that no perceptual hash takes one for the other', async () => {
    const scenes = new Set(demo.pictureJobs.flatMap((job) => (job.how === 'SCENE' ? [job.path] : [])));
    const listings = readFileSync(join(FOLDER, 'listings.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as DemoListing);
    const covers = [
      ...new Set(listings.flatMap(({ pictures }) => pictures.slice(0, 1).map(({ path }) => path))),
    ].filter((path) => scenes.has(path));
    const hashes = await Promise.all(covers.map(hashOf));
    let nearest = { bits: 256, pair: '' };
    for (const [index, left] of hashes.entries()) {
      for (let other = index + 1; other < hashes.length; other += 1) {
        const bits = distanceBits(left, hashes[other] ?? left);
        if (bits < nearest.bits) nearest = { bits, pair: `${covers[index] ?? ''} ${covers[other] ?? ''}` };
      }
    }
    expect(covers.length).toBeGreaterThan(220);
    // 46 bits is the widest radius at which the images design searches a 256-bit hash.
    expect(nearest.bits, nearest.pair).toBeGreaterThan(50);
  }, 60_000);

  it('come out the same from the same seed, also when they are made from another picture', async () => {
    const wanted = new Set([
      'pictures/leather-lane-01.webp',
      'pictures/megamart-taken-01.webp',
      'pictures/sign-nike.webp',
    ]);
    const jobs = demo.pictureJobs.filter(({ path }) => wanted.has(path));
    const compared: string[] = [];
    await renderPictures(jobs, random.fork('pictures'), async (path, bytes) => {
      const fresh = await sharp(bytes).greyscale().raw().toBuffer();
      const kept = await sharp(join(FOLDER, path)).greyscale().raw().toBuffer();
      expect(fresh.length).toBe(kept.length);
      const differing = fresh.filter((value, at) => Math.abs(value - (kept[at] ?? 0)) > 24).length;
      // Another version of sharp may round otherwise; the picture has to stay the picture.
      expect(differing / fresh.length, path).toBeLessThan(0.02);
      compared.push(path);
    });
    expect(compared.toSorted()).toEqual([...wanted].toSorted());
  }, 60_000);
});
