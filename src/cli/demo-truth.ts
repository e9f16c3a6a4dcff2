import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { creditTier, type CreditTier } from '../domain/credit.ts';
import { subjectKind } from '../domain/finding.ts';
import { violationType } from '../domain/violation.ts';

const subject = z.object({ subject: subjectKind, id: z.string() });

/** `truth.yaml` of the demo marketplace: what ought to come out, and the story behind it. */
const demoTruth = z.object({
  mustFind: z.array(subject.extend({ violationTypes: z.array(violationType), story: z.string() })),
  mustNotFlag: z.array(subject.extend({ why: z.string() })),
  /** Sellers none of whose listings may be flagged but those that are named otherwise. */
  honestSellers: z.array(z.string()).default([]),
  rings: z.array(
    z.object({
      id: z.string(),
      direction: z.enum(['PRAISE', 'ATTACK']),
      members: z.array(z.string()),
      minRecall01: z.number(),
      minPrecision01: z.number(),
      story: z.string(),
    }),
  ),
  clusters: z.array(z.object({ id: z.string(), members: z.array(z.string()), story: z.string() })),
  notClusters: z.array(z.object({ id: z.string(), members: z.array(z.string()) })),
  sellers: z.array(
    z.object({ id: z.string(), minTier: creditTier.optional(), maxTier: creditTier.optional(), story: z.string() }),
  ),
  notYetExpected: z.array(subject.extend({ violationTypes: z.array(violationType), story: z.string() })).default([]),
});
export type DemoTruth = z.infer<typeof demoTruth>;

/** Reads the truth beside the demo's files. */
export async function readTruth(folder: string): Promise<DemoTruth> {
  return demoTruth.parse(parse(await readFile(path.join(folder, 'truth.yaml'), 'utf8')));
}

/** A group of accounts that the installation tells of. */
export interface ToldGroup {
  readonly id: string;
  readonly direction?: 'PRAISE' | 'ATTACK';
  readonly members: readonly string[];
}

/** What the installation says of a subject. */
export interface ToldSubject {
  readonly violationTypes: ReadonlySet<string>;
  /** A person is asked to look because of what was found, not as a sample. */
  readonly isFlagged: boolean;
}

/** A listing that a case of some seller is about. */
export interface FlaggedListing {
  readonly listingId: string;
  readonly sellerId: string;
  readonly violationType: string;
}

/** What came out of the demo. */
export interface DemoOutcome {
  subject(kind: string, id: string): ToldSubject | undefined;
  /** Listings that people are asked to look at because of what was found. */
  readonly flaggedListings: readonly FlaggedListing[];
  readonly rings: readonly ToldGroup[];
  readonly clusters: readonly ToldGroup[];
  readonly tiers: ReadonlyMap<string, CreditTier>;
}

/** One expectation of the truth, and whether it was met. */
export interface Expectation {
  readonly what: string;
  readonly isMet: boolean;
  readonly detail: string;
}

/** Best to worst. */
const TIERS: readonly CreditTier[] = creditTier.options;

/** Share of a cluster's accounts that must be told as one. */
const MIN_CLUSTER_RECALL01 = 0.8;

/** Holds an outcome against the truth, expectation by expectation. */
export function holdAgainst(truth: DemoTruth, outcome: DemoOutcome): readonly Expectation[] {
  return [
    ...truth.mustFind.map((expected) => expectFound(expected, outcome)),
    ...truth.mustNotFlag.map(({ subject: kind, id, why }) => ({
      what: `${kind}/${id} is not flagged`,
      isMet: outcome.subject(kind, id)?.isFlagged !== true,
      detail: why,
    })),
    ...truth.honestSellers.map((sellerId) => expectUnflagged(sellerId, truth, outcome)),
    ...truth.rings.map((ring) => expectRing(ring, outcome.rings)),
    ...truth.clusters.map((cluster) => expectCluster(cluster, outcome.clusters)),
    ...truth.notClusters.map(({ id, members }) => {
      const together = outcome.clusters.filter((told) => overlap(told.members, members) >= 2);
      return {
        what: `${id} is not told as accounts of one hand`,
        isMet: together.length === 0,
        detail: together.map((told) => told.id).join(', '),
      };
    }),
    ...truth.sellers.map((seller) => expectTier(seller, outcome.tiers)),
  ];
}

function expectFound(expected: DemoTruth['mustFind'][number], outcome: DemoOutcome): Expectation {
  const told = outcome.subject(expected.subject, expected.id);
  const isMet = expected.violationTypes.some((type) => told?.violationTypes.has(type));
  const found = told === undefined ? 'nothing' : [...told.violationTypes].join(', ');
  return {
    what: `${expected.subject}/${expected.id} shows ${expected.violationTypes.join(' or ')}`,
    isMet,
    detail: isMet ? expected.story : `found: ${found || 'nothing'}. ${expected.story}`,
  };
}

function expectUnflagged(sellerId: string, truth: DemoTruth, outcome: DemoOutcome): Expectation {
  const excused = new Set([...truth.mustFind, ...truth.notYetExpected].map(({ id }) => id));
  const flagged = outcome.flaggedListings.filter((one) => one.sellerId === sellerId && !excused.has(one.listingId));
  return {
    what: `no listing of ${sellerId} is flagged`,
    isMet: flagged.length === 0,
    detail: flagged.map(({ listingId, violationType: type }) => `${listingId}: ${type}`).join(', '),
  };
}

const overlap = (left: readonly string[], right: readonly string[]): number => {
  const members = new Set(right);
  return left.filter((id) => members.has(id)).length;
};

function expectRing(ring: DemoTruth['rings'][number], told: readonly ToldGroup[]): Expectation {
  const candidates = told
    .filter(({ direction }) => direction === ring.direction)
    .map(({ members }) => ({ shared: overlap(members, ring.members), size: members.length }))
    .sort((left, right) => right.shared - left.shared);
  const best = candidates[0] ?? { shared: 0, size: 0 };
  const recall01 = best.shared / ring.members.length;
  const precision01 = best.size === 0 ? 0 : best.shared / best.size;
  return {
    what: `${ring.id} is told as one ring`,
    isMet: recall01 >= ring.minRecall01 && precision01 >= ring.minPrecision01,
    detail: `recall ${recall01.toFixed(2)}, precision ${precision01.toFixed(2)}. ${ring.story}`,
  };
}

function expectCluster(cluster: DemoTruth['clusters'][number], told: readonly ToldGroup[]): Expectation {
  const shared = Math.max(0, ...told.map(({ members }) => overlap(members, cluster.members)));
  const recall01 = shared / cluster.members.length;
  return {
    what: `${cluster.id} is told as accounts of one hand`,
    isMet: recall01 >= MIN_CLUSTER_RECALL01,
    detail: `recall ${recall01.toFixed(2)}. ${cluster.story}`,
  };
}

function expectTier(seller: DemoTruth['sellers'][number], tiers: ReadonlyMap<string, CreditTier>): Expectation {
  const tier = tiers.get(seller.id);
  const rank = (value: CreditTier): number => TIERS.indexOf(value);
  const isMet =
    tier !== undefined &&
    (seller.minTier === undefined || rank(tier) <= rank(seller.minTier)) &&
    (seller.maxTier === undefined || rank(tier) >= rank(seller.maxTier));
  const limits = [
    seller.minTier === undefined ? '' : `at least ${seller.minTier}`,
    seller.maxTier === undefined ? '' : `at most ${seller.maxTier}`,
  ].filter((limit) => limit !== '');
  return {
    what: `${seller.id} has tier ${limits.join(', ')}`,
    isMet,
    detail: `tier ${tier ?? 'unknown'}. ${seller.story}`,
  };
}
