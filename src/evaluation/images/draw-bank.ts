import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { generateDemo } from '../demo-marketplace/generate-demo.ts';
import { renderPictures } from '../demo-marketplace/demo-pictures/render-pictures.ts';
import { createSeededRandom } from '../demo-marketplace/seeded-random.ts';

/**
 * Writes drawings of goods into the folder, the same for the same seed and version of sharp: those of the demo marketplace
 * that show an article of their own, so that each of them is a stranger to all others. Left out are pictures that were
 * made from another, and all but one drawing of an article: they show the very same lines before another ground, as a
 * copy does that was cut out, and can be called neither copies nor strangers.
 */
export async function drawBank(folder: string, seed: number): Promise<void> {
  const random = createSeededRandom(seed);
  const articles = new Map<string, ReturnType<typeof generateDemo>['pictureJobs'][number]>();
  for (const job of generateDemo(random).pictureJobs) {
    if (job.how !== 'SCENE') continue;
    const article = JSON.stringify([job.product, job.productKey]);
    if (!articles.has(article)) articles.set(article, job);
  }
  await mkdir(folder, { recursive: true });
  await renderPictures([...articles.values()], random.fork('pictures'), (path, bytes) =>
    writeFile(join(folder, basename(path)), bytes),
  );
}
