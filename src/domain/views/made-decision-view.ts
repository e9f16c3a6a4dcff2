import { z } from 'zod';
import { appealRuling } from '../appeal.ts';
import { action, automation, decisionReason } from '../decision.ts';
import { subjectKind } from '../finding.ts';
import { externalId } from '../primitives.ts';
import { violationType } from '../violation.ts';
import { instant } from './check-view.ts';

const subjectRef = z.strictObject({ kind: subjectKind, id: externalId });

/** A decision that was made about a case. */
export const caseDecisionView = z
  .strictObject({
    id: z.string(),
    caseId: z.string(),
    /** PENDING: may be undone, nothing has left. PROPOSED: another person must agree. */
    state: z.enum(['PROPOSED', 'PENDING', 'IN_FORCE', 'UNDONE', 'REJECTED', 'REVERSED']),
    decidedBy: z.string(),
    decidedByName: z.string(),
    decidedAt: instant,
    /** Until when `undo` takes it back; present while PENDING. */
    undoUntil: instant.optional(),
    automation,
    reason: decisionReason,
    violationType: violationType.optional(),
    actions: z.array(action),
    subjects: z.array(z.strictObject({ ...subjectRef.shape, actions: z.array(action) })),
    explanation: z.string(),
    note: z.string(),
    /** Of a decision about an appeal: what it makes of it. */
    ruling: appealRuling.optional(),
    secondReview: z
      .strictObject({
        why: z.string(),
        by: z.string().optional(),
        verdict: z.enum(['AGREE', 'DISAGREE']).optional(),
        note: z.string().optional(),
      })
      .optional(),
    reversal: z.strictObject({ by: z.string(), at: instant, note: z.string() }).optional(),
  })
  .meta({ id: 'CaseDecision' });
export type CaseDecisionView = z.infer<typeof caseDecisionView>;
