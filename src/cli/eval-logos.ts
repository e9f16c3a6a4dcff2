import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import sharp, { type Sharp } from 'sharp';
import { parse } from 'yaml';
import type { PictureRaster } from '../detectors/image/raster.ts';
import { imageSettings } from '../detectors/image/settings.ts';
import { seededRandom } from '../evaluation/images/canvas.ts';
import type { LogoInk } from '../evaluation/images/logo-scenes.ts';
import { measureLogos, type LogoReport } from '../evaluation/images/measure-logos.ts';
import { listPictures } from '../evaluation/images/picture-files.ts';

interface EvalLogosOptions {
  readonly logos: string;
  readonly photos: string;
  readonly count: number;
  readonly scenes: number;
  readonly seed: number;
  readonly rules: string;
  readonly json?: boolean;
}

const SHIPPED_RULES = new URL('../../rules/image.yaml', import.meta.url).pathname;

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 on is needed.');
  return Number(text);
};

/** `eval logos`: how many logos put on photos are found, and how many are seen where there are none. */
export const evalLogosCommand = (): Command =>
  new Command('logos')
    .description('measure how well submitted logos are found in photos')
    .requiredOption('--logos <folder>', 'logos as SVG or as pictures on white, such as node_modules/simple-icons/icons')
    .requiredOption('--photos <folder>', 'photos to put them on, and to look at without them')
    .option('--count <number>', 'logos drawn by lot from the folder', whole, 100)
    .option('--scenes <number>', 'photos with a logo', whole, 100)
    .option('--seed <number>', 'seed of chance', whole, 1)
    .option('--rules <file>', 'another image.yaml', SHIPPED_RULES)
    .option('--json', 'print the figures as JSON')
    .action(async (options: EvalLogosOptions) => {
      const settings = imageSettings.parse(parse(await readFile(options.rules, 'utf8')));
      const logos = await drawLots(options);
      const names = await listPictures(options.photos);
      const photos = names.map((name) => ({ name, load: () => loadPhoto(join(options.photos, name)) }));
      const report = await measureLogos(
        { logos, photos, scenes: options.scenes, seed: options.seed, save: saveAndRead },
        { settings, nowMs: () => performance.now() },
      );
      process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : asText(report));
    });

async function drawLots({ logos: folder, count, seed }: EvalLogosOptions): Promise<readonly LogoInk[]> {
  const files = (await readdir(folder)).filter((name) => /\.(svg|png|jpe?g|webp)$/i.test(name)).sort();
  const random = seededRandom(seed);
  const chosen = files
    .map((name) => ({ name, lot: random() }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, count);
  const inks: LogoInk[] = [];
  for (const { name } of chosen) inks.push(await loadLogo(join(folder, name), name));
  return inks;
}

/** Ink is what differs from white, cut to its edges. */
async function loadLogo(file: string, name: string): Promise<LogoInk> {
  const { data, info } = await sharp(file, { density: 600 })
    .flatten({ background: '#ffffff' })
    .resize(256, 256, { fit: 'inside' })
    .greyscale()
    .trim({ background: '#ffffff', threshold: 40 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const step = info.channels;
  const ink = Uint8Array.from({ length: info.width * info.height }, (_, i) => 255 - data[i * step]!);
  return { name, widthPx: info.width, heightPx: info.height, ink };
}

/** At the size of a preview, which is what is looked at. */
const loadPhoto = async (file: string): Promise<PictureRaster> =>
  toRaster(sharp(file).autoOrient().resize(640, 640, { fit: 'inside', withoutEnlargement: true }));

const saveAndRead = async ({ rgb, widthPx, heightPx }: PictureRaster): Promise<PictureRaster> =>
  toRaster(
    sharp(
      await sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
        .webp({ quality: 78 })
        .toBuffer(),
    ),
  );

async function toRaster(image: Sharp): Promise<PictureRaster> {
  const { data, info } = await image
    .flatten()
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgb: new Uint8Array(data) };
}

const share = ({ found, scenes }: { readonly found: number; readonly scenes: number }): string =>
  `${((100 * found) / Math.max(1, scenes)).toFixed(1)} % (${found} of ${scenes})`;

const asText = (report: LogoReport): string =>
  [
    `${report.logos} logos (${report.tooPlain} too plain to be found), ${report.scenes} photos with one, ${report.cleanPhotos} without`,
    `found ${share(report)}: on a label ${share(report.onLabels)}, on the goods themselves ${share(report.onFabric)}`,
    `false matches ${report.falseMatches.length} in ${report.strangerPairs} pairs`,
    ...report.falseMatches.slice(0, 20).map((told) => `  ${told}`),
    `${report.msAPhoto.toFixed(0)} ms a photo`,
    '',
  ].join('\n');
