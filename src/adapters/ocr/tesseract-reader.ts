import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { createWorker, OEM, PSM, type Line, type Worker } from 'tesseract.js';
import type { PictureTextLine } from '../../detectors/brand/picture-names.ts';
import { AppError } from '../../domain/errors.ts';
import type { PictureTextReader, PictureTextReading } from '../../pipeline/read-picture-text.ts';
import type { LineFinder } from '../images/shape-reader.ts';

const require = createRequire(import.meta.url);

/** Longer side to which a picture is brought: Tesseract wants letters of 20 pixels and more. */
const READ_SIDE_PX = 1_280;

/**
 * Reads words with Tesseract, in a thread of its own that starts with the first picture; one picture at a time: first
 * the page of what `finder` takes for lines of words, then the picture itself. The language data come from installed
 * packages: nothing is fetched.
 */
export function createTesseractReader(finder: LineFinder): PictureTextReader {
  let opened: { readonly languages: string; readonly worker: Promise<Worker> } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const workerFor = async (languages: readonly string[]): Promise<Worker> => {
    const wanted = languages.join('+');
    if (opened?.languages !== wanted) {
      await opened?.worker.then((worker) => worker.terminate());
      opened = { languages: wanted, worker: openWorker(languages) };
      opened.worker.catch(() => (opened = undefined));
    }
    return opened.worker;
  };
  const readOne = async (
    picture: Uint8Array,
    { languages, turnsDegrees }: PictureTextReading,
  ): Promise<readonly PictureTextLine[]> => {
    const worker = await workerFor(languages);
    const { data: grey, info } = await sharp(picture)
      .resize(READ_SIDE_PX, READ_SIDE_PX, { fit: 'inside', kernel: 'cubic' })
      .flatten({ background: '#ffffff' })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const page = await finder.pageOfLines(picture);
    const found = page === undefined ? [] : await recognise(worker, page);
    for (const degrees of turnsDegrees) {
      const turned = await sharp(grey, { raw: { width: info.width, height: info.height, channels: info.channels } })
        .rotate(degrees, { background: '#808080' })
        .png({ compressionLevel: 1 })
        .toBuffer();
      found.push(...(await recognise(worker, turned)));
    }
    return surestOf(found);
  };
  return {
    read(picture, how) {
      const reading = last.then(() => readOne(picture, how));
      last = reading.catch(() => undefined);
      return reading;
    },
    async close() {
      await last;
      const worker = await opened?.worker.catch(() => undefined);
      opened = undefined;
      await worker?.terminate();
    },
  };
}

async function openWorker(languages: readonly string[]): Promise<Worker> {
  const sources = languages.map((code) => ({ code, file: dataFile(code) }));
  // Tesseract looks for all languages in one folder, and each of them is a package of its own.
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-languages-'));
  try {
    for (const { code, file } of sources) await copyFile(file, path.join(folder, `${code}.traineddata.gz`));
    const codes = languages.join('+');
    const options = { langPath: folder, cacheMethod: 'none', errorHandler: () => undefined };
    const worker = await createWorker(codes, OEM.LSTM_ONLY, options);
    // Words on goods stand anywhere; a picture knows no resolution, and Tesseract says so to the log each time.
    const quiet = { user_defined_dpi: '150', debug_file: '/dev/null' };
    await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT, ...quiet });
    return worker;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The integer form of the best model: a quarter of the size of the full one. */
function dataFile(code: string): string {
  const name = `@tesseract.js-data/${code}`;
  try {
    return path.join(path.dirname(require.resolve(`${name}/package.json`)), '4.0.0_best_int', `${code}.traineddata.gz`);
  } catch (cause) {
    throw new AppError(
      'picture-text.unavailable',
      `The language “${code}” of rules/picture-text.yaml needs the package ${name}: npm install ${name}`,
      { cause },
    );
  }
}

async function recognise(worker: Worker, picture: Uint8Array): Promise<PictureTextLine[]> {
  const { data } = await worker.recognize(Buffer.from(picture), {}, { blocks: true, text: false });
  const lines = (data.blocks ?? []).flatMap(({ paragraphs }) => paragraphs.flatMap((paragraph) => paragraph.lines));
  return lines.map(toLine).filter((line) => line.length > 0);
}

/** Of lines that say the same the surest: a picture is read in several ways. */
function surestOf(lines: readonly PictureTextLine[]): readonly PictureTextLine[] {
  const surest = new Map<string, PictureTextLine>();
  for (const line of lines) {
    const words = line.map(({ text }) => text).join(' ');
    const known = surest.get(words);
    if (known === undefined || leastSure(known) < leastSure(line)) surest.set(words, line);
  }
  return [...surest.values()];
}

const leastSure = (line: PictureTextLine): number => Math.min(...line.map(({ confidence01 }) => confidence01));

/** The words of a line; single signs are patterns more often than words. */
function toLine({ words }: Line): PictureTextLine {
  return words
    .filter(({ text }) => /[\p{L}\p{N}]{2}/u.test(text))
    .map(({ text, confidence }) => ({ text: text.slice(0, 100).toWellFormed(), confidence01: confidence / 100 }));
}
