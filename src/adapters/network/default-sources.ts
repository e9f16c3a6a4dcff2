import type { NetworkClass } from '../../domain/account.ts';
import type { NetworkSources } from './classify-address.ts';
import { createNameHints } from './name-hints.ts';
import type { AsnClassSource, NetworkFacts, NetworkSource } from './network-source.ts';
import { parseCidr } from './parse-range.ts';
import { type AddressRange, buildRangeTable } from './range-table.ts';
import type { NetworkSettings } from './settings.ts';
import { specialRangesSource } from './special-ranges.ts';

const DEFAULT_NAME = 'Assay default networks';

/** The sources that need no operator's file: special ranges, and the ranges, AS numbers and name words of the rules. */
export const defaultNetworkSources = (settings: NetworkSettings): Required<NetworkSources> => {
  const ranges: AddressRange<NetworkFacts>[] = [];
  for (const group of settings.ranges) {
    const facts: NetworkFacts = { networkClass: group.class, networkName: group.name };
    for (const text of group.cidrs) {
      const range = parseCidr(text);
      if (range.kind === 'range') ranges.push(range.withRecord(facts));
    }
  }
  const classes = new Map<number, NetworkClass>();
  for (const group of settings.asns) {
    for (const asn of Object.keys(group.networks)) classes.set(Number(asn), group.class);
  }
  const source: NetworkSource = { name: DEFAULT_NAME, date: settings.date, table: buildRangeTable(ranges) };
  const asnSource: AsnClassSource = { name: DEFAULT_NAME, date: settings.date, classes };
  return {
    sources: [specialRangesSource(), source],
    asnClasses: [asnSource],
    nameHints: createNameHints(
      settings.nameHints.map((rule) => ({ networkClass: rule.class, words: rule.words, parts: rule.parts })),
    ),
  };
};
