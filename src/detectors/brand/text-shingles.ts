/** Characters of one shingle. Source: measured on reviews, `text-near-duplicates` in the design. */
const SHINGLE_CHARACTERS = 5;
const CJK_SHINGLE_CHARACTERS = 3;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A text reduced to what makes it a copy: lower case, letters and digits, single spaces. */
export const normaliseForCopy = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The set of overlapping character runs of a normalised text: five characters, three where the text is Chinese, Japanese or Korean. */
export const shinglesOf = (normalised: string): Set<string> => {
  const size = CJK.test(normalised) ? CJK_SHINGLE_CHARACTERS : SHINGLE_CHARACTERS;
  const shingles = new Set<string>();
  for (let at = 0; at + size <= normalised.length; at++) shingles.add(normalised.slice(at, at + size));
  if (shingles.size === 0 && normalised !== '') shingles.add(normalised);
  return shingles;
};

/** How alike two texts are, and how much of the one is in the other. Shares are 0–1. */
export interface Overlap {
  readonly jaccard01: number;
  /** Share of the left text's shingles that the right text has too. */
  readonly contained01: number;
}

/** Exact overlap of two shingle sets. Source: Broder 1997, resemblance and containment. */
export const overlapOf = (left: ReadonlySet<string>, right: ReadonlySet<string>): Overlap => {
  let shared = 0;
  for (const shingle of left) if (right.has(shingle)) shared++;
  const union = left.size + right.size - shared;
  return { jaccard01: union === 0 ? 0 : shared / union, contained01: left.size === 0 ? 0 : shared / left.size };
};
