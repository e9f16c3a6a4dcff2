import { coreSeeds, neighboursOf } from './pair-cores.ts';
import { growRing } from './grow-ring.ts';
import { isNewcomer, newcomerWeights } from './newcomers.ts';
import { partRing } from './part-ring.ts';
import type { GrowthInput, RingHypothesis } from './ring-hypothesis.ts';
import { ATTACK, PRAISE } from './review-event.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';
import { strongPartners, type StrongPair } from './strong-pairs.ts';

/** What is known of accounts apart from their reviews. */
export interface AccountKnowledge {
  /** How strongly two accounts are linked by devices, payments and the like, in nats; 0 where nothing is known. */
  readonly accountLinks?: (a: string, b: string) => number;
  readonly registeredAtMs?: (accountId: string) => number | undefined;
}

/** Partners of an account that are tried one by one: the strongest partners almost always lie in the ring, if there is one. */
const PARTNERS_TRIED = 4;

/** Rings around one account: with all its strong partners at once, then with one at a time. Most likely first. */
export const ringsAround = (
  state: RingState,
  account: number,
  settings: RingSettings,
  knowledge: AccountKnowledge,
): RingHypothesis[] => {
  const rings: RingHypothesis[] = [];
  for (const polarity of [PRAISE, ATTACK]) {
    const partners = strongPartners(state, account, polarity, settings.minPairNats);
    if (partners.length === 0) continue;
    const input = growthInput(state, polarity, settings, knowledge);
    const others = partners.map((pair) => (pair.a === account ? pair.b : pair.a));
    let best = mostLikely([[account, ...others]], input);
    for (const other of others.slice(0, PARTNERS_TRIED)) {
      // A partner who is in the ring already would grow into the same one.
      if (best.some(({ members }) => members.includes(other) && members.includes(account))) continue;
      const found = mostLikely([[account, other]], input);
      if (sumOfNats(found) > sumOfNats(best)) best = found;
    }
    rings.push(...best);
  }
  return rings.sort((a, b) => b.nats - a.nats);
};

/** Where a sweep begins to search. */
export interface RingSeeds {
  /** Most surprising first. */
  readonly pairs: readonly StrongPair[];
  /** Accounts that are tried together, and before the pairs: for example the blocks of a peeling. */
  readonly groups: readonly (readonly number[])[];
}

/**
 * Rings grown from these seeds, each told as soon as it is found; each account is in at most one ring a direction, and
 * the first to be found claims its accounts. Nothing is told at a step that found nothing.
 */
export function* ringsOfSeeds(
  state: RingState,
  seeds: RingSeeds,
  settings: RingSettings,
  knowledge: AccountKnowledge,
): Generator<readonly RingHypothesis[]> {
  for (const polarity of [PRAISE, ATTACK]) {
    const input = growthInput(state, polarity, settings, knowledge);
    const here = seeds.pairs.filter((pair) => ((pair.lanes[0] ?? 0) & 1) === polarity);
    const neighbours = neighboursOf(here);
    const claimed = new Set<number>();
    const claim = (found: readonly RingHypothesis[]): readonly RingHypothesis[] =>
      found.filter((ring) => {
        if (ring.members.some((member) => claimed.has(member))) return false;
        for (const member of ring.members) claimed.add(member);
        return true;
      });
    for (const seed of [...seeds.groups, ...coreSeeds(here, settings.minMembers)]) {
      const free = seed.filter((account) => !claimed.has(account));
      yield free.length >= settings.minMembers ? claim(mostLikely([free], input)) : [];
    }
    const tries = new Map<number, number>();
    for (const { a, b } of here) {
      if (claimed.has(a) || claimed.has(b)) continue;
      const [triesA, triesB] = [tries.get(a) ?? 0, tries.get(b) ?? 0];
      if (triesA >= PARTNERS_TRIED && triesB >= PARTNERS_TRIED) continue;
      tries.set(a, triesA + 1).set(b, triesB + 1);
      const around = new Set(neighbours.get(b));
      const both = (neighbours.get(a) ?? []).filter((account) => around.has(account));
      yield claim(
        mostLikely(
          [
            [a, ...(neighbours.get(a) ?? [])],
            [a, b, ...both],
            [a, b],
          ],
          input,
        ),
      );
    }
  }
}

/** The likeliest of what grows from each set of seeds, in its parts where it has some; none if nothing convinces. */
const mostLikely = (seedSets: readonly (readonly number[])[], input: GrowthInput): readonly RingHypothesis[] => {
  let best: readonly RingHypothesis[] = [];
  for (const seeds of seedSets) {
    const ring = growRing(seeds, input);
    if (ring === undefined || ring.members.length < input.settings.minMembers) continue;
    if (ring.nats <= input.settings.minRingNats) continue;
    const parts = partRing(ring, input);
    if (sumOfNats(parts) > sumOfNats(best)) best = parts;
  }
  return best;
};

const sumOfNats = (rings: readonly RingHypothesis[]): number => rings.reduce((sum, { nats }) => sum + nats, 0);

const growthInput = (
  state: RingState,
  polarity: number,
  settings: RingSettings,
  knowledge: AccountKnowledge,
): GrowthInput => {
  const { freshNats, settledNats } = newcomerWeights(state, settings, knowledge);
  return {
    state,
    polarity,
    settings,
    besideNats: (account) => {
      const isFresh = isNewcomer(state, account, settings, knowledge);
      return isFresh === undefined ? 0 : isFresh ? freshNats : settledNats;
    },
  };
};
