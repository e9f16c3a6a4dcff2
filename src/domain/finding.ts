import { z } from 'zod';
import { evidence } from './evidence.ts';
import { probability01, wellFormedText } from './primitives.ts';
import { violationType } from './violation.ts';

/** What may be checked. A RING or CLUSTER is found by Assay itself and brought to a person as one subject. */
export const subjectKind = z.enum(['LISTING', 'REVIEW', 'ACCOUNT', 'SELLER', 'ORDER', 'RING', 'CLUSTER']);
export type SubjectKind = z.infer<typeof subjectKind>;

/** One thing that one detector says of a subject, with evidence that a person can check. */
export const finding = z.strictObject({
  /** Name of the detector, for example `brand`. */
  detector: z.string().min(1).max(64),
  /** Raised when the detector's behaviour changes, so that an old finding can be told from a new one. */
  detectorVersion: z.int().min(1),
  violationType,
  probability: probability01,
  /** One sentence for a moderator: what was found, where, against what. */
  summary: wellFormedText(1_000).min(1),
  evidence: z.array(evidence).min(1).max(500),
  /** What makes two findings of one detector on one subject the same finding, for example a mark id. */
  about: z.string().max(300),
  /** The mark that the finding defends. */
  markId: z.string().optional(),
  /** Named values that rules may test, for example `distanceBits`, `hasReplicaWord`. */
  signals: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])).default({}),
});
export type Finding = z.infer<typeof finding>;
export type FindingInput = z.input<typeof finding>;
