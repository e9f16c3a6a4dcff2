import { ANGLE_STEPS } from './descriptor-pattern.ts';
import type { DescriptorSet } from './descriptors.ts';

/** Descriptors of a bank picture that lie within the radius of descriptors of the subject, in one reading. */
export interface DescriptorHits {
  readonly count: number;
  /** For each hit the number of the subject's descriptor, and that of the bank picture's. */
  readonly subject: Uint16Array;
  readonly bank: Uint16Array;
}

/** Cells of the table of votes; a power of two. Two cells that share a place only promise a little too much. */
const TABLE = 4_096;
const votes = new Uint16Array(TABLE);
const lastVoter = new Int32Array(TABLE);

/** Half of a vote's cell: an orientation is known to some ±3 steps, a scale to ±1 level. */
const TURN_CELL = 8;
const LEVEL_CELL = 2;
/** Part of the longer side within which two votes must put the middle of the bank picture. */
const PLACE_CELL01 = 0.25;

/** Cosine and sine of each turn. */
const COS = Float64Array.from({ length: ANGLE_STEPS }, (_, i) => Math.cos((2 * Math.PI * i) / ANGLE_STEPS));
const SIN = Float64Array.from({ length: ANGLE_STEPS }, (_, i) => Math.sin((2 * Math.PI * i) / ANGLE_STEPS));

/**
 * How many descriptors of the subject agree on where the bank picture lies in it: every pair knows turn, scale and
 * place, so a copy's pairs meet in one cell of a coarse table and a stranger's are scattered (Lowe 2004, 7.3). Two
 * tables that are half a cell apart are tried. A descriptor has one vote a cell however many places it resembles.
 */
export function countAgreeing(
  hits: DescriptorHits,
  { bank, subject, scales }: { bank: DescriptorSet; subject: DescriptorSet; scales: ScaleTable },
): number {
  let most = 0;
  for (let shift = 0; shift < 2; shift++) {
    votes.fill(0);
    lastVoter.fill(-1);
    for (let i = 0; i < hits.count; i++) {
      const s = hits.subject[i] as number;
      const b = hits.bank[i] as number;
      const turn = ((subject.angleStep[s] as number) - (bank.angleStep[b] as number) + ANGLE_STEPS) % ANGLE_STEPS;
      const levels = (subject.level[s] as number) - (bank.level[b] as number);
      const scale = scales.of(levels);
      const dx = 0.5 - (bank.x01[b] as number);
      const dy = 0.5 - (bank.y01[b] as number);
      const cos = scale * (COS[turn] as number);
      const sin = scale * (SIN[turn] as number);
      const cell = PLACE_CELL01 * Math.max(0.5, scale);
      const x = Math.floor(((subject.x01[s] as number) + cos * dx - sin * dy) / cell + 0.5 * shift);
      const y = Math.floor(((subject.y01[s] as number) + sin * dx + cos * dy) / cell + 0.5 * shift);
      const t = ((turn + (shift * TURN_CELL) / 2) % ANGLE_STEPS) >> 3;
      const l = (levels + 64 + shift * (LEVEL_CELL / 2)) >> 1;
      const hash = Math.imul(x + 31 * y, 0x9e3779b1) ^ Math.imul(t + 8 * l, 0x85ebca6b);
      const at = (hash ^ (hash >>> 15)) & (TABLE - 1);
      if (lastVoter[at] === s) continue;
      lastVoter[at] = s;
      votes[at] = (votes[at] as number) + 1;
      most = Math.max(most, votes[at] as number);
    }
  }
  return most;
}

/** Powers of the step between scales. */
export interface ScaleTable {
  of(levels: number): number;
}

/** The powers of `scaleStep` that differences of levels need. */
export function createScaleTable(scaleStep: number): ScaleTable {
  const powers = Float64Array.from({ length: 65 }, (_, i) => scaleStep ** (i - 32));
  return { of: (levels) => powers[levels + 32] as number };
}
