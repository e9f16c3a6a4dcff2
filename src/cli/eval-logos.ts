import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import sharp, { type Sharp } from 'sharp';
import { parse } from 'yaml';
import type { PictureRaster } from '../detectors/image/raster.ts';
import { imageSettings } from '../detectors/image/settings.ts';
import { seededRandom } from '../evaluation/images/canvas.ts';
import type { LogoInk } from '../evaluation/images/logo-scenes.ts';
import {
  measureLogos,
  type LogoReport,
  type SavedPicture,
  type WordsReport,
} from '../evaluation/images/measure-logos.ts';
import { listPictures } from '../evaluation/images/picture-files.ts';
import { letterLogo } from './letter-logo.ts';
import { openLogoWordReader } from './read-logo-words.ts';

interface EvalLogosOptions {
  readonly logos: string;
  readonly photos: string;
  readonly count: number;
  readonly scenes: number;
  readonly seed: number;
  readonly rules: string;
  readonly ocr?: boolean;
  readonly lettering?: boolean;
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
    .option('--ocr', 'also read the words of the pictures; the word of a logo is the name of its file')
    .option('--lettering', 'write the name of its file below each logo, with the fonts of this machine')
    .option('--json', 'print the figures as JSON')
    .action(async (options: EvalLogosOptions) => {
      const settings = imageSettings.parse(parse(await readFile(options.rules, 'utf8')));
      const logos = await drawLots(options);
      const names = await listPictures(options.photos);
      const photos = names.map((name) => ({ name, load: () => loadPhoto(join(options.photos, name)) }));
      const files = logos.map(({ name }) => name);
      const words = options.ocr === true ? await openLogoWordReader(files, dirname(options.rules)) : undefined;
      const report = await measureLogos(
        {
          logos,
          photos,
          scenes: options.scenes,
          seed: options.seed,
          save: saveAndRead,
          ...(words === undefined ? {} : { readWords: (picture) => words.read(picture) }),
        },
        { settings, nowMs: () => performance.now() },
      );
      await words?.close();
      process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : asText(report));
    });

async function drawLots({ logos: folder, count, seed, lettering }: EvalLogosOptions): Promise<readonly LogoInk[]> {
  const files = (await readdir(folder)).filter((name) => /\.(svg|png|jpe?g|webp)$/i.test(name)).sort();
  const random = seededRandom(seed);
  const chosen = files
    .map((name) => ({ name, lot: random() }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, count);
  const inks: LogoInk[] = [];
  for (const [number, { name }] of chosen.entries()) {
    const emblem = await sharp(join(folder, name), { density: 600 })
      .flatten({ background: '#ffffff' })
      .png()
      .toBuffer();
    inks.push(await toInk(lettering === true ? await letterLogo(emblem, name, number) : emblem, name));
  }
  return inks;
}

/** Ink is what differs from white, cut to its edges. */
async function toInk(picture: Buffer, name: string): Promise<LogoInk> {
  const { data, info } = await sharp(picture)
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

const saveAndRead = async ({ rgb, widthPx, heightPx }: PictureRaster): Promise<SavedPicture> => {
  const bytes = await sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .webp({ quality: 78 })
    .toBuffer();
  return { bytes, raster: await toRaster(sharp(bytes)) };
};

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
    ...(report.withWords === undefined ? [] : wordsAsText(report, report.withWords)),
    '',
  ].join('\n');

const wordsAsText = ({ scenes, onLabels, onFabric }: LogoReport, words: WordsReport): readonly string[] => [
  `word read in ${share({ found: words.read, scenes })}`,
  `found by outline or word ${share({ found: words.found, scenes })}: on a label ${share({ ...onLabels, found: words.onLabels })}, on the goods themselves ${share({ ...onFabric, found: words.onFabric })}`,
  `false matches by word ${words.falseMatches.length}`,
  ...words.falseMatches.slice(0, 20).map((told) => `  ${told}`),
  `${words.msAPhoto.toFixed(0)} ms a photo for its words`,
];
