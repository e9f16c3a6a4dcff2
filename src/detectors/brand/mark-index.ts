import type { Mark } from '../../domain/mark.ts';
import { findExact } from './exact-tier.ts';
import type { RawHit, ScannedText } from './exact-tier.ts';
import { TextFolder } from './folded-text.ts';
import { GramHasher } from './gram-hash.ts';
import { recordAt, rowOfMark } from './mark-columns.ts';
import type { MarkHit, NameStrength } from './mark-hit.ts';
import { NAME_KINDS } from './mark-names.ts';
import type { MarkRecord } from './mark-record.ts';
import { NameTrait } from './name-columns.ts';
import { createOrdinaryWords } from './ordinary-words.ts';
import type { OrdinaryWords } from './ordinary-words.ts';
import type { SealedIndex } from './sealed-index.ts';
import { sealIndex } from './sealed-index.ts';
import type { BrandSettings } from './settings.ts';
import { textAt } from './text-pool.ts';

/**
 * All marks that are looked for: a large sealed part, a small part for what came since, and what was withdrawn.
 * One index belongs to one thread; the sealed parts may be shared between threads.
 */
export class MarkIndex {
  #base: SealedIndex;
  #recent: SealedIndex;
  readonly #recentMarks = new Map<string, Mark>();
  readonly #withdrawn = new Set<string>();
  readonly #ordinaryWords: OrdinaryWords;
  readonly #folder = new TextFolder();
  readonly #hasher = new GramHasher();

  constructor(base: SealedIndex, ordinaryWords: OrdinaryWords) {
    this.#base = base;
    this.#ordinaryWords = ordinaryWords;
    this.#recent = sealIndex([], ordinaryWords);
  }

  /** Marks that can be found now. */
  get size(): number {
    return this.#base.marks.count + this.#recent.marks.count - this.#withdrawn.size;
  }

  /** Marks added since the sealed part was built: many of them are a reason to build it anew. */
  get recentCount(): number {
    return this.#recentMarks.size;
  }

  /** Adds a mark or puts a new version in place of the old one. */
  add(mark: Mark): void {
    this.#recentMarks.set(mark.id, mark);
    if (rowOfMark(this.#base.marks, mark.id) >= 0) this.#withdrawn.add(mark.id);
    this.#recent = sealIndex(this.#recentMarks.values(), this.#ordinaryWords);
  }

  /** Takes a mark away; tells whether it was there. */
  remove(markId: string): boolean {
    const wasThere = this.get(markId) !== undefined;
    if (this.#recentMarks.delete(markId)) this.#recent = sealIndex(this.#recentMarks.values(), this.#ordinaryWords);
    if (rowOfMark(this.#base.marks, markId) >= 0) this.#withdrawn.add(markId);
    return wasThere;
  }

  get(markId: string): MarkRecord | undefined {
    const recentRow = rowOfMark(this.#recent.marks, markId);
    if (recentRow >= 0) return recordAt(this.#recent.marks, recentRow);
    if (this.#withdrawn.has(markId)) return undefined;
    const row = rowOfMark(this.#base.marks, markId);
    return row < 0 ? undefined : recordAt(this.#base.marks, row);
  }

  /** Every name found in the text, overlapping ones too; by start, then by end, then by mark. */
  findMarks(text: string): MarkHit[] {
    const folded = this.#folder.fold(text);
    if (folded.length < 2) return [];
    this.#hasher.read(folded.units, folded.length);
    const scanned: ScannedText = { folded, hasher: this.#hasher, ordinaryWords: this.#ordinaryWords };
    const hits: MarkHit[] = [];
    this.#tell(this.#base, findExact(this.#base, scanned), scanned, hits);
    this.#tell(this.#recent, findExact(this.#recent, scanned), scanned, hits);
    return hits.sort(
      (left, right) =>
        left.start - right.start ||
        left.end - right.end ||
        (left.markId < right.markId ? -1 : left.markId > right.markId ? 1 : 0),
    );
  }

  #tell(index: SealedIndex, rawHits: readonly RawHit[], { folded }: ScannedText, hits: MarkHit[]): void {
    for (const raw of rawHits) {
      const { names, marks } = index;
      const markId = textAt(marks.ids, names.markRows[raw.nameRow]!);
      if (index === this.#base && this.#withdrawn.has(markId)) continue;
      hits.push({
        markId,
        name: textAt(names.texts, raw.nameRow),
        nameKind: NAME_KINDS[names.kinds[raw.nameRow]!]!,
        strength: strengthOf(names.traits[raw.nameRow]!),
        view: raw.view,
        start: folded.starts[raw.startUnit]!,
        end: folded.ends[raw.endUnit - 1]!,
        isWholeWord: raw.isWholeWord,
      });
    }
  }
}

const strengthOf = (traits: number): NameStrength => {
  if ((traits & NameTrait.ORDINARY) !== 0) return 'ORDINARY';
  if ((traits & NameTrait.SHORT) !== 0) return 'SHORT';
  return (traits & NameTrait.REPUTED) !== 0 ? 'REPUTED' : 'COINED';
};

const compiledWords = new WeakMap<BrandSettings, OrdinaryWords>();

/** The settings' word list as a table; compiled once for each settings object. */
const ordinaryWordsOf = (settings: BrandSettings): OrdinaryWords => {
  const known = compiledWords.get(settings);
  if (known !== undefined) return known;
  const words = createOrdinaryWords(settings.ordinaryWords);
  compiledWords.set(settings, words);
  return words;
};

/** An index of the given marks; those not in force are left out. */
export const createMarkIndex = (marks: Iterable<Mark>, settings: BrandSettings): MarkIndex => {
  const ordinaryWords = ordinaryWordsOf(settings);
  return new MarkIndex(sealIndex(marks, ordinaryWords), ordinaryWords);
};
