import type { Finding } from '../../domain/finding.ts';
import { ringsOfSeeds, type AccountKnowledge, type RingSeeds } from './find-rings.ts';
import { convincingRing, keepDistinct } from './convincing-rings.ts';
import type { Ring } from './ring.ts';
import { draftOf } from './ring-hypothesis.ts';
import type { RingDraft } from './ring-terms.ts';
import { ATTACK, PRAISE } from './review-event.ts';
import { sellerBurst, textFamily } from './side-rings.ts';
import { ringFinding } from './ring-finding.ts';
import { nameRing, type KnownRing } from './ring-id.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';
import { runThrough, type Steps } from './steps.ts';
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
 * came before their pattern was clear. The caller expires the state to its moment first; nothing is changed here. The
 * work can be laid down after each step while numbers keep their meaning (`RingState.keepNumbers`); reviews that come
 * and go meanwhile are seen or not.
 */
export function* surveyRings(
  state: RingState,
  settings: RingSettings,
  knowledge: SweepKnowledge = {},
): Steps<RingSweep> {
  const pairs = yield* strongPairs(state, settings.minPairNats);
  const pairNatsByAccount = new Map<string, number>();
  for (const { a, b, nats } of pairs) {
    for (const account of [a, b]) {
      const id = state.accountId(account);
      pairNatsByAccount.set(id, (pairNatsByAccount.get(id) ?? 0) + nats);
    }
  }
  const groups = (knowledge.seedGroups ?? []).map((ids) => ids.flatMap((id) => state.accountNumber(id) ?? []));
  const found: Ring[] = [];
  const describe = function* (drafts: Iterable<readonly RingDraft[]>): Steps<void> {
    for (const some of drafts) {
      // Described before the next pause: a draft's slots are those of this moment.
      for (const draft of some) found.push(...convincingRing(state, draft, settings, knowledge));
      yield;
    }
  };
  yield* describe(draftsOfSeeds(state, { pairs, groups }, settings, knowledge));
  yield* describe(textFamilies(state, settings));
  yield* describe(sellerBursts(state, settings));
  // Two rings that were told as one before cannot both go on under its name.
  const taken = new Set<string>();
  const rings: SweptRing[] = [];
  for (const ring of keepDistinct(found)) {
    const name = nameRing(ring, knowledge.knownRings ?? [], taken);
    for (const ringId of [name.ringId, ...name.mergedRingIds]) taken.add(ringId);
    rings.push({ ringId: name.ringId, ring, finding: ringFinding(state, ring, name, settings) });
    yield;
  }
  return { rings, pairNatsByAccount };
}

/** The rings of `surveyRings` alone, most likely first, found without a pause. */
export const sweepRings = (
  state: RingState,
  settings: RingSettings,
  knowledge: SweepKnowledge = {},
): readonly SweptRing[] => runThrough(surveyRings(state, settings, knowledge)).rings;

function* draftsOfSeeds(
  state: RingState,
  seeds: RingSeeds,
  settings: RingSettings,
  knowledge: AccountKnowledge,
): Generator<readonly RingDraft[]> {
  for (const rings of ringsOfSeeds(state, seeds, settings, knowledge)) yield rings.map(draftOf);
}

/** Families of alike texts, each found from its earliest review that no earlier family holds. */
function* textFamilies(state: RingState, settings: RingSettings): Generator<readonly RingDraft[]> {
  const seen = new Set<number>();
  for (const slots of state.slotsByDay()) {
    for (const slot of slots) {
      if (seen.has(slot) || !state.isTextCompared(slot)) continue;
      const family = textFamily(state, slot, settings);
      for (const member of family?.slots ?? []) seen.add(member);
      yield family === undefined ? [] : [family];
    }
  }
}

function* sellerBursts(state: RingState, settings: RingSettings): Generator<readonly RingDraft[]> {
  for (const sellerId of state.sellerIds()) {
    if (sellerId === '') continue;
    yield [PRAISE, ATTACK].flatMap((polarity) => sellerBurst(state, { sellerId, polarity }, settings) ?? []);
  }
}
