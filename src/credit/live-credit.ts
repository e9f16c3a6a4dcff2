import type { CreditEntryDraft } from '../domain/credit.ts';
import { DAY_MS, dayOf } from './calendar.ts';
import { type CreditModel, type CreditMoment, endOfDayBefore, momentOf } from './credit-moment.ts';
import { type ResolvedEvidence, type ResolvedLedger, resolveLedger } from './resolve-ledger.ts';
import { type CreditContext, type CreditStanding, standingFrom } from './score-ledger.ts';
import type { CreditSettings } from './settings.ts';
import { type DayMass, isSteadyBetween, massByDay, weighEvidence } from './weigh-evidence.ts';

/** The events of one buyer cluster: they weigh on one another, and on nobody else's. */
interface Group {
  readonly entries: CreditEntryDraft[];
  evidence: readonly ResolvedEvidence[];
  days: readonly DayMass[];
  /** When its weights change by themselves: a quarantine or wait ends, an event comes due. */
  nextChangeMs: number;
}

/** A seller's credit that is kept up to date event by event. */
export interface LiveCredit {
  /** Takes an entry in, at its place by time; one that was taken before changes nothing. */
  record(entry: CreditEntryDraft): void;
  /** Score and tier at `asOfMs`, which never goes back: equal to `standingOf` of all entries so far. */
  standing(asOfMs: number): CreditStanding;
}

const PENALTIES = 'penalties';

/** The next moment after `atMs` at which the weight of an event changes by itself. */
const nextChangeOf = (evidence: readonly ResolvedEvidence[], settings: CreditSettings, atMs: number): number => {
  let next = Number.POSITIVE_INFINITY;
  const consider = (moment: number | undefined): void => {
    if (moment !== undefined && moment > atMs && moment < next) next = moment;
  };
  for (const { entry, faultParty, authenticity, authenticFromMs } of evidence) {
    consider(entry.effectiveAtMs);
    consider(entry.expiresAtMs);
    if (faultParty === 'UNDETERMINED') consider(entry.effectiveAtMs + settings.undetermined.waitDays * DAY_MS);
    if (authenticity !== 'QUARANTINED') continue;
    consider(authenticFromMs);
    consider(authenticFromMs + settings.quarantineDays * DAY_MS);
  }
  return next;
};

/** Adds (or, with sign −1, takes away) the masses of a group; tells whether a day came or went. */
const apply = (total: Map<number, DayMass>, days: readonly DayMass[], sign: 1 | -1): boolean => {
  let isChanged = false;
  for (const { day, goodPpm, massPpm } of days) {
    const sum = total.get(day);
    if (sum === undefined) {
      total.set(day, { day, goodPpm: sign * goodPpm, massPpm: sign * massPpm });
      isChanged = true;
      continue;
    }
    sum.goodPpm += sign * goodPpm;
    sum.massPpm += sign * massPpm;
    if (sum.massPpm !== 0 || sum.goodPpm !== 0) continue;
    total.delete(day);
    isChanged = true;
  }
  return isChanged;
};

const byDay = (left: DayMass, right: DayMass): number => left.day - right.day;

/** Whether anything but a new entry can change the weights of these events. */
const isTouchy = (evidence: readonly ResolvedEvidence[]): boolean =>
  evidence.some(
    ({ entry, faultParty, authenticity }) =>
      faultParty === 'UNDETERMINED' ||
      authenticity === 'QUARANTINED' ||
      entry.expiresAtMs !== undefined ||
      entry.subjectRef.startsWith('ORDER/'),
  );

/**
 * Keeps a seller's credit event by event: only the buyer cluster of the event is weighed anew, and the days are summed
 * by the decay table. Measured by `assay bench credit`.
 */
export const createLiveCredit = (
  model: CreditModel,
  seller: { readonly sellerLegalId: string; readonly context: CreditContext },
): LiveCredit => {
  const { settings } = model;
  const groups = new Map<string, Group>();
  const groupOfEntry = new Map<string, string>();
  const groupOfOrder = new Map<string, string>();
  const waiting = new Map<string, CreditEntryDraft[]>();
  const seen = new Set<string>();
  const total = new Map<number, DayMass>();
  const touchy = new Set<Group>();
  const due = new Set<Group>();
  let sortedDays: readonly DayMass[] | undefined;
  let clockMs = Number.NEGATIVE_INFINITY;
  let nextChangeMs = Number.POSITIVE_INFINITY;
  let others: Omit<ResolvedLedger, 'evidence'> = {
    penalties: [],
    strikes: [],
    caps: [],
    kyb: seller.context.kyb,
  };

  const resolve = (entries: readonly CreditEntryDraft[]): ResolvedLedger =>
    resolveLedger(entries, { ...seller, knownAtMs: Number.POSITIVE_INFINITY });

  const changeTotal = (days: readonly DayMass[], sign: 1 | -1): void => {
    if (apply(total, days, sign)) sortedDays = undefined;
  };

  const weigh = (group: Group): void => {
    changeTotal(group.days, -1);
    group.days = massByDay(weighEvidence(group.evidence, settings, clockMs));
    changeTotal(group.days, 1);
    group.nextChangeMs = nextChangeOf(group.evidence, settings, clockMs);
    if (Number.isFinite(group.nextChangeMs)) due.add(group);
    else due.delete(group);
    if (isTouchy(group.evidence)) touchy.add(group);
    else touchy.delete(group);
    nextChangeMs = Math.min(nextChangeMs, group.nextChangeMs);
  };

  /** Events of one order weigh on one another too, so an order that names two clusters joins them. */
  const keyOf = (entry: CreditEntryDraft): string => {
    const ofCluster = `cluster/${entry.buyerClusterId ?? entry.orderId ?? entry.entryId}`;
    const ofOrder = entry.orderId === undefined ? undefined : groupOfOrder.get(entry.orderId);
    if (entry.orderId !== undefined && ofOrder === undefined) groupOfOrder.set(entry.orderId, ofCluster);
    if (ofOrder !== undefined && ofOrder !== ofCluster) join(ofCluster, ofOrder);
    return ofCluster;
  };

  const groupAt = (key: string): Group => {
    const found = groups.get(key);
    if (found !== undefined) return found;
    const group: Group = { entries: [], evidence: [], days: [], nextChangeMs: Number.POSITIVE_INFINITY };
    groups.set(key, group);
    return group;
  };

  /** Both keys lead to one group from now on; the pair cap still tells clusters apart by the entries themselves. */
  const join = (left: string, right: string): void => {
    const [into, from] = [groupAt(left), groupAt(right)];
    if (into === from) return;
    into.entries.push(...from.entries);
    changeTotal(from.days, -1);
    due.delete(from);
    touchy.delete(from);
    for (const [key, group] of groups) if (group === from) groups.set(key, into);
    into.evidence = resolve(into.entries).evidence;
    weigh(into);
  };

  const record = (entry: CreditEntryDraft): void => {
    if (seen.has(entry.entryId)) return;
    const isChange = entry.kind === 'REVERSAL' || entry.kind === 'REATTRIBUTION';
    const key = isChange
      ? groupOfEntry.get(entry.reverses ?? '')
      : entry.kind === 'EVIDENCE'
        ? keyOf(entry)
        : PENALTIES;
    if (key === undefined) {
      // Its target is not here yet: it is taken in together with it.
      const target = entry.reverses ?? '';
      waiting.set(target, [...(waiting.get(target) ?? []), entry]);
      return;
    }
    // A change that moves an event to another cluster lets both weigh on one another.
    if (isChange && key !== PENALTIES && entry.buyerClusterId !== undefined)
      join(`cluster/${entry.buyerClusterId}`, key);
    seen.add(entry.entryId);
    groupOfEntry.set(entry.entryId, key);
    const group = groupAt(key);
    group.entries.push(entry);
    const resolved = resolve(group.entries);
    if (key === PENALTIES) others = resolved;
    else {
      group.evidence = resolved.evidence;
      weigh(group);
    }
    const late = waiting.get(entry.entryId);
    if (late === undefined) return;
    waiting.delete(entry.entryId);
    late.forEach(record);
  };

  /** `days`, which are those of `total`, with masses added in place; days that are not there yet are put in their order. */
  const withDays = (days: readonly DayMass[], added: readonly DayMass[]): readonly DayMass[] => {
    const fresh: DayMass[] = [];
    for (const one of added) {
      const sum = total.get(one.day);
      if (sum === undefined) fresh.push(one);
      else {
        sum.goodPpm += one.goodPpm;
        sum.massPpm += one.massPpm;
      }
    }
    return fresh.length === 0 ? days : [...days, ...fresh].toSorted(byDay);
  };

  const advanceTo = (asOfMs: number): void => {
    clockMs = Math.max(clockMs, asOfMs);
    if (nextChangeMs > clockMs) return;
    nextChangeMs = Number.POSITIVE_INFINITY;
    // Weighing adds to and takes from the set that is walked, so the walk is over a copy.
    for (const group of Array.from(due))
      if (group.nextChangeMs <= clockMs) weigh(group);
      else nextChangeMs = Math.min(nextChangeMs, group.nextChangeMs);
  };

  /** The credit at the ends of the days before: only groups whose weights changed since are weighed as they were. */
  function* daysBefore(now: CreditMoment): Generator<CreditMoment> {
    const { waitDays } = settings.rise;
    const span = { fromMs: endOfDayBefore(now.atMs, waitDays), untilMs: now.atMs };
    const unsteady = [...touchy].filter(({ evidence }) => !isSteadyBetween(evidence, settings, span));
    for (let daysAgo = 1; daysAgo <= waitDays; daysAgo += 1) {
      const atMs = endOfDayBefore(now.atMs, daysAgo);
      const day = dayOf(atMs);
      const differences = new Map<number, DayMass>();
      for (const { evidence, days } of unsteady) {
        apply(
          differences,
          days.filter((one) => one.day <= day),
          -1,
        );
        apply(differences, massByDay(weighEvidence(evidence, settings, atMs)), 1);
      }
      // The sums are put to that day and back again: copying hundreds of days for each would cost more than summing.
      const added = [...differences.values()];
      const days = withDays(now.days, added);
      try {
        yield momentOf(others, model, { atMs, weighed: [], days });
      } finally {
        for (const one of added) {
          const sum = total.get(one.day);
          if (sum === undefined) continue;
          sum.goodPpm -= one.goodPpm;
          sum.massPpm -= one.massPpm;
        }
      }
    }
  }

  return {
    record,
    standing: (asOfMs) => {
      advanceTo(asOfMs);
      sortedDays ??= [...total.values()].toSorted(byDay);
      const now = momentOf(others, model, { atMs: asOfMs, weighed: [], days: sortedDays });
      return standingFrom(now, daysBefore(now), { model, context: seller.context });
    },
  };
};
