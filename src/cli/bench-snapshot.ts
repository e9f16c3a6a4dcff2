import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIndexFolder } from '../adapters/images/index-snapshot.ts';
import { indexSettingsDigest } from '../adapters/images/snapshot-manifest.ts';
import { createPictureIndex } from '../detectors/image/picture-index.ts';
import type { PictureKeys } from '../detectors/image/picture-keys.ts';
import type { ImageSettings } from '../detectors/image/settings.ts';
import { CHROMA_CELLS, LUMA_CELLS } from '../detectors/image/thumbnail.ts';
import { seededRandom, type Random } from '../evaluation/images/canvas.ts';

/** How an index of pictures is made, kept and loaded. Seconds of the clock. */
export interface SnapshotBench {
  readonly pictures: number;
  /** Window hashes and descriptors in the index. */
  readonly keys: number;
  readonly buildSeconds: number;
  readonly saveSeconds: number;
  /** After one change: what every further snapshot costs. */
  readonly saveAgainSeconds: number;
  readonly loadSeconds: number;
  readonly residentMebibytes: number;
}

/** Makes an index of `pictures` pictures with random keys in a folder of its own, keeps it and loads it again. */
export async function benchSnapshot(pictures: number, settings: ImageSettings): Promise<SnapshotBench> {
  const where = await mkdtemp(join(tmpdir(), 'assay-snapshot-'));
  const digest = indexSettingsDigest(settings);
  const seconds = (sinceMs: number): number => (performance.now() - sinceMs) / 1_000;
  const mark = { seq: '1', xid: '1', topic: 'bank_picture', entityId: '0' };
  const position = { databaseId: 'bench', floor: '1', mark };
  try {
    const { folder } = openIndexFolder(where, digest);
    let index: ReturnType<typeof createPictureIndex> | undefined = createPictureIndex(settings, {
      shelf: folder.shelf,
    });
    const random = seededRandom(pictures);
    const put = (n: number): void => {
      const entry = { id: `picture-${n}`, bank: 'SELLERS' as const, contentSha256: '0'.repeat(64), uploadedAtMs: n };
      const added = index!.add({ ...entry, ownerLabel: `seller ${n % 977}`, keys: madeUpKeys(random) });
      folder.log.note(added);
    };
    const buildStart = performance.now();
    for (let n = 0; n < pictures; n++) put(n);
    const buildSeconds = seconds(buildStart);
    const saveStart = performance.now();
    await folder.save(index.capture(), position);
    const saveSeconds = seconds(saveStart);
    put(pictures);
    const againStart = performance.now();
    await folder.save(index.capture(), position);
    const saveAgainSeconds = seconds(againStart);
    folder.shelf.close();
    index = undefined;

    const loadStart = performance.now();
    const opened = openIndexFolder(where, digest);
    if (opened.kind === 'empty') throw new Error(`the index does not come back from its files: ${opened.why}`);
    const { shelf } = opened.folder;
    const loaded = createPictureIndex(settings, { shelf, loaded: opened.loaded });
    const loadSeconds = seconds(loadStart);
    const { hashes, descriptors } = opened.loaded;
    const keys = [...hashes.values(), ...descriptors.values()].reduce(
      (sum, { segments, recent }) => sum + recent.count + segments.reduce((all, { count }) => all + count, 0),
      0,
    );
    shelf.close();
    const residentMebibytes = Math.round(process.memoryUsage().rss / 2 ** 20);
    const times = { buildSeconds, saveSeconds, saveAgainSeconds, loadSeconds };
    return { pictures: loaded.size, keys, ...times, residentMebibytes };
  } finally {
    await rm(where, { recursive: true, force: true });
  }
}

const DESCRIPTORS = 300;

function madeUpKeys(random: Random): PictureKeys {
  const word = (): number => Math.floor(random() * 2 ** 32);
  const hash = (): Uint32Array => Uint32Array.from({ length: 8 }, word);
  return {
    widthPx: 1_000,
    heightPx: 1_000,
    pdq: { bits: hash(), quality: 100 },
    windows: [{ window: 'full', rect01: [0, 0, 1, 1], quality: 100, mirrorings: [hash(), hash(), hash(), hash()] }],
    descriptors: {
      count: DESCRIPTORS,
      bits: Uint32Array.from({ length: 8 * DESCRIPTORS }, word),
      x01: Float32Array.from({ length: DESCRIPTORS }, random),
      y01: Float32Array.from({ length: DESCRIPTORS }, random),
      angleStep: new Uint8Array(DESCRIPTORS),
      level: new Uint8Array(DESCRIPTORS),
    },
    thumbnail: {
      luma: new Uint8Array(LUMA_CELLS * LUMA_CELLS),
      chroma: new Int8Array(2 * CHROMA_CELLS * CHROMA_CELLS),
    },
  };
}

export const describeSnapshot = (bench: SnapshotBench): string =>
  `an index of ${bench.pictures} pictures, ${bench.keys} keys: made in ${bench.buildSeconds.toFixed(1)} s, ` +
  `kept in ${bench.saveSeconds.toFixed(1)} s, after one more picture in ${bench.saveAgainSeconds.toFixed(2)} s, ` +
  `loaded in ${bench.loadSeconds.toFixed(1)} s (${bench.residentMebibytes} MiB resident in all)\n`;
