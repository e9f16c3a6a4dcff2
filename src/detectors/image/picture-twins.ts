import { hammingDistanceBits } from './hash256.ts';
import type { PictureKeys } from './picture-keys.ts';

/** Bits by which the hashes of one picture, saved twice, differ. */
const SAVED_TWICE_BITS = 4;
/** Mean difference of brightness and colour that saving a picture anew makes, in steps of 256. */
const SAVED_TWICE_STEPS = 1;

/**
 * Whether two bank pictures are one file, or one picture saved twice: what is true of the one is true of the other. A
 * picture that anybody cropped, turned or marked has no twin.
 */
export function areTwins(a: PictureKeys, b: PictureKeys): boolean {
  if (a === b) return true;
  if (Math.abs(a.widthPx * b.heightPx - b.widthPx * a.heightPx) > 0.01 * a.widthPx * b.heightPx) return false;
  const [first, second] = [a.windows[0], b.windows[0]];
  if (first === undefined || second === undefined) return false;
  if (hammingDistanceBits(first.mirrorings[0], second.mirrorings[0]) > SAVED_TWICE_BITS) return false;
  return (
    meanDifference(a.thumbnail.luma, b.thumbnail.luma) <= SAVED_TWICE_STEPS &&
    meanDifference(a.thumbnail.chroma, b.thumbnail.chroma) <= SAVED_TWICE_STEPS
  );
}

function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] as number) - (b[i] as number));
  return sum / a.length;
}
