import type { Finding } from '../../domain/finding.ts';
import { allRings, type AccountKnowledge } from './find-rings.ts';
import { describeRing, type Ring } from './ring.ts';
import { ringFinding } from './ring-finding.ts';
import { nameRing, type KnownRing } from './ring-id.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';

/** A ring that a sweep found, with the finding to be filed about the ring as such. */
export interface SweptRing {
  readonly ringId: string;
  readonly ring: Ring;
  readonly finding: Finding;
}

/**
 * Every ring among the live reviews, most likely first: the scheduled job's look at everything, which also finds rings
 * whose last review came before their pattern was clear. The state is expired to `nowMs` by the caller and not changed.
 */
export const sweepRings = (
  state: RingState,
  settings: RingSettings,
  knowledge: AccountKnowledge & { readonly knownRings?: readonly KnownRing[] } = {},
): SweptRing[] =>
  allRings(state, settings, knowledge)
    .map((hypothesis) => describeRing(state, hypothesis, settings, knowledge))
    .filter((ring) => ring.nats >= settings.minRingNats)
    .map((ring) => {
      const name = nameRing(ring, knowledge.knownRings ?? []);
      return { ringId: name.ringId, ring, finding: ringFinding(state, ring, name, settings) };
    });
