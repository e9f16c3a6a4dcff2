import { z } from 'zod';
import { appealRuling } from '../appeal.ts';
import { instant } from './check-view.ts';

const share = z.strictObject({ hits: z.int().min(0), of: z.int().min(0) });

const times = z.strictObject({
  count: z.int().min(0),
  /** Hours; absent without a case. */
  medianHours: z.number().min(0).optional(),
  p95Hours: z.number().min(0).optional(),
});

/** Figures of the work of a period. */
export const dashboardView = z
  .strictObject({
    from: instant,
    to: instant,
    /** Cases that wait now, by queue and age. */
    /** Countries of sellers, to narrow the figures to one. */
    markets: z.array(z.string()),
    backlog: z.array(
      z.strictObject({
        queue: z.string(),
        title: z.string(),
        waiting: z.int(),
        overdue: z.int(),
        dueSoon: z.int(),
        /** Waiting since under 4 hours, 4–24 hours, 1–3 days, 3–7 days, longer. */
        ages: z.tuple([z.int(), z.int(), z.int(), z.int(), z.int()]),
      }),
    ),
    /** Cases decided in the period that were decided in time. */
    sla: share,
    /** From opening to decision. */
    timeToAction: z.strictObject({
      all: times,
      byQueue: z.array(z.strictObject({ queue: z.string(), ...times.shape })),
    }),
    /** Each day of the period, oldest first. */
    days: z.array(
      z.strictObject({ day: z.iso.date(), opened: z.int(), decided: z.int(), reversed: z.int(), undone: z.int() }),
    ),
    decisionsByReason: z.record(z.string(), z.int()),
    decisionsByAction: z.record(z.string(), z.int()),
    decisionsByType: z.record(z.string(), z.int()),
    /** Decisions against the seller that were reversed later. */
    overturned: z.strictObject({
      all: share,
      byViolationType: z.array(z.strictObject({ key: z.string(), ...share.shape })),
      byReviewer: z.array(z.strictObject({ key: z.string(), name: z.string(), ...share.shape })),
    }),
    /** Sellers' appeals: handed in and ruled in the period, waiting now. */
    appeals: z.strictObject({
      submitted: z.int(),
      waiting: z.int(),
      overdue: z.int(),
      rulings: z.record(appealRuling, z.int()),
      /** Ruled before they were due. */
      inTime: share,
      /** From handing in to ruling. */
      timeToRuling: times,
    }),
    /** Confirmed of judged, by rule and by violation type found. */
    precisionByRule: z.array(z.strictObject({ ruleId: z.string(), ...share.shape })),
    precisionByType: z.array(z.strictObject({ violationType: z.string(), ...share.shape })),
    /** Automatic actions that were stopped because there were too many. */
    breakers: z.array(z.strictObject({ key: z.string(), at: instant, detail: z.string() })),
    /** Nights on which the replay found stored credit, or a ledger, that somebody changed. */
    creditAlarms: z.array(z.strictObject({ key: z.string(), at: instant, detail: z.string() })),
    reviewers: z.array(
      z.strictObject({
        personId: z.string(),
        name: z.string(),
        decided: z.int(),
        /** Seconds from claim to decision; absent without a decision. */
        medianHandlingSeconds: z.number().optional(),
      }),
    ),
    throughput: z.strictObject({ checksDone: z.int(), checksPerHour: z.number(), casesPerHour: z.number() }),
  })
  .meta({ id: 'Dashboard' });
export type DashboardView = z.infer<typeof dashboardView>;
