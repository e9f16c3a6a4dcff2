import { createNetworkClassifier, type NetworkSources } from '../../adapters/network/classify-address.ts';
import type { NetworkFacts } from '../../adapters/network/network-source.ts';
import type { NetworkClass } from '../../domain/account.ts';
import type { LabelledAddress } from './address-file.ts';

/** Classes that hide where somebody is. RELAY is not among them: it never weighs against anybody. */
const HIDING: ReadonlySet<NetworkClass> = new Set(['VPN', 'HOSTING', 'TOR']);

/** How well addresses were classified. Shares are 0–1. */
export interface NetworkEvaluation {
  readonly addresses: number;
  /** Answers by true class: true class → answered class → addresses. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Of addresses that are VPN, hosting or Tor in truth: the share that was recognised as one of them. */
  readonly hiddenRecognised01: number;
  /** Of these, those of which a list said so; the others were guessed from the name. */
  readonly hiddenListed01: number;
  /** Systems (AS) of hidden addresses, and the mean over them of the share recognised, so that none counts by its size. */
  readonly hiddenSystems: number;
  readonly recognisedBySystem01: number;
  /** Of relay and carrier addresses: the share that was taken for VPN, hosting or Tor. It should be 0. */
  readonly protectedMistaken01: number;
  /** Share of answers that were guessed from the name of the network. */
  readonly inferred01: number;
  readonly lookupsPerSecond: number;
}

/**
 * The sources without anything that names an address's own network as VPN or hosting: no lists of AS numbers, no ranges
 * of these classes. Since only the entries of an address's own system can apply to it, this equals leaving out each
 * address's system in turn. What remains is what the name, relay, carrier and Tor sources say.
 */
export const holdOutOwnNetwork = (sources: NetworkSources): NetworkSources => ({
  sources: sources.sources.map((source) => ({
    ...source,
    table: source.table.mapRecords((facts): NetworkFacts => {
      if (facts.networkClass !== 'VPN' && facts.networkClass !== 'HOSTING') return facts;
      const { networkClass: _heldOut, networkName, ...rest } = facts;
      // The default ranges are named after their owner; that name is part of what is held out.
      return rest.asn === undefined || networkName === undefined ? rest : { ...rest, networkName };
    }),
  })),
  ...(sources.nameHints === undefined ? {} : { nameHints: sources.nameHints }),
});

/**
 * The sources without any word of VPN providers, as if each provider had just come up: no VPN ranges, no VPN systems.
 * What is left to recognise it by is whose machines it runs on (hosting ranges and systems), its name, and Tor.
 */
export const holdOutVpnLists = (sources: NetworkSources): NetworkSources => ({
  ...sources,
  sources: sources.sources.map((source) => ({
    ...source,
    table: source.table.mapRecords((facts): NetworkFacts => {
      if (facts.networkClass !== 'VPN') return facts;
      const { networkClass: _heldOut, ...rest } = facts;
      return rest;
    }),
  })),
  ...(sources.asnClasses === undefined
    ? {}
    : {
        asnClasses: sources.asnClasses.map((source) => ({
          ...source,
          classes: new Map([...source.classes].filter(([, networkClass]) => networkClass !== 'VPN')),
        })),
      }),
});

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Classifies every address and compares with the truth. `nowMs` is a clock for the timing only. */
export const evaluateNetworks = (
  addresses: readonly LabelledAddress[],
  sources: NetworkSources,
  nowMs: () => number,
): NetworkEvaluation => {
  const { classify } = createNetworkClassifier(sources);
  const answers: Record<string, Record<string, number>> = {};
  let hidden = 0;
  let recognised = 0;
  let protectedCount = 0;
  let mistaken = 0;
  let inferred = 0;
  let listed = 0;
  const systems = new Map<number, { hidden: number; recognised: number }>();
  for (const { address, truth } of addresses) {
    const answer = classify(address);
    const row = answers[truth] ?? {};
    row[answer.networkClass] = (row[answer.networkClass] ?? 0) + 1;
    answers[truth] = row;
    const isHiding = HIDING.has(answer.networkClass);
    if (answer.isInferred === true) inferred += 1;
    if (HIDING.has(truth)) {
      hidden += 1;
      if (isHiding) recognised += 1;
      if (isHiding && answer.isInferred !== true) listed += 1;
      if (answer.asn !== undefined) {
        const system = systems.get(answer.asn) ?? { hidden: 0, recognised: 0 };
        system.hidden += 1;
        if (isHiding) system.recognised += 1;
        systems.set(answer.asn, system);
      }
    }
    if (truth === 'RELAY' || truth === 'MOBILE') {
      protectedCount += 1;
      if (isHiding) mistaken += 1;
    }
  }
  return {
    addresses: addresses.length,
    answers,
    hiddenRecognised01: share(recognised, hidden),
    hiddenListed01: share(listed, hidden),
    hiddenSystems: systems.size,
    recognisedBySystem01: share(
      [...systems.values()].reduce((sum, system) => sum + system.recognised / system.hidden, 0),
      systems.size,
    ),
    protectedMistaken01: share(mistaken, protectedCount),
    inferred01: share(inferred, addresses.length),
    lookupsPerSecond: measureSpeed(classify, addresses, nowMs),
  };
};

/** Look-ups a second over the addresses given, repeated for at least 0.3 s after a warm-up round. */
const measureSpeed = (
  classify: (ip: string) => unknown,
  addresses: readonly LabelledAddress[],
  nowMs: () => number,
): number => {
  if (addresses.length === 0) return 0;
  for (const { address } of addresses) classify(address);
  let lookups = 0;
  const startMs = nowMs();
  do {
    for (const { address } of addresses) classify(address);
    lookups += addresses.length;
  } while (nowMs() - startMs < 300);
  return Math.round((1000 * lookups) / (nowMs() - startMs));
};
