import { parse } from 'csv-parse/sync';
import { type NetworkClass, networkClass } from '../../domain/account.ts';
import type { NetworkFacts, NetworkSource } from '../../adapters/network/network-source.ts';
import { parseCidr } from '../../adapters/network/parse-range.ts';
import { type AddressRange, buildRangeTable } from '../../adapters/network/range-table.ts';

/** An address or range with the class that it has in truth. */
export interface LabelledAddress {
  readonly address: string;
  readonly truth: NetworkClass;
}

/** What a file of addresses holds. Lines start at 1. */
export interface AddressFile {
  readonly addresses: readonly LabelledAddress[];
  /** AS numbers and names that the file itself gives, as a source; without any an empty one. */
  readonly names: NetworkSource;
  readonly problems: readonly { readonly line: number; readonly why: string }[];
}

/** First address of a range text such as `192.0.2.0/24`. */
const firstAddress = (text: string): string => text.split('/')[0] ?? text;

/**
 * Reads labelled addresses: CSV with the columns address (or ip, cidr, range) and class, perhaps asn and name; or a plain
 * list, one address or range a line, which are all of `assumed` class.
 */
export const readAddressFile = (text: string, assumed: NetworkClass | undefined): AddressFile => {
  const addresses: LabelledAddress[] = [];
  const problems: { line: number; why: string }[] = [];
  const ranges: AddressRange<NetworkFacts>[] = [];
  const [heading = ''] = text.split('\n', 1);
  const hasHeading = /^\W*(address|ip|cidr|range)\b/i.test(heading);
  const rows: string[][] = parse(text, {
    relaxColumnCount: true,
    skipEmptyLines: true,
    bom: true,
    comment: '#',
    trim: true,
  });
  const columns = hasHeading ? (rows.shift() ?? []).map((name) => name.toLowerCase()) : ['address'];
  const at = (...names: readonly string[]): number => columns.findIndex((name) => names.includes(name));
  const [addressAt, classAt, asnAt, nameAt] = [
    at('address', 'ip', 'cidr', 'range'),
    at('class', 'network_class', 'label'),
    at('asn'),
    at('name', 'network', 'organisation', 'organization'),
  ];
  for (const [position, row] of rows.entries()) {
    const line = position + (hasHeading ? 2 : 1);
    const address = row[addressAt] ?? '';
    const range = parseCidr(address);
    if (range.kind === 'invalid') {
      problems.push({ line, why: range.why });
      continue;
    }
    const given = networkClass.safeParse(row[classAt]?.toUpperCase());
    const truth = given.success ? given.data : assumed;
    if (truth === undefined) {
      problems.push({ line, why: 'no class: give a column class, or --class' });
      continue;
    }
    const asn = Number(/\d+/.exec(row[asnAt] ?? '')?.[0] ?? Number.NaN);
    const networkName = row[nameAt] ?? '';
    if (!Number.isNaN(asn) || networkName !== '')
      ranges.push(
        range.withRecord({
          ...(Number.isNaN(asn) ? {} : { asn }),
          ...(networkName === '' ? {} : { networkName }),
        }),
      );
    addresses.push({ address: firstAddress(address), truth });
  }
  return { addresses, names: { name: 'the addresses’ own file', table: buildRangeTable(ranges) }, problems };
};
