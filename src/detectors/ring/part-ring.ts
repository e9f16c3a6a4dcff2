import { blockDensity01, weigh } from './block-likelihood.ts';
import { settle } from './grow-ring.ts';
import type { GrowthInput, RingHypothesis } from './ring-hypothesis.ts';
import { chooseTargets, hitsByLane } from './ring-targets.ts';

/** Rounds of the power iteration: a cut need not be exact, the likelihood judges it. */
const POWER_ROUNDS = 40;

/**
 * Cuts a hypothesis in two, and the parts again, wherever two groups of their own explain the same reviews better than
 * one: groups that a dense block, a few shared listings or camouflage bring together are told apart by the empty cells
 * between them. Parts are weighed as disjoint members at the targets of their own, so nothing counts twice; one that
 * does not convince by itself is left out, and what remains must then be likelier alone. Most likely first.
 */
export const partRing = (ring: RingHypothesis, input: GrowthInput): RingHypothesis[] => {
  const { minMembers, minRingNats } = input.settings;
  if (ring.members.length < 2 * minMembers) return [ring];
  const parts = cutInTwo(ring, input).flatMap((members) => {
    const part = members.length < minMembers ? undefined : hypothesisOf(members, input);
    return part === undefined || part.nats < minRingNats ? [] : [part];
  });
  const sumNats = parts.reduce((sum, part) => sum + part.nats, 0);
  if (parts.length === 0 || sumNats <= ring.nats + 1e-9) return [ring];
  return parts
    .flatMap((part) => partRing(resettled(part, parts, input), input))
    .sort((a, b) => b.nats - a.nats || (a.members[0] ?? 0) - (b.members[0] ?? 0));
};

/** The part with the members that its targets ask for, unless that brings back what was cut off. */
const resettled = (part: RingHypothesis, parts: readonly RingHypothesis[], input: GrowthInput): RingHypothesis => {
  const settled = settle(part.members, input);
  if (settled === undefined || settled.nats < part.nats) return part;
  const others = new Set(parts.flatMap(({ members }) => (members === part.members ? [] : members)));
  if (settled.members.some((member) => others.has(member))) return part;
  // Growing beyond its size would be the union again, without the part that did not convince.
  return settled.members.length < 2 * part.members.length ? settled : part;
};

const hypothesisOf = (members: readonly number[], input: GrowthInput): RingHypothesis | undefined => {
  let density01 = 0.5;
  let targets = chooseTargets(members, hitsByLane(members, input), density01, input);
  for (let round = 0; round < 2 && targets.length > 0; round += 1) {
    density01 = blockDensity01(members, targets, input);
    targets = chooseTargets(members, hitsByLane(members, input), density01, input);
  }
  if (targets.length < input.settings.minListings) return undefined;
  return weigh(members, targets, blockDensity01(members, targets, input), input);
};

/**
 * Members by the sign of the second singular vector of the evened matrix of members and targets (Dhillon 2001), found
 * by power iteration from a start that is the same for the same ring.
 */
const cutInTwo = (ring: RingHypothesis, { state }: GrowthInput): number[][] => {
  const rowOf = new Map(ring.members.map((member, row) => [member, row]));
  const columnOf = new Map(ring.targets.map(({ lane }, column) => [lane, column]));
  const cells = ring.slots.map((slot) => ({
    row: rowOf.get(state.accountOf(slot)) ?? 0,
    column: columnOf.get(state.laneOf(slot)) ?? 0,
  }));
  const rowDegree = new Float64Array(ring.members.length);
  const columnDegree = new Float64Array(ring.targets.length);
  for (const { row, column } of cells) {
    rowDegree[row] = (rowDegree[row] ?? 0) + 1;
    columnDegree[column] = (columnDegree[column] ?? 0) + 1;
  }
  let vector = rowDegree.map((degree, row) => Math.sin(1 + row) * Math.sqrt(degree));
  for (let round = 0; round < POWER_ROUNDS; round += 1) {
    const first = vector.reduce((sum, value, row) => sum + value * Math.sqrt(rowDegree[row] ?? 0), 0) / cells.length;
    vector = vector.map((value, row) => value - first * Math.sqrt(rowDegree[row] ?? 0));
    const columns = new Float64Array(columnDegree.length);
    for (const { row, column } of cells) {
      const weight = Math.sqrt((rowDegree[row] ?? 1) * (columnDegree[column] ?? 1));
      columns[column] = (columns[column] ?? 0) + (vector[row] ?? 0) / weight;
    }
    const next = new Float64Array(vector.length);
    for (const { row, column } of cells) {
      const weight = Math.sqrt((rowDegree[row] ?? 1) * (columnDegree[column] ?? 1));
      next[row] = (next[row] ?? 0) + (columns[column] ?? 0) / weight;
    }
    const length = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    if (!(length > 1e-12)) return [];
    vector = next.map((value) => value / length);
  }
  const isLeft = (member: number): boolean => (vector[rowOf.get(member) ?? 0] ?? 0) >= 0;
  return [ring.members.filter((member) => isLeft(member)), ring.members.filter((member) => !isLeft(member))];
};
