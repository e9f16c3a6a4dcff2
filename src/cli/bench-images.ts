import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import sharp from 'sharp';
import { parse } from 'yaml';
import { hashRawWithImageHash, hashWithImageHash } from '../adapters/images/blockhash-extra.ts';
import { decodePicture, restrictLoaders } from '../adapters/images/picture-decoder.ts';
import { DEFAULT_PICTURE_LIMITS } from '../adapters/images/picture-limits.ts';
import { compiledTwin } from '../adapters/compiled-twin.ts';
import { imageSettings } from '../detectors/image/settings.ts';
import { benchKeys, type KeyTiming } from '../evaluation/images/bench-keys.ts';
import { benchLookups, type LookupBench } from '../evaluation/images/bench-lookups.ts';
import { seededRandom } from '../evaluation/images/canvas.ts';
import { listPictures } from '../evaluation/images/picture-files.ts';
import { benchSnapshot, describeSnapshot } from './bench-snapshot.ts';
import { describeFuzz, fuzzImages, fuzzPart, isClean } from './fuzz-images.ts';

interface BenchImagesOptions {
  readonly fuzz?: number;
  readonly fuzzFrom: number;
  readonly fuzzPart?: string;
  readonly ceiling: number;
  readonly snapshot?: number;
  readonly bank?: string;
  readonly sizes: readonly number[];
  readonly rules: string;
  readonly json?: boolean;
}

const SHIPPED_RULES = new URL('../../rules/image.yaml', import.meta.url).pathname;
const LOOKUP_THREAD = compiledTwin('../evaluation/images/lookup-thread', import.meta.url);
const MAX_PICTURES = 12;

/** A process of Node with its decoders and keys of several pictures at once, with room to spare (measured). */
const DEFAULT_CEILING_MEBIBYTES = 1_024;

const count = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number is needed.');
  return Number(text);
};

const sizes = (text: string): readonly number[] =>
  text.split(',').map((one) => {
    const value = Number(one);
    if (!Number.isInteger(value) || value < 1_000 || value > 16_000_000) {
      throw new InvalidArgumentError('whole numbers from 1000 to 16000000, joined by commas, are needed.');
    }
    return value;
  });

/** `bench images`: hashing beside sharp's decoding and other packages, lookups beside a plain scan, in one run. */
export const benchImagesCommand = (): Command =>
  new Command('images')
    .description('measure hashing and lookups beside a floor and peers in the same run')
    .option('--bank <folder>', 'pictures to hash, brought to 1000 × 1000 JPEG; drawn ones where absent')
    .option('--sizes <numbers>', 'sizes of the index', sizes, [1_000_000, 10_000_000])
    .option('--rules <file>', 'another image.yaml', SHIPPED_RULES)
    .option('--fuzz <number>', 'instead: read so many damaged pictures, and count crashes, hangs and memory', count)
    .option('--fuzz-from <number>', 'with --fuzz: number of the first of them', count, 0)
    .option('--ceiling <mebibytes>', 'with --fuzz: memory that the intake may take', count, DEFAULT_CEILING_MEBIBYTES)
    .option('--snapshot <pictures>', 'instead: keep an index of so many made-up pictures in files, and load it', count)
    .addOption(new Option('--fuzz-part <from:to>').hideHelp())
    .option('--json', 'print the figures as JSON')
    .action(async (options: BenchImagesOptions) => {
      if (options.fuzzPart !== undefined) return fuzzPart(options.fuzzPart, options.rules);
      if (options.fuzz !== undefined) {
        const { fuzz: pictures, fuzzFrom: from, ceiling: ceilingMebibytes, rules } = options;
        const report = await fuzzImages({ pictures, from, ceilingMebibytes, rules }, (done) =>
          process.stderr.write(`${done} of ${pictures}\n`),
        );
        process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : describeFuzz(report));
        if (!isClean(report)) process.exitCode = 1;
        return;
      }
      const settings = imageSettings.parse(parse(await readFile(options.rules, 'utf8')));
      if (options.snapshot !== undefined) {
        const bench = await benchSnapshot(options.snapshot, settings);
        process.stdout.write(options.json === true ? `${JSON.stringify(bench)}\n` : describeSnapshot(bench));
        return;
      }
      restrictLoaders();
      const clocks = {
        nowMs: () => performance.now(),
        cpuMicros: () => {
          const { user, system } = process.cpuUsage();
          return user + system;
        },
      };
      const pictures = await benchPictures(options.bank);
      const hashing = await benchKeys(pictures, {
        settings,
        decode: (bytes) => decodePicture(bytes, DEFAULT_PICTURE_LIMITS),
        cpuMicros: clocks.cpuMicros,
        peers: [
          { name: 'image-hash, 16 × 16', hash: hashRawWithImageHash },
          { name: 'image-hash, after our decoding', hash: hashWithImageHash },
          ...(await sharpPhash()),
        ],
      });
      const lookups: LookupBench[] = [];
      const file = join(tmpdir(), `assay-index-${process.pid}`);
      for (const keys of options.sizes) {
        for (const kind of ['random', 'skewed'] as const) {
          lookups.push(await benchLookups(keys, kind, { clocks, file, threadFile: LOOKUP_THREAD }));
        }
      }
      process.stdout.write(
        options.json === true ? `${JSON.stringify({ hashing, lookups })}\n` : asText(hashing, lookups),
      );
    });

/** The peer is a development dependency: an installed Assay may lack it. */
async function sharpPhash(): Promise<readonly { name: string; hash: (bytes: Uint8Array) => Promise<unknown> }[]> {
  try {
    const loaded = await import('sharp-phash');
    // A CommonJS package whose types name the function itself as the module.
    const phash = loaded.default as unknown as (bytes: Buffer) => Promise<string>;
    return [{ name: 'sharp-phash', hash: (bytes) => phash(Buffer.from(bytes)) }];
  } catch {
    return [];
  }
}

async function benchPictures(folder: string | undefined): Promise<readonly Uint8Array[]> {
  const sources: Uint8Array[] = [];
  if (folder === undefined) {
    for (let seed = 0; seed < 6; seed++) sources.push(await drawnPicture(seed));
  } else {
    const names = await listPictures(folder);
    const step = Math.max(1, Math.floor(names.length / MAX_PICTURES));
    for (let i = 0; i < names.length && sources.length < MAX_PICTURES; i += step) {
      sources.push(await readFile(join(folder, names[i] as string)));
    }
  }
  return Promise.all(
    sources.map((bytes) =>
      sharp(bytes).autoOrient().resize(1_000, 1_000, { fit: 'cover' }).flatten().jpeg({ quality: 85 }).toBuffer(),
    ),
  );
}

/** Coloured noise of several scales: as hard to decode as a photo. */
async function drawnPicture(seed: number): Promise<Uint8Array> {
  const random = seededRandom(seed);
  const layer = async (side: number): Promise<Buffer> =>
    sharp(Buffer.from(Uint8Array.from({ length: side * side * 3 }, () => random() * 256)), {
      raw: { width: side, height: side, channels: 3 },
    })
      .resize(1_000, 1_000, { kernel: 'cubic' })
      .raw()
      .toBuffer();
  const [coarse, middle, fine] = [await layer(6), await layer(40), await layer(250)];
  const rgb = Uint8Array.from(
    coarse,
    (value, i) => 0.6 * value + 0.3 * (middle[i] as number) + 0.1 * (fine[i] as number),
  );
  return sharp(rgb, { raw: { width: 1_000, height: 1_000, channels: 3 } })
    .png()
    .toBuffer();
}

const asText = (hashing: readonly KeyTiming[], lookups: readonly LookupBench[]): string =>
  [
    'hashing, processor ms a picture of 1000 × 1000 (best of five rounds)',
    ...hashing.map(
      ({ name, ms, timesFloor }) =>
        `  ${name.padEnd(36)} ${ms.toFixed(2).padStart(8)}  ${timesFloor.toFixed(2)} × floor`,
    ),
    'lookups at radius 31',
    ...lookups.map(
      ({
        keys,
        kind,
        buildSeconds,
        saveSeconds,
        loadSeconds,
        bytesAKey,
        micros,
        cpuMicros,
        scanMicros,
        misses,
        threads,
      }) =>
        `  ${keys} ${kind}: µs p10 ${micros.p10.toFixed(0)}, p50 ${micros.p50.toFixed(0)}, p95 ${micros.p95.toFixed(0)}, p99 ${micros.p99.toFixed(0)}, ` +
        `processor ${cpuMicros.toFixed(0)}; plain scan ${scanMicros.toFixed(0)} (${(scanMicros / micros.p50).toFixed(0)} ×); ${misses} missed\n` +
        `    ${threads.threads} threads on one index: ${threads.perSecond.toFixed(0)} lookups/s by the clock, ` +
        `${threads.perSecondByCpu.toFixed(0)} by processor time (${threads.cpuMicros.toFixed(0)} µs each)\n` +
        `    built in ${buildSeconds.toFixed(1)} s, written to a file in ${saveSeconds.toFixed(1)} s, loaded in ${loadSeconds.toFixed(1)} s, ` +
        `${bytesAKey.toFixed(1)} bytes a key`,
    ),
    '',
  ].join('\n');
