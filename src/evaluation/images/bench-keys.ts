import sharp from 'sharp';
import { DCT_INPUT, hashMirrorings, lowFrequencies } from '../../detectors/image/dct-hash.ts';
import { hashPdq } from '../../detectors/image/pdq.ts';
import { makePictureKeys, orientHash, ORIENTATIONS } from '../../detectors/image/picture-keys.ts';
import { lumaOf, type PictureRaster } from '../../detectors/image/raster.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';

/** Processor time of one way to hash, a picture, over all threads, and how many times the floor that is. */
export interface KeyTiming {
  readonly name: string;
  readonly ms: number;
  readonly timesFloor: number;
}

/** What the bench is given beside pictures: ways to hash that live elsewhere. */
export interface KeyBenchTools {
  readonly settings: ImageSettings;
  readonly decode: (
    bytes: Uint8Array,
  ) => Promise<{ readonly widthPx: number; readonly heightPx: number; readonly frames: readonly PictureRaster[] }>;
  readonly peers: readonly { readonly name: string; readonly hash: (bytes: Uint8Array) => Promise<unknown> }[];
  /** Processor time of the whole process: what a busy machine does not stretch. */
  readonly cpuMicros: () => number;
}

const ROUNDS = 5;

/**
 * Times every way to hash on the same pictures in turns, so that a busy moment hits all alike. The floor is what sharp
 * needs to decode to 64 × 64; the best of five rounds is told.
 */
export async function benchKeys(pictures: readonly Uint8Array[], tools: KeyBenchTools): Promise<readonly KeyTiming[]> {
  const decoded: Awaited<ReturnType<KeyBenchTools['decode']>>[] = [];
  for (const bytes of pictures) decoded.push(await tools.decode(bytes));
  const raster = (i: number): PictureRaster => decoded[i]?.frames[0] as PictureRaster;
  const subjects: readonly { name: string; run: (bytes: Uint8Array, i: number) => unknown }[] = [
    { name: 'floor: sharp to 64 × 64', run: floor },
    { name: 'one key, eight orientations', run: async (bytes) => hashEightWays(await floor(bytes)) },
    { name: 'our decoding', run: (bytes) => tools.decode(bytes) },
    { name: 'PDQ, after decoding', run: (_, i) => hashPdq(lumaOf(raster(i)), decoded[i] as (typeof decoded)[number]) },
    {
      name: 'all keys, after decoding',
      run: (_, i) => makePictureKeys(raster(i), decoded[i] as (typeof decoded)[number], tools.settings),
    },
    {
      name: 'everything: decoding and all keys',
      run: async (bytes) => {
        const picture = await tools.decode(bytes);
        return picture.frames.map((frame) => makePictureKeys(frame, picture, tools.settings));
      },
    },
    ...tools.peers.map(({ name, hash }) => ({ name, run: hash })),
  ];
  const best = subjects.map(() => Infinity);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [s, { run }] of subjects.entries()) {
      const start = tools.cpuMicros();
      for (const [i, bytes] of pictures.entries()) await run(bytes, i);
      const ms = (tools.cpuMicros() - start) / 1_000 / pictures.length;
      // The first round warms code and caches.
      if (round > 0) best[s] = Math.min(best[s] as number, ms);
    }
  }
  return subjects.map(({ name }, s) => ({
    name,
    ms: best[s] as number,
    timesFloor: (best[s] as number) / (best[0] as number),
  }));
}

const floor = (bytes: Uint8Array): Promise<Buffer> =>
  sharp(bytes).resize(DCT_INPUT, DCT_INPUT, { fit: 'fill' }).removeAlpha().raw().toBuffer();

function hashEightWays(rgb: Uint8Array): unknown {
  const luma = lumaOf({ widthPx: DCT_INPUT, heightPx: DCT_INPUT, rgb }).luma;
  const key = {
    window: 'full' as const,
    rect01: [0, 0, 1, 1] as const,
    quality: 100,
    mirrorings: hashMirrorings(lowFrequencies(Float32Array.from(luma))),
  };
  return ORIENTATIONS.map((orientation) => orientHash(key, orientation));
}
