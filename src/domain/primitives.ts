import { z } from 'zod';

/** Text that survives storage and display: no lone surrogate, no NUL. */
export const wellFormedText = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((text) => text.isWellFormed(), {
      error: 'contains a lone surrogate (broken UTF-16)',
    })
    .refine((text) => !text.includes('\u0000'), {
      error: 'contains a NUL character',
    });

/** An identifier that the marketplace gave: 1–128 characters, no white space or control characters. */
export const externalId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{N}._:@/+=~-]+$/u, {
    error: 'may hold letters, digits and . _ : @ / + = ~ - only',
  });

/** Milliseconds of clock difference between a marketplace and Assay that are no error. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** RFC 3339 time with an offset; kept as given, compared as an instant. */
export const timestamp = z.iso.datetime({ offset: true });

/** A time that has already come, give or take clock skew. `nowMs` comes from the caller's clock. */
export const isInFuture = (value: string, nowMs: number): boolean => Date.parse(value) > nowMs + CLOCK_SKEW_MS;

/** ISO 4217 codes in use (Node's own ICU list). */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export const currencyCode = z.string().refine((code) => CURRENCIES.has(code), {
  error: 'is not an ISO 4217 currency code in upper case',
});

/** Integer minor units of the currency (cents, fen, kopecks), never negative. */
export const amountMinor = z.int().min(0).max(1_000_000_000_000);

/** ISO 3166-1 alpha-2, upper case. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, {
  error: 'is not a two-letter country code in upper case',
});

/** BCP 47 language tag, shape only. */
export const languageTag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
  error: 'is not a language tag',
});

/** A probability that is calibrated, 0–1. */
export const probability01 = z.number().min(0).max(1);

/** SHA-256 in lower-case hexadecimal. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
