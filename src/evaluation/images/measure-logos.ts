import { createLogoIndex, type LogoIndex } from '../../detectors/image/logo-index.ts';
import { findShapes, shapeOfLogo } from '../../detectors/image/logo-shapes.ts';
import type { PictureRaster } from '../../detectors/image/raster.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';
import { plain, seededRandom } from './canvas.ts';
import { drawLogoScene, type LogoInk } from './logo-scenes.ts';

/** What a measurement of logos says. */
export interface LogoReport {
  readonly logos: number;
  /** Logos whose picture shows nothing, or that are as plain as a disc: they are found nowhere. */
  readonly tooPlain: number;
  readonly scenes: number;
  readonly found: number;
  readonly onLabels: { readonly scenes: number; readonly found: number };
  readonly onFabric: { readonly scenes: number; readonly found: number };
  readonly cleanPhotos: number;
  readonly falseMatches: readonly string[];
  /** Pairs of a logo and a photo that does not show it. */
  readonly strangerPairs: number;
  readonly msAPhoto: number;
}

export interface LogoQuestion {
  readonly logos: readonly LogoInk[];
  readonly photos: readonly { readonly name: string; readonly load: () => Promise<PictureRaster> }[];
  readonly scenes: number;
  readonly seed: number;
  /** Saves a picture and reads it again, as a marketplace would have it. */
  readonly save: (raster: PictureRaster) => Promise<PictureRaster>;
}

/** Puts each logo on photos, looks for all of them, then looks for all of them on photos that show none. */
export async function measureLogos(
  { logos, photos, scenes, seed, save }: LogoQuestion,
  { settings, nowMs }: { readonly settings: ImageSettings; readonly nowMs: () => number },
): Promise<LogoReport> {
  const index = createLogoIndex(settings.logos);
  const tooPlain = logos.filter((logo) => !addLogo(index, logo)).length;
  const counts = { label: { scenes: 0, found: 0 }, fabric: { scenes: 0, found: 0 } };
  const falseMatches: string[] = [];
  let strangerPairs = 0;
  let spentMs = 0;
  const look = async (raster: PictureRaster): Promise<readonly string[]> => {
    const saved = await save(raster);
    const startMs = nowMs();
    const names = index.search(findShapes(saved, settings.logos.maxShapes)).map(({ logo }) => logo.id);
    spentMs += nowMs() - startMs;
    return names;
  };
  for (let i = 0; i < scenes; i++) {
    const logo = logos[i % logos.length]!;
    const photo = photos[(i * 7 + seed) % photos.length]!;
    const scene = drawLogoScene(await photo.load(), logo, seededRandom(seed * 100_003 + i));
    const names = await look(scene.raster);
    counts[scene.ground].scenes++;
    if (names.includes(logo.name)) counts[scene.ground].found++;
    strangerPairs += logos.length - 1;
    falseMatches.push(...names.filter((name) => name !== logo.name).map((name) => `${logo.name} taken for ${name}`));
  }
  for (const { name, load } of photos) {
    strangerPairs += logos.length;
    falseMatches.push(...(await look(await load())).map((logo) => `${name} taken for ${logo}`));
  }
  return {
    logos: logos.length,
    tooPlain,
    scenes,
    found: counts.label.found + counts.fabric.found,
    onLabels: counts.label,
    onFabric: counts.fabric,
    cleanPhotos: photos.length,
    falseMatches,
    strangerPairs,
    msAPhoto: spentMs / Math.max(1, scenes + photos.length),
  };
}

/** Adds a logo as its owner submits it, black on white with a margin; whether it can be found at all. */
function addLogo(index: LogoIndex, { name, widthPx, heightPx, ink }: LogoInk): boolean {
  const margin = Math.round(Math.max(widthPx, heightPx) * 0.1);
  const raster = plain(widthPx + 2 * margin, heightPx + 2 * margin, [255, 255, 255]);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = 3 * ((y + margin) * raster.widthPx + x + margin);
      raster.rgb.fill(255 - ink[y * widthPx + x]!, at, at + 3);
    }
  }
  const shape = shapeOfLogo(raster);
  if (shape === undefined) return false;
  index.add({ id: name, bank: 'LOGO', contentSha256: '0'.repeat(64), shape, ownerLabel: name, uploadedAtMs: 0 });
  return index.canFind(name);
}
