import type { Finding } from '../../domain/finding.ts';
import { ringsOfPairs, type AccountKnowledge } from './find-rings.ts';
import { convincingRings } from './convincing-rings.ts';
import type { Ring } from './ring.ts';
import { draftOf } from './ring-hypothesis.ts';
import type { RingDraft } from './ring-terms.ts';
import { ATTACK, PRAISE } from './review-event.ts';
import { sellerBurst, textFamily } from './side-rings.ts';
import { ringFinding } from './ring-finding.ts';
import { nameRing, type KnownRing } from './ring-id.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';
import { strongPairs } from './strong-pairs.ts';

/** A ring that a sweep found, with the finding to be filed about the ring as such. */
export interface SweptRing {
  readonly ringId: string;
  readonly ring: Ring;
  readonly finding: Finding;
}

/** What is known of accounts and of rings that have a name, and where else to begin a search. */
export interface SweepKnowledge extends AccountKnowledge {
  readonly knownRings?: readonly KnownRing[];
  /** Groups of account ids, for example the blocks of `peelNextSlice`. */
  readonly seedGroups?: readonly (readonly string[])[];
}

/** What a sweep saw. */
export interface RingSweep {
  /** Most likely first. */
  readonly rings: readonly SweptRing[];
  /** Sum of the surprise, in nats, of the account's strong pairs; accounts without one are left out. */
  readonly pairNatsByAccount: ReadonlyMap<string, number>;
}

/**
 * Every ring among the live reviews: the scheduled job's look at everything, which also finds rings whose last review
 * came before their pattern was clear. The caller expires the state to its moment first; nothing is changed here.
 */
export const surveyRings = (state: RingState, settings: RingSettings, knowledge: SweepKnowledge = {}): RingSweep => {
  const pairs = strongPairs(state, settings.minPairNats);
  const pairNatsByAccount = new Map<string, number>();
  for (const { a, b, nats } of pairs) {
    for (const account of [a, b]) {
      const id = state.accountId(account);
      pairNatsByAccount.set(id, (pairNatsByAccount.get(id) ?? 0) + nats);
    }
  }
  const seedGroups = (knowledge.seedGroups ?? []).map((ids) => ids.flatMap((id) => state.accountNumber(id) ?? []));
  const drafts = [
    ...ringsOfPairs(state, pairs, settings, knowledge, seedGroups).map(draftOf),
    ...textFamilies(state, settings),
    ...sellerBursts(state, settings),
  ];
  // Two rings that were told as one before cannot both go on under its name.
  const taken = new Set<string>();
  const rings = convincingRings(state, drafts, settings, knowledge).map((ring) => {
    const name = nameRing(ring, knowledge.knownRings ?? [], taken);
    for (const ringId of [name.ringId, ...name.mergedRingIds]) taken.add(ringId);
    return { ringId: name.ringId, ring, finding: ringFinding(state, ring, name, settings) };
  });
  return { rings, pairNatsByAccount };
};

/** The rings of `surveyRings` alone, most likely first. */
export const sweepRings = (
  state: RingState,
  settings: RingSettings,
  knowledge: SweepKnowledge = {},
): readonly SweptRing[] => surveyRings(state, settings, knowledge).rings;

/** Families of alike texts, each found from its earliest review that no earlier family holds. */
const textFamilies = (state: RingState, settings: RingSettings): RingDraft[] => {
  const families: RingDraft[] = [];
  const seen = new Set<number>();
  for (const slot of state.textSlots()) {
    if (seen.has(slot)) continue;
    const family = textFamily(state, slot, settings);
    if (family === undefined) continue;
    for (const member of family.slots) seen.add(member);
    families.push(family);
  }
  return families;
};

const sellerBursts = (state: RingState, settings: RingSettings): RingDraft[] =>
  state
    .sellerIds()
    .filter((sellerId) => sellerId !== '')
    .sort()
    .flatMap((sellerId) =>
      [PRAISE, ATTACK].flatMap((polarity) => sellerBurst(state, { sellerId, polarity }, settings) ?? []),
    );
