import { z } from 'zod';

/**
 * A place in the feed of changes of one database, for what is kept outside of it. Numbers are decimal texts: they may be
 * larger than JavaScript's exact ones.
 */
export const feedPosition = z.object({
  /** Drawn once for each database, so that the feed of another is not taken for this one. */
  databaseId: z.string(),
  /** Changes of transactions below this number are in what was kept. */
  floor: z.string(),
  /** A change of the feed, which must be found there again: a database from a backup may have another history. */
  mark: z.object({ seq: z.string(), xid: z.string(), topic: z.string(), entityId: z.string() }),
});
export type FeedPosition = z.infer<typeof feedPosition>;
