/** Milliseconds of a UTC day; leap seconds do not exist in Unix time. */
export const DAY_MS = 86_400_000;

/** Whole days since 1970 in UTC. Decay goes by whole days, so that all events of one day weigh the same. */
export const dayOf = (atMs: number): number => Math.floor(atMs / DAY_MS);

/** Days from 1 March of year 0 to 1 January 1970. */
const EPOCH_OFFSET_DAYS = 719_468;
const DAYS_OF_400_YEARS = 146_097;

/**
 * Calendar months since January of year 0 in UTC (Gregorian).
 * Source: H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
 */
export const monthOf = (atMs: number): number => {
  const day = dayOf(atMs) + EPOCH_OFFSET_DAYS;
  const era = Math.floor(day / DAYS_OF_400_YEARS);
  const dayOfEra = day - era * DAYS_OF_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return (yearOfEra + era * 400) * 12 + monthFromMarch + 2;
};
