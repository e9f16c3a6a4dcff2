import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { KEYS_VERSION } from '../../detectors/image/picture-keys-codec.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';
import { feedPosition } from '../feed-position.ts';

/** Raised when the files of a snapshot change their form. */
export const SNAPSHOT_FORMAT = 1;
/** The file that names all others of a snapshot: it is replaced last. */
export const MANIFEST = 'manifest.json';

const bytes = z.int().min(0);
const checked = z.object({ file: z.string(), bytes, crc: bytes });
const index = z.object({
  radiusBits: z.int(),
  /** Each with the bytes of its marks; the marks lie in `recent`. */
  segments: z.array(checked.extend({ marks: bytes })),
  recentKeys: bytes,
});
/** What a snapshot consists of. */
const snapshotManifest = z.object({
  format: z.literal(SNAPSHOT_FORMAT),
  settingsDigest: z.string(),
  position: feedPosition,
  keys: z.object({ file: z.string(), bytes, droppedBytes: bytes }),
  pictures: checked.extend({ rows: bytes }),
  recent: checked,
  hashes: z.array(index),
  descriptors: z.array(index),
  embeddings: z.array(z.object({ modelDigest: z.string(), dimensions: bytes, count: bytes })),
});
export type SnapshotManifest = z.infer<typeof snapshotManifest>;

/** What the kept indexes depend on: rules that differ in anything else go on with the same files. */
export function indexSettingsDigest({ banks, minWindowQuality }: ImageSettings): string {
  const ofBanks = Object.entries(banks).map(([bank, settings]) => {
    const { hashRadiusBits, descriptorRadiusBits, descriptorsIndexed } = settings;
    return [bank, hashRadiusBits, descriptorRadiusBits, descriptorsIndexed];
  });
  return createHash('sha256')
    .update(JSON.stringify([SNAPSHOT_FORMAT, KEYS_VERSION, minWindowQuality, ofBanks]))
    .digest('hex');
}

/** The text of the file of a manifest: its sum, then the manifest. */
export function manifestText(manifest: SnapshotManifest): string {
  const json = JSON.stringify(snapshotManifest.parse(manifest));
  return `${crc32(json)}\n${json}`;
}

/** The manifest of a folder. Throws, saying why, where there is none of these settings. */
export function readManifest(folder: string, settingsDigest: string): SnapshotManifest {
  let text: string;
  try {
    text = readFileSync(path.join(folder, MANIFEST), 'utf8');
  } catch {
    throw new Error('there is no snapshot');
  }
  const [sum, json = ''] = text.split('\n');
  if (sum !== String(crc32(json))) throw new Error('the snapshot is damaged');
  const read = snapshotManifest.safeParse(JSON.parse(json));
  if (!read.success) throw new Error('the snapshot is of another version');
  if (read.data.settingsDigest !== settingsDigest) throw new Error('the snapshot is of other rules for pictures');
  return read.data;
}

/** When the snapshot of a folder was taken; undefined where there is none of these settings. */
export function snapshotTakenAtMs(folder: string, settingsDigest: string): number | undefined {
  try {
    readManifest(folder, settingsDigest);
    return statSync(path.join(folder, MANIFEST)).mtimeMs;
  } catch {
    return undefined;
  }
}
