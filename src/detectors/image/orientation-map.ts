import type { Affine } from './affine.ts';
import type { Orientation } from './picture-keys.ts';

/** What each orientation does to the unit square (y points down; turns are clockwise). */
export const ORIENTATION_MAPS: Readonly<Record<Orientation, Affine>> = {
  r0: [1, 0, 0, 1, 0, 0],
  r90: [0, 1, -1, 0, 1, 0],
  r180: [-1, 0, 0, -1, 1, 1],
  r270: [0, -1, 1, 0, 0, 1],
  mirror: [-1, 0, 0, 1, 1, 0],
  'mirror-r90': [0, -1, -1, 0, 1, 1],
  'mirror-r180': [1, 0, 0, -1, 0, 1],
  'mirror-r270': [0, 1, 1, 0, 0, 0],
};

/** The orientation that undoes another. Mirrored ones undo themselves. */
export function inverseOrientation(orientation: Orientation): Orientation {
  if (orientation === 'r90') return 'r270';
  if (orientation === 'r270') return 'r90';
  return orientation;
}

/** The orientation nearest to an affine map of the unit square. */
export function nearestOrientation([a, b, c, d]: Affine): Orientation {
  const isMirrored = a * d - b * c < 0;
  // Of a mirrored map, undo the left-right mirroring first: what is left turns.
  const turn = Math.atan2(isMirrored ? -b - c : b - c, isMirrored ? d - a : a + d);
  const quarter = ((Math.round(turn / (Math.PI / 2)) % 4) + 4) % 4;
  const turns = ['r0', 'r90', 'r180', 'r270'] as const;
  const mirrors = ['mirror', 'mirror-r90', 'mirror-r180', 'mirror-r270'] as const;
  return (isMirrored ? mirrors : turns)[quarter] as Orientation;
}
