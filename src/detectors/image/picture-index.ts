import { HASH_WORDS } from './hash256.ts';
import { createHammingIndex, type HammingIndex } from './hamming-index.ts';
import { rereadDescriptors, type Reading } from './local-match.ts';
import { framesOf, type PictureKeys } from './picture-keys.ts';
import {
  BANK_WINDOWS,
  probesOf,
  proportionsOf,
  READINGS,
  verifyPictures,
  type MatchHint,
  type PictureMatch,
} from './picture-match.ts';
import type { ImageSettings } from './settings.ts';
import type { WindowName } from './windows.ts';

/** The banks, by what a match in them means. */
export const PICTURE_BANKS = ['PROTECTED', 'COUNTERFEIT', 'SELLERS', 'NEGATIVE', 'LOGO'] as const;
export type PictureBank = (typeof PICTURE_BANKS)[number];

/** A picture that others are compared with, and whose it is. */
export interface BankPicture {
  readonly id: string;
  readonly bank: PictureBank;
  readonly keys: PictureKeys;
  readonly contentSha256: string;
  readonly uploadedAtMs: number;
  /** For people: a listing, a rights holder, a mark. */
  readonly ownerLabel: string;
  readonly ownerListingId?: string;
  readonly ownerSellerId?: string;
  readonly ownerLegalId?: string;
  readonly rightsHolderId?: string;
  readonly markId?: string;
  /** Whether a person confirmed that goods shown so are counterfeit. */
  readonly isAdjudicated?: boolean;
}

/** A bank picture that a picture of the subject shows. */
export interface BankMatch extends PictureMatch {
  readonly entry: BankPicture;
}

/** Finds bank pictures in other pictures. A value: an adapter keeps it and follows the database. */
export interface PictureIndex {
  readonly size: number;
  /** Adds a picture, or replaces the one with the same id. */
  add(entry: BankPicture): void;
  /** Takes a picture out; whether it was there. */
  remove(id: string): boolean;
  get(id: string): BankPicture | undefined;
  /** Verified matches, most probable first; entries for which `accepts` says no are not looked at. */
  search(keys: PictureKeys, options?: PictureSearch): readonly BankMatch[];
}

/** What to search. */
export interface PictureSearch {
  /** All where absent. */
  readonly banks?: readonly PictureBank[];
  readonly accepts?: (entry: BankPicture) => boolean;
  /** The least probability told; `settings.minProbability01` where absent. */
  readonly minProbability01?: number;
}

interface Bank {
  readonly hashes: HammingIndex;
  readonly descriptors: HammingIndex;
}

interface Frame {
  readonly entry: BankPicture;
  readonly keys: PictureKeys;
}

interface Candidate {
  readonly handle: number;
  hint: MatchHint | undefined;
  readonly votes: Map<Reading, number>;
  /** The descriptor of the query that voted last: it has one vote, however many descriptors of the picture are near. */
  lastVoter: number;
}

/** Window codes share a reference with the handle of the picture: 4 bits are enough for the indexed windows. */
const WINDOW_CODES: readonly WindowName[] = [...BANK_WINDOWS];
const WINDOW_BITS = 4;

/** An empty index. */
export function createPictureIndex(settings: ImageSettings): PictureIndex {
  const banks = new Map<PictureBank, Bank>(
    PICTURE_BANKS.map((bank) => [bank, { hashes: createHammingIndex(), descriptors: createHammingIndex() }]),
  );
  /** Every frame of a picture has a handle of its own. */
  const frames = new Map<number, Frame>();
  const handles = new Map<string, readonly number[]>();
  let nextHandle = 0;

  const bankOf = (bank: PictureBank): Bank => banks.get(bank) as Bank;

  /** Calls `key` for every key under which a frame is indexed. */
  const forEachKey = (
    handle: number,
    { entry, keys }: Frame,
    key: (index: HammingIndex, reference: number, bits: Uint32Array) => void,
  ): void => {
    const { hashes, descriptors } = bankOf(entry.bank);
    for (const window of keys.windows) {
      const code = WINDOW_CODES.indexOf(window.window);
      if (code >= 0 && window.quality >= settings.minWindowQuality) {
        key(hashes, (handle << WINDOW_BITS) | code, window.mirrorings[0]);
      }
    }
    const indexed = Math.min(keys.descriptors.count, settings.banks[entry.bank].descriptorsIndexed);
    for (let i = 0; i < indexed; i++) {
      key(descriptors, handle, keys.descriptors.bits.subarray(i * HASH_WORDS, (i + 1) * HASH_WORDS));
    }
  };

  const remove = (id: string): boolean => {
    const known = handles.get(id);
    if (known === undefined) return false;
    for (const handle of known) {
      forEachKey(handle, frames.get(handle) as Frame, (index, reference, bits) => index.remove(reference, bits));
      frames.delete(handle);
    }
    handles.delete(id);
    return true;
  };

  const add = (entry: BankPicture): void => {
    remove(entry.id);
    const added = framesOf(entry.keys).map((keys) => {
      const handle = nextHandle++;
      frames.set(handle, { entry, keys });
      forEachKey(handle, { entry, keys }, (index, reference, bits) => index.add(reference, bits));
      return handle;
    });
    handles.set(entry.id, added);
  };

  const searchFrame = (keys: PictureKeys, options: PictureSearch): readonly BankMatch[] => {
    const candidates = new Map<number, Candidate>();
    const candidate = (handle: number): Candidate | undefined => {
      const known = candidates.get(handle);
      if (known !== undefined) return known;
      const frame = frames.get(handle);
      if (frame === undefined || options.accepts?.(frame.entry) === false) return undefined;
      const fresh: Candidate = { handle, hint: undefined, votes: new Map(), lastVoter: -1 };
      candidates.set(handle, fresh);
      return fresh;
    };
    for (const bank of options.banks ?? PICTURE_BANKS) {
      gatherHints(bankOf(bank), keys, { bank, settings, candidate });
      gatherVotes(bankOf(bank), keys, { bank, settings, candidate });
    }
    const least = options.minProbability01 ?? settings.minProbability01;
    const matches: BankMatch[] = [];
    let wrongInARow = 0;
    for (const { handle, hint, votes } of mostPromising(candidates, settings)) {
      const frame = frames.get(handle) as Frame;
      const readings = [...votes]
        .filter(([, count]) => count >= settings.minVotes)
        .sort(([, a], [, b]) => b - a)
        .map(([reading]) => reading);
      if (hint !== undefined && readings.length === 0) readings.push(readingOf(hint));
      const match = verifyPictures(frame.keys, keys, { hint, readings, settings });
      if (match !== undefined && match.probability01 >= least) matches.push({ ...match, entry: frame.entry });
      const isRight = match !== undefined && match.probability01 >= settings.minProbability01;
      wrongInARow = isRight ? 0 : wrongInARow + 1;
      if (wrongInARow >= settings.giveUpAfter) break;
    }
    return matches;
  };

  const search = (keys: PictureKeys, options: PictureSearch = {}): readonly BankMatch[] => {
    const best = new Map<string, BankMatch>();
    for (const match of framesOf(keys).flatMap((frame) => searchFrame(frame, options))) {
      const known = best.get(match.entry.id);
      if (known === undefined || match.probability01 > known.probability01) best.set(match.entry.id, match);
    }
    return [...best.values()].sort((a, b) => b.probability01 - a.probability01 || compareText(a.entry.id, b.entry.id));
  };

  return {
    get size() {
      return handles.size;
    },
    add,
    remove,
    get: (id) => {
      const handle = handles.get(id)?.[0];
      return handle === undefined ? undefined : frames.get(handle)?.entry;
    },
    search,
  };
}

interface Gathering {
  readonly bank: PictureBank;
  readonly settings: ImageSettings;
  readonly candidate: (handle: number) => Candidate | undefined;
}

function gatherHints({ hashes }: Bank, keys: PictureKeys, { bank, settings, candidate }: Gathering): void {
  if (hashes.size === 0) return;
  const radiusBits = settings.banks[bank].hashRadiusBits;
  for (const key of keys.windows) {
    if (key.quality < settings.minWindowQuality) continue;
    for (const { hash, orientation, isInverted } of probesOf(key)) {
      hashes.search(hash, radiusBits, (reference, distanceBits) => {
        const found = candidate(reference >> WINDOW_BITS);
        if (found === undefined || distanceBits >= (found.hint?.distanceBits ?? 257)) return;
        const bankWindow = WINDOW_CODES[reference & ((1 << WINDOW_BITS) - 1)] as WindowName;
        found.hint = { queryWindow: key.window, bankWindow, orientation, isInverted, distanceBits };
      });
    }
  }
}

function gatherVotes({ descriptors }: Bank, keys: PictureKeys, { bank, settings, candidate }: Gathering): void {
  if (descriptors.size === 0) return;
  const radiusBits = settings.banks[bank].descriptorRadiusBits;
  const { width01 } = proportionsOf(keys);
  READINGS.forEach((reading, turn) => {
    const { bits, count } = rereadDescriptors(keys.descriptors, reading, width01);
    const lookedUp = Math.min(count, settings.descriptorsLookedUp[turn] as number);
    for (let i = 0; i < lookedUp; i++) {
      const voter = turn * 65_536 + i;
      descriptors.search(bits.subarray(i * HASH_WORDS, (i + 1) * HASH_WORDS), radiusBits, (handle) => {
        const found = candidate(handle);
        if (found === undefined || found.lastVoter === voter) return;
        found.lastVoter = voter;
        found.votes.set(reading, (found.votes.get(reading) ?? 0) + 1);
      });
    }
  });
}

/** The candidates worth verifying: near hashes first, then most votes. */
function mostPromising(candidates: ReadonlyMap<number, Candidate>, settings: ImageSettings): readonly Candidate[] {
  const promise = ({ hint, votes }: Candidate): number =>
    (hint === undefined ? 0 : 64 - Math.min(63, hint.distanceBits)) + 4 * Math.max(0, ...votes.values());
  return [...candidates.values()]
    .filter(({ hint, votes }) => hint !== undefined || Math.max(...votes.values()) >= settings.minVotes)
    .map((found) => ({ found, promise: promise(found) }))
    .sort((a, b) => b.promise - a.promise || a.found.handle - b.found.handle)
    .slice(0, settings.maxCandidates)
    .map(({ found }) => found);
}

function readingOf(hint: MatchHint): Reading {
  const isMirrored = hint.orientation.startsWith('mirror');
  return READINGS.find(
    (reading) => reading.isMirrored === isMirrored && reading.isInverted === hint.isInverted,
  ) as Reading;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
