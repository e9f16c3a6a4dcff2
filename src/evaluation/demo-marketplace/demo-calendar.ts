/** All times of the demo lie before this day; a loader shifts them by whole days so that it becomes today. */
export const DEMO_ANCHOR = '2026-11-01';

const ANCHOR_MS = Date.parse(`${DEMO_ANCHOR}T00:00:00Z`);
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** Milliseconds since 1970 of a moment so many days before the anchor. */
export const msBefore = (days: number): number => ANCHOR_MS - Math.round(days * DAY_MS);

/** RFC 3339 in UTC, to the second. */
export const isoTime = (ms: number): string =>
  new Date(Math.floor(ms / 1_000) * 1_000).toISOString().replace('.000Z', 'Z');

/** The last moment that anything in the demo may have. */
export const LAST_MS = ANCHOR_MS - HOUR_MS;
