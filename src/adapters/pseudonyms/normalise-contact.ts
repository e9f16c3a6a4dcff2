import { domainToASCII } from 'node:url';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Other names of one mail service. Source: the services' own help pages. */
const DOMAIN_ALIASES: Readonly<Record<string, string>> = {
  'googlemail.com': 'gmail.com',
  'me.com': 'icloud.com',
  'mac.com': 'icloud.com',
  'protonmail.com': 'proton.me',
  'protonmail.ch': 'proton.me',
  'pm.me': 'proton.me',
  'ya.ru': 'yandex.ru',
  'yandex.com': 'yandex.ru',
};

/** Services that ignore dots in the local part. Source: Google and Proton help pages. */
const IGNORES_DOTS: ReadonlySet<string> = new Set(['gmail.com', 'proton.me']);

/** Services whose sub-address begins with a hyphen rather than a plus. Source: Yahoo help pages. */
const HYPHEN_TAGS: ReadonlySet<string> = new Set(['yahoo.com', 'yahoo.co.uk', 'yahoo.co.jp', 'ymail.com']);

/**
 * The mailbox behind an e-mail address: letter case, sub-addresses (`name+tag`, RFC 5233), dots where the service
 * ignores them, other names of the service, and the written form of an international domain do not tell mailboxes
 * apart. Idempotent.
 */
export const normaliseEmail = (email: string): string => {
  const text = email.normalize('NFKC').trim().toLowerCase();
  const at = text.lastIndexOf('@');
  if (at < 1) return text;
  const written = text.slice(at + 1);
  const ascii = domainToASCII(written) || written;
  const domain = DOMAIN_ALIASES[ascii] ?? ascii;
  const local = text.slice(0, at);
  const separator = HYPHEN_TAGS.has(domain) ? '-' : '+';
  const tagAt = local.indexOf(separator);
  const mailbox = tagAt > 0 ? local.slice(0, tagAt) : local;
  const withoutDots = IGNORES_DOTS.has(domain) ? mailbox.replaceAll('.', '') : mailbox;
  return `${withoutDots === '' ? mailbox : withoutDots}@${domain}`;
};

/**
 * A telephone number in E.164. `countryHint` (ISO 3166-1) reads a number in national notation; without one, or where
 * the number fits no plan, the digits stand as they are, marked as national so that they meet only their like.
 */
export const normalisePhone = (phone: string, countryHint: string | undefined): string => {
  const trimmed = phone.trim();
  const international = trimmed.startsWith('00') ? `+${trimmed.slice(2)}` : trimmed;
  const country: CountryCode | undefined =
    countryHint !== undefined && isSupportedCountry(countryHint) ? countryHint : undefined;
  const parsed = parsePhoneNumberFromString(international, country);
  if (parsed !== undefined) return parsed.number;
  const digits = international.replace(/\D/g, '');
  return international.startsWith('+') ? `+${digits}` : `national:${countryHint ?? ''}:${digits}`;
};
