import type { Evidence } from '../../domain/evidence.ts';

/** A member, or a listing that members reviewed, and where to draw it. */
export interface RingGraphNode {
  readonly id: string;
  readonly kind: 'ACCOUNT' | 'LISTING';
  /** From the left edge, 0–1. */
  readonly x01: number;
  /** From the upper edge, 0–1. */
  readonly y01: number;
}

export interface RingGraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'REVIEW' | 'MET' | 'TEXT' | 'LINK';
  readonly why: string;
}

/** Who reviewed what, who met whom, who wrote alike and who shares an identifier. */
export interface RingGraph {
  readonly nodes: readonly RingGraphNode[];
  readonly edges: readonly RingGraphEdge[];
}

/** Nodes that are drawn: beyond these nobody sees more than a ball of wool, the matrix shows such rings better. */
const MAX_NODES = 200;
const ROUNDS = 120;

/**
 * The graph of a ring with a layout, the same for the same evidence. Members stand on a circle in the order of their
 * first review; then forces settle everything (Fruchterman and Reingold 1991), so that those who share listings lie together.
 */
export const ringGraph = (evidence: readonly Evidence[]): RingGraph => {
  const ring = evidence.find((piece) => piece.kind === 'RING');
  if (ring === undefined) return { nodes: [], edges: [] };
  const reviews = [...ring.reviews].sort((a, b) => a.atMs - b.atMs || (a.reviewId < b.reviewId ? -1 : 1));
  const accounts = [...new Set([...reviews.map(({ accountId }) => accountId), ...ring.memberAccountIds])];
  const listings = [...new Set(reviews.map(({ listingId }) => listingId))];
  const kept = [
    ...accounts.map((id) => ({ id, kind: 'ACCOUNT' as const })),
    ...listings.map((id) => ({ id, kind: 'LISTING' as const })),
  ].slice(0, MAX_NODES);
  const drawn = new Map(kept.map(({ id, kind }, number) => [`${kind} ${id}`, number]));
  const edges = [...reviewEdges(reviews), ...memberEdges(evidence, reviews)].filter(
    (edge) => drawn.has(keyOfEnd(edge, 'from')) && drawn.has(keyOfEnd(edge, 'to')),
  );
  const places = settle(
    kept.length,
    edges.map((edge) => [drawn.get(keyOfEnd(edge, 'from')) ?? 0, drawn.get(keyOfEnd(edge, 'to')) ?? 0]),
  );
  return {
    nodes: kept.map((node, number) => ({
      ...node,
      x01: places[2 * number] ?? 0.5,
      y01: places[2 * number + 1] ?? 0.5,
    })),
    edges,
  };
};

const keyOfEnd = (edge: RingGraphEdge, end: 'from' | 'to'): string =>
  edge.kind === 'REVIEW' && end === 'to' ? `LISTING ${edge.to}` : `ACCOUNT ${edge[end]}`;

interface Cell {
  readonly reviewId: string;
  readonly accountId: string;
  readonly listingId: string;
  readonly stars: number;
  readonly atMs: number;
}

const reviewEdges = (reviews: readonly Cell[]): RingGraphEdge[] =>
  reviews.map(({ accountId, listingId, stars, atMs }) => ({
    from: accountId,
    to: listingId,
    kind: 'REVIEW',
    why: `${stars} of 5 on ${new Date(atMs).toISOString().slice(0, 10)}`,
  }));

const memberEdges = (evidence: readonly Evidence[], reviews: readonly Cell[]): RingGraphEdge[] => {
  const writer = new Map(reviews.map(({ reviewId, accountId }) => [reviewId, accountId]));
  return evidence.flatMap((piece): RingGraphEdge[] => {
    if (piece.kind === 'REVIEW_PAIR')
      return [{ from: piece.accountIds[0], to: piece.accountIds[1], kind: 'MET', why: piece.why }];
    if (piece.kind === 'ACCOUNT_LINK')
      return [{ from: piece.accountIds[0], to: piece.accountIds[1], kind: 'LINK', why: piece.why }];
    if (piece.kind !== 'TEXT_PAIR') return [];
    const [from, to] = [writer.get(piece.leftId), writer.get(piece.rightId)];
    return from === undefined || to === undefined ? [] : [{ from, to, kind: 'TEXT', why: piece.why }];
  });
};

/** Coordinates x, y of each node, 0–1, after rounds of pushing apart and pulling along edges. */
const settle = (count: number, edges: readonly (readonly [number, number])[]): Float64Array => {
  const places = new Float64Array(2 * count);
  for (let node = 0; node < count; node += 1) {
    const angle = (2 * Math.PI * node) / Math.max(1, count);
    places[2 * node] = 0.5 + 0.4 * Math.cos(angle);
    places[2 * node + 1] = 0.5 + 0.4 * Math.sin(angle);
  }
  const ideal = Math.sqrt(1 / Math.max(1, count));
  const moves = new Float64Array(2 * count);
  const pull = (a: number, b: number, strength: (distance: number) => number): void => {
    const dx = (places[2 * b] ?? 0) - (places[2 * a] ?? 0);
    const dy = (places[2 * b + 1] ?? 0) - (places[2 * a + 1] ?? 0);
    const distance = Math.max(1e-4, Math.hypot(dx, dy));
    const force = strength(distance) / distance;
    moves[2 * a] = (moves[2 * a] ?? 0) + dx * force;
    moves[2 * a + 1] = (moves[2 * a + 1] ?? 0) + dy * force;
    moves[2 * b] = (moves[2 * b] ?? 0) - dx * force;
    moves[2 * b + 1] = (moves[2 * b + 1] ?? 0) - dy * force;
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    moves.fill(0);
    for (let a = 0; a < count; a += 1) {
      for (let b = a + 1; b < count; b += 1) pull(a, b, (distance) => -(ideal ** 2) / distance);
    }
    for (const [a, b] of edges) if (a !== b) pull(a, b, (distance) => distance ** 2 / ideal);
    const heat = 0.1 * (1 - round / ROUNDS);
    for (let node = 0; node < count; node += 1) {
      const [dx, dy] = [moves[2 * node] ?? 0, moves[2 * node + 1] ?? 0];
      const length = Math.max(1e-9, Math.hypot(dx, dy));
      const step = Math.min(length, heat) / length;
      places[2 * node] = Math.min(1, Math.max(0, (places[2 * node] ?? 0) + dx * step));
      places[2 * node + 1] = Math.min(1, Math.max(0, (places[2 * node + 1] ?? 0) + dy * step));
    }
  }
  return places;
};
