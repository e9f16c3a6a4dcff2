import {
  createBankCatalogue,
  type CataloguedPicture,
  type CatalogueStart,
  type CatalogueState,
} from './bank-catalogue.ts';
import { gatherCandidates, inOrderOfPromise, type Candidate, type CandidateSource } from './gather-candidates.ts';
import type { HammingIndex } from './hamming-index.ts';
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
  /** Adds a picture, or replaces the one with the same id. Throws a RangeError when the index is full. */
  add(picture: BankPicture): CataloguedPicture;
  /** Takes a picture out; whether it was there. */
  remove(id: string): boolean;
  find(id: string): CataloguedPicture | undefined;
  keysOf(id: string): PictureKeys | undefined;
  /** What is in the index at this moment: `createPictureIndex` goes on from there. */
  capture(): CatalogueState;
}

/** What to search. */
export interface PictureSearch {
  /** All where absent. */
  readonly banks?: readonly PictureBank[];
  /** The least probability told; `settings.minProbability01` where absent. */
  readonly minProbability01?: number;
}

/** An empty index, or one that goes on from what was captured. */
export function createPictureIndex(settings: ImageSettings, start: CatalogueStart = {}): PictureIndex {
  const catalogue = createBankCatalogue(settings, start);
  const { hashes, descriptors, embeddings } = catalogue;
  const entryOf = (handle: number): BankEntry => catalogue.entryOf(handle) as BankEntry;

  const searchFrame = (query: PictureKeys, options: PictureSearch): readonly BankMatch[] => {
    // Banks share indexes: without this, a search of an empty bank would compare with the pictures of the others.
    const banks = new Set((options.banks ?? PICTURE_BANKS).filter((bank) => catalogue.sizeOf(bank) > 0));
    if (banks.size === 0) return [];
    const isSearched = (handle: number): boolean => {
      const entry = catalogue.entryOf(handle);
      return entry !== undefined && banks.has(entry.bank);
    };
    const searched = (indexes: ReadonlyMap<number, HammingIndex>, of: RadiusName): CandidateSource['hashes'] =>
      [...indexes].filter(([radius]) => [...banks].some((bank) => settings.banks[bank][of] === radius));
    const candidates = gatherCandidates(query, {
      settings,
      hashes: searched(hashes, 'hashRadiusBits'),
      descriptors: searched(descriptors, 'descriptorRadiusBits'),
      isSearched,
      descriptorsOf: (handle) => catalogue.keysOf(handle).descriptors,
    });
    const least = options.minProbability01 ?? settings.minProbability01;
    const learned = learnedSimilarities(query, isSearched);
    const matches: BankMatch[] = [];
    const looked: { readonly keys: PictureKeys; readonly match: PictureMatch | undefined }[] = [];
    const judged = new Set<number>();
    /** Whether the candidate is right. */
    const judge = (handle: number, match: PictureMatch | undefined): boolean => {
      judged.add(handle);
      if (match === undefined) return false;
      const similarity = learned.get(handle);
      const told = similarity === undefined ? {} : { learned: similarity };
      const entry = entryOf(handle);
      if (match.probability01 >= least) matches.push({ ...match, entry, ...told });
      return match.probability01 >= settings.minProbability01;
    };
    const verify = ({ handle, hint }: Candidate, readings: readonly Reading[]): boolean => {
      const keys = catalogue.keysOf(handle);
      const match = verifyPictures(keys, query, { hint, readings, settings });
      looked.push({ keys, match });
      return judge(handle, match);
    };
    const looksByBank = new Map<PictureBank, number>();
    let wrongInARow = 0;
    for (const candidate of inOrderOfPromise(candidates, (handle) => entryOf(handle).uploadedAtMs)) {
      const { bank } = entryOf(candidate.handle);
      const keys = catalogue.keysOf(candidate.handle);
      // What hundreds use is verified once: copies of one file must not crowd out whoever else shows the picture.
      const twin = looked.find((known) => areTwins(known.keys, keys));
      if (twin !== undefined) {
        judge(candidate.handle, twin.match);
        continue;
      }
      const looks = looksByBank.get(bank) ?? 0;
      if (wrongInARow >= settings.giveUpAfter || looks >= settings.maxCandidates) continue;
      looksByBank.set(bank, looks + 1);
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
    isSearched: (handle: number) => boolean,
  ): ReadonlyMap<number, LearnedSimilarity> => {
    if (embedding === undefined) return new Map();
    const { minSimilarity, maxCandidates } = settings.embeddings;
    const near: (readonly [number, LearnedSimilarity])[] = [];
    embeddings.search(embedding, minSimilarity, (handle, similarity) => {
      if (!isSearched(handle)) return;
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
      return catalogue.size;
    },
    add: catalogue.add,
    remove: catalogue.remove,
    find: catalogue.find,
    keysOf(id) {
      const picture = catalogue.find(id);
      return picture === undefined ? undefined : catalogue.keysOfPicture(picture);
    },
    search,
    capture: catalogue.capture,
  };
}

type RadiusName = 'hashRadiusBits' | 'descriptorRadiusBits';

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
