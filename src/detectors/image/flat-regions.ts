/** Pixels from left and top to right and bottom, which are exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A connected region of pixels that are all darker, or all lighter, than a level. */
export interface Region extends Box {
  readonly label: number;
  readonly isDark: boolean;
  readonly area: number;
  readonly sumX: number;
  readonly sumY: number;
  /** Sum of x² + y². */
  readonly sumSquares: number;
}

/** One brightness a pixel, 0–255, row-major. */
export interface Plane {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Uint8Array;
}

/** Every pixel's region, by its label from 1. */
export interface RegionLabels {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly labels: Int32Array;
  readonly regions: readonly Region[];
}

/**
 * The connected regions below a level and those from it on, both with diagonals, in one pass and a union of labels.
 * Source: Rosenfeld and Pfaltz 1966, with path halving.
 */
export function labelRegions({ widthPx, heightPx, values }: Plane, level: number): RegionLabels {
  const count = widthPx * heightPx;
  const labels = new Int32Array(count);
  const parent = new Int32Array(count + 1);
  let labelCount = 0;
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, at++) {
      const isDark = values[at]! < level;
      let label = 0;
      // Left, and the three above: the neighbours that have a label already.
      for (let k = 0; k < 4; k++) {
        if (k === 0 ? x === 0 : y === 0 || (k === 1 && x === 0) || (k === 3 && x === widthPx - 1)) continue;
        const near = k === 0 ? at - 1 : at - widthPx - 2 + k;
        if (values[near]! < level !== isDark) continue;
        let root = labels[near]!;
        while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
        if (label === 0 || root === label) label = root;
        else if (root < label) {
          parent[label] = root;
          label = root;
        } else parent[root] = label;
      }
      if (label === 0) {
        label = ++labelCount;
        parent[label] = label;
      }
      labels[at] = label;
    }
  }
  return { widthPx, heightPx, labels, regions: measure(labels, { widthPx, parent, values, level, labelCount }) };
}

function measure(
  labels: Int32Array,
  how: {
    readonly widthPx: number;
    readonly parent: Int32Array;
    readonly values: Uint8Array;
    readonly level: number;
    readonly labelCount: number;
  },
): readonly Region[] {
  const { widthPx, parent, values, level } = how;
  const dense = new Int32Array(how.labelCount + 1);
  // A label's parent is never greater than the label, so that one ascending pass resolves them all.
  for (let label = 1; label <= how.labelCount; label++) parent[label] = parent[parent[label]!]!;
  const regions: { -readonly [Key in keyof Region]: Region[Key] }[] = [];
  for (let at = 0, x = 0, y = 0; at < labels.length; at++) {
    const root = parent[labels[at]!]!;
    if (dense[root] === 0) {
      const isDark = values[at]! < level;
      const at0 = { left: x, top: y, right: x, bottom: y };
      regions.push({ label: regions.length + 1, isDark, area: 0, ...at0, sumX: 0, sumY: 0, sumSquares: 0 });
      dense[root] = regions.length;
    }
    const label = dense[root]!;
    labels[at] = label;
    const region = regions[label - 1]!;
    region.area++;
    if (x < region.left) region.left = x;
    if (x >= region.right) region.right = x + 1;
    region.bottom = y + 1;
    region.sumX += x;
    region.sumY += y;
    region.sumSquares += x * x + y * y;
    if (++x === widthPx) {
      x = 0;
      y++;
    }
  }
  return regions;
}

/** The box about all of these. */
export const boxOf = (boxes: readonly Box[]): Box => ({
  left: Math.min(...boxes.map(({ left }) => left)),
  top: Math.min(...boxes.map(({ top }) => top)),
  right: Math.max(...boxes.map(({ right }) => right)),
  bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
});

/**
 * Regions in groups of which each belongs together with another of its group, in their order. Past a region for which
 * `isPast` holds, none belongs to the first one: for regions that are sorted.
 */
export function joinRegions(
  regions: readonly Region[],
  areTogether: (a: Region, b: Region) => boolean,
  isPast: (a: Region, b: Region) => boolean = () => false,
): readonly (readonly Region[])[] {
  const parent = regions.map((_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
    return i;
  };
  for (let i = 0; i < regions.length; i++) {
    const a = regions[i]!;
    for (let j = i + 1; j < regions.length; j++) {
      const b = regions[j]!;
      if (isPast(a, b)) break;
      if (areTogether(a, b)) parent[root(i)] = root(j);
    }
  }
  const groups = new Map<number, Region[]>();
  regions.forEach((region, i) => {
    const at = root(i);
    const group = groups.get(at);
    if (group === undefined) groups.set(at, [region]);
    else group.push(region);
  });
  return [...groups.values()];
}
