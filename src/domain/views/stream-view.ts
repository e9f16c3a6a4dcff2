import { z } from 'zod';
import { caseState } from '../case.ts';
import { severity, violationType } from '../violation.ts';
import { instant } from './check-view.ts';

/** Names of the messages of `GET /v1/stream`. */
export const streamEventType = z.enum([
  'case.opened',
  'case.changed',
  'case.claimed',
  'case.released',
  'case.escalated',
  'case.proposed',
  'case.decided',
  'case.undone',
  'case.reversed',
  'case.closed',
]);
export type StreamEventType = z.infer<typeof streamEventType>;

/** The `data` of a message of the stream; its `id` is where a reader that lost the line goes on. */
export const streamEvent = z
  .strictObject({
    caseId: z.string(),
    at: instant,
    queue: z.string(),
    state: caseState,
    severity,
    violationType,
    priority: z.number(),
    /** Who did it; `assay` for what happens by itself. */
    by: z.string(),
    leaseHolder: z.string().optional(),
    leaseUntil: instant.optional(),
  })
  .meta({ id: 'StreamEvent' });
export type StreamEvent = z.infer<typeof streamEvent>;
