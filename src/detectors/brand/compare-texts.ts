import type { ComparedText, SimilarText } from './brand-facts.ts';
import { normaliseForCopy, overlapOf, shinglesOf } from './text-shingles.ts';

/** Each of the texts with its overlap with a description, which is the left text. */
export const compareTexts = (description: string, texts: readonly SimilarText[]): ComparedText[] => {
  if (texts.length === 0) return [];
  const own = shinglesOf(normaliseForCopy(description));
  return texts.map((text) => ({ ...text, overlap: overlapOf(own, shinglesOf(normaliseForCopy(text.description))) }));
};
