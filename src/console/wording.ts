import type { Severity } from '../domain/violation.ts';

/** Darker shades, so that white letters on them can be read (WCAG 2.2, contrast 4.5). */
export const SEVERITY_COLORS: Readonly<Record<Severity, string>> = {
  S0: 'gray.7',
  S1: 'blue.8',
  S2: 'orange.9',
  S3: 'red.8',
  S4: 'grape.9',
};

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
  const [area = '', ...rest] = code.split('_');
  const first = rest[0] ?? '';
  const [prefix, words] =
    area === 'IP' && first in SPECIAL ? [SPECIAL[first] ?? '', rest.slice(1)] : [SPECIAL[area] ?? '', rest];
  const text = words.join(' ').toLowerCase().replace('vpn', 'VPN');
  const sentence = prefix === '' ? text : `${prefix}: ${text}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const MINUTE_MS = 60_000;
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

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

/** A time in the reader's words. */
export const tellTime = (value: string | number): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value));

/** An amount in the reader's words; minor units by the currency's own rule. */
export function tellMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

export const tellPercent = (share01: number): string => `${Math.round(share01 * 100)} %`;
