import type { NetworkClass } from '../../domain/account.ts';
import type {
  AsnClassSource,
  NetworkFacts,
  NetworkSource,
  ReadSource,
  SourceOrigin,
  SourceProblem,
} from './network-source.ts';
import { parseCidr } from './parse-range.ts';
import { type AddressRange, buildRangeTable } from './range-table.ts';

/** Calls `take` with each line that holds more than a comment (`#` or `;` to the end of the line). */
const eachEntry = (text: string, take: (entry: string, line: number) => void): void => {
  for (const [position, line] of text.split(/\r?\n/).entries()) {
    const entry = line.replace(/[#;].*$/, '').trim();
    if (entry !== '') take(entry, position + 1);
  }
};

/** Reads a list of CIDR ranges or single addresses, one a line, that all belong to one class of network. */
export const readCidrList = (
  text: string,
  networkClass: NetworkClass,
  origin: SourceOrigin,
): ReadSource<NetworkSource> => {
  const facts: NetworkFacts = { networkClass };
  const ranges: AddressRange<NetworkFacts>[] = [];
  const problems: SourceProblem[] = [];
  eachEntry(text, (entry, line) => {
    // Lists in CSV form (Apple's egress list) have the range in the first column.
    const range = parseCidr(entry.split(',')[0]?.trim() ?? '');
    if (range.kind === 'range') ranges.push(range.withRecord(facts));
    else problems.push({ line, why: range.why });
  });
  return { source: { ...origin, table: buildRangeTable(ranges) }, problems };
};

/** Reads a list of autonomous systems (`AS9009` or `9009`, one a line) that all belong to one class of network. */
export const readAsnList = (
  text: string,
  networkClass: NetworkClass,
  origin: SourceOrigin,
): ReadSource<AsnClassSource> => {
  const classes = new Map<number, NetworkClass>();
  const problems: SourceProblem[] = [];
  eachEntry(text, (entry, line) => {
    const number = /^(?:AS)?(\d{1,10})\b/i.exec(entry)?.[1];
    if (number === undefined)
      problems.push({ line, why: `«${entry.slice(0, 40)}» is not a number of an autonomous system` });
    else classes.set(Number(number), networkClass);
  });
  return { source: { ...origin, classes }, problems };
};
