import { z } from 'zod';
import { ladderStep } from './decision.ts';
import { faultParty } from './order.ts';
import { externalId, sha256Hex, wellFormedText } from './primitives.ts';
import { violationType } from './violation.ts';

/**
 * What a ledger entry does. EVIDENCE moves the Beta score; PENALTY and STRIKE weigh on it; CAP bounds it;
 * REVERSAL undoes one entry as if it had never been; REATTRIBUTION changes fault or authenticity of one.
 */
const creditEntryKind = z.enum(['EVIDENCE', 'PENALTY', 'STRIKE', 'REVERSAL', 'REATTRIBUTION', 'CAP']);

/** What a review speaks of. */
export const reviewDimension = z.enum(['ITEM', 'SERVICE', 'DELIVERY']);
export type ReviewDimension = z.infer<typeof reviewDimension>;

/** Whether the event behind an entry is believed to be a real customer's. */
export const authenticity = z.enum(['NORMAL', 'CLEARED', 'QUARANTINED', 'CONFIRMED_INAUTHENTIC']);
export type Authenticity = z.infer<typeof authenticity>;

/** `REVIEW/r-17`, `ORDER/o-9`, `LISTING/l-3`: the kind of a subject and its id. */
const creditSubjectRef = z
  .string()
  .max(160)
  .regex(/^(LISTING|REVIEW|ACCOUNT|SELLER|ORDER|RING|CLUSTER)\/.+$/, { error: 'is not KIND/id' });

/** What was found about whose fault an event is. */
export const faultCode = z.enum([
  'GOODS_OR_SELLER',
  'NO_ORDER',
  'SEIZED',
  'CARRIER_CHANGED',
  'WRONG_ADDRESS',
  'INCIDENT',
  'DISPUTED',
  'DELIVERED_THEY_SAY',
  'ON_ITS_WAY',
  'NOTHING_CAME',
  'RULED',
  'NOTHING_WRONG',
  'SLOW',
  'DELIVERY_COMPLAINT',
]);
export type FaultCode = z.infer<typeof faultCode>;

/** Whether the events show that the seller did their part. */
export const sellersPartCode = z.enum(['NOT_SCANNED', 'SCANNED_LATE', 'TRACKING_LATE', 'SCANNED_IN_TIME']);
export type SellersPartCode = z.infer<typeof sellersPartCode>;

/**
 * What an entry says, apart from its words: the event, or what was done with it. An event names in its values whose fault
 * it was found to be: `fault` and `part` (`faultCode`, `sellersPartCode`), with what belongs to them.
 */
export const creditGistCode = z.enum([
  'REVIEW',
  'DISPUTE',
  'CONFIRMED',
  'REVERSED',
  'SET_ASIDE',
  'SET_ASIDE_AGAIN',
  'FOUND_HONEST',
  'FOUND_INAUTHENTIC',
  'COUNTS_AGAIN',
]);
export type CreditGistCode = z.infer<typeof creditGistCode>;

/** An entry's sentence as a code with its figures and names, to be told in other languages. */
export const creditGist = z.strictObject({
  code: creditGistCode,
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CreditGist = z.infer<typeof creditGist>;

/** An entry before it is linked into the hash chain. Append-only; times are milliseconds since 1970 UTC. */
export const creditEntryDraft = z.strictObject({
  entryId: externalId,
  /** The legal entity, not the store: penalties bind whoever trades. */
  sellerLegalId: externalId,
  kind: creditEntryKind,
  subjectRef: creditSubjectRef,
  violationType: violationType.optional(),
  dimension: reviewDimension.optional(),
  /** How good the event was, basis points: 10,000 is five stars, 0 is one star. Meaningful for EVIDENCE. */
  valueBp: z.int().min(0).max(10_000),
  /** Weight before decay, fault, authenticity and pair cap, millionths. */
  weightPpm: z.int().min(0).max(1_000_000),
  /** Penalty points of a PENALTY, number of strikes of a STRIKE, greatest score of a CAP; otherwise 0. */
  points: z.int().min(0).max(1_000),
  /** Whose fault the event is; only SELLER moves the score. */
  faultParty,
  /** For UNDETERMINED: who answers when nobody was found out in time. */
  presumedFault: faultParty.optional(),
  /** Absent counts as NORMAL. */
  authenticity: authenticity.optional(),
  /** The order behind a review or dispute, so that one order counts once. */
  orderId: externalId.optional(),
  /** Pseudonymous id of the buyer's identity cluster (the account itself where none is known). */
  buyerClusterId: externalId.optional(),
  /** When it happened: the score counts from here. */
  effectiveAtMs: z.int(),
  /** When Assay learnt of it: what `knownAt` filters. */
  recordedAtMs: z.int(),
  /** When it stops counting; absent: the rules' validity of its kind. */
  expiresAtMs: z.int().optional(),
  /** The decision behind a penalty, strike, cap or reversal. */
  decisionId: externalId.optional(),
  /** REVERSAL and REATTRIBUTION: the entry that is undone or changed. */
  reverses: externalId.optional(),
  /** One sentence for the seller. */
  why: wellFormedText(1_000),
  /** Absent in ledgers of before. */
  gist: creditGist.optional(),
  rulesetVersion: sha256Hex,
  /** Digest of what proves the entry (review, order events, decision), so that personal text can be erased apart. */
  evidenceSha256: sha256Hex,
});
export type CreditEntryDraft = z.infer<typeof creditEntryDraft>;

/** An entry of the ledger, linked to the one before it of the same legal entity. */
export const creditEntry = z
  .strictObject({
    ...creditEntryDraft.shape,
    /** Hash of the entry before; 64 zeros for the first. */
    prevHash: sha256Hex,
    /** SHA-256 of `prevHash` and the canonical JSON of the draft. */
    hash: sha256Hex,
  })
  .meta({ id: 'CreditEntry' });
export type CreditEntry = z.infer<typeof creditEntry>;

/** Standing of a seller, best to worst. SUSPENDED and TERMINATED come from people alone. */
export const creditTier = z.enum([
  'EXCELLENT',
  'GOOD',
  'STANDARD',
  'NEW',
  'WATCH',
  'RESTRICTED',
  'SUSPENDED',
  'TERMINATED',
]);
export type CreditTier = z.infer<typeof creditTier>;

/** What a seller of a tier may do. */
export const eligibility = z
  .strictObject({
    campaigns: z.enum(['PRIORITY', 'OPEN', 'STARTER_SLOT', 'CLOSED']),
    recommendations: z.enum(['BOOSTED', 'OPEN', 'NEUTRAL', 'CLOSED']),
    publication: z.enum(['INSTANT', 'SAMPLED', 'PRE_CHECKED', 'CLOSED']),
    /** Share of listings that a person sees before they go live, 0–1. */
    preCheckShare01: z.number().min(0).max(1),
    /** Share of listings that a person sees after they went live, 0–1. */
    postCheckShare01: z.number().min(0).max(1),
    /** Greatest number of live listings; absent: no limit. */
    listingLimit: z.int().min(0).optional(),
  })
  .meta({ id: 'Eligibility' });
export type Eligibility = z.infer<typeof eligibility>;

/** What a line of the explanation says, apart from its words. */
export const creditLineCode = z.enum([
  'NEWCOMER',
  'EVIDENCE',
  'LEFT_OUT',
  'PENALTY',
  'CAP',
  'TIER_BY_PEOPLE',
  'TIER_RISING',
  'TIER_BEST',
  'TIER_MISSED',
  'LINKED',
]);
export type CreditLineCode = z.infer<typeof creditLineCode>;

/** One sentence of the explanation of a score, with what it moved. */
export const creditLine = z.strictObject({
  /** SCORE lines make the number, TIER lines the tier, NOTE lines change neither. */
  about: z.enum(['SCORE', 'TIER', 'NOTE']),
  why: wellFormedText(1_000),
  /** The same as a code with its figures and names, to be told in other languages; absent where only words are kept. */
  code: creditLineCode.optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The entry spoken of, where it is one. */
  entryId: externalId.optional(),
  /** Points of the score that the line moved, positive is better for the seller. */
  deltaScore: z.int().optional(),
});
export type CreditLine = z.infer<typeof creditLine>;

/** What one entry does to the quality score. */
export const creditContribution = z.strictObject({
  entryId: externalId,
  subjectRef: creditSubjectRef,
  /** Quality without the entry minus quality with it: positive is what the entry costs the seller. */
  costQuality: z.int(),
  why: wellFormedText(1_000),
  gist: creditGist.optional(),
});
export type CreditContribution = z.infer<typeof creditContribution>;

/** One penalty in force and what it costs after the daily, serious and repeat rules. */
export const creditPenaltyLine = z.strictObject({
  entryId: externalId,
  violationType: violationType.optional(),
  /** Points as booked. */
  points: z.int().min(0),
  /** Points after repeat factor and limits; the sum over the lines is `penaltyPoints`. */
  countedPoints: z.int().min(0),
  /** 1 for the first of its type, 2 for the second, … */
  occurrence: z.int().min(1),
  effectiveAtMs: z.int(),
  expiresAtMs: z.int(),
  why: wellFormedText(1_000),
});
export type CreditPenaltyLine = z.infer<typeof creditPenaltyLine>;

/** A step against a seller that only people may take, brought to them by the ledger. */
export const creditProposal = z.strictObject({
  /** L4 limits features, L6 ends the contract. */
  step: ladderStep,
  limitDays: z.int().min(1).optional(),
  /** People who must agree. */
  approvals: z.int().min(1),
  why: wellFormedText(1_000),
});
export type CreditProposal = z.infer<typeof creditProposal>;

/** A seller's credit at a moment, as far as it was known at another, with everything that makes it. */
export const creditReport = z
  .strictObject({
    sellerLegalId: externalId,
    /** 0–1000. */
    score: z.int().min(0).max(1_000),
    /** The score before penalties and cap, 0–1000. */
    quality: z.int().min(0).max(1_000),
    tier: creditTier,
    /** The tier without the seven days' wait upwards. */
    tierNow: creditTier,
    eligibility,
    lines: z.array(creditLine),
    /** The ten entries that move the quality most, by size. */
    breakdown: z.array(creditContribution),
    penalties: z.array(creditPenaltyLine),
    /** Greatest score that is possible now. */
    cap: z.int().min(0).max(1_000),
    /** Evidence in force after all weights, in whole events' worth. */
    evidenceMass: z.number().min(0),
    penaltyPoints: z.int().min(0),
    strikes: z.int().min(0),
    proposals: z.array(creditProposal),
    asOfMs: z.int(),
    knownAtMs: z.int(),
    rulesetDigest: sha256Hex,
    /** Other legal entities whose penalties bind this one too, because people found them to be one hand. */
    linkedLegalIds: z.array(externalId).optional(),
    /** Digest of the entries that were read and of the context: same digest, same rules, same report. */
    inputsSha256: sha256Hex,
  })
  .meta({ id: 'CreditReport' });
export type CreditReport = z.infer<typeof creditReport>;
