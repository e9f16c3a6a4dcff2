import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { encodeShapes } from '../../detectors/image/logo-shapes-codec.ts';
import { shapesOfLogo } from '../../detectors/image/logo-parts.ts';
import { findShapes } from '../../detectors/image/logo-shapes.ts';
import { pageOfLines } from '../../detectors/image/text-lines.ts';
import type { FromShapeThread, ToShapeThread } from './shape-reader.ts';

// Runs in a thread: looking for shapes takes a quarter of a second, which would hold up every check of the process.
sharp.concurrency(1);
sharp.cache(false);
parentPort?.on('message', (asked: ToShapeThread) => {
  answer(asked)
    .then((shapes): FromShapeThread => ({ id: asked.id, shapes }))
    .catch((fault: unknown): FromShapeThread => ({ id: asked.id, fault: String(fault) }))
    .then((told) => parentPort?.postMessage(told))
    .catch(() => undefined);
});

async function answer({ picture, limit }: ToShapeThread): Promise<Uint8Array> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raster = { widthPx: info.width, heightPx: info.height, rgb: new Uint8Array(data) };
  if (limit === 'lines') {
    const page = pageOfLines(raster);
    if (page === undefined) return new Uint8Array();
    return sharp(page.values, { raw: { width: page.widthPx, height: page.heightPx, channels: 1 } })
      .png({ compressionLevel: 1 })
      .toBuffer();
  }
  if (limit === 'logo') return encodeShapes(shapesOfLogo(raster));
  return encodeShapes(findShapes(raster, limit));
}
