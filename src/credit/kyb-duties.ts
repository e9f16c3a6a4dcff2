import type { Seller } from '../domain/seller.ts';
import { DAY_MS } from './calendar.ts';
import type { KybSettings } from './kyb-settings.ts';

/** Sales of one day (UTC) that count for INFORM. */
export interface DailySales {
  /** Any moment of the day. */
  readonly atMs: number;
  readonly sales: number;
  readonly valueUsdMinor: number;
  /** Some were in a currency without a rate, so that the value is only a part of it. */
  readonly isValueKnown: boolean;
}

export interface KybFacts {
  readonly kyb: Seller['kyb'];
  /** Of the last 24 months, in any order. */
  readonly dailySales: readonly DailySales[];
  /** Acts as a trader, not as a private person. */
  readonly isTrader: boolean;
  /** Countries into which the seller offers goods. Empty: everywhere. */
  readonly destinations: readonly string[];
  readonly collectedAtMs?: number;
  readonly verifiedAtMs?: number;
  /** The last yearly certification; the verification counts as the first. */
  readonly certifiedAtMs?: number;
  readonly isDisclosed: boolean;
}

/** Something that must be done about a seller's identity, and by when. */
export interface KybDuty {
  readonly law: 'INFORM' | 'DSA_30';
  readonly duty: 'COLLECT' | 'VERIFY' | 'RECERTIFY' | 'DISCLOSE' | 'BEFORE_TRADING';
  readonly dueAtMs: number;
  readonly isOverdue: boolean;
  /** A reminder is to be sent today. */
  readonly isReminderDue: boolean;
  readonly why: string;
}

const MONTHS_LOOKED_AT = 24;
const MONTHS_TOGETHER = 12;

/** The same moment so many months before; of a month without the day, its end. */
const monthsBefore = (atMs: number, months: number): number => {
  const at = new Date(atMs);
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  return at.setUTCDate(Math.min(day, lastDay));
};

interface YearOfSales {
  readonly atMs: number;
  readonly sales: number;
  readonly valueUsdMinor: number;
  readonly isValueKnown: boolean;
}

/** For each day with sales, oldest first, the twelve months that end with it. */
const yearsOf = (facts: KybFacts, nowMs: number): YearOfSales[] => {
  const sinceMs = monthsBefore(nowMs, MONTHS_LOOKED_AT);
  const daily = facts.dailySales
    .filter(({ atMs }) => atMs <= nowMs && atMs > sinceMs)
    .toSorted((left, right) => left.atMs - right.atMs);
  let first = 0;
  let [sales, valueUsdMinor, unknown] = [0, 0, 0];
  return daily.map((day) => {
    sales += day.sales;
    valueUsdMinor += day.valueUsdMinor;
    unknown += Number(!day.isValueKnown);
    const fromMs = monthsBefore(day.atMs, MONTHS_TOGETHER);
    for (let left = daily[first]; left !== undefined && left.atMs <= fromMs; left = daily[(first += 1)]) {
      sales -= left.sales;
      valueUsdMinor -= left.valueUsdMinor;
      unknown -= Number(!left.isValueKnown);
    }
    return { atMs: day.atMs, sales, valueUsdMinor, isValueKnown: unknown === 0 };
  });
};

/** The first twelve months that reached the numbers of INFORM; undefined where none did. */
const reached = (years: readonly YearOfSales[], { inform }: KybSettings): YearOfSales | undefined =>
  years.find(
    ({ sales, valueUsdMinor, isValueKnown }) =>
      sales >= inform.minSales && (valueUsdMinor >= inform.minValueUsdMinor || !isValueKnown),
  );

const valueOfYear = (facts: KybFacts, nowMs: number): number => {
  const sinceMs = monthsBefore(nowMs, MONTHS_TOGETHER);
  return facts.dailySales
    .filter(({ atMs }) => atMs <= nowMs && atMs > sinceMs)
    .reduce((sum, one) => sum + one.valueUsdMinor, 0);
};

/**
 * The open duties to identify a seller, sorted by due time. INFORM: from 200 sales of new goods to the USA and $5,000
 * within a continuous twelve months of the last twenty-four, collect within 10 days, verify within 10 more, certify yearly; disclose from
 * $20,000 a year. DSA Article 30: traders into the Union before they trade. Sources: policy.md section 3.
 */
export const kybDuties = (facts: KybFacts, settings: KybSettings, nowMs: number): KybDuty[] => {
  const duties: KybDuty[] = [];
  const add = (
    law: KybDuty['law'],
    duty: KybDuty['duty'],
    told: { readonly dueAtMs: number; readonly why: string },
  ) => {
    const leftDays = Math.ceil((told.dueAtMs - nowMs) / DAY_MS);
    duties.push({
      law,
      duty,
      ...told,
      isOverdue: nowMs > told.dueAtMs,
      isReminderDue: settings.remindBeforeDays.includes(leftDays),
    });
  };
  const isVerified = facts.kyb === 'VERIFIED';
  const sellsIntoUnion =
    facts.destinations.length === 0 || facts.destinations.some((country) => settings.dsa30.countries.includes(country));
  if (facts.isTrader && sellsIntoUnion && !isVerified)
    add('DSA_30', 'BEFORE_TRADING', {
      dueAtMs: nowMs,
      why: 'Traders into the European Union must be identified before they trade.',
    });
  const { inform } = settings;
  const year = reached(yearsOf(facts, nowMs), settings);
  if (year !== undefined) {
    const crossedMs = year.atMs;
    const why = `${inform.minSales} sales worth $${inform.minValueUsdMinor / 100} within twelve months were reached on ${new Date(crossedMs).toISOString().slice(0, 10)}${year.isValueKnown ? '' : '; some are in a currency whose rate the rules do not give'}.`;
    const collectedMs = facts.collectedAtMs;
    if (collectedMs === undefined) add('INFORM', 'COLLECT', { dueAtMs: crossedMs + inform.collectDays * DAY_MS, why });
    else if (!isVerified) add('INFORM', 'VERIFY', { dueAtMs: collectedMs + inform.verifyDays * DAY_MS, why });
    const certifiedMs = facts.certifiedAtMs ?? facts.verifiedAtMs;
    if (isVerified && certifiedMs !== undefined)
      add('INFORM', 'RECERTIFY', { dueAtMs: certifiedMs + inform.recertifyDays * DAY_MS, why });
    if (!facts.isDisclosed && valueOfYear(facts, nowMs) >= inform.discloseFromUsdMinor)
      add('INFORM', 'DISCLOSE', {
        dueAtMs: nowMs,
        why: `Sales of a year reached $${inform.discloseFromUsdMinor / 100}, so buyers must see name and address.`,
      });
  }
  return duties.toSorted((left, right) => left.dueAtMs - right.dueAtMs || (left.duty < right.duty ? -1 : 1));
};
