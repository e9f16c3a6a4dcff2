import type { CreditEntryDraft, CreditPenaltyLine } from '../domain/credit.ts';
import type { CreditSettings } from './settings.ts';
import { DAY_MS, dayOf } from './calendar.ts';

type PenaltySettings = CreditSettings['penalty'];

/** When a penalty or strike stops counting. */
const expiryOf = (entry: CreditEntryDraft, validDays: number): number =>
  entry.expiresAtMs ?? entry.effectiveAtMs + validDays * DAY_MS;

const isSerious = (entry: CreditEntryDraft, settings: PenaltySettings): boolean =>
  entry.points >= settings.seriousFromPoints;

/**
 * How often the seller had been warned of this type before, and again after each warning could be read: earlier
 * penalties of the type and class whose windows do not overlap. General ones share a window on the same UTC day,
 * serious ones within `seriousWindowDays`. One more penalty never makes it smaller.
 */
const earlierOccurrences = (
  entry: CreditEntryDraft,
  penalties: readonly CreditEntryDraft[],
  settings: PenaltySettings,
): number => {
  const serious = isSerious(entry, settings);
  const apart = (earlier: number, later: number): boolean =>
    serious ? later - earlier > settings.seriousWindowDays * DAY_MS : dayOf(later) > dayOf(earlier);
  let count = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const other of penalties) {
    if (other.effectiveAtMs >= entry.effectiveAtMs) break;
    const isSame =
      other.entryId !== entry.entryId &&
      other.violationType === entry.violationType &&
      isSerious(other, settings) === serious;
    const wasValid = expiryOf(other, settings.validDays) > entry.effectiveAtMs;
    if (isSame && wasValid && apart(other.effectiveAtMs, entry.effectiveAtMs) && apart(lastMs, other.effectiveAtMs)) {
      count += 1;
      lastMs = other.effectiveAtMs;
    }
  }
  return count;
};

/**
 * Indexes of the items that count when of all within a window only one does: the choice, pairwise more than
 * `windowMs` apart, with the greatest sum (weighted interval scheduling). Sorted input; ties go to the earlier.
 */
const pickApart = (
  times: readonly number[],
  values: readonly number[],
  windowMs: number,
): { readonly sum: number; readonly picked: ReadonlySet<number> } => {
  const best = [0];
  const before: number[] = [];
  let free = 0;
  times.forEach((time, index) => {
    while ((times[free] ?? Number.POSITIVE_INFINITY) < time - windowMs) free += 1;
    before.push(free);
    best.push(Math.max(best[index] ?? 0, (best[free] ?? 0) + (values[index] ?? 0)));
  });
  const picked = new Set<number>();
  for (let index = times.length; index > 0;)
    if (best[index] === best[index - 1]) index -= 1;
    else {
      picked.add(index - 1);
      index = before[index - 1] ?? 0;
    }
  return { sum: best.at(-1) ?? 0, picked };
};

const lineOf = (entry: CreditEntryDraft, raisedPoints: number, occurrence: number, settings: PenaltySettings) => ({
  entryId: entry.entryId,
  ...(entry.violationType === undefined ? {} : { violationType: entry.violationType }),
  points: entry.points,
  raisedPoints,
  occurrence,
  effectiveAtMs: entry.effectiveAtMs,
  expiresAtMs: expiryOf(entry, settings.validDays),
});

const reasonOf = (entry: CreditEntryDraft, occurrence: number, raised: number, counted: number): string => {
  const repeat =
    occurrence > 1 ? ` Occurrence ${occurrence} of its kind raises ${entry.points} to ${raised} points.` : '';
  if (counted === raised) return `${entry.why}${repeat}`;
  const limit = counted === 0 ? 'counts once with another of the same days' : `counts ${counted} of ${raised} points`;
  return `${entry.why}${repeat} It ${limit}.`;
};

/** Penalty points in force and how each penalty comes to its part. */
export interface PenaltyCount {
  readonly points: number;
  readonly lines: readonly CreditPenaltyLine[];
}

/**
 * Counts penalties at `atMs`: valid for a year, general ones up to a daily limit, of serious ones within three days
 * only one, repeats of a type raised. `penalties` sorted by time, as `resolveLedger` gives them.
 * Source: policy.md section 6 step 4; figures in rules/credit.yaml.
 */
export const countPenalties = (
  penalties: readonly CreditEntryDraft[],
  settings: PenaltySettings,
  atMs: number,
): PenaltyCount => {
  const active = penalties.filter(
    (entry) => entry.effectiveAtMs <= atMs && expiryOf(entry, settings.validDays) > atMs && entry.points > 0,
  );
  if (active.length === 0) return { points: 0, lines: [] };
  const raised = active.map((entry) => {
    const occurrence = earlierOccurrences(entry, penalties, settings) + 1;
    const percent = settings.repeatPercent[Math.min(occurrence, settings.repeatPercent.length) - 1] ?? 100;
    const raisedPoints = Math.floor((entry.points * percent) / 100);
    return { entry, occurrence, raisedPoints, line: lineOf(entry, raisedPoints, occurrence, settings) };
  });
  const serious = raised.filter(({ entry }) => isSerious(entry, settings));
  const { picked } = pickApart(
    serious.map(({ entry }) => entry.effectiveAtMs),
    serious.map(({ raisedPoints }) => raisedPoints),
    settings.seriousWindowDays * DAY_MS,
  );
  const leftOfDay = new Map<number, number>();
  let seriousIndex = 0;
  const lines = raised.map(({ entry, occurrence, raisedPoints, line }) => {
    let countedPoints: number;
    if (isSerious(entry, settings)) {
      countedPoints = picked.has(seriousIndex) ? raisedPoints : 0;
      seriousIndex += 1;
    } else {
      const day = dayOf(entry.effectiveAtMs);
      const left = leftOfDay.get(day) ?? settings.generalMaxPerDay;
      countedPoints = Math.min(left, raisedPoints);
      leftOfDay.set(day, left - countedPoints);
    }
    const { raisedPoints: _raised, ...rest } = line;
    return { ...rest, countedPoints, why: reasonOf(entry, occurrence, raisedPoints, countedPoints) };
  });
  return { points: lines.reduce((sum, line) => sum + line.countedPoints, 0), lines };
};

/** Strikes in force at `atMs`; those found within the window of each other count once. */
export const countStrikes = (
  strikes: readonly CreditEntryDraft[],
  settings: CreditSettings['strike'],
  atMs: number,
): number => {
  const active = strikes.filter((entry) => entry.effectiveAtMs <= atMs && expiryOf(entry, settings.validDays) > atMs);
  return pickApart(
    active.map((entry) => entry.effectiveAtMs),
    active.map((entry) => entry.points),
    settings.windowDays * DAY_MS,
  ).sum;
};
