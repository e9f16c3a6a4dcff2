import { countAgreeing, createScaleTable } from './descriptor-votes.ts';
import type { DescriptorSet } from './descriptors.ts';
import { HASH_WORDS } from './hash256.ts';
import type { HammingIndex } from './hamming-index.ts';
import { createHitBuffer } from './hit-buffer.ts';
import { rereadDescriptors, type Reading } from './local-match.ts';
import type { PictureKeys } from './picture-keys.ts';
import { BANK_WINDOWS, probesOf, proportionsOf, READINGS, type MatchHint } from './picture-match.ts';
import type { ImageSettings } from './settings.ts';
import type { WindowName } from './windows.ts';

/** A bank picture that may be shown, with what speaks for it. */
export interface Candidate {
  readonly handle: number;
  hint: MatchHint | undefined;
  /** Readings in which descriptors agree, and how many. */
  readonly votes: { readonly reading: Reading; readonly agreeing: number }[];
}

/** Keys of a picture that an index holds: the window hashes share a reference with the code of their window. */
export const WINDOW_CODES: readonly WindowName[] = [...BANK_WINDOWS];
/** Bits of a reference that hold the window; the others hold the handle of the picture. */
export const WINDOW_BITS = 4;
/** Bits of a reference that hold the number of the descriptor. */
export const DESCRIPTOR_NUMBER_BITS = 9;

/** What candidates are gathered from. */
export interface CandidateSource {
  readonly settings: ImageSettings;
  /** Indexes with the radius at which they are searched. */
  readonly hashes: Iterable<readonly [number, HammingIndex]>;
  readonly descriptors: Iterable<readonly [number, HammingIndex]>;
  /** Whether the bank picture is to be looked at. */
  isSearched(handle: number): boolean;
  descriptorsOf(handle: number): DescriptorSet;
}

const buffer = createHitBuffer();

/** The candidates worth verifying, in no order. */
export function gatherCandidates(query: PictureKeys, source: CandidateSource): Iterable<Candidate> {
  const candidates = new Map<number, Candidate>();
  const candidate = (handle: number): Candidate => {
    const known = candidates.get(handle);
    if (known !== undefined) return known;
    const fresh: Candidate = { handle, hint: undefined, votes: [] };
    candidates.set(handle, fresh);
    return fresh;
  };
  gatherHints(query, source, candidate);
  gatherVotes(query, source, candidate);
  return candidates.values();
}

function gatherHints(query: PictureKeys, source: CandidateSource, candidate: (handle: number) => Candidate): void {
  const probes = query.windows
    .filter((key) => key.quality >= source.settings.minWindowQuality)
    .flatMap((key) => probesOf(key).map((probe) => ({ ...probe, queryWindow: key.window })));
  const words = new Uint32Array(probes.length * HASH_WORDS);
  probes.forEach(({ hash }, i) => words.set(hash, i * HASH_WORDS));
  for (const [radiusBits, index] of source.hashes) {
    index.searchMany(words, radiusBits, (probe, reference, distanceBits) => {
      const handle = reference >>> WINDOW_BITS;
      if (!source.isSearched(handle)) return;
      const found = candidate(handle);
      if (distanceBits >= (found.hint?.distanceBits ?? 257)) return;
      const { queryWindow, orientation, isInverted } = probes[probe] as (typeof probes)[number];
      const bankWindow = WINDOW_CODES[reference & ((1 << WINDOW_BITS) - 1)] as WindowName;
      found.hint = { queryWindow, bankWindow, orientation, isInverted, distanceBits };
    });
  }
}

function gatherVotes(query: PictureKeys, source: CandidateSource, candidate: (handle: number) => Candidate): void {
  const { settings } = source;
  const scales = createScaleTable(settings.descriptors.scaleStep);
  const { width01 } = proportionsOf(query);
  READINGS.forEach((reading, turn) => {
    const subject = rereadDescriptors(query.descriptors, reading, width01);
    const lookedUp = Math.min(subject.count, settings.descriptorsLookedUp[turn] as number);
    const words = subject.bits.subarray(0, lookedUp * HASH_WORDS);
    buffer.clear();
    for (const [radiusBits, index] of source.descriptors) {
      index.searchMany(words, radiusBits, (number, reference) => {
        buffer.add(reference >>> DESCRIPTOR_NUMBER_BITS, number, reference & ((1 << DESCRIPTOR_NUMBER_BITS) - 1));
      });
    }
    buffer.forEachHandle(settings.minVotes, (handle, hits) => {
      if (!source.isSearched(handle)) return;
      const agreeing = countAgreeing(hits, { bank: source.descriptorsOf(handle), subject, scales });
      if (agreeing >= settings.minVotes) candidate(handle).votes.push({ reading, agreeing });
    });
  });
}

/** From here on a candidate promises everything: which of several comes first is told by age. */
const SURE_PROMISE = 160;

/** Most promising first; of those that promise the same, the earliest upload: it is presumed to be the owner's. */
export function inOrderOfPromise(
  candidates: Iterable<Candidate>,
  uploadedAtMs: (handle: number) => number,
): readonly Candidate[] {
  return [...candidates]
    .map((found) => ({ found, promise: Math.min(SURE_PROMISE, promiseOf(found)), ageMs: uploadedAtMs(found.handle) }))
    .sort((a, b) => b.promise - a.promise || a.ageMs - b.ageMs || a.found.handle - b.found.handle)
    .map(({ found }) => found);
}

function promiseOf({ hint, votes }: Candidate): number {
  const closeness = hint === undefined ? 0 : 64 - Math.min(63, hint.distanceBits);
  return closeness + 4 * Math.max(0, ...votes.map(({ agreeing }) => agreeing));
}
