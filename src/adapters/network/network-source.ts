import type { NetworkClass } from '../../domain/account.ts';
import type { RangeTable } from './range-table.ts';

/** What one source knows of an address. */
export interface NetworkFacts {
  readonly networkClass?: NetworkClass;
  readonly asn?: number;
  readonly networkName?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

/** A table of addresses with its origin, so that a verdict can say on whose word it stands, and how old the word is. */
export interface NetworkSource {
  readonly name: string;
  /** Day of the data, YYYY-MM-DD. */
  readonly date?: string;
  readonly table: RangeTable<NetworkFacts>;
}

/** Classes of whole autonomous systems, by number. */
export interface AsnClassSource {
  readonly name: string;
  readonly date?: string;
  readonly classes: ReadonlyMap<number, NetworkClass>;
}

/** A line of an operator's file that could not be used. Line numbers start at 1. */
export interface SourceProblem {
  readonly line: number;
  readonly why: string;
}

/** A source that was read, and the lines that were left out. */
export interface ReadSource<S> {
  readonly source: S;
  readonly problems: readonly SourceProblem[];
}

/** Name and date of a file, for its source. */
export interface SourceOrigin {
  readonly name: string;
  readonly date?: string;
}
