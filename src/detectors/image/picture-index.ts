import { createEmbeddingIndex } from './embedding-index.ts';
import {
  DESCRIPTOR_NUMBER_BITS,
  gatherCandidates,
  inOrderOfPromise,
  WINDOW_BITS,
  WINDOW_CODES,
  type Candidate,
  type CandidateSource,
} from './gather-candidates.ts';
import { HASH_WORDS } from './hash256.ts';
import { createHammingIndex, type HammingIndex } from './hamming-index.ts';
import { framesOf, type PictureKeys } from './picture-keys.ts';
import { areTwins } from './picture-twins.ts';
import { READINGS, verifyPictures, type MatchHint, type PictureMatch } from './picture-match.ts';
import type { Reading } from './local-match.ts';
import type { ImageSettings } from './settings.ts';

/** The banks, by what a match in them means. */
export const PICTURE_BANKS = ['PROTECTED', 'COUNTERFEIT', 'SELLERS', 'NEGATIVE', 'LOGO'] as const;
export type PictureBank = (typeof PICTURE_BANKS)[number];

/** What is known of a picture that others are compared with: above all whose it is. */
export interface BankEntry {
  readonly id: string;
  readonly bank: PictureBank;
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

/** A picture that others are compared with. */
export interface BankPicture extends BankEntry {
  readonly keys: PictureKeys;
}

/** How near a learned model puts two pictures. */
export interface LearnedSimilarity {
  readonly modelDigest: string;
  /** Cosine of the two vectors, −1–1. */
  readonly similarity: number;
  /** From where on pictures are candidates. */
  readonly minSimilarity: number;
}

/** A bank picture that a picture of the subject shows. */
export interface BankMatch extends PictureMatch {
  readonly entry: BankEntry;
  /** Where a model speaks for the match too, or was the first to. */
  readonly learned?: LearnedSimilarity;
}

/** What answers which bank pictures a picture shows. */
export interface PictureSource {
  /** Verified matches, most probable first. */
  search(keys: PictureKeys, options?: PictureSearch): readonly BankMatch[];
}

/** Finds bank pictures in other pictures. A value: an adapter keeps it and follows the database. */
export interface PictureIndex extends PictureSource {
  readonly size: number;
  /** Adds a picture, or replaces the one with the same id. */
  add(entry: BankPicture): void;
  /** Takes a picture out; whether it was there. */
  remove(id: string): boolean;
  get(id: string): BankPicture | undefined;
}

/** What to search. */
export interface PictureSearch {
  /** All where absent. */
  readonly banks?: readonly PictureBank[];
  /** The least probability told; `settings.minProbability01` where absent. */
  readonly minProbability01?: number;
}

interface Frame {
  readonly entry: BankEntry;
  readonly keys: PictureKeys;
}

/** An empty index. */
export function createPictureIndex(settings: ImageSettings): PictureIndex {
  // Banks with one radius share an index: what they have in common is looked up once.
  const hashes = indexByRadius(settings, 'hashRadiusBits');
  const descriptors = indexByRadius(settings, 'descriptorRadiusBits');
  const embeddings = createEmbeddingIndex();
  /** Every frame of a picture has a handle of its own. */
  const frames: (Frame | undefined)[] = [];
  const freeHandles: number[] = [];
  const pictures = new Map<string, { readonly picture: BankPicture; readonly handles: readonly number[] }>();
  const sizes = new Map<PictureBank, number>();

  /** Calls `key` for every key under which a frame is indexed. */
  const forEachKey = (
    handle: number,
    { entry, keys }: Frame,
    key: (index: HammingIndex, reference: number, bits: Uint32Array) => void,
  ): void => {
    const { hashRadiusBits, descriptorRadiusBits, descriptorsIndexed } = settings.banks[entry.bank];
    for (const window of keys.windows) {
      const code = WINDOW_CODES.indexOf(window.window);
      if (code >= 0 && window.quality >= settings.minWindowQuality) {
        const reference = ((handle << WINDOW_BITS) | code) >>> 0;
        key(hashes.get(hashRadiusBits) as HammingIndex, reference, window.mirrorings[0]);
      }
    }
    const indexed = Math.min(keys.descriptors.count, descriptorsIndexed, 1 << DESCRIPTOR_NUMBER_BITS);
    for (let i = 0; i < indexed; i++) {
      const reference = ((handle << DESCRIPTOR_NUMBER_BITS) | i) >>> 0;
      const bits = keys.descriptors.bits.subarray(i * HASH_WORDS, (i + 1) * HASH_WORDS);
      key(descriptors.get(descriptorRadiusBits) as HammingIndex, reference, bits);
    }
  };

  const remove = (id: string): boolean => {
    const known = pictures.get(id);
    if (known === undefined) return false;
    const { bank } = known.picture;
    sizes.set(bank, (sizes.get(bank) as number) - 1);
    for (const handle of known.handles) {
      forEachKey(handle, frames[handle] as Frame, (index, reference, bits) => index.remove(reference, bits));
      embeddings.remove(handle);
      frames[handle] = undefined;
      freeHandles.push(handle);
    }
    pictures.delete(id);
    return true;
  };

  const add = (picture: BankPicture): void => {
    // Matches tell whose the picture is, without its keys: those are large, and of no use to whoever judges.
    const { keys: ofPicture, ...entry } = picture;
    remove(entry.id);
    const handles = framesOf(ofPicture).map((keys) => {
      const handle = freeHandles.pop() ?? frames.length;
      frames[handle] = { entry, keys };
      forEachKey(handle, { entry, keys }, (index, reference, bits) => index.add(reference, bits));
      if (keys.embedding !== undefined) embeddings.put(handle, keys.embedding);
      return handle;
    });
    pictures.set(entry.id, { picture, handles });
    sizes.set(entry.bank, (sizes.get(entry.bank) ?? 0) + 1);
  };

  const searchFrame = (query: PictureKeys, options: PictureSearch): readonly BankMatch[] => {
    // Banks share indexes: without this, a search of an empty bank would compare with the pictures of the others.
    const banks = new Set((options.banks ?? PICTURE_BANKS).filter((bank) => (sizes.get(bank) ?? 0) > 0));
    if (banks.size === 0) return [];
    const keysOf = (handle: number): PictureKeys | undefined => {
      const frame = frames[handle];
      return frame !== undefined && banks.has(frame.entry.bank) ? frame.keys : undefined;
    };
    const searched = (indexes: ReadonlyMap<number, HammingIndex>, of: RadiusName): CandidateSource['hashes'] =>
      [...indexes].filter(([radius]) => [...banks].some((bank) => settings.banks[bank][of] === radius));
    const candidates = gatherCandidates(query, {
      settings,
      hashes: searched(hashes, 'hashRadiusBits'),
      descriptors: searched(descriptors, 'descriptorRadiusBits'),
      keysOf,
    });
    const least = options.minProbability01 ?? settings.minProbability01;
    const learned = learnedSimilarities(query, keysOf);
    const matches: BankMatch[] = [];
    const looked: { readonly keys: PictureKeys; readonly match: PictureMatch | undefined }[] = [];
    const judged = new Set<number>();
    /** Whether the candidate is right. */
    const judge = (handle: number, match: PictureMatch | undefined): boolean => {
      judged.add(handle);
      if (match === undefined) return false;
      const similarity = learned.get(handle);
      const told = similarity === undefined ? {} : { learned: similarity };
      const { entry } = frames[handle] as Frame;
      if (match.probability01 >= least) matches.push({ ...match, entry, ...told });
      return match.probability01 >= settings.minProbability01;
    };
    const verify = ({ handle, hint }: Candidate, readings: readonly Reading[]): boolean => {
      const { keys } = frames[handle] as Frame;
      const match = verifyPictures(keys, query, { hint, readings, settings });
      looked.push({ keys, match });
      return judge(handle, match);
    };
    const looksByBank = new Map<PictureBank, number>();
    let wrongInARow = 0;
    for (const candidate of inOrderOfPromise(candidates, (handle) => (frames[handle] as Frame).entry.uploadedAtMs)) {
      const { entry, keys } = frames[candidate.handle] as Frame;
      // What hundreds use is verified once: copies of one file must not crowd out whoever else shows the picture.
      const twin = looked.find((known) => areTwins(known.keys, keys));
      if (twin !== undefined) {
        judge(candidate.handle, twin.match);
        continue;
      }
      const looks = looksByBank.get(entry.bank) ?? 0;
      if (wrongInARow >= settings.giveUpAfter || looks >= settings.maxCandidates) continue;
      looksByBank.set(entry.bank, looks + 1);
      wrongInARow = verify(candidate, readingsOf(candidate)) ? 0 : wrongInARow + 1;
    }
    // What only the model proposes, or what came too late above: every reading, for no descriptor has voted for one.
    for (const handle of learned.keys()) {
      if (!judged.has(handle)) verify({ handle, hint: undefined, votes: [] }, READINGS);
    }
    return matches;
  };

  /** The pictures nearest by the model, nearest first; none where the query has no vector. */
  const learnedSimilarities = (
    { embedding }: PictureKeys,
    keysOf: (handle: number) => PictureKeys | undefined,
  ): ReadonlyMap<number, LearnedSimilarity> => {
    if (embedding === undefined) return new Map();
    const { minSimilarity, maxCandidates } = settings.embeddings;
    const near: (readonly [number, LearnedSimilarity])[] = [];
    embeddings.search(embedding, minSimilarity, (handle, similarity) => {
      if (keysOf(handle) === undefined) return;
      near.push([handle, { modelDigest: embedding.modelDigest, similarity, minSimilarity }]);
    });
    near.sort(([a, x], [b, y]) => y.similarity - x.similarity || a - b);
    return new Map(near.slice(0, maxCandidates));
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
      return pictures.size;
    },
    add,
    remove,
    get: (id) => pictures.get(id)?.picture,
    search,
  };
}

type RadiusName = 'hashRadiusBits' | 'descriptorRadiusBits';

function indexByRadius({ banks }: ImageSettings, of: RadiusName): ReadonlyMap<number, HammingIndex> {
  return new Map([...new Set(Object.values(banks).map((bank) => bank[of]))].map((r) => [r, createHammingIndex()]));
}

/** Readings to verify a candidate in, those that most descriptors agree on first. */
function readingsOf({ hint, votes }: Candidate): readonly Reading[] {
  const readings = [...votes].sort((a, b) => b.agreeing - a.agreeing).map(({ reading }) => reading);
  return hint === undefined || readings.length > 0 ? readings : [readingOf(hint)];
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
