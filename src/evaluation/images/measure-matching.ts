import { createPictureIndex, type BankMatch, type PictureIndex } from '../../detectors/image/picture-index.ts';
import { makePictureKeys, type PictureKeys } from '../../detectors/image/picture-keys.ts';
import type { PictureRaster } from '../../detectors/image/raster.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';

/** A decoded file, as the intake gives it. */
export interface DecodedFile {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly frames: readonly PictureRaster[];
}

/** One question to the matcher: which bank pictures does this file show? */
export interface MatchingQuery {
  readonly name: string;
  readonly family: string;
  readonly bytes: Uint8Array;
  /** Names of bank pictures that are right; empty: nothing must be found. The first must be found. */
  readonly expected: readonly string[];
}

/** How one family did. */
export interface FamilyResult {
  readonly family: string;
  readonly queries: number;
  /** Queries that have something to find, and those that found it. */
  readonly positives: number;
  readonly found: number;
}

/** What an evaluation says. */
export interface MatchingReport {
  readonly bankPictures: number;
  readonly queries: number;
  readonly unreadable: number;
  readonly families: readonly FamilyResult[];
  /** Mean of the families' recalls, 0–1. */
  readonly meanRecall01: number;
  readonly precision01: number;
  readonly falseMatches: number;
  /** Pairs of a query and a bank picture that do not belong together. */
  readonly strangerPairs: number;
  readonly falsePerPair: number;
  /** For each false match: who was taken for whom. */
  readonly mistakes: readonly { readonly query: string; readonly bank: string; readonly probability01: number }[];
  readonly misses: readonly string[];
  /** Milliseconds of each stage a query, mean. */
  readonly stageMs: { readonly decode: number; readonly keys: number; readonly search: number };
}

/** What the measurement needs from outside. */
export interface MeasuringTools {
  readonly settings: ImageSettings;
  readonly decode: (bytes: Uint8Array) => Promise<DecodedFile>;
  readonly nowMs: () => number;
  readonly onProgress?: (done: number) => void;
  /** Told of every candidate pair that was verified, for fitting the calibration. */
  readonly onMatch?: (match: BankMatch, isRight: boolean) => void;
}

/** Keys of a file, with the time that decoding and hashing took. */
async function keysOfFile(
  bytes: Uint8Array,
  tools: MeasuringTools,
): Promise<{ keys: PictureKeys; decodeMs: number; keysMs: number }> {
  const startMs = tools.nowMs();
  const decoded = await tools.decode(bytes);
  const decodedMs = tools.nowMs();
  const [first, ...others] = decoded.frames.map((frame) => makePictureKeys(frame, decoded, tools.settings));
  const keys = { ...(first as PictureKeys), ...(others.length === 0 ? {} : { otherFrames: others }) };
  return { keys, decodeMs: decodedMs - startMs, keysMs: tools.nowMs() - decodedMs };
}

/** A bank of pictures by name. */
export async function fillBank(
  files: Iterable<readonly [string, Uint8Array]>,
  tools: MeasuringTools,
): Promise<PictureIndex> {
  const index = createPictureIndex(tools.settings);
  for (const [name, bytes] of files) {
    const { keys } = await keysOfFile(bytes, tools);
    index.add({
      id: name,
      bank: 'PROTECTED',
      keys,
      contentSha256: ''.padStart(64, '0'),
      uploadedAtMs: 0,
      ownerLabel: name,
    });
  }
  return index;
}

/** Asks every query and counts. */
export async function measureMatching(
  index: PictureIndex,
  queries: AsyncIterable<MatchingQuery>,
  tools: MeasuringTools,
): Promise<MatchingReport> {
  const families = new Map<string, { queries: number; positives: number; found: number }>();
  const mistakes: { query: string; bank: string; probability01: number }[] = [];
  const misses: string[] = [];
  const spent = { decode: 0, keys: 0, search: 0 };
  let asked = 0;
  let unreadable = 0;
  let truths = 0;
  let strangerPairs = 0;
  for await (const query of queries) {
    const family = families.get(query.family) ?? { queries: 0, positives: 0, found: 0 };
    families.set(query.family, family);
    family.queries++;
    asked++;
    if (query.expected.length > 0) family.positives++;
    let keys: PictureKeys;
    try {
      const made = await keysOfFile(query.bytes, tools);
      spent.decode += made.decodeMs;
      spent.keys += made.keysMs;
      keys = made.keys;
    } catch {
      unreadable++;
      misses.push(`${query.name}: unreadable`);
      continue;
    }
    const startMs = tools.nowMs();
    const matches = index.search(keys, tools.onMatch === undefined ? {} : { minProbability01: 0 });
    spent.search += tools.nowMs() - startMs;
    const right = new Set(query.expected);
    for (const match of matches) tools.onMatch?.(match, right.has(match.entry.id));
    const told = matches.filter((match) => match.probability01 >= tools.settings.minProbability01);
    strangerPairs += index.size - right.size;
    if (query.expected[0] !== undefined) {
      if (told.some((match) => match.entry.id === query.expected[0])) family.found++;
      else misses.push(`${query.family}: ${query.name}`);
    }
    for (const match of told) {
      if (right.has(match.entry.id)) truths++;
      else mistakes.push({ query: query.name, bank: match.entry.id, probability01: match.probability01 });
    }
    tools.onProgress?.(asked);
  }
  const results = [...families].map(([family, counts]) => ({ family, ...counts }));
  const recalls = results.filter(({ positives }) => positives > 0).map(({ found, positives }) => found / positives);
  return {
    bankPictures: index.size,
    queries: asked,
    unreadable,
    families: results,
    meanRecall01: recalls.length === 0 ? 1 : recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length,
    precision01: truths + mistakes.length === 0 ? 1 : truths / (truths + mistakes.length),
    falseMatches: mistakes.length,
    strangerPairs,
    falsePerPair: strangerPairs === 0 ? 0 : mistakes.length / strangerPairs,
    mistakes,
    misses,
    stageMs: {
      decode: spent.decode / Math.max(1, asked),
      keys: spent.keys / Math.max(1, asked),
      search: spent.search / Math.max(1, asked),
    },
  };
}
