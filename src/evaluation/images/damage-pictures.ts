import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { seededRandom, type Random } from './canvas.ts';

/** A sound picture to damage. */
export interface SoundPicture {
  readonly format: string;
  readonly bytes: Uint8Array;
}

/** Small pictures of every format that the intake reads, in the kinds that decoders treat differently. */
export async function soundPictures(): Promise<readonly SoundPicture[]> {
  const noise = (seed: number, side: number, channels: 3 | 4) => {
    const random = seededRandom(seed);
    const bytes = Uint8Array.from({ length: 24 * 24 * channels }, () => random() * 256);
    return sharp(bytes, { raw: { width: 24, height: 24, channels } }).resize(side, Math.round(side * 0.75), {
      kernel: 'cubic',
    });
  };
  const frames = await Promise.all([1, 2, 3].map((seed) => noise(seed, 60, 3).png().toBuffer()));
  const animation = () => sharp(frames, { join: { animated: true } });
  const made: readonly [string, Promise<Buffer>][] = [
    ['jpeg', noise(4, 120, 3).jpeg({ quality: 80 }).toBuffer()],
    ['jpeg progressive', noise(5, 120, 3).jpeg({ quality: 60, progressive: true }).toBuffer()],
    ['jpeg cmyk', noise(6, 100, 3).toColourspace('cmyk').jpeg().toBuffer()],
    ['jpeg exif', noise(7, 100, 3).jpeg().withMetadata({ orientation: 6 }).toBuffer()],
    ['png', noise(8, 80, 4).png().toBuffer()],
    ['png palette', noise(9, 80, 3).png({ palette: true, colours: 16 }).toBuffer()],
    ['png interlaced', noise(10, 60, 3).png({ progressive: true }).toBuffer()],
    ['png 16 bit', noise(11, 50, 3).toColourspace('rgb16').png().toBuffer()],
    ['webp', noise(12, 120, 3).webp({ quality: 70 }).toBuffer()],
    ['webp lossless', noise(13, 60, 4).webp({ lossless: true }).toBuffer()],
    ['webp animated', animation().webp().toBuffer()],
    ['gif', noise(14, 80, 3).gif().toBuffer()],
    ['gif animated', animation().gif().toBuffer()],
    ['avif', noise(15, 96, 3).avif({ quality: 50, effort: 0 }).toBuffer()],
    ['avif alpha', noise(16, 64, 4).avif({ quality: 50, effort: 0 }).toBuffer()],
  ];
  return Promise.all(made.map(async ([format, bytes]) => ({ format, bytes: new Uint8Array(await bytes) })));
}

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** The start of a file tells sizes, so that lies there weigh most. */
const HEAD_BYTES = 220;

const HUGE = [0, 1, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0xffffffff, 0x40000000];

const DAMAGES: Readonly<Record<string, Damage>> = {
  'bit flips': (bytes, random) => {
    const out = bytes.slice();
    for (let i = 1 + below(random, 40); i > 0; i--) out[below(random, out.length)]! ^= 1 << below(random, 8);
    return out;
  },
  'bit flips in the head': (bytes, random) => {
    const out = bytes.slice();
    for (let i = 1 + below(random, 6); i > 0; i--)
      out[below(random, Math.min(HEAD_BYTES, out.length))]! ^= 1 << below(random, 8);
    return out;
  },
  'cut off': (bytes, random) => bytes.slice(0, 1 + below(random, bytes.length)),
  'lying sizes': (bytes, random) => {
    const out = bytes.slice();
    const view = new DataView(out.buffer);
    for (let i = 1 + below(random, 3); i > 0; i--) {
      const at = below(random, Math.max(1, Math.min(HEAD_BYTES, out.length) - 4));
      const value = HUGE[below(random, HUGE.length)]!;
      if (random() < 0.5) view.setUint32(at, value, random() < 0.5);
      else view.setUint16(at, value & 0xffff, random() < 0.5);
    }
    return out;
  },
  'other size, sound checksum': (bytes, random) => {
    const out = bytes.slice();
    const view = new DataView(out.buffer);
    // PNG: width and height of the first chunk, with its checksum made right again; JPEG: those of the frame header.
    if (out[0] === 0x89 && out.length > 33) {
      view.setUint32(
        16 + 4 * below(random, 2),
        random() < 0.5 ? below(random, 40_000) : HUGE[below(random, HUGE.length)]!,
      );
      view.setUint32(29, crc32(out.subarray(12, 29)));
      return out;
    }
    for (let at = 2; at + 9 < out.length; at++) {
      if (out[at] !== 0xff || (out[at + 1]! & 0xf0) !== 0xc0 || out[at + 1] === 0xc4) continue;
      view.setUint16(at + 5 + 2 * below(random, 2), below(random, 65_536));
      break;
    }
    return out;
  },
  'a part repeated': (bytes, random) => {
    const from = below(random, bytes.length);
    const part = bytes.slice(from, from + 1 + below(random, 400));
    const at = below(random, bytes.length);
    return Uint8Array.from([...bytes.subarray(0, at), ...part, ...part, ...bytes.subarray(at)]);
  },
  'a part blank': (bytes, random) => {
    const out = bytes.slice();
    const from = below(random, out.length);
    return out.fill(random() < 0.5 ? 0 : 255, from, from + 1 + below(random, 200));
  },
  'a part left out': (bytes, random) => {
    const from = below(random, bytes.length);
    const to = from + 1 + below(random, 200);
    return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)]);
  },
};

/** The `number`-th damaged picture: the same in every run. Two out of five are damaged twice, or joined with another. */
export function damagedPicture(
  number: number,
  sound: readonly SoundPicture[],
): { readonly format: string; readonly damage: string; readonly bytes: Uint8Array } {
  const random = seededRandom(number * 2_654_435_761 + 17);
  const { format, bytes } = sound[number % sound.length]!;
  const names = Object.keys(DAMAGES);
  const damage = names[below(random, names.length)]!;
  let out = DAMAGES[damage]!(bytes, random);
  if (random() < 0.25) out = DAMAGES[names[below(random, names.length)]!]!(out, random);
  if (random() < 0.15) {
    const other = sound[below(random, sound.length)]!.bytes;
    out = Uint8Array.from([
      ...out.subarray(0, below(random, out.length)),
      ...other.subarray(below(random, other.length)),
    ]);
  }
  return { format, damage, bytes: out };
}
