import { z } from 'zod';
import { LINK_REASONS, type LinkReason } from '../link-reasons.ts';
import { creditGist, creditTier } from '../credit.ts';
import { subjectKind } from '../finding.ts';
import { externalId, wellFormedText } from '../primitives.ts';
import { caseGist } from './case-gist-view.ts';
import { caseSummary } from './case-view.ts';
import { caseDecisionView } from './made-decision-view.ts';
import { instant } from './check-view.ts';

/** What can be looked for, and has a page. */
export const entityKind = z.enum([
  'CASE',
  'LISTING',
  'SELLER',
  'REVIEW',
  'ACCOUNT',
  'ORDER',
  'MARK',
  'RING',
  'CLUSTER',
]);
export type EntityKind = z.infer<typeof entityKind>;

const entityRef = z.strictObject({ kind: entityKind, id: z.string() });

/** One thing that was found. */
export const searchHit = z
  .strictObject({
    ...entityRef.shape,
    title: z.string(),
    /** A line that tells it from others of the name. */
    detail: z.string(),
    /** Publication, state, standing: whatever tells how it stands. */
    status: z.string().optional(),
    sellerId: z.string().optional(),
    /** CASE: what the title says, as figures, to be told in other languages. */
    gist: caseGist.optional(),
    /** EXACT id, WORD by full text, SIMILAR by likeness of letters. */
    match: z.enum(['EXACT', 'WORD', 'SIMILAR']),
  })
  .meta({ id: 'SearchHit' });
export type SearchHit = z.infer<typeof searchHit>;

/** A picture of a bank near a picture that was asked for, nearest first. */
export const pictureHit = z
  .strictObject({
    bank: z.string(),
    bankPictureId: z.string(),
    contentSha256: z.string(),
    ownerLabel: z.string(),
    listingId: z.string().optional(),
    sellerId: z.string().optional(),
    markId: z.string().optional(),
    /** Bits that differ, 0–256. */
    distanceBits: z.int().min(0).max(256),
    /** How the asked picture was turned to match, for example `MIRRORED` or `IDENTITY`. */
    transform: z.string(),
    /** The pair was held against each other point by point. */
    isVerified: z.boolean(),
  })
  .meta({ id: 'PictureHit' });
export type PictureHit = z.infer<typeof pictureHit>;

/** Codes of one line of a history. */
const timelineFacts = z.strictObject({
  /** CHECK: how it came out, else how far it is. */
  outcome: z.string().optional(),
  /** CHECK: why it was made. */
  trigger: z.string().optional(),
  violationType: z.string().optional(),
  actions: z.array(z.string()).optional(),
  reason: z.string().optional(),
  /** CASE_EVENT and ORDER: what happened. */
  event: z.string().optional(),
  /** CREDIT: kind of the entry, and what it says. */
  entry: z.string().optional(),
  points: z.number().optional(),
  credit: creditGist.optional(),
  /** CASE: what its sentence says. */
  found: caseGist.optional(),
  /** LISTING: where it stands. */
  publication: z.string().optional(),
  stars: z.int().optional(),
  listingId: z.string().optional(),
});

/** One line of an entity's history. */
export const timelineEntry = z
  .strictObject({
    at: instant,
    type: z.enum([
      'RECEIVED',
      'CHECK',
      'CASE',
      'CASE_EVENT',
      'DECISION',
      'CREDIT',
      'ORDER',
      'REVIEW',
      'LISTING',
      'EVENT',
    ]),
    title: z.string(),
    detail: z.string().optional(),
    /** What the title says, as codes, for whoever tells it in other words; which there are depends on `type`. */
    facts: timelineFacts.optional(),
    ref: entityRef.optional(),
    /** Name of a person, else who did it by its number. */
    by: z.string().optional(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** Why two things are linked. */
export const linkReason = z.enum(Object.keys(LINK_REASONS) as [LinkReason, ...LinkReason[]]);

export const linkNode = z.strictObject({
  ...entityRef.shape,
  title: z.string(),
  status: z.string().optional(),
  /** Steps from the entity in the middle. */
  distance: z.int().min(0),
});
export const linkEdge = z.strictObject({
  from: z.string(),
  to: z.string(),
  why: z.string(),
  /** The same as a code, to be told in other languages. */
  reason: linkReason,
});

/** What is linked to an entity. Nodes are named `KIND/id` in edges. */
export const linkGraph = z
  .strictObject({
    nodes: z.array(linkNode),
    edges: z.array(linkEdge),
    /** More was there than could be shown. */
    isCut: z.boolean(),
  })
  .meta({ id: 'LinkGraph' });
export type LinkGraph = z.infer<typeof linkGraph>;

/** Everything about one entity on one page. */
export const entityView = z
  .strictObject({
    ...entityRef.shape,
    title: z.string(),
    status: z.string().optional(),
    sellerId: z.string().optional(),
    credit: z.strictObject({ score: z.int(), tier: creditTier }).optional(),
    /** What is stored of it, without personal data. */
    payload: z.record(z.string(), z.unknown()).optional(),
    openCases: z.array(caseSummary),
    pastCases: z.int().min(0),
    counts: z.record(z.string(), z.int().min(0)),
  })
  .meta({ id: 'Entity' });
export type EntityView = z.infer<typeof entityView>;

/** A past case that resembles one, and how it was decided. */
export const similarCase = z
  .strictObject({
    case: caseSummary,
    decision: caseDecisionView.optional(),
    /** What the two have in common, in words. */
    because: z.array(z.string()).min(1),
    /** The same as codes, to be told in other languages. */
    inCommon: z.array(z.enum(['MARK', 'SELLER', 'VIOLATION'])).min(1),
  })
  .meta({ id: 'SimilarCase' });
export type SimilarCase = z.infer<typeof similarCase>;

/** A list with its filters under a name. `query` is the part of the console's address after `?`. */
export const savedViewBody = z
  .strictObject({
    title: wellFormedText(100).min(1),
    page: z.enum(['QUEUE', 'SEARCH', 'DASHBOARD']),
    query: wellFormedText(2_000),
    isShared: z.boolean().default(false),
  })
  .meta({ id: 'SavedViewBody' });
export type SavedViewBody = z.infer<typeof savedViewBody>;

export const savedView = z
  .strictObject({ id: z.string(), ownerId: externalId, ...savedViewBody.shape, updatedAt: instant })
  .meta({ id: 'SavedView' });
export type SavedView = z.infer<typeof savedView>;

/** Kinds that have a page of their own beside those of subjects. */
export const entityParams = z.strictObject({ kind: entityKind, id: externalId });

/** Whether a kind of entity is a subject of checks. */
export const isSubjectKind = (kind: EntityKind): kind is z.infer<typeof subjectKind> =>
  subjectKind.safeParse(kind).success;
