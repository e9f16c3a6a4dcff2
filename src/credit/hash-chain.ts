import { createHash } from 'node:crypto';
import type { CreditEntry, CreditEntryDraft } from '../domain/credit.ts';

/** `prevHash` of the first entry of a chain. */
export const CHAIN_START = '0'.repeat(64);

/** JSON with the keys of every object sorted and absent values left out: the same value gives the same text. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
};

/** SHA-256 of a text, lower-case hexadecimal. */
export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Links an entry to the one before it of the same legal entity. */
export const chainEntry = (prevHash: string, draft: CreditEntryDraft): CreditEntry => ({
  ...draft,
  prevHash,
  hash: sha256Of(prevHash + canonicalJson(draft)),
});

/** Links entries one after the other, the first to `prevHash`. */
export const chainEntries = (prevHash: string, drafts: readonly CreditEntryDraft[]): CreditEntry[] => {
  const chained: CreditEntry[] = [];
  let last = prevHash;
  for (const draft of drafts) {
    const entry = chainEntry(last, draft);
    chained.push(entry);
    last = entry.hash;
  }
  return chained;
};

export type ChainCheck =
  { readonly kind: 'whole' } | { readonly kind: 'broken'; readonly entryId: string; readonly why: string };

/** Whether the entries, in the order in which they were recorded, are unchanged and none is missing between them. */
export const verifyChain = (entries: readonly CreditEntry[], prevHash: string = CHAIN_START): ChainCheck => {
  let last = prevHash;
  for (const entry of entries) {
    const { prevHash: claimed, hash, ...draft } = entry;
    if (claimed !== last)
      return { kind: 'broken', entryId: entry.entryId, why: 'It does not follow the entry before: one is missing.' };
    if (sha256Of(claimed + canonicalJson(draft)) !== hash)
      return { kind: 'broken', entryId: entry.entryId, why: 'Its content was changed after it was recorded.' };
    last = hash;
  }
  return { kind: 'whole' };
};
