import { z } from 'zod';
import { decision, outcome } from '../decision.ts';
import { finding, subjectKind } from '../finding.ts';

/**
 * States of a check. FAILED means that it could not be completed, not that the subject is bad; SUPERSEDED that a newer
 * version of the subject came before it ran, which is checked instead.
 */
export const checkState = z.enum(['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'SUPERSEDED']);
export type CheckState = z.infer<typeof checkState>;

/** RFC 3339 in UTC. */
export const instant = z.iso.datetime();

/** A check as lists show it. */
export const checkSummary = z
  .strictObject({
    id: z.string(),
    subject: z.strictObject({ kind: subjectKind, id: z.string(), version: z.int() }),
    /** SUBMISSION, or what made a stored subject be looked at again. */
    trigger: z.string(),
    state: checkState,
    /** Present once the state is DONE. */
    outcome: outcome.optional(),
    acceptedAt: instant,
    finishedAt: instant.optional(),
  })
  .meta({ id: 'CheckSummary' });
export type CheckSummary = z.infer<typeof checkSummary>;

/** A finding with the id under which it is stored. */
const findingView = z.strictObject({ id: z.string(), ...finding.shape }).meta({ id: 'Finding' });
export type FindingView = z.infer<typeof findingView>;

/** Everything that is known of one check. */
export const checkView = z
  .strictObject({
    ...checkSummary.shape,
    attempts: z.int().min(0),
    /** Why the check failed; present when the state is FAILED. */
    error: z.strictObject({ code: z.string(), detail: z.string() }).optional(),
    /** Sorted by probability, highest first. */
    findings: z.array(findingView),
    decision: decision.optional(),
    /** Cases that hold the check. */
    caseIds: z.array(z.string()),
  })
  .meta({ id: 'Check' });
export type CheckView = z.infer<typeof checkView>;
