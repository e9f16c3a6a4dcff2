import type { Seller } from '../domain/seller.ts';
import { DAY_MS, monthOf } from './calendar.ts';
import type { KybSettings } from './kyb-settings.ts';

/** Sales of new goods in one calendar month (UTC). */
export interface MonthlySales {
  /** Any moment of the month. */
  readonly atMs: number;
  readonly sales: number;
  readonly valueUsdMinor: number;
}

export interface KybFacts {
  readonly kyb: Seller['kyb'];
  readonly monthlySales: readonly MonthlySales[];
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

/** The months of the last 24, oldest first, with their sales. */
const monthsOf = (facts: KybFacts, nowMs: number): MonthlySales[] => {
  const first = monthOf(nowMs) - MONTHS_LOOKED_AT;
  return facts.monthlySales
    .filter(({ atMs }) => atMs <= nowMs && monthOf(atMs) > first)
    .toSorted((left, right) => left.atMs - right.atMs);
};

/** When the seller first reached the numbers of INFORM within twelve months; undefined where it never did. */
const reachedAt = (facts: KybFacts, settings: KybSettings, nowMs: number): number | undefined => {
  const months = monthsOf(facts, nowMs);
  return months.find(({ atMs }) => {
    const together = months.filter((one) => one.atMs <= atMs && monthOf(atMs) - monthOf(one.atMs) < MONTHS_TOGETHER);
    const sales = together.reduce((sum, one) => sum + one.sales, 0);
    const value = together.reduce((sum, one) => sum + one.valueUsdMinor, 0);
    return sales >= settings.inform.minSales && value >= settings.inform.minValueUsdMinor;
  })?.atMs;
};

const valueOfYear = (facts: KybFacts, nowMs: number): number =>
  monthsOf(facts, nowMs)
    .filter(({ atMs }) => monthOf(nowMs) - monthOf(atMs) < MONTHS_TOGETHER)
    .reduce((sum, one) => sum + one.valueUsdMinor, 0);

/**
 * The open duties to identify a seller, sorted by due time. INFORM: from 200 sales of new goods and $5,000 within
 * twelve months of the last twenty-four, collect within 10 days, verify within 10 more, certify yearly; disclose from
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
  if (sellsIntoUnion && !isVerified)
    add('DSA_30', 'BEFORE_TRADING', {
      dueAtMs: nowMs,
      why: 'Traders into the European Union must be identified before they trade.',
    });
  const { inform } = settings;
  const crossedMs = reachedAt(facts, settings, nowMs);
  if (crossedMs !== undefined) {
    const why = `${inform.minSales} sales worth $${inform.minValueUsdMinor / 100} within twelve months were reached.`;
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
