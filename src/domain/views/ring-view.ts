import { z } from 'zod';
import { authenticity } from '../credit.ts';
import { accountLinkEvidence, reviewPairEvidence, ringEvidence, textPairEvidence } from '../evidence.ts';
import { probability01 } from '../primitives.ts';
import { violationType } from '../violation.ts';
import { instant } from './check-view.ts';

const ringMember = z.strictObject({
  accountId: z.string(),
  /** Absent where the marketplace sent no account. */
  registeredAt: instant.optional(),
  clusterId: z.string().optional(),
  /** Reviews that belong to the ring. */
  reviews: z.int().min(0),
  firstAt: instant.optional(),
  lastAt: instant.optional(),
  /** A person found the member honest when the ring was split. */
  isKept: z.boolean(),
});

const ringSeller = z.strictObject({
  sellerId: z.string(),
  storeName: z.string().optional(),
  /** What the seller has to do with the ring; only an INSTIGATOR has done something. */
  roles: z.array(z.enum(['PRAISED', 'ATTACKED', 'GAINS', 'INSTIGATOR'])),
});

const ringReview = z.strictObject({
  reviewId: z.string(),
  accountId: z.string(),
  listingId: z.string(),
  sellerId: z.string().optional(),
  stars: z.int(),
  at: instant,
  text: z.string(),
  /** Absent when the review is no longer stored. */
  authenticity: authenticity.optional(),
  quarantinedUntil: instant.optional(),
});

/** A line between two members, or from a member to a listing. */
const graphEdge = z.strictObject({
  from: z.string(),
  to: z.string(),
  kind: z.enum(['REVIEW', 'MET', 'TEXT', 'LINK']),
  why: z.string(),
});

/** A group of reviewers that acts as one, with everything that a moderator judges it by. */
export const ringView = z
  .strictObject({
    id: z.string(),
    direction: z.enum(['PRAISE', 'ATTACK']),
    violationType: violationType.optional(),
    probability: probability01.optional(),
    summary: z.string().optional(),
    firstAt: instant,
    lastAt: instant,
    updatedAt: instant,
    /** The larger ring that this one turned out to be a part of. */
    mergedIntoId: z.string().optional(),
    /** The case that is open about it, or else the latest. */
    caseId: z.string().optional(),
    members: z.array(ringMember),
    listings: z.array(
      z.strictObject({ listingId: z.string(), title: z.string().optional(), sellerId: z.string().optional() }),
    ),
    sellers: z.array(ringSeller),
    instigator: ringEvidence.shape.instigator,
    /** Others of whom evidence of their own says the same, strongest first. */
    furtherInstigators: ringEvidence.shape.furtherInstigators,
    /** Addends of the score, strongest first. */
    terms: ringEvidence.shape.terms,
    clearedBy: z.string().optional(),
    /** By time. */
    reviews: z.array(ringReview),
    /** The least likely meetings first. */
    pairs: z.array(reviewPairEvidence),
    /** The likest first. */
    textPairs: z.array(textPairEvidence),
    links: z.array(accountLinkEvidence),
    graph: z.strictObject({
      /** Places are shares of the picture's width and height. */
      nodes: z.array(
        z.strictObject({ id: z.string(), kind: z.enum(['ACCOUNT', 'LISTING']), x01: z.number(), y01: z.number() }),
      ),
      edges: z.array(graphEdge),
    }),
    /** How a person split it; absent while nobody did. */
    split: z.strictObject({ decisionId: z.string(), at: instant, keptAccountIds: z.array(z.string()) }).optional(),
  })
  .meta({ id: 'Ring' });
export type RingView = z.infer<typeof ringView>;
