import type { NetworkClass } from '../../domain/account.ts';
import type { AsnClassSource, NetworkSource } from './network-source.ts';
import type { NameHints } from './name-hints.ts';
import { newAddressWords, readAddress } from './read-address.ts';

/** What is known of an address, and on whose word. */
export interface NetworkAnswer {
  readonly networkClass: NetworkClass;
  readonly asn?: number;
  readonly networkName?: string;
  readonly country?: string;
  /** The source that gave the class; `none` for UNKNOWN. */
  readonly source: string;
  /** Day of that source's data, YYYY-MM-DD. */
  readonly sourceDate?: string;
  /** The class was guessed from the name of the network, which no list has. */
  readonly isInferred?: true;
}

export interface NetworkClassifier {
  readonly classify: (ip: string) => NetworkAnswer;
}

export interface NetworkSources {
  /** Address tables; of two that say the same class the earlier is named. */
  readonly sources: readonly NetworkSource[];
  readonly asnClasses?: readonly AsnClassSource[];
  readonly nameHints?: NameHints;
}

/**
 * When sources differ, the class that harms nobody wins: relays and carriers carry whole populations, so their word
 * goes before that of a VPN list, which is known to hold relay ranges (3,290 in one public list, measured).
 */
const RANK: Readonly<Record<NetworkClass, number>> = {
  PRIVATE: 9,
  RELAY: 8,
  MOBILE: 7,
  TOR: 6,
  VPN: 5,
  HOSTING: 4,
  BUSINESS: 3,
  RESIDENTIAL: 2,
  UNKNOWN: 0,
};

/**
 * Makes a classifier of addresses from tables in memory. A text that is no address is UNKNOWN.
 * Pure and synchronous; looks up at least a million addresses a second (docs/decisions/0160-network-tables.md).
 */
export const createNetworkClassifier = (given: NetworkSources): NetworkClassifier => {
  const words = newAddressWords();
  const { sources, asnClasses = [], nameHints } = given;
  const classByAsn = new Map<number, { networkClass: NetworkClass; source: string; date: string | undefined }>();
  for (const source of asnClasses) {
    for (const [asn, networkClass] of source.classes) {
      const known = classByAsn.get(asn);
      if (known === undefined || RANK[networkClass] > RANK[known.networkClass])
        classByAsn.set(asn, { networkClass, source: source.name, date: source.date });
    }
  }
  return {
    classify: (ip) => {
      const family = readAddress(ip, words);
      if (family === 0) return { networkClass: 'UNKNOWN', source: 'none' };
      let networkClass: NetworkClass = 'UNKNOWN';
      let source = 'none';
      let sourceDate: string | undefined;
      let asn: number | undefined;
      let networkName: string | undefined;
      let country: string | undefined;
      let isInferred = false;
      for (const candidate of sources) {
        const facts = candidate.table.find(words, family);
        if (facts === undefined) continue;
        asn ??= facts.asn;
        networkName ??= facts.networkName;
        country ??= facts.country;
        if (facts.networkClass !== undefined && RANK[facts.networkClass] > RANK[networkClass]) {
          networkClass = facts.networkClass;
          source = candidate.name;
          sourceDate = candidate.date;
        }
      }
      const ofAsn = asn === undefined ? undefined : classByAsn.get(asn);
      if (ofAsn !== undefined && RANK[ofAsn.networkClass] > RANK[networkClass]) {
        networkClass = ofAsn.networkClass;
        source = ofAsn.source;
        sourceDate = ofAsn.date;
      }
      if (networkClass === 'UNKNOWN' && networkName !== undefined && nameHints !== undefined) {
        const hinted = nameHints.classOf(networkName);
        if (hinted !== 'UNKNOWN') {
          networkClass = hinted;
          source = nameHints.name;
          isInferred = true;
        }
      }
      return {
        networkClass,
        ...(asn === undefined ? {} : { asn }),
        ...(networkName === undefined ? {} : { networkName }),
        ...(country === undefined ? {} : { country }),
        source,
        ...(sourceDate === undefined ? {} : { sourceDate }),
        ...(isInferred ? { isInferred } : {}),
      };
    },
  };
};
