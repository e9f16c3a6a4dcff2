import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { DEMO_ANCHOR } from './demo-calendar.ts';
import { renderPictures } from './demo-pictures/render-pictures.ts';
import { generateDemo, type DemoMarketplace } from './generate-demo.ts';
import { createSeededRandom } from './seeded-random.ts';

/** The text files of the demo by name. Pictures are written apart. */
export const describeDemoFiles = (demo: DemoMarketplace, seed: number): Readonly<Record<string, string>> => {
  const lines = (items: readonly unknown[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join('');
  const counts = {
    sellers: demo.sellers.length,
    accounts: demo.accounts.length,
    listings: demo.listings.length,
    reviews: demo.reviews.length,
    orders: demo.orders.length,
    rightsHolders: demo.rightsHolders.length,
    marks: demo.marks.length,
    bankPictures: demo.bank.length,
    pictures: demo.pictureJobs.length,
  };
  return {
    'manifest.json': `${JSON.stringify({ anchor: DEMO_ANCHOR, seed, counts }, null, 2)}\n`,
    'sellers.ndjson': lines(demo.sellers),
    'accounts.ndjson': lines(demo.accounts),
    'listings.ndjson': lines(demo.listings),
    'reviews.ndjson': lines(demo.reviews),
    'orders.ndjson': lines(demo.orders),
    'rights-holders.ndjson': lines(demo.rightsHolders),
    'marks.ndjson': lines(demo.marks),
    'bank-pictures.ndjson': lines(demo.bank),
    'truth.yaml': stringify(demo.truth, { lineWidth: 0, aliasDuplicateObjects: false }),
  };
};

/** Writes the demo marketplace into the folder, which is made if need be. `onPicture` hears of each picture done. */
export const writeDemoFiles = async (
  folder: string,
  seed: number,
  onPicture: (done: number, total: number) => void,
): Promise<DemoMarketplace> => {
  const random = createSeededRandom(seed);
  const demo = generateDemo(random);
  await mkdir(join(folder, 'pictures'), { recursive: true });
  for (const [name, text] of Object.entries(describeDemoFiles(demo, seed))) await writeFile(join(folder, name), text);
  let done = 0;
  await renderPictures(demo.pictureJobs, random.fork('pictures'), async (path, bytes) => {
    await writeFile(join(folder, path), bytes);
    done += 1;
    onPicture(done, demo.pictureJobs.length);
  });
  return demo;
};
