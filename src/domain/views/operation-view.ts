import { z } from 'zod';
import { instant } from './check-view.ts';

const counts = z.record(z.string(), z.int().min(0));

/** Figures of the whole installation. */
export const statsView = z
  .strictObject({
    subjects: z.strictObject({
      sellers: z.int(),
      listings: z.int(),
      reviews: z.int(),
      accounts: z.int(),
      orders: z.int(),
      marks: z.int(),
      bankPictures: z.int(),
    }),
    /** Checks by state. */
    checksByState: counts,
    /** Finished checks by outcome. */
    checksByOutcome: counts,
    /** Findings by violation type. */
    findingsByType: counts,
    /** Cases that are not closed, by queue. */
    openCasesByQueue: counts,
    /** The same cases by violation type. */
    openCasesByType: counts,
    /** The same cases by outcome of a check in them; a case whose checks ended differently counts for each. */
    openCasesByOutcome: counts,
    /** The same cases by tier of the seller, where one is known. */
    openCasesByTier: counts,
    /** All cases by state. */
    casesByState: counts,
    listingsByPublication: counts,
    reviewsByAuthenticity: counts,
    sellersByTier: counts,
    /** Legal entities whose ledger has grown since their credit was last computed for lists. */
    creditBehind: z.int().min(0),
  })
  .meta({ id: 'Stats' });
export type StatsView = z.infer<typeof statsView>;

/** What was accepted and is not finished. Cheap to ask for, unlike the figures of the whole installation. */
export const backlogView = z
  .object({
    /** Checks that wait or run. */
    checks: z.int(),
    /** Legal entities whose ledger has grown since their credit was last computed. */
    creditBehind: z.int(),
  })
  .meta({ id: 'Backlog' });
export type BacklogView = z.infer<typeof backlogView>;

/** A CloudEvent 1.0. `source` and `id` together are unique. */
export const cloudEvent = z
  .strictObject({
    specversion: z.literal('1.0'),
    id: z.string(),
    source: z.string(),
    type: z.string(),
    subject: z.string(),
    time: instant,
    datacontenttype: z.literal('application/json'),
    data: z.unknown(),
  })
  .meta({ id: 'CloudEvent' });
export type CloudEvent = z.infer<typeof cloudEvent>;
