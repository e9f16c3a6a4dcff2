import type { Mark } from '../../domain/mark.ts';
import { NO_CATALOGUE } from './catalogue-words.ts';
import type { CatalogueWords } from './catalogue-words.ts';
import { findExact } from './exact-tier.ts';
import { TextFolder, TextSign } from './folded-text.ts';
import { findFuzzy } from './fuzzy-tier.ts';
import { findGlued } from './glued-tier.ts';
import { GramHasher } from './gram-hash.ts';
import { LookTier } from './look-tier.ts';
import { recordAt, rowOfMark } from './mark-columns.ts';
import { MARK_VIEWS } from './mark-hit.ts';
import type { MarkHit, MarkView, NameStrength } from './mark-hit.ts';
import { NAME_KINDS } from './mark-names.ts';
import type { MarkRecord } from './mark-record.ts';
import { findMasked } from './mask-tier.ts';
import { NameTrait } from './name-columns.ts';
import { createVocabulary } from './ordinary-words.ts';
import { ReversedTier } from './reversed-tier.ts';
import { createWordRanges } from './scanned-text.ts';
import type { RawHit, ScannedText } from './scanned-text.ts';
import { sealIndex } from './sealed-index.ts';
import type { IndexRules, SealedIndex } from './sealed-index.ts';
import { WordTiers } from './word-tiers.ts';
import type { BrandSettings } from './settings.ts';
import { findSounds } from './sound-tier.ts';
import { textAt } from './text-pool.ts';

/** Which tiers look: EXACT reads letter by letter, FULL also sees through every deformation. */
export type MatchDepth = 'EXACT' | 'FULL';

/**
 * All marks that are looked for: a large sealed part, a small part for what came since, and what was withdrawn.
 * One index belongs to one thread; the sealed parts may be shared between threads.
 */
export class MarkIndex {
  #base: SealedIndex;
  #recent: SealedIndex;
  readonly #recentMarks = new Map<string, Mark>();
  readonly #withdrawn = new Set<string>();
  /** Withdrawn marks that the base does not hold: one that is built meanwhile may. */
  readonly #withdrawnElsewhere = new Set<string>();
  readonly #rules: IndexRules;
  readonly #folder = new TextFolder();
  readonly #hasher = new GramHasher();
  #catalogue: CatalogueWords = NO_CATALOGUE;
  readonly #lookTier = new LookTier();
  readonly #reversedTier = new ReversedTier();
  readonly #wordTiers = new WordTiers(this.#reversedTier, this.#lookTier);
  /** The text that is being read: the same object each time, filled anew. */
  readonly #scanned: { -readonly [K in keyof ScannedText]: ScannedText[K] };
  /** The parts that hold names. */
  #indexes: readonly SealedIndex[];

  constructor(base: SealedIndex, rules: IndexRules) {
    this.#base = base;
    this.#rules = rules;
    this.#recent = sealIndex([], rules);
    this.#indexes = [base];
    this.#scanned = {
      folded: this.#folder,
      hasher: this.#hasher,
      vocabulary: rules.vocabulary,
      words: createWordRanges(),
      catalogue: NO_CATALOGUE,
    };
  }

  /** Marks that can be found now. */
  get size(): number {
    return this.#base.marks.count + this.#recent.marks.count - this.#withdrawn.size;
  }

  /** Marks added or withdrawn since the sealed part was built: many of them are a reason to build it anew. */
  get changedCount(): number {
    let count = this.#recentMarks.size;
    for (const id of this.#withdrawn) if (!this.#recentMarks.has(id)) count++;
    return count;
  }

  /** Takes the words of the stored catalogue, so that words in common use are not taken for misspelt names. */
  useCatalogue(catalogue: CatalogueWords): void {
    this.#catalogue = catalogue;
    this.#forget();
  }

  /** What is known of words depends on the names and the catalogue. */
  #forget(): void {
    this.#indexes = this.#recentMarks.size === 0 ? [this.#base] : [this.#base, this.#recent];
    this.#lookTier.forget();
    this.#wordTiers.forget();
  }

  /** Adds a mark or puts a new version in place of the old one; it can be found at once. */
  add(mark: Mark): void {
    this.update([mark], []);
  }

  /** Takes a mark away at once; tells whether it was there. */
  remove(markId: string): boolean {
    const wasThere = this.get(markId) !== undefined;
    this.update([], [markId]);
    return wasThere;
  }

  /** Adds marks, or new versions of them, and takes others away; all of it holds at once. */
  update(changed: readonly Mark[], removedIds: readonly string[]): void {
    let isRecentStale = changed.length > 0;
    for (const mark of changed) {
      this.#recentMarks.set(mark.id, mark);
      this.#withdrawnElsewhere.delete(mark.id);
    }
    for (const id of removedIds) {
      if (this.#recentMarks.delete(id)) isRecentStale = true;
      if (rowOfMark(this.#base.marks, id) < 0) this.#withdrawnElsewhere.add(id);
    }
    for (const id of [...changed.map((mark) => mark.id), ...removedIds]) {
      if (rowOfMark(this.#base.marks, id) >= 0) this.#withdrawn.add(id);
    }
    if (isRecentStale) this.#recent = sealIndex(this.#recentMarks.values(), this.#rules);
    this.#forget();
  }

  /**
   * Puts a newly built base in place of the old one in one step. `isCovered` tells of each mark that was added or
   * withdrawn since the last swap whether the new base knows of it already; the others stay on top of it.
   */
  swapBase(base: SealedIndex, isCovered: (markId: string) => boolean): void {
    for (const id of this.#recentMarks.keys()) if (isCovered(id)) this.#recentMarks.delete(id);
    for (const id of this.#withdrawn) {
      const isStillNeeded = rowOfMark(base.marks, id) >= 0 && (!isCovered(id) || this.#recentMarks.has(id));
      if (!isStillNeeded) this.#withdrawn.delete(id);
    }
    this.#base = base;
    const replaced = [...this.#recentMarks.keys(), ...[...this.#withdrawnElsewhere].filter((id) => !isCovered(id))];
    for (const id of replaced) if (rowOfMark(base.marks, id) >= 0) this.#withdrawn.add(id);
    this.#withdrawnElsewhere.clear();
    this.#recent = sealIndex(this.#recentMarks.values(), this.#rules);
    this.#forget();
  }

  get(markId: string): MarkRecord | undefined {
    const recentRow = rowOfMark(this.#recent.marks, markId);
    if (recentRow >= 0) return recordAt(this.#recent.marks, recentRow);
    if (this.#withdrawn.has(markId)) return undefined;
    const row = rowOfMark(this.#base.marks, markId);
    return row < 0 ? undefined : recordAt(this.#base.marks, row);
  }

  /**
   * Every mark found in the text, once for each place, in the plainest view that reads it there; overlapping hits of
   * different marks too. By start, then by end, then by mark.
   */
  findMarks(text: string, depth: MatchDepth = 'FULL'): MarkHit[] {
    const hits = new Map<string, MarkHit>();
    for (const raw of this.#findRaw(text, depth)) {
      const hit = this.#told(raw);
      if (hit === undefined) continue;
      const key = `${hit.start} ${hit.end} ${hit.markId}`;
      const known = hits.get(key);
      if (known === undefined || plainness(hit.view) < plainness(known.view)) hits.set(key, hit);
    }
    return withoutOverlaid([...hits.values()]).toSorted(
      (left, right) =>
        left.start - right.start ||
        left.end - right.end ||
        (left.markId < right.markId ? -1 : left.markId > right.markId ? 1 : 0),
    );
  }

  /** How many hits there are, without telling them: what a bench measures. */
  countMarks(text: string, depth: MatchDepth): number {
    return this.#findRaw(text, depth).length;
  }

  #findRaw(text: string, depth: MatchDepth): RawHit[] {
    const hits: RawHit[] = [];
    const folded = this.#folder.fold(text);
    if (folded.length === 0) return hits;
    this.#hasher.read(folded.units, folded.length);
    const scanned = this.#scanned;
    scanned.catalogue = this.#catalogue;
    const indexes = this.#indexes;
    for (const index of indexes) findExact(index, scanned, hits);
    if (depth === 'EXACT') return hits;
    this.#wordTiers.mark(indexes, scanned);
    for (const index of indexes) {
      findFuzzy(index, scanned, indexes, hits);
      findGlued(index, scanned, hits);
    }
    this.#lookTier.find(indexes, scanned, hits);
    findMasked(indexes, scanned, hits);
    if ((folded.signs & TextSign.FOREIGN) !== 0 && hasForeignLetter(folded)) findSounds(indexes, scanned, hits);
    this.#reversedTier.find(indexes, scanned, hits);
    return hits;
  }

  #told(raw: RawHit): MarkHit | undefined {
    const { names, marks } = raw.index;
    const markId = textAt(marks.ids, names.markRows[raw.nameRow]!);
    if (raw.index === this.#base && this.#withdrawn.has(markId)) return undefined;
    return {
      markId,
      name: textAt(names.texts, raw.nameRow),
      nameKind: NAME_KINDS[names.kinds[raw.nameRow]!]!,
      strength: strengthOf(names.traits[raw.nameRow]!),
      view: raw.view,
      start: raw.start,
      end: raw.end,
      isWholeWord: raw.isWholeWord,
      certainty01: raw.certainty01,
    };
  }
}

/** A mark read plainly is not read once more, in disguise, across the same letters. */
const withoutOverlaid = (hits: readonly MarkHit[]): MarkHit[] =>
  hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other.markId === hit.markId &&
          other.start < hit.end &&
          hit.start < other.end &&
          plainness(other.view) < plainness(hit.view),
      ),
  );

/** Greek is the first script after Latin. */
const FIRST_FOREIGN_UNIT = 0x370;

const hasForeignLetter = ({ units, length }: { readonly units: Uint16Array; readonly length: number }): boolean => {
  for (let unit = 0; unit < length; unit++) if (units[unit]! >= FIRST_FOREIGN_UNIT) return true;
  return false;
};

/** Position in MARK_VIEWS: the plainest first. */
const plainness = (view: MarkView): number => MARK_VIEWS.indexOf(view);

const strengthOf = (traits: number): NameStrength => {
  if ((traits & NameTrait.ORDINARY) !== 0) return 'ORDINARY';
  if ((traits & NameTrait.SHORT) !== 0) return 'SHORT';
  return (traits & NameTrait.REPUTED) !== 0 ? 'REPUTED' : 'COINED';
};

const compiledRules = new WeakMap<BrandSettings, IndexRules>();

/** The settings that the index needs, the word lists as a table; compiled once for each settings object. */
export const indexRulesOf = (settings: BrandSettings): IndexRules => {
  const known = compiledRules.get(settings);
  if (known !== undefined) return known;
  const rules = { vocabulary: createVocabulary(settings), fuzzyLengths: settings.rules.fuzzyLengths };
  compiledRules.set(settings, rules);
  return rules;
};

/** An index of the given marks; those not in force are left out. */
export const createMarkIndex = (marks: Iterable<Mark>, settings: BrandSettings): MarkIndex => {
  const rules = indexRulesOf(settings);
  return new MarkIndex(sealIndex(marks, rules), rules);
};
