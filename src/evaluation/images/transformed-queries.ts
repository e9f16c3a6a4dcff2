import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureRaster } from '../../detectors/image/raster.ts';
import { seededRandom } from './canvas.ts';
import type { MatchingQuery } from './measure-matching.ts';
import { loadSource, TRANSFORMS, type Transform, type TransformName } from './transforms.ts';

/** Transforms that show other bank pictures too, so that finding those is no mistake. */
const MIXES_OTHERS: ReadonlySet<string> = new Set(['collage-2', 'collage-4']);

/**
 * Queries made of bank pictures: every `stride`-th picture in every family. The generator knows nothing of the matcher,
 * and the matcher nothing of it.
 */
export async function* transformedQueries(
  bank: { readonly folder: string; readonly names: readonly string[] },
  choice: { readonly families: readonly TransformName[]; readonly stride: number; readonly seed: number },
): AsyncGenerator<MatchingQuery> {
  const { folder, names } = bank;
  for (let i = 0; i < names.length; i += choice.stride) {
    const name = names[i] as string;
    const picture = await load(folder, name);
    const otherNames = [1, 2, 3].map((k) => names[(i + k * 7) % names.length] as string).filter((one) => one !== name);
    const others: PictureRaster[] = [];
    for (const other of otherNames) others.push(await load(folder, other));
    for (const family of choice.families) {
      const random = seededRandom(choice.seed + i * 1_009 + family.length * 31 + family.charCodeAt(0));
      const transform: Transform = TRANSFORMS[family];
      const bytes = await transform({
        picture,
        others: others.length === 3 ? others : [picture, picture, picture],
        random,
      });
      yield { name, family, bytes, expected: [name, ...(MIXES_OTHERS.has(family) ? otherNames : [])] };
    }
  }
}

const load = async (folder: string, name: string): Promise<PictureRaster> =>
  loadSource(await readFile(join(folder, name)));
