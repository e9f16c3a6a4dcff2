import { parse } from 'csv-parse/sync';
import { createFactsPool } from './facts-pool.ts';
import type { NetworkFacts, NetworkSource, ReadSource, SourceOrigin, SourceProblem } from './network-source.ts';
import { parseCidr, parseSpan } from './parse-range.ts';
import { type AddressRange, buildRangeTable } from './range-table.ts';

const asnOf = (text: string): number | undefined => {
  const digits = /^(?:AS)?(\d{1,10})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/**
 * Reads a table of address ranges with the autonomous system that announces them, in one of the usual CSV forms:
 * `first,last,asn,name` or `range,asn,name`, with or without a heading. A country code in place of the ASN makes it
 * a country table. AS number 0 stands for «not announced» and is left out.
 */
export const readAsnTable = (text: string, origin: SourceOrigin): ReadSource<NetworkSource> => {
  const rows: string[][] = parse(text, { relaxColumnCount: true, skipEmptyLines: true, bom: true, relaxQuotes: true });
  const ranges: AddressRange<NetworkFacts>[] = [];
  const problems: SourceProblem[] = [];
  const pooled = createFactsPool();
  const factsOf = (key: string, name: string): NetworkFacts | undefined => {
    const asn = asnOf(key);
    if (asn !== undefined) return pooled({ asn, ...(name === '' ? {} : { networkName: name }) });
    return /^[A-Z]{2}$/.test(key) ? pooled({ country: key }) : undefined;
  };
  for (const [position, row] of rows.entries()) {
    const [first = '', second = '', third = '', fourth = ''] = row;
    const isCidr = first.includes('/');
    const range = isCidr ? parseCidr(first) : parseSpan(first, second);
    if (range.kind === 'invalid') {
      // The first row may be a heading.
      if (position > 0) problems.push({ line: position + 1, why: range.why });
      continue;
    }
    const key = (isCidr ? second : third).trim();
    if (key === '' || key === '0') continue;
    const facts = factsOf(key, (isCidr ? third : fourth).trim());
    if (facts === undefined)
      problems.push({ line: position + 1, why: `«${key}» is neither an AS number nor a country` });
    else ranges.push(range.withRecord(facts));
  }
  return { source: { ...origin, table: buildRangeTable(ranges) }, problems };
};
