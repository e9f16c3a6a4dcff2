/** Characters of a shingle: five keep word order and survive inflection (measured, docs/decisions/0141-near-duplicate-texts.md). */
const SHINGLE_CHARS = 5;

/** The text with case, width, punctuation and spacing evened out. */
export const evenText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Overlapping runs of five characters of an evened text; one shorter run for a shorter text, none for an empty one. */
export const shinglesOf = (evened: string): Set<string> => {
  const shingles = new Set<string>();
  for (let i = 0; i + SHINGLE_CHARS <= evened.length; i += 1) shingles.add(evened.slice(i, i + SHINGLE_CHARS));
  if (shingles.size === 0 && evened.length > 0) shingles.add(evened);
  return shingles;
};

/** Shared share of two sets, 0–1; 0 for two empty ones. */
export const jaccard01 = <T>(left: ReadonlySet<T>, right: ReadonlySet<T>): number => {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  let shared = 0;
  for (const item of small) if (large.has(item)) shared += 1;
  const union = left.size + right.size - shared;
  return union === 0 ? 0 : shared / union;
};
