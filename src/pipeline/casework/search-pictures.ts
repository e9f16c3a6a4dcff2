import { decodePictureKeys } from '../../detectors/image/picture-keys-codec.ts';
import { AppError } from '../../domain/errors.ts';
import type { PictureLookup } from '../knowledge.ts';
import type { PictureReader } from '../ports.ts';
import type { PictureSearcher } from './search-store.ts';

/** Pictures that a search answers with at most. */
const SHOWN = 50;

/** Reads a picture and finds what is near it in every bank. Nothing of it is kept. */
export const pictureSearcher =
  (reader: PictureReader, index: () => PictureLookup): PictureSearcher =>
  async (bytes) => {
    const reading = await reader.read(bytes);
    if (reading.kind === 'unreadable') throw new AppError(reading.code, reading.detail);
    const decoded = decodePictureKeys(reading.keys);
    if (decoded.kind !== 'keys')
      throw new AppError('image.undecodable', 'The picture was read, but not in a way that can be compared.');
    // Anything that was verified at all: a person judges what a machine would not tell.
    const matches = await index().search(decoded.keys, { minProbability01: 0 });
    return {
      contentSha256: reading.contentSha256,
      items: matches.slice(0, SHOWN).map(({ entry, distanceBits, orientation, isInverted, probability01 }) => ({
        bank: entry.bank,
        bankPictureId: entry.id,
        contentSha256: entry.contentSha256,
        ownerLabel: entry.ownerLabel,
        ...(entry.ownerListingId === undefined ? {} : { listingId: entry.ownerListingId }),
        ...(entry.ownerSellerId === undefined ? {} : { sellerId: entry.ownerSellerId }),
        ...(entry.markId === undefined ? {} : { markId: entry.markId }),
        distanceBits,
        transform: isInverted ? `${orientation} INVERTED` : orientation,
        isVerified: probability01 >= 0.5,
      })),
    };
  };
