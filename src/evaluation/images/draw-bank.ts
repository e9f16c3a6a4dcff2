import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { generateDemo } from '../demo-marketplace/generate-demo.ts';
import { renderPictures } from '../demo-marketplace/demo-pictures/render-pictures.ts';
import { createSeededRandom } from '../demo-marketplace/seeded-random.ts';

/**
 * Writes drawings of goods into the folder, the same for the same seed and version of sharp: those of the demo marketplace
 * that show a scene of their own. Nothing that is there twice, and nothing that was made from another picture, so each
 * of them is a stranger to all others. Two drawings of one article are two pictures.
 */
export async function drawBank(folder: string, seed: number): Promise<void> {
  const random = createSeededRandom(seed);
  const scenes = new Map<string, ReturnType<typeof generateDemo>['pictureJobs'][number]>();
  for (const job of generateDemo(random).pictureJobs) {
    if (job.how !== 'SCENE') continue;
    const scene = JSON.stringify([job.product, job.productKey, job.settingKey]);
    if (!scenes.has(scene)) scenes.set(scene, job);
  }
  await mkdir(folder, { recursive: true });
  await renderPictures([...scenes.values()], random.fork('pictures'), (path, bytes) =>
    writeFile(join(folder, basename(path)), bytes),
  );
}
