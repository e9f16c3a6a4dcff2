import { MAX_NAME_UNITS, TextSign } from './folded-text.ts';
import { fingerprintOf, slotOf } from './fingerprint-table.ts';
import { GramHasher } from './gram-hash.ts';
import { mayHoldKey } from './key-filter.ts';
import type { LookChanges } from './look-alignment.ts';
import { explainLook } from './look-alignment.ts';
import { LookChunks, addWordPlaces } from './look-chunks.ts';
import { LookKind } from './look-classes.ts';
import { countDigitRuns, countKind, hasNumberAtEdge, isNumberedWord } from './look-digits.ts';
import type { RawRange } from './look-digits.ts';
import { LookPlaces, LookReadings } from './look-places.ts';
import { LookStream, LookToken } from './look-stream.ts';
import type { LookReading } from './look-stream.ts';
import { holdsLookAlike } from './look-words.ts';
import type { MarkView } from './mark-hit.ts';
import { NameTrait, isPlainWord, nameLength, wordsOfName } from './name-columns.ts';
import { isCatalogueWord } from './scanned-text.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import type { SealedIndex } from './sealed-index.ts';
import { isKnownWord } from './ordinary-words.ts';

const READINGS: readonly LookReading[] = ['PLAIN', 'JOINED', 'WIDE'];
/** Shorter names look like too much else. */
const MIN_LOOK_UNITS = 4;
/** Shorter words of a longer name are not looked through. */
const MIN_LOOK_WORD_UNITS = 3;
/** How far digits at the end of a few letters, or for most letters of an ordinary word, are letters of a name. */
const MODEL_LIKE_01 = 0.3;
const PLAIN_LEET_01 = 0.6;
/** Shorter words with digits are models more often than not, even where letters and digits stand by turns. */
const MIN_DOUBTFUL_UNITS = 5;
/** Tokens that one gram of look-alikes may span. */
const MAX_TOKENS = 24;
/** Longer tokens use up the gram: five of them, or many single letters. */
const TOKEN_BUDGET = 20;

/** Finds names behind look-alike letters, leet signs and repeated letters. Holds scratch memory; one for each thread. */
export class LookTier {
  readonly #stream = new LookStream();
  readonly #hasher = new GramHasher();
  readonly #rawHasher = new GramHasher();
  readonly #chunks = new LookChunks();
  readonly #places = new LookPlaces();
  readonly #everywhere = new LookPlaces();

  /** To be called when names, words or the catalogue have changed. */
  forget(): void {
    this.#chunks.clear();
  }

  /** Adds hits in source offsets, by start. What the exact tier finds is not told again. */
  find(indexes: readonly SealedIndex[], text: ScannedText, hits: RawHit[]): void {
    const { folded } = text;
    const places = this.#places;
    places.clear(folded.source.length);
    // Without any other sign the words are the chunks between separators, and what is known of them is known already.
    if ((folded.signs & (TextSign.LETTER_LIKE | TextSign.FOREIGN)) === 0) addWordPlaces(text, places);
    else this.#chunks.addPlaces(folded.source, places, (chunk) => this.readingsOf(indexes, text, chunk));
    const found: RawHit[] = [];
    for (const reading of READINGS) {
      if ((places.readings & LookReadings[reading]) !== 0) {
        this.#scan(indexes, text, { source: folded.source, reading, places }, found);
      }
    }
    hits.push(...found);
  }

  /** `LookReadings` in which a chunk is a name behind look-alikes by itself, or may be a deformed word of a longer name. */
  readingsOf(indexes: readonly SealedIndex[], text: ScannedText, chunk: string): number {
    let readings = 0;
    this.#everywhere.clear(chunk.length);
    this.#everywhere.add(0, chunk.length, LookReadings.ALL);
    for (const reading of READINGS) {
      const hits: RawHit[] = [];
      this.#scan(indexes, text, { source: chunk, reading, places: this.#everywhere }, hits);
      const isLook = hits.length > 0 || this.#hasNameWord(indexes, text, this.#stream, reading);
      if (isLook) readings |= LookReadings[reading];
      const { hasJoin, hasSecond } = this.#stream;
      if (reading === 'PLAIN' && !hasJoin && !hasSecond) break;
    }
    return readings;
  }

  #hasNameWord(indexes: readonly SealedIndex[], text: ScannedText, stream: LookStream, reading: LookReading): boolean {
    const wanted = reading === 'PLAIN' ? LookToken.AMBIGUOUS : LookToken.CHANGED;
    this.#hasher.read(stream.keys, stream.keyLength);
    this.#rawHasher.read(stream.raw, stream.rawLength);
    for (let token = 0; token < stream.tokenCount;) {
      let next = token + 1;
      let traits = stream.tokenTraits[token]!;
      for (; next < stream.tokenCount && stream.tokenIsHard[next] === 0; next++) traits |= stream.tokenTraits[next]!;
      const startKey = stream.tokenStarts[token]!;
      const endKey = stream.tokenStarts[next]!;
      const from = stream.keyRaw[startKey]!;
      const to = stream.keyRaw[endKey]!;
      token = next;
      if (to - from > MAX_NAME_UNITS) return true;
      // Nothing in it is a deformation.
      if ((traits & wanted) === 0) continue;
      // Numbers and words of two letters are parts of too many names, and no look tells which.
      if (to - from < MIN_LOOK_WORD_UNITS || countKind(this.#stream, { from, to }, LookKind.DIGIT) === to - from)
        continue;
      // A word of the lists is that word, and no other one deformed.
      if (isKnownWord(text.vocabulary, this.#rawHasher, from, to)) continue;
      const hashA = this.#hasher.a(startKey, endKey);
      const hashB = this.#hasher.b(startKey, endKey);
      const written = this.#rawHasher.a(from, to);
      if (indexes.some(({ lookWords }) => holdsLookAlike(lookWords, { hashA, hashB, written }))) return true;
    }
    return false;
  }

  #scan(
    indexes: readonly SealedIndex[],
    text: ScannedText,
    {
      source,
      reading,
      places,
    }: { readonly source: string; readonly reading: LookReading; readonly places: LookPlaces },
    hits: RawHit[],
  ): void {
    const stream = this.#stream.read(source, reading);
    this.#hasher.read(stream.keys, stream.keyLength);
    this.#rawHasher.read(stream.raw, stream.rawLength);
    if (stream.keyLength < 2) return;
    // What has nothing ambiguous is read by the exact tier; what PLAIN has read need not be read again.
    const wanted = reading === 'PLAIN' ? LookToken.AMBIGUOUS : LookToken.CHANGED;
    for (let first = 0; first < stream.tokenCount; first++) {
      const startKey = stream.tokenStarts[first]!;
      let budget = TOKEN_BUDGET;
      let traits = 0;
      let isPlace = false;
      for (let token = first; token < Math.min(stream.tokenCount, first + MAX_TOKENS); token++) {
        traits |= stream.tokenTraits[token]!;
        // A number alone is no letter of a name.
        if ((traits & LookToken.NUMBER) !== 0) break;
        const tokenStart = stream.tokenStarts[token]!;
        const endKey = stream.tokenStarts[token + 1]!;
        const length = endKey - tokenStart;
        budget -= length > 3 ? 4 : length === 3 ? 3 : 1;
        if (budget < 0 || endKey - startKey > MAX_NAME_UNITS) break;
        isPlace ||= (places.at(stream.rawStarts[stream.keyRaw[tokenStart]!]!) & LookReadings[reading]) !== 0;
        if (!isPlace || endKey - startKey < 2 || (traits & wanted) === 0) continue;
        const hashA = this.#hasher.a(startKey, endKey);
        for (const index of indexes) {
          if (!mayHoldKey(index.lookFilter, hashA)) continue;
          const hashB = this.#hasher.b(startKey, endKey);
          this.#probe(index, text, { first, endToken: token + 1, hashA, hashB }, hits);
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
        const judgement =
          changes === undefined ? undefined : this.#judge(index, text, { nameRow, changes, gram, range });
        if (judgement !== undefined) {
          const start = stream.rawStarts[range.from]!;
          const end = stream.rawEnds[range.to - 1]!;
          const isKnown = hits.some((hit) => hit.index === index && hit.nameRow === nameRow && hit.start === start);
          if (!isKnown) hits.push({ index, nameRow, ...judgement, start, end, isWholeWord: this.#isWhole(gram) });
        }
      }
      if (++slot === look.capacity) slot = 0;
    }
  }

  #isWhole({ first, endToken }: { first: number; endToken: number }): boolean {
    const stream = this.#stream;
    return stream.tokenIsHard[first] === 1 && (endToken === stream.tokenCount || stream.tokenIsHard[endToken] === 1);
  }

  #judge(index: SealedIndex, text: ScannedText, candidate: LookCandidate): Judgement | undefined {
    const { changes, nameRow, gram, range } = candidate;
    const { foreign, leet, doubled, weak, same } = changes;
    const traits = index.names.traits[nameRow]!;
    const length = nameLength(index.names, nameRow);
    if (foreign + leet + doubled === 0) return undefined;
    if (length < MIN_LOOK_UNITS || (traits & NameTrait.SHORT) !== 0) return undefined;
    if (!this.#isOnePiece(index, nameRow, gram)) return undefined;
    const isOneToken = gram.endToken === gram.first + 1;
    if (isOneToken && isKnownWord(text.vocabulary, this.#rawHasher, range.from, range.to)) return undefined;
    if (isOneToken && this.#isCatalogueWord(text, range, { index, nameRow })) return undefined;
    const isPlain = isPlainWord(traits);
    const isReputed = (traits & NameTrait.REPUTED) !== 0;
    if (countKind(this.#stream, range, LookKind.FOREIGN) > 0) {
      // A word wholly in another script is a word of that language, unless each letter deceives as it stands.
      const isMixed = same > 0 || leet > 0;
      return !isMixed && (weak > 0 || isPlain) ? undefined : { view: 'SKELETON', certainty01: 1 };
    }
    // From here on only Latin letters, digits and signs: models, sizes and versions look like this by themselves.
    if (same * 2 < length - 1 || (foreign > 0 && same * 2 < length)) return undefined;
    const kinds = (foreign > 0 ? 1 : 0) + (leet > 0 ? 1 : 0) + (doubled > 0 ? 1 : 0);
    if (kinds > 1 && !isReputed && same < MIN_LOOK_UNITS) return undefined;
    if (leet > 0) {
      const hasSign = countKind(this.#stream, range, LookKind.SIGN) > 0;
      const isDoubtful = doubled + foreign === 0;
      if (!hasSign && isNumberedWord(text, this.#stream, { hasher: this.#rawHasher, range }))
        return { view: 'LEET', certainty01: MODEL_LIKE_01 };
      if (!hasSign && hasNumberAtEdge(this.#stream, range) && !isReputed && same < MIN_LOOK_UNITS) {
        return isDoubtful ? { view: 'LEET', certainty01: MODEL_LIKE_01 } : undefined;
      }
      if (!hasSign && isPlain && (doubled > 0 || same * 3 < length * 2)) {
        // Letters and digits by turns are no model.
        const isByTurns = leet > 1 && countDigitRuns(this.#stream, range) === leet;
        const certainty01 = length < MIN_DOUBTFUL_UNITS ? MODEL_LIKE_01 : isByTurns ? 1 : PLAIN_LEET_01;
        return isDoubtful ? { view: 'LEET', certainty01 } : undefined;
      }
      return { view: 'LEET', certainty01: length <= 4 && !isReputed ? 0.85 : 1 };
    }
    if (foreign > 0) return { view: 'SKELETON', certainty01: length <= 4 ? 0.6 : length === 5 ? 0.7 : 0.9 };
    if (same < MIN_LOOK_UNITS) return undefined;
    return { view: 'DOUBLED', certainty01: length <= 4 && doubled < 2 ? 0.85 : 1 };
  }

  /** The words of the text are the words of the name, or it is spelt out letter by letter; none is a bare number. */
  #isOnePiece({ names }: SealedIndex, nameRow: number, { first, endToken }: TokenRange): boolean {
    const stream = this.#stream;
    if (endToken === first + 1) return true;
    let hardTokens = 0;
    let single = 0;
    for (let token = first; token < endToken; token++) {
      if (token === first || stream.tokenIsHard[token] === 1) hardTokens++;
      const from = stream.keyRaw[stream.tokenStarts[token]!]!;
      const to = stream.keyRaw[stream.tokenStarts[token + 1]!]!;
      if (to - from === 1) single++;
    }
    if (single === endToken - first) return single >= MIN_LOOK_UNITS;
    if (hardTokens === 1) return true;
    for (let token = first; token < endToken; token++) {
      const from = stream.keyRaw[stream.tokenStarts[token]!]!;
      const to = stream.keyRaw[stream.tokenStarts[token + 1]!]!;
      if (countKind(this.#stream, { from, to }, LookKind.DIGIT) === to - from) return false;
    }
    return hardTokens <= wordsOfName(names.boundaries[nameRow]!);
  }

  #isCatalogueWord(text: ScannedText, range: RawRange, name: { index: SealedIndex; nameRow: number }): boolean {
    if (range.to - range.from > MAX_NAME_UNITS) return false;
    const asRead = { ...text, hasher: this.#rawHasher };
    return isCatalogueWord(asRead, { start: range.from, end: range.to }, name);
  }
}

interface TokenRange {
  readonly first: number;
  readonly endToken: number;
}

interface LookCandidate {
  readonly nameRow: number;
  readonly changes: LookChanges;
  readonly gram: TokenRange;
  readonly range: RawRange;
}

interface Judgement {
  readonly view: MarkView;
  readonly certainty01: number;
}
