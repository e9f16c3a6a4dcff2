import { createLogoIndex, type LogoIndex } from '../../detectors/image/logo-index.ts';
import { shapesOfLogo } from '../../detectors/image/logo-parts.ts';
import { findShapes } from '../../detectors/image/logo-shapes.ts';
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
  /** What reading words adds; absent where nobody asked for it. */
  readonly withWords?: WordsReport;
}

/** Logos that are found where the words of the pictures are read too. */
export interface WordsReport {
  /** Scenes in which the word is told, whether or not the outline is found. */
  readonly read: number;
  /** Scenes in which either finds the logo, or both together. */
  readonly found: number;
  readonly onLabels: number;
  readonly onFabric: number;
  readonly falseMatches: readonly string[];
  readonly msAPhoto: number;
}

/** Logos by their words. */
export interface ReadWords {
  /** Whose word is told by itself. */
  readonly told: readonly string[];
  /** Whose word stands there, everyday words among them: such a logo is found by an outline that is less alike. */
  readonly named: ReadonlySet<string>;
}

/** A picture as a marketplace has it: saved, and read again. */
export interface SavedPicture {
  readonly bytes: Uint8Array;
  readonly raster: PictureRaster;
}

export interface LogoQuestion {
  readonly logos: readonly LogoInk[];
  readonly photos: readonly { readonly name: string; readonly load: () => Promise<PictureRaster> }[];
  readonly scenes: number;
  readonly seed: number;
  /** Saves a picture and reads it again, as a marketplace would have it. */
  readonly save: (raster: PictureRaster) => Promise<SavedPicture>;
  /** What the words of a saved picture say. */
  readonly readWords?: (bytes: Uint8Array) => Promise<ReadWords>;
}

/** Puts each logo on photos, looks for all of them, then looks for all of them on photos that show none. */
export async function measureLogos(
  { logos, photos, scenes, seed, save, readWords }: LogoQuestion,
  { settings, nowMs }: { readonly settings: ImageSettings; readonly nowMs: () => number },
): Promise<LogoReport> {
  const index = createLogoIndex(settings.logos);
  const tooPlain = logos.filter((logo) => !addLogo(index, logo)).length;
  const counts = { label: { scenes: 0, found: 0 }, fabric: { scenes: 0, found: 0 } };
  const falseMatches: string[] = [];
  const words = { read: 0, label: 0, fabric: 0, falseMatches: [] as string[], spentMs: 0 };
  let strangerPairs = 0;
  let spentMs = 0;
  const look = async (drawn: PictureRaster): Promise<Looked> => {
    const { raster, bytes } = await save(drawn);
    const startMs = nowMs();
    const shapes = findShapes(raster, settings.logos.maxShapes);
    const seen = index.search(shapes).map(({ logo }) => logo.id);
    const seenMs = nowMs();
    spentMs += seenMs - startMs;
    const { told, named } = (await readWords?.(bytes)) ?? { told: [], named: new Set<string>() };
    words.spentMs += nowMs() - seenMs;
    const seenNamed = index.search(shapes, named).map(({ logo }) => logo.id);
    return { seen, told, either: new Set([...seenNamed, ...told]) };
  };
  // Every photo takes its turn.
  const step = [7, 5, 11, 13].find((prime) => photos.length % prime !== 0) ?? 1;
  for (let i = 0; i < scenes; i++) {
    const logo = logos[i % logos.length]!;
    const photo = photos[(i * step + seed) % photos.length]!;
    const scene = drawLogoScene(await photo.load(), logo, seededRandom(seed * 100_003 + i));
    const { seen, told, either } = await look(scene.raster);
    counts[scene.ground].scenes++;
    if (seen.includes(logo.name)) counts[scene.ground].found++;
    if (told.includes(logo.name)) words.read++;
    if (either.has(logo.name)) words[scene.ground]++;
    strangerPairs += logos.length - 1;
    const mistakes = (names: Iterable<string>) =>
      [...names].filter((name) => name !== logo.name).map((name) => `${logo.name} taken for ${name}`);
    falseMatches.push(...mistakes(seen));
    words.falseMatches.push(...mistakes(either).filter((mistake) => !falseMatches.includes(mistake)));
  }
  for (const { name, load } of photos) {
    strangerPairs += logos.length;
    const { seen, either } = await look(await load());
    falseMatches.push(...seen.map((logo) => `${name} taken for ${logo}`));
    const byWords = [...either].filter((logo) => !seen.includes(logo));
    words.falseMatches.push(...byWords.map((logo) => `${name} taken for ${logo}, by its words`));
  }
  const pictures = Math.max(1, scenes + photos.length);
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
    msAPhoto: spentMs / pictures,
    ...(readWords === undefined
      ? {}
      : {
          withWords: {
            read: words.read,
            found: words.label + words.fabric,
            onLabels: words.label,
            onFabric: words.fabric,
            falseMatches: words.falseMatches,
            msAPhoto: words.spentMs / pictures,
          },
        }),
  };
}

interface Looked {
  readonly seen: readonly string[];
  readonly told: readonly string[];
  readonly either: ReadonlySet<string>;
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
  const shapes = shapesOfLogo(raster);
  if (shapes.length === 0) return false;
  index.add({
    id: name,
    markId: name,
    bank: 'LOGO',
    contentSha256: '0'.repeat(64),
    shapes,
    ownerLabel: name,
    uploadedAtMs: 0,
  });
  return index.canFind(name);
}
