import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hammingDistanceBits, hashFromHex } from '../../../src/detectors/image/hash256.ts';
import { KEYS_VERSION } from '../../../src/detectors/image/picture-keys-codec.ts';
import type { CheckView } from '../../../src/domain/views/check-view.ts';
import { RENEWAL_START } from '../../../src/pipeline/renew-pictures.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';
import { drawPicture } from '../../unit/image/drawn-picture.ts';

const pictureOf = (seed: number): Promise<Buffer> => {
  const { rgb } = drawPicture(seed, { widthPx: 900, heightPx: 700 });
  return sharp(rgb, { raw: { width: 900, height: 700, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
};

describe('stored pictures that an older version of Assay has read', () => {
  let assay: TestAssay;
  beforeAll(async () => {
    assay = await openTestAssay();
  });
  afterAll(() => assay.close());

  const database = () => assay.runtime.connected.prisma;
  const stored = () => database().picture.findMany({ orderBy: { contentSha256: 'asc' } });
  const sell = async (id: string, sellerId: string, uploads: readonly Buffer[]): Promise<void> => {
    const createdAt = new Date(Date.now() - 86_400_000).toISOString();
    const pictures = uploads.map((bytes) => ({ base64: bytes.toString('base64') }));
    await assay.client.post('/v1/listings', {
      id,
      sellerId,
      title: 'A lamp',
      priceMinor: 900,
      currency: 'EUR',
      createdAt,
      pictures,
    });
    await assay.settle();
  };
  /** Makes every picture as an older version left it. */
  const makeOld = () =>
    database().$executeRaw`
      UPDATE picture SET keys = set_byte(keys, 0, ${KEYS_VERSION - 1}), "keysVersion" = ${KEYS_VERSION - 1},
        pdq = NULL, "pdqQuality" = NULL, md5 = NULL`;

  it('are read again by themselves, from their bytes or their preview, and are found again at once', async () => {
    await sell('first', 's-1', [await pictureOf(31), await pictureOf(32)]);
    const before = await stored();
    expect(before).toHaveLength(2);
    await makeOld();
    // Of one the bytes are gone.
    await database().pictureUpload.delete({ where: { id: before[1]!.contentSha256 } });

    await assay.runtime.queues.addMany([RENEWAL_START]);
    await vi.waitFor(async () => {
      for (const { keysVersion, pdq } of await stored()) {
        expect(keysVersion).toBe(KEYS_VERSION);
        expect(pdq).not.toBeNull();
      }
    }, 20_000);

    const after = await stored();
    expect(after[0]).toEqual(before[0]);
    expect(after[1]!.md5).toBeNull();
    expect(after[1]).toMatchObject({ widthPx: 900, heightPx: 700, preview: before[1]!.preview });
    expect(hammingDistanceBits(hashFromHex(after[1]!.pdq!)!, hashFromHex(before[1]!.pdq!)!)).toBeLessThanOrEqual(10);

    for (const seed of [31, 32]) await sell(`copy-${seed}`, 's-2', [await pictureOf(seed)]);
    for (const seed of [31, 32]) {
      const check = await database().check.findFirstOrThrow({ where: { subjectId: `copy-${seed}` } });
      const { findings } = await assay.client.get<CheckView>(`/v1/checks/${check.id}`);
      expect(findings.map(({ violationType }) => violationType)).toContain('IP_CR_IMAGE_THEFT');
    }
  }, 60_000);

  it('are no broken pictures to a check that comes first', async () => {
    await sell('second', 's-3', [await pictureOf(33)]);
    await makeOld();
    await sell('second-again', 's-3', [await pictureOf(33)]);
    const check = await database().check.findFirstOrThrow({ where: { subjectId: 'second-again' } });
    const { findings } = await assay.client.get<CheckView>(`/v1/checks/${check.id}`);
    expect(findings.filter(({ detector }) => detector === 'image')).toEqual([]);
    const shown = await database().listingPicture.findFirstOrThrow({
      where: { listingId: 'second-again' },
      include: { picture: true },
    });
    expect(shown.picture).toMatchObject({ keysVersion: KEYS_VERSION });
  });
});
