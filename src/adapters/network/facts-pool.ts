import type { NetworkFacts } from './network-source.ts';

/** Hands out one object for equal facts, so that a table of millions of ranges holds each network once. */
export const createFactsPool = (): ((facts: NetworkFacts) => NetworkFacts) => {
  const pool = new Map<string, NetworkFacts>();
  return (facts) => {
    const key = `${facts.networkClass ?? ''}|${facts.asn ?? ''}|${facts.country ?? ''}|${facts.networkName ?? ''}`;
    const known = pool.get(key);
    if (known !== undefined) return known;
    pool.set(key, facts);
    return facts;
  };
};
