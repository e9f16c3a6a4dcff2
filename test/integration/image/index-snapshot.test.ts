import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { claimIndexFolder } from '../../../src/adapters/images/claim-index-folder.ts';
import { openIndexFolder, type IndexFolder } from '../../../src/adapters/images/index-snapshot.ts';
import { indexSettingsDigest } from '../../../src/adapters/images/snapshot-manifest.ts';
import { createPictureIndex, type BankEntry, type PictureIndex } from '../../../src/detectors/image/picture-index.ts';
import { decodePictureKeys, encodePictureKeys } from '../../../src/detectors/image/picture-keys-codec.ts';
import { makePictureKeys, type PictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import { drawPicture, rearrange, shippedSettings } from '../../unit/image/drawn-picture.ts';

const root = mkdtempSync(path.join(tmpdir(), 'assay-snapshot-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = (): string => mkdtempSync(path.join(root, `${folders++}-`));

const stored = (keys: PictureKeys): PictureKeys => {
  const decoded = decodePictureKeys(encodePictureKeys(keys));
  if (decoded.kind === 'unusable') throw new Error(decoded.why);
  return decoded.keys;
};
const embedding = (seed: number) => ({
  modelDigest: 'ab'.repeat(32),
  vector: Int8Array.from({ length: 8 }, (_, i) => (seed * 37 + i * 11) % 120),
});
/** Some with another frame, some with a vector. */
const drawn = Array.from({ length: 6 }, (_, seed) => {
  const picture = drawPicture(200 + seed);
  const keys = makePictureKeys(picture, picture, shippedSettings);
  if (seed % 3 === 1) return stored({ ...keys, embedding: embedding(seed) });
  const next = drawPicture(300 + seed);
  return stored(seed % 3 === 2 ? { ...keys, otherFrames: [makePictureKeys(next, next, shippedSettings)] } : keys);
});
const queries = [0, 1, 2, 5].map((seed) => {
  const picture = drawPicture(200 + seed);
  const cut = rearrange(picture, { widthPx: 286, heightPx: 216 }, (x, y) => [x + 15, y + 11]);
  return { ...makePictureKeys(cut, cut, shippedSettings), embedding: embedding(seed) };
});

const entry = (id: string, bank: BankEntry['bank'] = 'SELLERS'): BankEntry => ({
  id,
  bank,
  contentSha256: '0'.repeat(64),
  uploadedAtMs: 1_000,
  ownerLabel: `of ${id}`,
});
const digest = indexSettingsDigest(shippedSettings);
const position = (floor: number) => ({
  databaseId: 'd',
  floor: String(floor),
  mark: { seq: '1', xid: '1', topic: 'bank_picture', entityId: 'a' },
});

/** An index that keeps itself in a folder, as its thread holds it. */
const open = (where: string) => {
  const opened = openIndexFolder(where, digest);
  const { folder } = opened;
  const start = { shelf: folder.shelf, ...(opened.kind === 'loaded' ? { loaded: opened.loaded } : {}) };
  return { opened, folder, index: createPictureIndex(shippedSettings, start) };
};
const put = ({ index, folder }: { index: PictureIndex; folder: IndexFolder }, id: string, n: number): void =>
  folder.log.note(index.add({ ...entry(id), keys: drawn[n]! }));
const answers = (index: PictureIndex) =>
  queries.map((query) =>
    index
      .search(query)
      .map(({ entry: found, probability01, learned }) => [found, probability01, learned?.similarity] as const),
  );

describe('an index that is kept in files', () => {
  it('answers, after any run of changes, snapshots and deaths, as one that was made anew from what is in it', async () => {
    const change = fc.record({ id: fc.integer({ min: 0, max: 7 }), picture: fc.integer({ min: -1, max: 5 }) });
    const life = fc.record({ changes: fc.array(change, { maxLength: 6 }), isSaved: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 4 }), async (lives) => {
        const where = newFolder();
        const truth = new Map<string, number>();
        let atSave = new Map<string, number>();
        for (const [n, { changes, isSaved }] of lives.entries()) {
          const kept = open(where);
          // What a life did after its snapshot is gone with it; the feed of the database would tell it again.
          truth.clear();
          for (const [id, picture] of atSave) truth.set(id, picture);
          for (const { id, picture } of changes) {
            if (picture >= 0) {
              put(kept, `p-${id}`, picture);
              truth.set(`p-${id}`, picture);
            } else if (kept.index.remove(`p-${id}`)) {
              kept.folder.log.forget(`p-${id}`);
              truth.delete(`p-${id}`);
            }
          }
          if (isSaved) {
            await kept.folder.save(kept.index.capture(), position(n));
            atSave = new Map(truth);
          }
          kept.folder.shelf.close();
        }
        const again = open(where);
        const anew = createPictureIndex(shippedSettings);
        for (const [id, picture] of atSave) anew.add({ ...entry(id), keys: drawn[picture]! });
        expect(again.index.size).toBe(anew.size);
        expect(answers(again.index)).toEqual(answers(anew));
        again.folder.shelf.close();
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  it('is what it was before or after, wherever a snapshot is cut short', async () => {
    const where = newFolder();
    const kept = open(where);
    for (let n = 0; n < 40; n++) put(kept, `p-${n}`, n % 6);
    await kept.folder.save(kept.index.capture(), position(1));
    const sizes = [kept.index.size];
    for (let n = 0; n < 30; n++) put(kept, `q-${n}`, n % 6);
    kept.index.remove('p-3');
    kept.folder.log.forget('p-3');
    sizes.push(kept.index.size);
    let isDone = false;
    const saving = kept.folder.save(kept.index.capture(), position(2)).then(() => (isDone = true));
    const copies: string[] = [];
    while (!isDone && copies.length < 40) {
      const copy = newFolder();
      cpSync(where, copy, { recursive: true });
      copies.push(copy);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await saving;
    const found = copies.map((copy) => {
      const { opened, index, folder } = open(copy);
      folder.shelf.close();
      return { kind: opened.kind, size: index.size };
    });
    for (const { kind, size } of found) {
      expect(kind).toBe('loaded');
      expect(sizes).toContain(size);
    }
    expect(found[0]?.size).toBe(sizes[0]);
    kept.folder.shelf.close();
    const last = open(where);
    expect(last.index.size).toBe(sizes[1]);
    last.folder.shelf.close();
  });

  it('begins anew, and says why, where any file is damaged, cut off or gone', async () => {
    const where = newFolder();
    const kept = open(where);
    for (let n = 0; n < 40; n++) put(kept, `p-${n}`, n % 6);
    await kept.folder.save(kept.index.capture(), position(1));
    kept.folder.shelf.close();
    const files = readdirSync(where);
    expect(files.map((file) => file.replace(/[-\d]*\./, '.')).sort()).toEqual(
      expect.arrayContaining(['keys.bin', 'manifest.json', 'pictures.log', 'recent.bin', 'segment.bin']),
    );
    const damages: readonly ((bytes: Buffer) => Buffer | undefined)[] = [
      () => undefined,
      (bytes) => bytes.subarray(0, bytes.length >> 1),
      (bytes) => Buffer.from(bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 4 : byte))),
    ];
    for (const file of files) {
      for (const [d, damage] of damages.entries()) {
        const copy = newFolder();
        cpSync(where, copy, { recursive: true });
        const bytes = damage(readFileSync(path.join(copy, file)));
        if (bytes === undefined) rmSync(path.join(copy, file));
        else writeFileSync(path.join(copy, file), bytes);
        const { opened, index, folder } = open(copy);
        // Keys are some 18 kB a picture: they are looked at when they are used.
        if (file.startsWith('keys') && d === 2) {
          expect(opened.kind).toBe('loaded');
          expect(() => answers(index)).toThrow('is damaged at byte');
        } else {
          expect([file, d, opened.kind]).toEqual([file, d, 'empty']);
          expect(opened.kind === 'empty' && opened.why).not.toBe('');
          expect(index.size).toBe(0);
        }
        folder.shelf.close();
      }
    }
  });

  it('is of no use under other rules for what is indexed, and of use under other weights', () => {
    const { banks } = shippedSettings;
    const SELLERS = { ...banks.SELLERS, descriptorsIndexed: 40 };
    expect(indexSettingsDigest({ ...shippedSettings, banks: { ...banks, SELLERS } })).not.toBe(digest);
    expect(indexSettingsDigest({ ...shippedSettings, minProbability01: 0.9 })).toBe(digest);
  });

  it('gives each index that is open a folder of its own, and the next one the latest snapshot', async () => {
    const base = newFolder();
    const first = await claimIndexFolder(base, digest);
    const second = await claimIndexFolder(base, digest);
    expect(second.folder).not.toBe(first.folder);
    const kept = open(second.folder);
    put(kept, 'p', 1);
    await kept.folder.save(kept.index.capture(), position(1));
    kept.folder.shelf.close();
    first.release();
    second.release();
    const third = await claimIndexFolder(base, digest);
    expect(third).toMatchObject({ folder: second.folder, hasSnapshot: true });
    third.release();
  });
});
