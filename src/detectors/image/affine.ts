/** x' = a·x + c·y + e, y' = b·x + d·y + f, as [a, b, c, d, e, f]: the order of SVG and CSS. */
export type Affine = readonly [number, number, number, number, number, number];

/** The affine map that first does `inner`, then `outer`. */
export function composeAffine(outer: Affine, inner: Affine): Affine {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** The inverse map, or `undefined` where the map flattens the plane. */
export function invertAffine([a, b, c, d, e, f]: Affine): Affine | undefined {
  const determinant = a * d - b * c;
  if (Math.abs(determinant) < 1e-9) return undefined;
  const k = 1 / determinant;
  return [d * k, -b * k, -c * k, a * k, (c * f - d * e) * k, (b * e - a * f) * k];
}

/** Pairs of points, `from` to `to`, each as x, y, x, y, … */
export interface PointPairs {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly count: number;
}

/** Turning, scaling and shifting with the least squared error; needs two different points. */
export function fitSimilarity({ from, to, count }: PointPairs): Affine | undefined {
  const { fx, fy, tx, ty } = means({ from, to, count });
  let along = 0;
  let across = 0;
  let norm = 0;
  for (let i = 0; i < count; i++) {
    const x = (from[2 * i] as number) - fx;
    const y = (from[2 * i + 1] as number) - fy;
    const u = (to[2 * i] as number) - tx;
    const v = (to[2 * i + 1] as number) - ty;
    along += x * u + y * v;
    across += x * v - y * u;
    norm += x * x + y * y;
  }
  if (norm < 1e-9) return undefined;
  const a = along / norm;
  const b = across / norm;
  return [a, b, -b, a, tx - a * fx + b * fy, ty - b * fx - a * fy];
}

/** The affine map with the least squared error; `undefined` where the points lie nearly on one line. */
export function fitAffine({ from, to, count }: PointPairs): Affine | undefined {
  if (count < 3) return undefined;
  const { fx, fy, tx, ty } = means({ from, to, count });
  let xx = 0;
  let xy = 0;
  let yy = 0;
  let xu = 0;
  let yu = 0;
  let xv = 0;
  let yv = 0;
  for (let i = 0; i < count; i++) {
    const x = (from[2 * i] as number) - fx;
    const y = (from[2 * i + 1] as number) - fy;
    const u = (to[2 * i] as number) - tx;
    const v = (to[2 * i + 1] as number) - ty;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xu += x * u;
    yu += y * u;
    xv += x * v;
    yv += y * v;
  }
  const determinant = xx * yy - xy * xy;
  const trace = xx + yy;
  // Spread across the line of the points below a tenth of that along it: the fit would invent a shear.
  if (determinant < 0.01 * trace * trace || trace < 1e-9) return undefined;
  const a = (xu * yy - yu * xy) / determinant;
  const c = (yu * xx - xu * xy) / determinant;
  const b = (xv * yy - yv * xy) / determinant;
  const d = (yv * xx - xv * xy) / determinant;
  return [a, b, c, d, tx - a * fx - c * fy, ty - b * fx - d * fy];
}

function means({ from, to, count }: PointPairs): { fx: number; fy: number; tx: number; ty: number } {
  const sums = { fx: 0, fy: 0, tx: 0, ty: 0 };
  for (let i = 0; i < count; i++) {
    sums.fx += (from[2 * i] as number) / count;
    sums.fy += (from[2 * i + 1] as number) / count;
    sums.tx += (to[2 * i] as number) / count;
    sums.ty += (to[2 * i + 1] as number) / count;
  }
  return sums;
}

/** How much longer the map draws one direction than the direction that it shortens most; 1 for a similarity. */
export function squeezeOf([a, b, c, d]: Affine): number {
  const determinant = a * d - b * c;
  const norm = a * a + b * b + c * c + d * d;
  const spread = Math.sqrt(Math.max(0, norm * norm - 4 * determinant * determinant));
  return Math.sqrt((norm + spread) / Math.max(1e-12, norm - spread));
}
