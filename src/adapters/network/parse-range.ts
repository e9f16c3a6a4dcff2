import type { AddressRange } from './range-table.ts';
import { newAddressWords, readAddress } from './read-address.ts';

const words = newAddressWords();

/** An address as one integer; `kind: 'invalid'` where the text is none. */
export const parseAddress = (
  text: string,
): { kind: 'v4'; value: number } | { kind: 'v6'; value: bigint } | { kind: 'invalid' } => {
  const family = readAddress(text, words);
  if (family === 0) return { kind: 'invalid' };
  if (family === 4) return { kind: 'v4', value: words[0] ?? 0 };
  let value = 0n;
  for (const word of words) value = (value << 32n) | BigInt(word);
  return { kind: 'v6', value };
};

/** A range without what is known of it, or why the text is no range. */
export type ParsedRange =
  | { readonly kind: 'range'; withRecord<R>(record: R): AddressRange<R> }
  | { readonly kind: 'invalid'; readonly why: string };

const rangeFour = (start: number, end: number): ParsedRange => ({
  kind: 'range',
  withRecord: (record) => ({ family: 4, start, end, record }),
});
const rangeSix = (start: bigint, end: bigint): ParsedRange => ({
  kind: 'range',
  withRecord: (record) => ({ family: 6, start, end, record }),
});

/** Reads `192.0.2.0/24`, `2001:db8::/32` or a single address. Bits beyond the prefix are cleared. */
export const parseCidr = (text: string): ParsedRange => {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address.kind === 'invalid') return { kind: 'invalid', why: `«${text}» is not an address` };
  const maxBits = address.kind === 'v4' ? 32 : 128;
  const prefixText = slash < 0 ? String(maxBits) : text.slice(slash + 1);
  const prefixBits = Number(prefixText);
  if (!/^\d{1,3}$/.test(prefixText) || prefixBits > maxBits)
    return { kind: 'invalid', why: `«${text}» needs a prefix length of 0–${maxBits}` };
  if (address.kind === 'v4') {
    const size = 2 ** (32 - prefixBits);
    const start = address.value - (address.value % size);
    return rangeFour(start, start + size);
  }
  const size = 1n << BigInt(128 - prefixBits);
  const start = address.value - (address.value % size);
  return rangeSix(start, start + size);
};

/** Reads a range from its first and last address, both inclusive and of one family. */
export const parseSpan = (first: string, last: string): ParsedRange => {
  const [from, to] = [parseAddress(first), parseAddress(last)];
  if (from.kind === 'v4' && to.kind === 'v4' && from.value <= to.value) return rangeFour(from.value, to.value + 1);
  if (from.kind === 'v6' && to.kind === 'v6' && from.value <= to.value) return rangeSix(from.value, to.value + 1n);
  return { kind: 'invalid', why: `«${first}» to «${last}» is not a range of addresses` };
};
