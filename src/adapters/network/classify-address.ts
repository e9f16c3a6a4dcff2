import type { NetworkClass } from '../../domain/account.ts';
import type { AsnClassSource, NetworkFacts, NetworkSource } from './network-source.ts';
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

/** What one record of one source comes to, worked out once when the classifier is made. */
interface Resolved {
  readonly answer: NetworkAnswer;
  readonly rank: number;
  /** The class that the network's name suggests, where nothing says more. */
  readonly hinted: NetworkClass;
}

type Draft = { -readonly [Key in keyof NetworkAnswer]: NetworkAnswer[Key] };

/** Works out the class of a record from the record itself and from the class of its autonomous system. */
const resolver = (asnClasses: readonly AsnClassSource[], nameHints: NameHints | undefined) => {
  const classByAsn = new Map<number, { networkClass: NetworkClass; source: string; date: string | undefined }>();
  for (const source of asnClasses) {
    for (const [asn, networkClass] of source.classes) {
      const known = classByAsn.get(asn);
      if (known === undefined || RANK[networkClass] > RANK[known.networkClass])
        classByAsn.set(asn, { networkClass, source: source.name, date: source.date });
    }
  }
  return (facts: NetworkFacts, source: NetworkSource): Resolved => {
    const answer: Draft = { networkClass: 'UNKNOWN', source: 'none' };
    const say = (networkClass: NetworkClass, name: string, date: string | undefined): void => {
      answer.networkClass = networkClass;
      answer.source = name;
      if (date === undefined) delete answer.sourceDate;
      else answer.sourceDate = date;
    };
    if (facts.asn !== undefined) answer.asn = facts.asn;
    if (facts.networkName !== undefined) answer.networkName = facts.networkName;
    if (facts.country !== undefined) answer.country = facts.country;
    if (facts.networkClass !== undefined) say(facts.networkClass, source.name, source.date);
    const ofAsn = facts.asn === undefined ? undefined : classByAsn.get(facts.asn);
    if (ofAsn !== undefined && RANK[ofAsn.networkClass] > RANK[answer.networkClass])
      say(ofAsn.networkClass, ofAsn.source, ofAsn.date);
    const hinted =
      facts.networkName === undefined || nameHints === undefined ? 'UNKNOWN' : nameHints.classOf(facts.networkName);
    const rank = RANK[answer.networkClass];
    if (rank === 0 && hinted !== 'UNKNOWN') {
      say(hinted, nameHints?.name ?? 'none', undefined);
      answer.isInferred = true;
    }
    return { answer, rank, hinted };
  };
};

const UNKNOWN_ANSWER: NetworkAnswer = { networkClass: 'UNKNOWN', source: 'none' };

/** One answer of two records: the class that ranks higher, names and numbers of the earlier source. */
const merge = (first: Resolved, second: Resolved): Resolved => {
  const winner = second.rank > first.rank ? second : first;
  const names = first.answer;
  const others = second.answer;
  const answer: Draft = { networkClass: winner.answer.networkClass, source: winner.answer.source };
  const asn = names.asn ?? others.asn;
  const networkName = names.networkName ?? others.networkName;
  const country = names.country ?? others.country;
  if (asn !== undefined) answer.asn = asn;
  if (networkName !== undefined) answer.networkName = networkName;
  if (country !== undefined) answer.country = country;
  if (winner.answer.sourceDate !== undefined) answer.sourceDate = winner.answer.sourceDate;
  const hinted = names.networkName === undefined ? second.hinted : first.hinted;
  if (winner.rank === 0 && hinted !== 'UNKNOWN') {
    const guess = first.hinted === hinted ? first.answer : second.answer;
    answer.networkClass = hinted;
    answer.source = guess.source;
    answer.isInferred = true;
  }
  return { answer, rank: winner.rank, hinted };
};

/**
 * Makes a classifier of addresses from tables in memory. A text that is no address is UNKNOWN. Answers are shared
 * objects: an address that one source knows costs no allocation. Pure and synchronous; at least a million addresses a
 * second (docs/decisions/0160-network-tables.md).
 */
export const createNetworkClassifier = (given: NetworkSources): NetworkClassifier => {
  const words = newAddressWords();
  const resolve = resolver(given.asnClasses ?? [], given.nameHints);
  const tables = given.sources.map((source) => source.table.mapRecords((facts) => resolve(facts, source)));
  return {
    classify: (ip) => {
      const family = readAddress(ip, words);
      if (family === 0) return UNKNOWN_ANSWER;
      let known: Resolved | undefined;
      for (const table of tables) {
        const found = table.find(words, family);
        if (found !== undefined) known = known === undefined ? found : merge(known, found);
      }
      return known?.answer ?? UNKNOWN_ANSWER;
    },
  };
};
