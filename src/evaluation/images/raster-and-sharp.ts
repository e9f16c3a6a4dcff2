import sharp, { type Sharp } from 'sharp';
import type { PictureRaster } from '../../detectors/image/raster.ts';

/** A raster as sharp takes it. */
export const asSharp = ({ rgb, widthPx, heightPx }: PictureRaster): Sharp =>
  sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } });

/** What sharp gives, in three colours. */
export const asRaster = async (image: Sharp): Promise<PictureRaster> => {
  const { data, info } = await image.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const rgb =
    info.channels === 3
      ? new Uint8Array(data)
      : Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)] as number);
  return { widthPx: info.width, heightPx: info.height, rgb };
};

/** A raster as a JPEG. */
export const jpeg = async (picture: PictureRaster, quality = 85): Promise<Uint8Array> =>
  asSharp(picture).jpeg({ quality }).toBuffer();
