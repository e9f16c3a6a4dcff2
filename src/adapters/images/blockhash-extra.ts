import imageHashPackage from 'image-hash';
import sharp from 'sharp';
import { AppError } from '../../domain/errors.ts';

const { imageHash } = imageHashPackage;

/** Longer side to which a picture is brought first: the package decodes in plain JavaScript, a large one for seconds. */
const INPUT_SIDE_PX = 256;
/** Bits a side; 16 gives 256 bits in 64 hexadecimal digits. */
const BITS_A_SIDE = 16;

/**
 * The hash that the package `image-hash` gives, for marketplaces that already hold such hashes. It decides nothing here:
 * on product pictures five of a thousand strangers lie within 31 bits (measured, images.md). Its median is taken one
 * place too high, so only one hash in a hundred equals that of other Blockhash implementations; hashes of different
 * implementations must not be mixed. Pictures are handed over as bytes, never as a text, which the package would fetch
 * or open itself.
 * @throws AppError `image.undecodable`.
 */
export async function hashWithImageHash(bytes: Uint8Array): Promise<string> {
  const png = await sharp(bytes, { failOn: 'none' })
    .autoOrient()
    .resize(INPUT_SIDE_PX, INPUT_SIDE_PX, { fit: 'inside' })
    .flatten({ background: '#ffffff' })
    .png()
    .toBuffer();
  return hashRawWithImageHash(png);
}

/** The same without bringing the picture to a small size first; JPEG, PNG and WebP only. */
export function hashRawWithImageHash(bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    imageHash({ data: Buffer.from(bytes) }, BITS_A_SIDE, true, (fault: unknown, hash: unknown) => {
      if (typeof hash === 'string') resolve(hash);
      else reject(new AppError('image.undecodable', 'image-hash cannot read the picture.', { cause: fault }));
    });
  });
}
