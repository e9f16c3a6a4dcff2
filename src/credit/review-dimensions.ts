import type { ReviewDimension } from '../domain/credit.ts';
import type { LanguageWords, ReviewSettings } from './review-settings.ts';

/** A word of the lists found in a text: `text.slice(start, end)`. */
interface WordHit {
  readonly start: number;
  readonly end: number;
}

/** What a review complains of. */
export interface ReviewDimensions {
  /** Sorted DELIVERY, ITEM, SERVICE; empty where nothing was recognised. */
  readonly complaints: readonly ReviewDimension[];
  /** Whether delivery is the only complaint. */
  readonly isDeliveryAlone: boolean;
  /** Whether a clause holds none of the words: it may speak of anything. */
  readonly hasUnread: boolean;
  /** Where the text says so. */
  readonly spans: readonly (WordHit & { readonly dimension: ReviewDimension })[];
  /** Language of the lists that were read; absent where no list knew a word. */
  readonly language?: string;
}

/** Words between a negation and what it negates. Source: measured, docs/decisions/0182-review-dimensions.md. */
const NEGATION_REACH_WORDS = 3;

const escapeForPattern = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One pattern for a list; `*` at the end of a word stands for any letters. No nesting, so matching is linear. */
const patternOf = (words: readonly string[], isUnspaced: boolean): RegExp => {
  const alternatives = words
    .toSorted((left, right) => right.length - left.length)
    .map((word) => (word.endsWith('*') ? `${escapeForPattern(word.slice(0, -1))}\\p{L}*` : escapeForPattern(word)));
  const body = `(?:${alternatives.join('|')})`;
  return new RegExp(isUnspaced ? body : `(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, 'giu');
};

interface LanguagePatterns {
  readonly words: LanguageWords;
  readonly clauseEnd: RegExp;
  readonly negations: RegExp;
  readonly praise: RegExp;
  readonly trouble: RegExp;
  readonly dimensions: Readonly<Record<ReviewDimension, RegExp>>;
  readonly weakItem: RegExp;
  readonly weakService: RegExp;
}

const compile = (words: LanguageWords): LanguagePatterns => {
  const pattern = (list: readonly string[]): RegExp => patternOf(list, words.isUnspaced);
  return {
    words,
    clauseEnd: new RegExp(`[.!?;,。！？；，\\n]+|${pattern(words.contrasts).source}`, 'giu'),
    negations: pattern(words.negations),
    praise: pattern(words.praise),
    trouble: pattern(words.trouble),
    dimensions: { DELIVERY: pattern(words.DELIVERY), ITEM: pattern(words.ITEM), SERVICE: pattern(words.SERVICE) },
    weakItem: pattern(words.weakItem),
    weakService: pattern(words.weakService),
  };
};

const hitsOf = (pattern: RegExp, text: string): WordHit[] =>
  [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

/** Whether a negation stands shortly before `hit` (unspaced languages: right before). */
const isNegated = (hit: WordHit, negations: readonly WordHit[], clause: string, isUnspaced: boolean): boolean =>
  negations.some(({ start, end }) => {
    if (end > hit.start || (start === hit.start && end === hit.end)) return false;
    const between = clause.slice(end, hit.start);
    if (isUnspaced) return between.length <= 1;
    return between.split(/\s+/u).filter((word) => word !== '').length < NEGATION_REACH_WORDS;
  });

/** Whether a clause praises, or denies trouble: then it complains of nothing. */
const isContent = (clause: string, patterns: LanguagePatterns): boolean => {
  const negations = hitsOf(patterns.negations, clause);
  const negated = (hit: WordHit): boolean => isNegated(hit, negations, clause, patterns.words.isUnspaced);
  const trouble = hitsOf(patterns.trouble, clause);
  const praise = hitsOf(patterns.praise, clause).filter((hit) => !negated(hit));
  const deniesTrouble = trouble.some(negated);
  // A phrase of praise may hold a word of trouble, as "no complaints" does where the "no" comes last.
  const hasTrouble = trouble.some(
    (hit) => !negated(hit) && !praise.some(({ start, end }) => start <= hit.start && hit.end <= end),
  );
  return deniesTrouble || (praise.length > 0 && !hasTrouble);
};

/** The clauses of a text with their offsets. */
const clausesOf = (text: string, clauseEnd: RegExp): { readonly start: number; readonly text: string }[] => {
  const clauses: { start: number; text: string }[] = [];
  let start = 0;
  for (const hit of hitsOf(clauseEnd, text)) {
    clauses.push({ start, text: text.slice(start, hit.start) });
    start = hit.end;
  }
  clauses.push({ start, text: text.slice(start) });
  return clauses.filter((clause) => clause.text.trim() !== '');
};

const readClause = (clause: string, patterns: LanguagePatterns): Map<ReviewDimension, WordHit[]> => {
  const found = new Map<ReviewDimension, WordHit[]>();
  const delivery = hitsOf(patterns.dimensions.DELIVERY, clause);
  const isDelivery = delivery.length > 0;
  const item = [...hitsOf(patterns.dimensions.ITEM, clause), ...(isDelivery ? [] : hitsOf(patterns.weakItem, clause))];
  const service = [
    ...hitsOf(patterns.dimensions.SERVICE, clause),
    ...(isDelivery ? [] : hitsOf(patterns.weakService, clause)),
  ];
  if (delivery.length > 0) found.set('DELIVERY', delivery);
  if (item.length > 0) found.set('ITEM', item);
  if (service.length > 0) found.set('SERVICE', service);
  return found;
};

const readWith = (text: string, patterns: LanguagePatterns) => {
  const spans: (WordHit & { dimension: ReviewDimension })[] = [];
  let known = 0;
  let hasUnread = false;
  for (const clause of clausesOf(text, patterns.clauseEnd)) {
    const found = readClause(clause.text, patterns);
    for (const hits of found.values()) known += hits.length;
    if (isContent(clause.text, patterns)) continue;
    if (found.size === 0) hasUnread = true;
    for (const [dimension, hits] of found)
      for (const hit of hits) spans.push({ dimension, start: clause.start + hit.start, end: clause.start + hit.end });
  }
  return { spans, known, hasUnread };
};

/** Reads what reviews complain of; the patterns of all languages are made once. */
export interface ReviewReader {
  /** `language` is a BCP 47 tag where the review has one; else the language that knows most of the words is taken. */
  read(text: string, language?: string): ReviewDimensions;
}

const DIMENSION_ORDER: readonly ReviewDimension[] = ['DELIVERY', 'ITEM', 'SERVICE'];

export const createReviewReader = (settings: ReviewSettings): ReviewReader => {
  const compiled = settings.languages.map(compile);
  return {
    read: (text, language) => {
      const tag = language?.slice(0, 2).toLowerCase();
      const asked = compiled.filter(({ words }) => words.language === tag);
      const readings = (asked.length > 0 ? asked : compiled).map((patterns) => ({
        language: patterns.words.language,
        ...readWith(text, patterns),
      }));
      const best = readings.toSorted((left, right) => right.known - left.known)[0];
      if (best === undefined || best.known === 0)
        return { complaints: [], isDeliveryAlone: false, hasUnread: true, spans: [] };
      const complaints = DIMENSION_ORDER.filter((dimension) => best.spans.some((span) => span.dimension === dimension));
      return {
        complaints,
        isDeliveryAlone: complaints.length === 1 && complaints[0] === 'DELIVERY',
        hasUnread: best.hasUnread,
        spans: best.spans.toSorted((left, right) => left.start - right.start),
        language: best.language,
      };
    },
  };
};
