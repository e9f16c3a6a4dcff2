import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPictureReader } from '../../../src/adapters/images/picture-reader.ts';
import { decodePictureKeys } from '../../../src/detectors/image/picture-keys-codec.ts';
import { hammingDistanceBits } from '../../../src/detectors/image/hash256.ts';
import type { PictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import { drawPicture, shippedSettings } from '../../unit/image/drawn-picture.ts';

const reader = createPictureReader({
  settings: () => shippedSettings,
  limits: { maxPixels: 2_000_000, maxBytes: 3_000_000 },
});
afterAll(() => reader.close());
const picture = drawPicture(21, { widthPx: 640, heightPx: 480 });
const image = () => sharp(picture.rgb, { raw: { width: 640, height: 480, channels: 3 } });

async function readKeys(
  bytes: Uint8Array,
): Promise<{ keys: PictureKeys; flags: readonly string[]; mediaType: string }> {
  const reading = await reader.read(bytes);
  if (reading.kind !== 'read') throw new Error(reading.detail);
  const decoded = decodePictureKeys(reading.keys);
  if (decoded.kind !== 'keys') throw new Error(decoded.why);
  return { keys: decoded.keys, flags: reading.flags, mediaType: reading.mediaType };
}

const distance = (a: PictureKeys, b: PictureKeys): number =>
  hammingDistanceBits(a.windows[0]?.mirrorings[0] as Uint32Array, b.windows[0]?.mirrorings[0] as Uint32Array);

describe('the picture reader', () => {
  let jpeg: Uint8Array;
  let plain: PictureKeys;

  beforeAll(async () => {
    jpeg = await image().jpeg({ quality: 90 }).toBuffer();
    plain = (await readKeys(jpeg)).keys;
  });

  it.each([
    ['image/png', () => image().png().toBuffer()],
    ['image/webp', () => image().webp({ quality: 80 }).toBuffer()],
    ['image/gif', () => image().gif().toBuffer()],
    ['image/avif', () => image().avif({ quality: 60, effort: 1 }).toBuffer()],
    ['image/jpeg', () => image().toColourspace('cmyk').jpeg().toBuffer()],
    ['image/png', () => image().toColourspace('rgb16').png().toBuffer()],
  ] as const)('gives nearly the same hash for %s as for JPEG', async (mediaType, encode) => {
    const other = await readKeys(await encode());
    expect(other.mediaType).toBe(mediaType);
    expect(distance(plain, other.keys)).toBeLessThanOrEqual(24);
  });

  it('stands a picture upright that a camera stored turned', async () => {
    const stored = await image().rotate(270).jpeg({ quality: 90 }).withMetadata({ orientation: 6 }).toBuffer();
    const { keys, flags } = await readKeys(stored);
    expect([keys.widthPx, keys.heightPx]).toEqual([640, 480]);
    expect(flags).toContain('TURNED');
    expect(distance(plain, keys)).toBeLessThanOrEqual(12);
  });

  it('reads a truncated picture as far as it goes and says so', async () => {
    const { flags, keys } = await readKeys(jpeg.slice(0, Math.floor(jpeg.length * 0.8)));
    expect(flags).toContain('TRUNCATED');
    expect(keys.widthPx).toBe(640);
  });

  it('looks at several frames of an animation', async () => {
    const frames = [1, 2, 3, 4, 5].map((seed) => drawPicture(seed, { widthPx: 120, heightPx: 90 }));
    const strip = Buffer.concat(frames.map((frame) => frame.rgb));
    const gif = await sharp(strip, { raw: { width: 120, height: 450, channels: 3, pageHeight: 90 } })
      .gif()
      .toBuffer();
    const { keys, flags } = await readKeys(gif);
    expect(flags).toContain('ANIMATED');
    expect([keys.widthPx, keys.heightPx]).toEqual([120, 90]);
    expect(keys.otherFrames).toHaveLength(2);
    const last = drawPicture(5, { widthPx: 120, heightPx: 90 });
    const alone = await readKeys(
      await sharp(last.rgb, { raw: { width: 120, height: 90, channels: 3 } })
        .png()
        .toBuffer(),
    );
    expect(distance(keys.otherFrames?.[1] as PictureKeys, alone.keys)).toBeLessThanOrEqual(16);
  });

  it('lays transparent pictures on white', async () => {
    const png = await sharp({
      create: { width: 64, height: 64, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { keys, flags } = await readKeys(png);
    expect(flags).toContain('TRANSPARENT');
    expect(keys.thumbnail.luma.every((value) => value === 255)).toBe(true);
  });

  it.each([
    ['a text', () => new TextEncoder().encode('not a picture at all'), 'image.not-an-image'],
    ['nothing', () => new Uint8Array(), 'image.not-an-image'],
    ['SVG', () => new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image.undecodable'],
    ['HEIC', () => new TextEncoder().encode('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'image.undecodable'],
    ['a JPEG header alone', () => jpeg.slice(0, 20), 'image.undecodable'],
    ['too many bytes', () => new Uint8Array(3_000_001).fill(0xff), 'image.too-large'],
  ])('tells %s with a code', async (_, bytes, code) => {
    expect(await reader.read(bytes())).toMatchObject({ kind: 'unreadable', code });
  });

  it('refuses a bomb by its header, before it is unpacked', async () => {
    const bomb = await sharp({ create: { width: 5_000, height: 4_000, channels: 3, background: '#fff' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(500_000);
    expect(await reader.read(bomb)).toMatchObject({ kind: 'unreadable', code: 'image.too-large' });
  });

  it('decodes the same bytes once when they come twice at the same time', async () => {
    const [first, second] = await Promise.all([reader.read(jpeg), reader.read(jpeg.slice())]);
    expect(second).toBe(first);
  });

  it('comes through damage of every kind: bytes turned, cut out, doubled and cut off', async () => {
    const sources = [
      jpeg,
      await image().png().toBuffer(),
      await image().webp().toBuffer(),
      await image().gif().toBuffer(),
    ];
    let state = 12345;
    const random = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 4_294_967_296;
    for (let i = 0; i < 32; i++) {
      const bytes = Uint8Array.from(sources[i % sources.length] as Uint8Array);
      for (let k = 0; k < 1 + random() * 20; k++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
      const cut = random() < 0.3 ? bytes.slice(0, Math.floor(random() * bytes.length)) : bytes;
      const reading = await reader.read(cut);
      if (reading.kind === 'unreadable') expect(reading.code).toMatch(/^image\./);
      else expect(decodePictureKeys(reading.keys).kind).toBe('keys');
    }
  });
});

describe('the pool of reading threads', () => {
  it('refuses a strip that is far longer than any picture, however few pixels it has', async () => {
    const strip = await sharp({ create: { width: 30_001, height: 2, channels: 3, background: '#777777' } })
      .png()
      .toBuffer();
    expect(await reader.read(strip)).toMatchObject({
      kind: 'unreadable',
      code: 'image.too-large',
      detail: expect.stringMatching(/30000 on one side/) as string,
    });
  });

  it('gives up only the picture when a thread runs out of memory, and reads the next one', async () => {
    // A grid of so many cells needs several hundred megabytes.
    const hungry = { ...shippedSettings, descriptors: { ...shippedSettings.descriptors, cells: 3_000 } };
    let settings = hungry;
    const pool = createPictureReader({ settings: () => settings, limits: { maxThreads: 1, maxThreadHeapMb: 64 } });
    try {
      const bytes = await image().jpeg({ quality: 90 }).toBuffer();
      expect(await pool.read(bytes)).toMatchObject({ kind: 'unreadable', code: 'image.undecodable' });
      settings = shippedSettings;
      expect((await pool.read(bytes)).kind).toBe('read');
    } finally {
      await pool.close();
    }
  });

  it('reads on with fresh threads after it was closed', async () => {
    await reader.close();
    expect((await reader.read(await image().jpeg({ quality: 90 }).toBuffer())).kind).toBe('read');
  });
});
