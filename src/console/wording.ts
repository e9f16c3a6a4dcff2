import type { CreditTier } from '../domain/credit.ts';
import type { AppealRuling } from '../domain/appeal.ts';
import type { Action, DecisionReason, Outcome } from '../domain/decision.ts';
import type { SubjectKind } from '../domain/finding.ts';
import type { Severity, ViolationType } from '../domain/violation.ts';
import { currentLanguage, currentLocale } from './language/use-language.ts';
import { appealTexts } from './texts/appeal-texts.ts';
import { codeTexts } from './texts/code-texts.ts';
import { eventTexts } from './texts/event-texts.ts';
import { statusTexts } from './texts/status-texts.ts';
import { violationTexts } from './texts/violation-texts.ts';
import { wordTexts } from './texts/word-texts.ts';

/** Darker shades, so that white letters on them can be read (WCAG 2.2, contrast 4.5). */
export const SEVERITY_COLORS: Readonly<Record<Severity, string>> = {
  S0: 'gray.7',
  S1: 'blue.9',
  S2: '#a63c00',
  S3: 'red.9',
  S4: 'grape.9',
};

const words = () => wordTexts[currentLanguage()];

/** What a severity means. */
export const tellSeverity = (value: Severity): string => words().severity[value];
/** What happens to the item for now. */
export const tellOutcome = (value: string): string => words().outcome[value as Outcome] ?? value.toLowerCase();
/** Standing of a seller. */
export const tellTier = (value: string): string => words().tier[value as CreditTier] ?? value.toLowerCase();
/** A queue; queues come from the rules, so that there may be others. */
export const tellQueue = (value: string): string => words().queue[value] ?? value;
/** A skill of the shipped rules; undefined for one of rules of somebody's own, which have a title. */
export const tellSkill = (value: string): string | undefined => words().skill[value];
/** What was checked. */
export const tellKind = (value: string): string => words().kind[value as SubjectKind] ?? tellName(value);
/** A measure, as what somebody does. */
export const tellAction = (value: string): string => words().action[value as Action] ?? tellName(value);
/** Why a person decided so. */
export const tellReason = (value: string): string => words().reason[value as DecisionReason] ?? tellName(value);
/** How a thing or a case stands. */
export const tellStatus = (value: string): string => statusTexts[currentLanguage()][value] ?? tellName(value);
/** What happened to a case. */
export const tellEvent = (type: string): string => eventTexts[currentLanguage()][type] ?? tellName(type);
/** A violation by its name; one that this console does not know yet by its code in plain letters. */
export const tellViolation = (code: string): string =>
  violationTexts[currentLanguage()][code as ViolationType] ?? tellName(code);

/** A code of evidence or of a record in words, else as a plain name. */
export const tellCode = (value: string): string => codeTexts[currentLanguage()][value] ?? tellName(value);

/** A name in capitals as plain words: `WAS_SAID` → `was said`. */
export const tellName = (value: string): string => value.toLowerCase().replaceAll('_', ' ');

const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

/** Making a format takes longer than using it a hundred times, and lists tell a distance in every row. */
function relativeFormat(): Intl.RelativeTimeFormat {
  const locale = currentLocale();
  const known = relativeFormats.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  relativeFormats.set(locale, made);
  return made;
}

const MINUTE_MS = 60_000;

/** `due in 3 hours`, `was due 2 days ago` */
export function tellDue(dueAt: string | number): string {
  const dueMs = typeof dueAt === 'number' ? dueAt : Date.parse(dueAt);
  const text = tellDistance(dueMs);
  return dueMs < Date.now() ? words().wasDue(text) : words().due(text);
}

/** `in 3 hours`, `2 days ago` */
export function tellDistance(at: string | number): string {
  const minutes = Math.round(((typeof at === 'number' ? at : Date.parse(at)) - Date.now()) / MINUTE_MS);
  const relative = relativeFormat();
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 1_440), 'day');
}

/** A ruling on an appeal; where it was overturned, with why. */
export function tellRuling({
  ruling,
  reason,
}: {
  readonly ruling: AppealRuling;
  readonly reason: DecisionReason;
}): string {
  const told = appealTexts[currentLanguage()].rulings[ruling];
  return ruling === 'OVERTURNED' ? `${told}: ${tellReason(reason)}` : told;
}

/** A time in the reader's zone. */
export const tellTime = (value: string | number): string =>
  new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value));

/** A day in the reader's zone. */
export const tellDay = (value: string | number): string =>
  new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium' }).format(new Date(value));

/** A country by its name in the reader's language; an unknown code as it is. */
export const tellCountry = (code: string): string =>
  new Intl.DisplayNames([currentLocale()], { type: 'region', fallback: 'code' }).of(code) ?? code;

/** A number as the reader writes it. */
export const tellNumber = (value: number, digits = 0): string =>
  new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: digits }).format(value);

/** An amount; minor units by the currency's own rule. */
export function tellMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(currentLocale(), { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

/** A share in whole percent; what is not certain is never told as 100 %. */
export function tellPercent(share01: number): string {
  if (share01 > 0.99 && share01 < 1) return words().overPercent;
  return `${Math.round(share01 * 100)} %`;
}

/** A number with its sign, a true minus included. */
export const tellSigned = (value: number, digits = 0): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toFixed(digits)}`;
