import type { CreditTier } from '../domain/credit.ts';
import type { Outcome } from '../domain/decision.ts';
import type { SubjectKind } from '../domain/finding.ts';
import type { Severity } from '../domain/violation.ts';

/** Darker shades, so that white letters on them can be read (WCAG 2.2, contrast 4.5). */
export const SEVERITY_COLORS: Readonly<Record<Severity, string>> = {
  S0: 'gray.7',
  S1: 'blue.9',
  S2: '#a63c00',
  S3: 'red.9',
  S4: 'grape.9',
};

/** What a severity means. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  S0: 'S0: for information',
  S1: 'S1: minor',
  S2: 'S2: serious',
  S3: 'S3: very serious',
  S4: 'S4: endangers people or forges documents',
};

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  ALLOW: 'allowed',
  OBSERVE: 'allowed, watched',
  HOLD: 'held',
  REVIEW: 'left as it is',
  DISABLE: 'disabled',
};

const TIER_WORDS: Readonly<Record<CreditTier, string>> = {
  EXCELLENT: 'excellent',
  GOOD: 'good',
  STANDARD: 'standard',
  NEW: 'new',
  WATCH: 'watched',
  RESTRICTED: 'restricted',
  SUSPENDED: 'suspended',
  TERMINATED: 'terminated',
};

const QUEUE_WORDS: Readonly<Record<string, string>> = {
  ip: 'brands and pictures',
  rings: 'review rings',
  accounts: 'accounts',
  reviews: 'reviews',
  notices: 'notices',
  safety: 'safety',
  sampling: 'samples',
  incomplete: 'not checked through',
  general: 'other',
};

const KIND_WORDS: Readonly<Record<SubjectKind, string>> = {
  LISTING: 'Listing',
  REVIEW: 'Review',
  ACCOUNT: 'Account',
  SELLER: 'Seller',
  ORDER: 'Order',
  RING: 'Ring',
  CLUSTER: 'Cluster',
};

/** What happens to the item for now. */
export const tellOutcome = (value: string): string => OUTCOME_WORDS[value as Outcome] ?? value.toLowerCase();
/** Standing of a seller. */
export const tellTier = (value: string): string => TIER_WORDS[value as CreditTier] ?? value.toLowerCase();
/** A queue; queues come from the rules, so that there may be others. */
export const tellQueue = (value: string): string => QUEUE_WORDS[value] ?? value;
/** What was checked. */
export const tellKind = (value: SubjectKind): string => KIND_WORDS[value];

const SPECIAL: Readonly<Record<string, string>> = {
  TM: 'trade mark',
  CR: 'copyright',
  IP: '',
  LST: '',
  REV: 'review',
  ACC: 'account',
  TRD: 'trade',
  SYS: '',
};

/** `IP_TM_OBFUSCATED_BRAND` → `Trade mark: obfuscated brand` */
export function tellViolation(code: string): string {
  // A sample that nothing was found in has no violation; it goes under this code.
  if (code === 'SYS_CHECK_INCOMPLETE') return 'Sample or incomplete check';
  const [area = '', ...rest] = code.split('_');
  const first = rest[0] ?? '';
  const [prefix, words] =
    area === 'IP' && first in SPECIAL ? [SPECIAL[first] ?? '', rest.slice(1)] : [SPECIAL[area] ?? '', rest];
  const text = words.join(' ').toLowerCase().replace('vpn', 'VPN');
  const sentence = prefix === '' ? text : `${prefix}: ${text}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A name in capitals as plain words: `WAS_SAID` → `was said`. */
export const tellName = (value: string): string => value.toLowerCase().replaceAll('_', ' ');

const MINUTE_MS = 60_000;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `due in 3 hours`, `was due 2 days ago` */
export function tellDue(dueAt: string): string {
  const minutes = Math.round((Date.parse(dueAt) - Date.now()) / MINUTE_MS);
  const text = tellMinutes(minutes);
  return minutes < 0 ? `was due ${text}` : `due ${text}`;
}

function tellMinutes(minutes: number): string {
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 1_440), 'day');
}

/** A time in the reader's zone. */
export const tellTime = (value: string | number): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value));

/** A day in the reader's zone. */
export const tellDay = (value: string | number): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(new Date(value));

/** An amount; minor units by the currency's own rule. */
export function tellMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

/** A share in whole percent; what is not certain is never told as 100 %. */
export function tellPercent(share01: number): string {
  if (share01 > 0.99 && share01 < 1) return 'over 99 %';
  return `${Math.round(share01 * 100)} %`;
}

/** A number with its sign, a true minus included. */
export const tellSigned = (value: number, digits = 0): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toFixed(digits)}`;
