import { SHAPE_RINGS, SHAPE_STEPS, type Shape } from './logo-shapes.ts';

/** How a shape of a picture agrees with the shape of a logo. */
export interface ShapeAgreement {
  /** Common part of the two over all of both, by area, 0–1. */
  readonly overlap01: number;
  /** Correlation of what is left of each once every ring's mean is taken off, −1–1: discs and rings agree in the mean. */
  readonly detail: number;
  /** Steps of 1/48 turn, clockwise, by which the logo is turned in the picture. */
  readonly turnSteps: number;
}

/** Outer rings stand for more area: cells count by their ring. */
const RING_WEIGHTS = Float32Array.from({ length: SHAPE_RINGS }, (_, ring) => ring + 0.5);

/** Share of ink in each ring: it does not change with a turn, and tells most strangers apart. */
export function ringProfile({ ink }: Pick<Shape, 'ink'>): Float32Array {
  return Float32Array.from({ length: SHAPE_RINGS }, (_, ring) => {
    let sum = 0;
    for (let step = 0; step < SHAPE_STEPS; step++) sum += ink[ring * SHAPE_STEPS + step]!;
    return sum / (255 * SHAPE_STEPS);
  });
}

/** The least that two profiles allow the shapes to differ, as a part of both: never more than 1 − overlap. */
export function profileDistance(a: Float32Array, b: Float32Array): number {
  let differ = 0;
  let all = 0;
  for (let ring = 0; ring < SHAPE_RINGS; ring++) {
    differ += RING_WEIGHTS[ring]! * Math.abs(a[ring]! - b[ring]!);
    all += RING_WEIGHTS[ring]! * Math.max(a[ring]!, b[ring]!);
  }
  return all === 0 ? 1 : differ / all;
}

/** The best agreement over turns up to `maxTurnSteps` either way. */
export function compareShapes(
  logo: Pick<Shape, 'ink'>,
  shape: Pick<Shape, 'ink'>,
  maxTurnSteps: number,
): ShapeAgreement {
  let overlap = 0;
  let turn = 0;
  for (let turnSteps = -maxTurnSteps; turnSteps <= maxTurnSteps; turnSteps++) {
    let common = 0;
    let all = 0;
    for (let ring = 0; ring < SHAPE_RINGS; ring++) {
      let ringCommon = 0;
      let ringAll = 0;
      const from = ring * SHAPE_STEPS;
      for (let step = 0; step < SHAPE_STEPS; step++) {
        const a = logo.ink[from + step]!;
        const b = shape.ink[from + ((step + turnSteps + SHAPE_STEPS) % SHAPE_STEPS)]!;
        if (a < b) {
          ringCommon += a;
          ringAll += b;
        } else {
          ringCommon += b;
          ringAll += a;
        }
      }
      common += RING_WEIGHTS[ring]! * ringCommon;
      all += RING_WEIGHTS[ring]! * ringAll;
    }
    const overlap01 = all === 0 ? 0 : common / all;
    if (overlap01 <= overlap) continue;
    overlap = overlap01;
    turn = turnSteps;
  }
  return { overlap01: overlap, detail: detailCorrelation(logo.ink, shape.ink, turn), turnSteps: turn };
}

function detailCorrelation(logo: Uint8Array, shape: Uint8Array, turnSteps: number): number {
  let both = 0;
  let ofLogo = 0;
  let ofShape = 0;
  for (let ring = 0; ring < SHAPE_RINGS; ring++) {
    const from = ring * SHAPE_STEPS;
    let meanLogo = 0;
    let meanShape = 0;
    for (let step = from; step < from + SHAPE_STEPS; step++) {
      meanLogo += logo[step]! / SHAPE_STEPS;
      meanShape += shape[step]! / SHAPE_STEPS;
    }
    for (let step = 0; step < SHAPE_STEPS; step++) {
      const a = logo[from + step]! - meanLogo;
      const b = shape[from + ((step + turnSteps + SHAPE_STEPS) % SHAPE_STEPS)]! - meanShape;
      both += RING_WEIGHTS[ring]! * a * b;
      ofLogo += RING_WEIGHTS[ring]! * a * a;
      ofShape += RING_WEIGHTS[ring]! * b * b;
    }
  }
  return ofLogo === 0 || ofShape === 0 ? 0 : both / Math.sqrt(ofLogo * ofShape);
}
