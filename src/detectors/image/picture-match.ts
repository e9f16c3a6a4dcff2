import { matchProbability } from './match-probability.ts';
import { composeAffine, invertAffine, type Affine } from './affine.ts';
import { compareColours, type ColourVerdict } from './colour-check.ts';
import { comparePlaces, type PlaceAgreement } from './coinciding-places.ts';
import { compareDensely, type DenseAgreement } from './dense-check.ts';
import { matchLocally, rereadDescriptors, type Proportions, type Reading } from './local-match.ts';
import { inverseOrientation, nearestOrientation, ORIENTATION_MAPS } from './orientation-map.ts';
import { ORIENTATIONS, orientHash, type Orientation, type PictureKeys, type WindowKey } from './picture-keys.ts';
import { complementHash, hammingDistanceBits } from './hash256.ts';
import type { ImageSettings } from './settings.ts';
import type { WindowName } from './windows.ts';

/** How a picture of the subject was found in another picture. */
export interface PictureMatch {
  /** Which key spoke first: the window hashes or the local descriptors. */
  readonly key: 'dct-256' | 'descriptors';
  readonly queryWindow: WindowName;
  readonly bankWindow: WindowName;
  /** How the bank picture is laid down in the subject. */
  readonly orientation: Orientation;
  readonly isInverted: boolean;
  /** Of the nearest pair of window hashes, 0–256. */
  readonly distanceBits: number;
  /** Places on which local features agree. */
  readonly inliers: number;
  /** Part of the places where both have features that coincide, 0–1. */
  readonly support01: number;
  /** Median difference of features that lie on each other, in bits of 256; 128 is chance. */
  readonly medianBits: number;
  /** How much the transform squeezes the picture, from 1; 1 where only hashes spoke. */
  readonly squeeze: number;
  /** From the bank picture's to the subject picture's unit square. */
  readonly transform: Affine;
  readonly dense: DenseAgreement;
  readonly colours: ColourVerdict;
  readonly probability01: number;
}

/** A way in which two pictures may belong together, to be verified. */
export interface MatchHint {
  readonly queryWindow: WindowName;
  readonly bankWindow: WindowName;
  readonly orientation: Orientation;
  readonly isInverted: boolean;
  readonly distanceBits: number;
}

/** Windows of a bank picture that are indexed; the others are only looked up. */
export const BANK_WINDOWS: ReadonlySet<WindowName> = new Set(['full', 'trimmed', 'photo', 'centre-90', 'centre-80']);

/** Windows that are looked up in all eight orientations and inverted; the others as they are and mirrored. */
const TURNED_WINDOWS: ReadonlySet<WindowName> = new Set(['full', 'trimmed', 'photo']);

/** From here on another way of laying the two pictures over each other could not say more. */
const CERTAIN_PROBABILITY01 = 0.995;

/** The sides of a picture as parts of its longer side. */
export function proportionsOf(keys: PictureKeys): Proportions {
  const longer = Math.max(keys.widthPx, keys.heightPx);
  return { width01: keys.widthPx / longer, height01: keys.heightPx / longer };
}

/** The four readings of a picture that local descriptors are tried in. */
export const READINGS: readonly Reading[] = [
  { isMirrored: false, isInverted: false },
  { isMirrored: true, isInverted: false },
  { isMirrored: false, isInverted: true },
  { isMirrored: true, isInverted: true },
];

/** The nearest pair of windows of two pictures over all orientations, within a radius. */
export function nearestWindows(
  bank: PictureKeys,
  query: PictureKeys,
  limits: { readonly radiusBits: number; readonly minQuality: number },
): MatchHint | undefined {
  let best: MatchHint | undefined;
  for (const queryKey of query.windows) {
    if (queryKey.quality < limits.minQuality) continue;
    for (const probe of probesOf(queryKey)) {
      for (const bankKey of bank.windows) {
        if (!BANK_WINDOWS.has(bankKey.window) || bankKey.quality < limits.minQuality) continue;
        const distanceBits = hammingDistanceBits(probe.hash, bankKey.mirrorings[0]);
        if (distanceBits > (best === undefined ? limits.radiusBits : best.distanceBits - 1)) continue;
        best = {
          queryWindow: queryKey.window,
          bankWindow: bankKey.window,
          orientation: probe.orientation,
          isInverted: probe.isInverted,
          distanceBits,
        };
      }
    }
  }
  return best;
}

/** The hashes to look up for one window, each with the orientation that a hit means for the bank picture. */
export function probesOf(
  key: WindowKey,
): readonly { readonly hash: Uint32Array; readonly orientation: Orientation; readonly isInverted: boolean }[] {
  const isTurned = TURNED_WINDOWS.has(key.window);
  const orientations = isTurned ? ORIENTATIONS : (['r0', 'mirror'] as const);
  return orientations.flatMap((applied) => {
    const hash = orientHash(key, applied);
    const orientation = inverseOrientation(applied);
    const plain = { hash, orientation, isInverted: false };
    return isTurned ? [plain, { hash: complementHash(hash), orientation, isInverted: true }] : [plain];
  });
}

/**
 * Verifies that `query` shows `bank`: by the hint of a window hash, and by local features in the readings given. Gives
 * the more probable of both, whatever its probability; undefined where neither gives a transform.
 */
export function verifyPictures(
  bank: PictureKeys,
  query: PictureKeys,
  options: {
    readonly hint: MatchHint | undefined;
    readonly readings: readonly Reading[];
    readonly settings: ImageSettings;
  },
): PictureMatch | undefined {
  const { hint, readings, settings } = options;
  const distanceBits = hint?.distanceBits ?? 256;
  const found: PictureMatch[] = [];
  if (hint !== undefined) {
    const transform = windowTransform(bank, query, hint);
    if (transform !== undefined) {
      found.push(judge(bank, query, { ...hint, key: 'dct-256', squeeze: 1, transform, settings }));
    }
  }
  const bankSide = { descriptors: bank.descriptors, sides: proportionsOf(bank) };
  const querySides = proportionsOf(query);
  for (const reading of readings) {
    // What is certain already is not looked at in other readings.
    if (found.some((match) => match.probability01 >= CERTAIN_PROBABILITY01)) break;
    const local = matchLocally(
      bankSide,
      {
        descriptors: rereadDescriptors(query.descriptors, reading, querySides.width01),
        sides: querySides,
        reading,
      },
      { ...settings.verification, scaleStep: settings.descriptors.scaleStep },
    );
    if (local === undefined || local.inliers < settings.verification.minInliers) continue;
    found.push(
      judge(bank, query, {
        key: hint === undefined ? 'descriptors' : 'dct-256',
        queryWindow: hint?.queryWindow ?? 'full',
        bankWindow: hint?.bankWindow ?? 'full',
        orientation: nearestOrientation(local.transform),
        isInverted: reading.isInverted,
        distanceBits,
        squeeze: local.squeeze,
        transform: local.transform,
        settings,
      }),
    );
  }
  return found.reduce<PictureMatch | undefined>(
    (best, match) => (best === undefined || match.probability01 > best.probability01 ? match : best),
    undefined,
  );
}

/** The map from the bank's to the query's unit square that two windows in an orientation mean. */
function windowTransform(bank: PictureKeys, query: PictureKeys, hint: MatchHint): Affine | undefined {
  const bankRect = bank.windows.find((window) => window.window === hint.bankWindow)?.rect01;
  const queryRect = query.windows.find((window) => window.window === hint.queryWindow)?.rect01;
  if (bankRect === undefined || queryRect === undefined) return undefined;
  const toWindow = invertAffine([bankRect[2], 0, 0, bankRect[3], bankRect[0], bankRect[1]]);
  const fromWindow: Affine = [queryRect[2], 0, 0, queryRect[3], queryRect[0], queryRect[1]];
  if (toWindow === undefined) return undefined;
  return composeAffine(fromWindow, composeAffine(ORIENTATION_MAPS[hint.orientation], toWindow));
}

function judge(
  bank: PictureKeys,
  query: PictureKeys,
  match: Omit<PictureMatch, keyof PlaceAgreement | 'dense' | 'colours' | 'probability01'> & {
    readonly settings: ImageSettings;
  },
): PictureMatch {
  const { settings, ...told } = match;
  const how = { transform: match.transform, isInverted: match.isInverted };
  const { agreement: dense, agreeing } = compareDensely(bank.thumbnail, query.thumbnail, how);
  const colours = compareColours(bank.thumbnail, query.thumbnail, { ...how, agreeing });
  const places = placesUnder(bank, query, { ...how, settings });
  return {
    ...told,
    ...places,
    dense,
    colours,
    probability01: matchProbability({ ...told, ...places, dense, colours }, settings.calibration),
  };
}

/** What the features of both pictures say of a map between their unit squares. */
function placesUnder(
  bank: PictureKeys,
  query: PictureKeys,
  how: { readonly transform: Affine; readonly isInverted: boolean; readonly settings: ImageSettings },
): PlaceAgreement {
  const [a, b, c, d] = how.transform;
  const isMirrored = a * d - b * c < 0;
  const sides = proportionsOf(query);
  const bankSides = proportionsOf(bank);
  const read = isMirrored ? composeAffine(ORIENTATION_MAPS.mirror, how.transform) : how.transform;
  const fromBank: Affine = [1 / bankSides.width01, 0, 0, 1 / bankSides.height01, 0, 0];
  const toSubject = composeAffine([sides.width01, 0, 0, sides.height01, 0, 0], composeAffine(read, fromBank));
  const descriptors = rereadDescriptors(query.descriptors, { isMirrored, isInverted: how.isInverted }, sides.width01);
  const { verification, descriptors: scales } = how.settings;
  return comparePlaces(
    { descriptors: bank.descriptors, sides: bankSides },
    { descriptors, sides },
    { toSubject, radiusBits: verification.pairRadiusBits, scaleStep: scales.scaleStep },
  );
}
