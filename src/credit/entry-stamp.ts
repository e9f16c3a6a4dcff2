import { canonicalJson, sha256Of } from './hash-chain.ts';

/** What every builder stamps on its entries. */
export interface EntryStamp {
  readonly sellerLegalId: string;
  readonly recordedAtMs: number;
  readonly rulesetVersion: string;
}

/** The same event gives the same id, so that a second delivery of it changes nothing. */
export const entryIdOf = (...parts: readonly (string | number)[]): string =>
  `ce-${sha256Of(canonicalJson(parts)).slice(0, 40)}`;
