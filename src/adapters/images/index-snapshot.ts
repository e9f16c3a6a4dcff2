import { rmSync, statSync } from 'node:fs';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CatalogueState, LoadedCatalogue } from '../../detectors/image/bank-catalogue.ts';
import type { PictureEmbedding } from '../../detectors/image/embedding.ts';
import { HASH_WORDS } from '../../detectors/image/hash256.ts';
import type { HammingState } from '../../detectors/image/hamming-index.ts';
import { adoptSegment, segmentBytes, type HammingSegment } from '../../detectors/image/hamming-segment.ts';
import { allocateMemory } from '../../detectors/image/wasm-memory.ts';
import type { FeedPosition } from '../feed-position.ts';
import { readChecked, syncPath, writeChecked } from './checked-files.ts';
import { openKeyFile, type KeyFile } from './key-file.ts';
import { MANIFEST, SNAPSHOT_FORMAT, manifestText, readManifest, type SnapshotManifest } from './snapshot-manifest.ts';
import { openPictureLog, readPictureLog, type PictureLog } from './picture-log.ts';

/** A folder with the files of one index: the keys of its pictures, and snapshots of it. */
export interface IndexFolder {
  readonly shelf: KeyFile;
  /** Takes down a change that the next snapshot will tell. */
  readonly log: Pick<PictureLog, 'note' | 'forget'>;
  /** Writes what the index is at the time of the call. One at a time. */
  save(state: CatalogueState, position: FeedPosition): Promise<void>;
}

/** What a folder had. */
export type OpenedFolder =
  | {
      readonly kind: 'loaded';
      readonly folder: IndexFolder;
      readonly loaded: LoadedCatalogue;
      readonly position: FeedPosition;
    }
  | { readonly kind: 'empty'; readonly folder: IndexFolder; readonly why: string };

/**
 * Opens the folder of an index, which no other process may use, with what its last snapshot says. A folder without a
 * snapshot, with one of other settings or of another form, or with a damaged one is emptied, and `why` tells which.
 */
export function openIndexFolder(folder: string, settingsDigest: string): OpenedFolder {
  try {
    return load(folder, settingsDigest);
  } catch (fault) {
    return {
      kind: 'empty',
      folder: openEmptyFolder(folder, settingsDigest),
      why: fault instanceof Error ? fault.message : 'unknown',
    };
  }
}

/** The folder of an index without what was in it. */
export function openEmptyFolder(folder: string, settingsDigest: string): IndexFolder {
  // The manifest goes first: without it, nothing else in the folder is believed.
  rmSync(path.join(folder, MANIFEST), { force: true });
  const names = { keys: 'keys-0.bin', pictures: 'pictures-0.log' };
  const shelf = openKeyFile(path.join(folder, names.keys), 0);
  const log = openPictureLog(folder, { file: names.pictures, bytes: 0, crc: 0, rows: 0 });
  return openedFolder({
    folder,
    settingsDigest,
    keysFile: names.keys,
    shelf,
    log,
    segmentFiles: new WeakMap(),
    number: 0,
  });
}

function load(folder: string, settingsDigest: string): OpenedFolder {
  const found = readManifest(folder, settingsDigest);
  const { keys, recent } = found;
  if (keys.droppedBytes > keys.bytes / 2 && keys.bytes > MIN_COMPACTED_BYTES) {
    throw new Error('most of the kept keys are of pictures that are gone');
  }
  const keysPath = path.join(folder, keys.file);
  if (statSync(keysPath).size < keys.bytes) throw new Error(`${keysPath} is cut off`);
  const pictures = readPictureLog(folder, found.pictures);
  const parts = new Uint8Array(recent.bytes);
  readChecked(path.join(folder, recent.file), parts, recent.crc);
  const blobs = partsOf(parts);
  const segmentFiles: SegmentFiles = new WeakMap();
  const indexes = (told: SnapshotManifest['hashes']): LoadedCatalogue['hashes'] =>
    new Map(
      told.map(({ radiusBits, segments, recentKeys }) => {
        const adopted = segments.map(({ marks, ...file }) => {
          const segment = loadSegmentFile(folder, file, words(blobs.next(marks)));
          segmentFiles.set(segment, file);
          return segment;
        });
        const references = words(blobs.next(4 * recentKeys));
        const recentWords = words(blobs.next(4 * HASH_WORDS * recentKeys));
        return [radiusBits, { segments: adopted, recent: { references, words: recentWords, count: recentKeys } }];
      }),
    );
  const [hashes, descriptors] = [indexes(found.hashes), indexes(found.descriptors)];
  const embeddings = found.embeddings.flatMap(({ modelDigest, dimensions, count }) => {
    const handles = words(blobs.next(4 * count));
    const values = blobs.next(dimensions * count);
    return Array.from(handles, (handle, i): readonly [number, PictureEmbedding] => [
      handle,
      { modelDigest, vector: new Int8Array(values.slice(i * dimensions, (i + 1) * dimensions).buffer) },
    ]);
  });
  const shelf = openKeyFile(keysPath, keys.bytes, keys.droppedBytes);
  const log = openPictureLog(folder, found.pictures);
  const number = Number(/\d+/.exec(recent.file)?.[0] ?? 0);
  return {
    kind: 'loaded',
    folder: openedFolder({ folder, settingsDigest, keysFile: keys.file, shelf, log, segmentFiles, number }),
    loaded: { pictures, hashes, descriptors, embeddings },
    position: found.position,
  };
}

/** Below this nothing is gained by writing the keys anew. */
const MIN_COMPACTED_BYTES = 256 << 20;

type SegmentFiles = WeakMap<HammingSegment, { readonly file: string; readonly bytes: number; readonly crc: number }>;

function openedFolder(own: {
  readonly folder: string;
  readonly settingsDigest: string;
  readonly keysFile: string;
  readonly shelf: KeyFile;
  readonly log: PictureLog;
  readonly segmentFiles: SegmentFiles;
  readonly number: number;
}): IndexFolder {
  const { folder, settingsDigest, keysFile, shelf, log, segmentFiles } = own;
  let number = own.number;
  let nextSegment = 0;
  const inFolder = (file: string): string => path.join(folder, file);

  return {
    shelf,
    log,
    async save(state, position) {
      const rows = log.take();
      try {
        await saveAt(state, position, rows);
      } catch (fault) {
        log.giveBack(rows);
        throw fault;
      }
    },
  };

  async function saveAt(state: CatalogueState, position: FeedPosition, rows: readonly string[]): Promise<void> {
    number++;
    // Whatever belongs to the moment of the call is taken before the first wait.
    shelf.flush();
    const keys = { file: keysFile, bytes: shelf.bytes, droppedBytes: shelf.droppedBytes };
    const blobs: Uint8Array[] = [];
    const describe = (indexes: ReadonlyMap<number, HammingState>) =>
      [...indexes].map(([radiusBits, { segments, recent }]) => {
        blobs.push(...segments.map(({ marks }) => asBytes(marks)), asBytes(recent.references), asBytes(recent.words));
        return { radiusBits, segments, recentKeys: recent.count };
      });
    const indexes = { hashes: describe(state.hashes), descriptors: describe(state.descriptors) };
    const embeddings = describeEmbeddings(state.embeddings, blobs);

    const write = (described: ReturnType<typeof describe>): Promise<SnapshotManifest['hashes']> =>
      inTurn(described, async ({ radiusBits, segments, recentKeys }) => ({
        radiusBits,
        recentKeys,
        segments: await inTurn(segments, async ({ segment, marks }) => {
          let written = segmentFiles.get(segment);
          if (written === undefined) {
            const file = `segment-${number}-${nextSegment++}.bin`;
            written = { file, ...(await writeChecked(inFolder(file), [segmentBytes(segment)])) };
            segmentFiles.set(segment, written);
          }
          return { ...written, marks: marks.byteLength };
        }),
      }));
    const hashes = await write(indexes.hashes);
    const descriptors = await write(indexes.descriptors);
    const pictures = await log.write(rows, state.pictures, number);
    const recentFile = `recent-${number}.bin`;
    const recent = { file: recentFile, ...(await writeChecked(inFolder(recentFile), blobs)) };
    syncPath(inFolder(keysFile));
    const next: SnapshotManifest = {
      format: SNAPSHOT_FORMAT,
      settingsDigest,
      position,
      keys,
      pictures,
      recent,
      hashes,
      descriptors,
      embeddings,
    };
    const draft = inFolder(`${MANIFEST}.new`);
    await writeFile(draft, manifestText(next));
    syncPath(draft);
    await rename(draft, inFolder(MANIFEST));
    syncPath(folder);
    const used = new Set([MANIFEST, keysFile, pictures.file, recentFile]);
    for (const { segments } of [...hashes, ...descriptors]) for (const { file } of segments) used.add(file);
    for (const name of await readdir(folder)) if (!used.has(name)) await rm(inFolder(name), { force: true });
  }
}

function describeEmbeddings(
  embeddings: CatalogueState['embeddings'],
  blobs: Uint8Array[],
): SnapshotManifest['embeddings'] {
  const models = new Map<
    string,
    { modelDigest: string; dimensions: number; rows: (readonly [number, PictureEmbedding])[] }
  >();
  for (const row of embeddings) {
    const { modelDigest, vector } = row[1];
    const name = `${modelDigest}:${vector.length}`;
    const model = models.get(name) ?? { modelDigest, dimensions: vector.length, rows: [] };
    models.set(name, model);
    model.rows.push(row);
  }
  return [...models.values()].map(({ modelDigest, dimensions, rows }) => {
    blobs.push(asBytes(Uint32Array.from(rows, ([handle]) => handle)));
    blobs.push(...rows.map(([, { vector }]) => new Uint8Array(vector.buffer, vector.byteOffset, vector.length)));
    return { modelDigest, dimensions, count: rows.length };
  });
}

function loadSegmentFile(
  folder: string,
  { file, bytes: length, crc }: { readonly file: string; readonly bytes: number; readonly crc: number },
  marks: Uint32Array,
): HammingSegment {
  const memory = allocateMemory(length);
  readChecked(path.join(folder, file), new Uint8Array(memory.buffer, 0, length), crc);
  const loaded = adoptSegment(memory, length, marks);
  if (loaded.kind === 'unusable') throw new Error(`${file}: ${loaded.why}`);
  return loaded.segment;
}

const asBytes = (from: Uint32Array): Uint8Array => new Uint8Array(from.buffer, from.byteOffset, from.byteLength);

/** A copy, because words must begin at a multiple of four. */
const words = (from: Uint8Array): Uint32Array => new Uint32Array(from.slice().buffer);

function partsOf(parts: Uint8Array): { next(length: number): Uint8Array } {
  let at = 0;
  return {
    next(length) {
      if (at + length > parts.length) throw new Error('parts of the snapshot are missing');
      at += length;
      return parts.subarray(at - length, at);
    },
  };
}

async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
