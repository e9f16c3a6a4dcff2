import { readFile } from 'node:fs/promises';
import type { PictureRaster } from '../../detectors/image/raster.ts';
import { seededRandom } from './canvas.ts';
import type { MatchingQuery } from './measure-matching.ts';
import type { NamedFile } from './picture-files.ts';
import { loadSource, TRANSFORMS, type Transform, type TransformName } from './transforms.ts';

/** Transforms that show other bank pictures too, so that finding those is no mistake. */
const MIXES_OTHERS: ReadonlySet<string> = new Set(['collage-2', 'collage-4']);

/** Which bank pictures become queries, and how. */
export interface QueryChoice {
  readonly families: readonly TransformName[];
  /** Every so many-th picture, from this one (0 is the first): two offsets share no picture. */
  readonly stride: number;
  readonly offset: number;
  readonly seed: number;
}

/** Queries made of bank pictures. The generator knows nothing of the matcher, and the matcher nothing of it. */
export async function* transformedQueries(
  bank: readonly NamedFile[],
  choice: QueryChoice,
): AsyncGenerator<MatchingQuery> {
  for (let i = choice.offset; i < bank.length; i += choice.stride) {
    const { name, path } = bank[i] as NamedFile;
    const picture = await load(path);
    const mixedIn = [1, 2, 3]
      .map((k) => bank[(i + k * 7) % bank.length] as NamedFile)
      .filter((one) => one.path !== path);
    const others: PictureRaster[] = [];
    for (const other of mixedIn) others.push(await load(other.path));
    for (const family of choice.families) {
      const random = seededRandom(choice.seed + i * 1_009 + family.length * 31 + family.charCodeAt(0));
      const transform: Transform = TRANSFORMS[family];
      const bytes = await transform({
        picture,
        others: others.length === 3 ? others : [picture, picture, picture],
        random,
      });
      yield {
        name,
        family,
        bytes,
        expected: [name, ...(MIXES_OTHERS.has(family) ? mixedIn.map((other) => other.name) : [])],
      };
    }
  }
}

const load = async (path: string): Promise<PictureRaster> => loadSource(await readFile(path));
