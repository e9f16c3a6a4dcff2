import sharp from 'sharp';
import type { SeededRandom } from '../seeded-random.ts';
import { BRAND_EMBLEMS } from './brand-emblems.ts';
import type { PictureJob, PictureSign, RealSign } from './picture-jobs.ts';
import { disguisePicture } from './picture-theft.ts';
import type { Branding } from './product-drawing.ts';
import { composeScene, encodeWebp, renderScene } from './product-scenes.ts';

/** Outline of a real sign inside a square of 24. The package is needed by this generator alone, so it is loaded late. */
const loadRealSign = async (slug: RealSign): Promise<string> => {
  const icons = await import('simple-icons');
  return { Nike: icons.siNike, Adidas: icons.siAdidas, Samsung: icons.siSamsung, Xiaomi: icons.siXiaomi }[slug].path;
};

const brandingOf = async (sign: PictureSign): Promise<Branding> => {
  switch (sign.kind) {
    case 'NONE':
      return {};
    case 'WORD':
      return { word: sign.word };
    case 'INVENTED':
      return { drawEmblem: BRAND_EMBLEMS[sign.brand] };
    case 'REAL': {
      const path = await loadRealSign(sign.slug);
      return { drawEmblem: (colour) => `<path transform="translate(-48 -48) scale(4)" d="${path}" fill="${colour}"/>` };
    }
    default: {
      const unknown: never = sign;
      throw new RangeError(`unknown sign ${JSON.stringify(unknown)}`);
    }
  }
};

const SIGN_SIZE = 360;

const renderJob = async (job: PictureJob, done: ReadonlyMap<string, Buffer>, random: SeededRandom): Promise<Buffer> => {
  switch (job.how) {
    case 'SCENE': {
      const chance = {
        product: random.fork(`product ${job.productKey}`),
        setting: random.fork(`setting ${job.settingKey}`),
      };
      return renderScene(composeScene(job.product, await brandingOf(job.sign), chance));
    }
    case 'SIGN': {
      const { drawEmblem } = await brandingOf(job.sign);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIGN_SIZE}" height="${SIGN_SIZE}"><rect width="100%" height="100%" fill="${job.ground}"/><g transform="translate(${SIGN_SIZE / 2} ${SIGN_SIZE / 2}) scale(2.7)">${drawEmblem?.(job.colour) ?? ''}</g></svg>`;
      return encodeWebp(sharp(Buffer.from(svg)));
    }
    case 'DISGUISE': {
      const source = done.get(job.from);
      if (source === undefined) throw new RangeError(`${job.path} is made from ${job.from}, which is not there`);
      return disguisePicture(source, job.disguise, random.fork(`disguise ${job.path}`));
    }
    default: {
      const unknown: never = job;
      throw new RangeError(`unknown picture job ${JSON.stringify(unknown)}`);
    }
  }
};

/**
 * Makes every picture, those that others are made from first; `onPicture` gets each as soon as it is there.
 * The bytes depend on the seed and on the version of sharp, not on fonts or time.
 */
export const renderPictures = async (
  jobs: readonly PictureJob[],
  random: SeededRandom,
  onPicture: (path: string, bytes: Buffer) => Promise<void>,
): Promise<void> => {
  const done = new Map<string, Buffer>();
  const first = jobs.filter((job) => job.how !== 'DISGUISE');
  const second = jobs.filter((job) => job.how === 'DISGUISE');
  for (const job of [...first, ...second]) {
    const bytes = await renderJob(job, done, random);
    done.set(job.path, bytes);
    await onPicture(job.path, bytes);
  }
};
