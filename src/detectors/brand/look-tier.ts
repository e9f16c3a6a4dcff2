import { MAX_NAME_UNITS } from './folded-text.ts';
import { fingerprintOf, slotOf } from './fingerprint-table.ts';
import { GramHasher } from './gram-hash.ts';
import { mayHoldKey } from './key-filter.ts';
import type { LookChanges } from './look-alignment.ts';
import { explainLook } from './look-alignment.ts';
import { LookKind } from './look-classes.ts';
import { LookStream } from './look-stream.ts';
import type { LookReading } from './look-stream.ts';
import type { MarkView } from './mark-hit.ts';
import { NameTrait, isPlainWord, nameLength } from './name-columns.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';
import { isKnownWord } from './ordinary-words.ts';

/** Shorter names look like too much else. */
const MIN_LOOK_UNITS = 4;
/** Tokens that one gram of look-alikes may span. */
const MAX_TOKENS = 24;
/** Longer tokens use up the gram: five of them, or many single letters. */
const TOKEN_BUDGET = 20;

/** Finds names behind look-alike letters, leet signs and repeated letters. Holds scratch memory; one for each thread. */
export class LookTier {
  readonly #stream = new LookStream();
  readonly #hasher = new GramHasher();
  readonly #rawHasher = new GramHasher();

  /** Hits in source offsets, by start. What the exact tier finds is not told again. */
  find(indexes: readonly SealedIndex[], text: ScannedText): RawHit[] {
    const hits: RawHit[] = [];
    this.#scan(indexes, text, 'PLAIN', hits);
    const { hasJoin, hasSecond } = this.#stream;
    if (hasJoin) this.#scan(indexes, text, 'JOINED', hits);
    if (hasSecond) this.#scan(indexes, text, 'WIDE', hits);
    return hits;
  }

  #scan(indexes: readonly SealedIndex[], text: ScannedText, reading: LookReading, hits: RawHit[]): void {
    const stream = this.#stream.read(text.folded.source, reading);
    if (stream.keyLength < 2) return;
    this.#hasher.read(stream.keys, stream.keyLength);
    this.#rawHasher.read(stream.raw, stream.rawLength);
    for (let first = 0; first < stream.tokenCount; first++) {
      const startKey = stream.tokenStarts[first]!;
      let budget = TOKEN_BUDGET;
      for (let token = first; token < Math.min(stream.tokenCount, first + MAX_TOKENS); token++) {
        const endKey = stream.tokenStarts[token + 1]!;
        const length = endKey - stream.tokenStarts[token]!;
        budget -= length > 3 ? 4 : length === 3 ? 3 : 1;
        if (budget < 0 || endKey - startKey > MAX_NAME_UNITS) break;
        if (endKey - startKey < 2) continue;
        const hashA = this.#hasher.a(startKey, endKey);
        for (const index of indexes) {
          if (mayHoldKey(index.lookFilter, hashA)) {
            this.#probe(
              index,
              text,
              { first, endToken: token + 1, hashA, hashB: this.#hasher.b(startKey, endKey) },
              hits,
            );
          }
        }
      }
    }
  }

  #probe(
    index: SealedIndex,
    text: ScannedText,
    gram: { first: number; endToken: number; hashA: number; hashB: number },
    hits: RawHit[],
  ): void {
    const { look, names } = index;
    const stream = this.#stream;
    const fingerprint = fingerprintOf(gram.hashB);
    const range = {
      from: stream.keyRaw[stream.tokenStarts[gram.first]!]!,
      to: stream.keyRaw[stream.tokenStarts[gram.endToken]!]!,
    };
    let slot = slotOf(look, gram.hashA);
    for (let found = look.fingerprints[slot]!; found !== 0; found = look.fingerprints[slot]!) {
      if (found === fingerprint) {
        const nameRow = look.values[slot]!;
        const changes = explainLook(names, nameRow, stream, range);
        const view = changes === undefined ? undefined : this.#judge(index, text, { nameRow, changes, gram, range });
        if (view !== undefined) {
          const start = stream.rawStarts[range.from]!;
          const end = stream.rawEnds[range.to - 1]!;
          const isKnown = hits.some((hit) => hit.index === index && hit.nameRow === nameRow && hit.start === start);
          if (!isKnown) hits.push({ index, nameRow, view, start, end, isWholeWord: this.#isWhole(gram) });
        }
      }
      if (++slot === look.capacity) slot = 0;
    }
  }

  #isWhole({ first, endToken }: { first: number; endToken: number }): boolean {
    const stream = this.#stream;
    return stream.tokenIsHard[first] === 1 && (endToken === stream.tokenCount || stream.tokenIsHard[endToken] === 1);
  }

  #judge(
    index: SealedIndex,
    text: ScannedText,
    candidate: {
      nameRow: number;
      changes: LookChanges;
      gram: { first: number; endToken: number };
      range: { from: number; to: number };
    },
  ): MarkView | undefined {
    const { changes, nameRow, gram, range } = candidate;
    const { foreign, leet, doubled, weak, same } = changes;
    const traits = index.names.traits[nameRow]!;
    const length = nameLength(index.names, nameRow);
    if (foreign + leet + doubled === 0) return undefined;
    if (length < MIN_LOOK_UNITS || (traits & NameTrait.SHORT) !== 0) return undefined;
    const isOrdinary = isPlainWord(traits);
    const isOneToken = gram.endToken === gram.first + 1;
    const isWord = isOneToken && isKnownWord(text.vocabulary, this.#rawHasher, range.from, range.to);
    if (isWord) return undefined;
    if (foreign > 0) {
      // A word wholly in another script is a word of that language, unless each letter deceives as it stands.
      const isMixed = same > 0 || leet > 0;
      if (!isMixed && (weak > 0 || isOrdinary || length < MIN_LOOK_UNITS)) return undefined;
      return 'SKELETON';
    }
    if (leet > 0) {
      const letters = same - this.#digitsOf(range, leet);
      if (letters < 1 || same * 2 < length - 1) return undefined;
      return 'LEET';
    }
    return same < MIN_LOOK_UNITS ? undefined : 'DOUBLED';
  }

  /** Digits that stand for themselves. */
  #digitsOf({ from, to }: { from: number; to: number }, leet: number): number {
    let digits = 0;
    for (let raw = from; raw < to; raw++) {
      if (this.#stream.rawKind[raw] === LookKind.DIGIT || this.#stream.rawKind[raw] === LookKind.SIGN) digits++;
    }
    return Math.max(0, digits - leet);
  }
}
