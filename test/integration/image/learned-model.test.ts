import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckView } from '../../../src/domain/views/check-view.ts';
import { openOnnxEmbedder, type OnnxEmbedder } from '../../../src/adapters/embeddings/onnx-embedder.ts';
import { createPictureReader, type PicturePool } from '../../../src/adapters/images/picture-reader.ts';
import { matchEvidence } from '../../../src/detectors/image/image-findings.ts';
import { createPictureIndex } from '../../../src/detectors/image/picture-index.ts';
import { decodePictureKeys } from '../../../src/detectors/image/picture-keys-codec.ts';
import type { PictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import { pictureMatchEvidence } from '../../../src/domain/evidence.ts';
import { openTestAssay } from '../../support/assay.ts';
import { makeModelFolder, TESTED_RUNTIMES, tinyOnnxModel } from '../../support/tiny-onnx-model.ts';
import { drawPicture, shippedSettings } from '../../unit/image/drawn-picture.ts';

const preparation = shippedSettings.embeddings;
let folder: string;
const inFolder = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await makeModelFolder();
  await mkdir(inFolder('without'));
  await writeFile(inFolder('grey.onnx'), tinyOnnxModel(1));
  await writeFile(inFolder('garbage.onnx'), 'no model');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (model: string, runtime: string): Promise<OnnxEmbedder> =>
  openOnnxEmbedder({ file: inFolder(model), runtimeFolder: runtime, preparation });

const picture = (seed: number) => {
  const { rgb } = drawPicture(seed, { widthPx: 400, heightPx: 300 });
  return sharp(rgb, { raw: { width: 400, height: 300, channels: 3 } });
};

describe('opening a learned model', () => {
  it('says what to install where no runtime is there', async () => {
    await expect(open('cells.onnx', inFolder('without'))).rejects.toMatchObject({
      code: 'embedding.unavailable',
      message: expect.stringMatching(/npm install onnxruntime-node/) as string,
    });
  });

  it('says which file is missing', async () => {
    await expect(open('nowhere.onnx', inFolder('with'))).rejects.toMatchObject({
      code: 'embedding.unavailable',
      message: expect.stringMatching(/nowhere\.onnx cannot be read/) as string,
    });
  });

  it.each(TESTED_RUNTIMES)('refuses what is no model, with $name', async ({ folderOf }) => {
    await expect(open('garbage.onnx', folderOf(folder))).rejects.toMatchObject({
      code: 'embedding.unavailable',
      message: expect.stringMatching(/cannot be opened as an ONNX model/) as string,
    });
  });

  it.each(TESTED_RUNTIMES)(
    'refuses a model that takes something else than a picture, with $name',
    async ({ folderOf }) => {
      await expect(open('grey.onnx', folderOf(folder))).rejects.toMatchObject({
        code: 'embedding.unavailable',
        message: expect.stringMatching(/takes \[1, 1, 32, 32\]/) as string,
      });
    },
  );
});

describe.each(TESTED_RUNTIMES)('a learned model, with $name', ({ folderOf }) => {
  let embedder: OnnxEmbedder;
  let reader: PicturePool;
  beforeAll(async () => {
    embedder = await open('cells.onnx', folderOf(folder));
    reader = createPictureReader({ settings: () => shippedSettings, embedder });
  });
  afterAll(async () => {
    await reader.close();
    await embedder.close();
  });
  const keysOf = async (bytes: Uint8Array): Promise<PictureKeys> => {
    const reading = await reader.read(bytes);
    if (reading.kind !== 'read') throw new Error(reading.detail);
    const decoded = decodePictureKeys(reading.keys);
    if (decoded.kind !== 'keys') throw new Error(decoded.why);
    return decoded.keys;
  };

  it('tells the digest of the file, and another digest for pictures prepared otherwise', () => {
    expect(embedder.fileSha256).toBe(createHash('sha256').update(tinyOnnxModel()).digest('hex'));
    expect(embedder.dimensions).toBe(48);
    expect(embedder.modelDigest({ ...preparation, meanRgb: [0, 0, 0] })).not.toBe(embedder.modelDigest(preparation));
  });

  it('gives the model the colours of each place, less their mean', async () => {
    const red = sharp({ create: { width: 90, height: 60, channels: 3, background: '#ff0000' } });
    const vector = await embedder.embed(await red.png().toBuffer(), preparation);
    expect(vector[0]).toBeCloseTo((1 - 0.485) / 0.229, 4);
    expect(vector[16 + 5]).toBeCloseTo(-0.456 / 0.224, 4);
    expect(vector[32 + 15]).toBeCloseTo(-0.406 / 0.225, 4);
  });

  it('finds and evidences a copy that neither hashes nor features propose', async () => {
    const settings = {
      ...shippedSettings,
      minVotes: 10_000,
      banks: { ...shippedSettings.banks, PROTECTED: { ...shippedSettings.banks.PROTECTED, hashRadiusBits: 0 } },
    };
    const index = createPictureIndex(settings);
    for (const seed of [71, 72, 73]) {
      const keys = await keysOf(await picture(seed).png().toBuffer());
      const entry = { bank: 'PROTECTED' as const, contentSha256: `${seed}`.repeat(32), uploadedAtMs: 0 };
      index.add({ ...entry, id: `p-${seed}`, keys, ownerLabel: 'Alpenlicht' });
    }
    const copy = await keysOf(await picture(72).jpeg({ quality: 35 }).toBuffer());
    const { embedding, ...withoutEmbedding } = copy;
    expect(index.search(withoutEmbedding)).toEqual([]);

    const [match] = index.search(copy);
    expect(match?.entry.id).toBe('p-72');
    expect(match?.learned?.similarity).toBeGreaterThan(0.99);
    const shown = { kind: 'read' as const, index: 0, contentSha256: 'a'.repeat(64), flags: [], keys: copy };
    const evidence = pictureMatchEvidence.parse(matchEvidence({ ...shown, widthPx: 400, heightPx: 300 }, match!));
    expect(evidence.learned).toMatchObject({ modelDigest: embedding?.modelDigest, minSimilarity: 0.75 });
    expect(evidence.why).toMatch(/model [0-9a-f]{8} puts them at (0\.99|1\.00)/);
  });
});

describe.each(TESTED_RUNTIMES)('an Assay with a learned model, on $name', ({ folderOf }) => {
  it('tells of a stolen picture how near the model puts it, and keeps the vectors with the keys', async () => {
    const assay = await openTestAssay(undefined, {
      ASSAY_EMBEDDING_MODEL: inFolder('cells.onnx'),
      ASSAY_ONNX_RUNTIME_DIR: folderOf(folder),
    });
    try {
      const sell = async (id: string, sellerId: string, bytes: Buffer): Promise<string> => {
        const pictures = [{ base64: bytes.toString('base64') }];
        const createdAt = new Date(Date.now() - (id === 'first' ? 90 : 5) * 86_400_000).toISOString();
        const item = { id, sellerId, title: 'A plain mug', priceMinor: 900, currency: 'EUR', createdAt, pictures };
        const answer = await assay.client.post<{ items: { checkId: string }[] }>('/v1/listings', item);
        await assay.settle();
        return answer.items[0]!.checkId;
      };
      await sell('first', 's-owner', await picture(81).png().toBuffer());
      const copy = await picture(81).extract({ left: 8, top: 6, width: 384, height: 288 }).jpeg().toBuffer();
      const { findings } = await assay.client.get<CheckView>(`/v1/checks/${await sell('copy', 's-thief', copy)}`);
      expect(findings.map(({ violationType }) => violationType)).toEqual(['IP_CR_IMAGE_THEFT']);
      const [evidence] = findings[0]!.evidence.filter(({ kind }) => kind === 'PICTURE_MATCH');
      const { learned } = pictureMatchEvidence.parse(evidence);
      const stored = await assay.runtime.connected.prisma.picture.findMany({ select: { modelDigest: true } });
      expect(stored).toHaveLength(2);
      for (const { modelDigest } of stored) expect(modelDigest).toBe(learned?.modelDigest);
      expect(learned?.similarity).toBeGreaterThan(0.9);
    } finally {
      await assay.close();
    }
  });
});
