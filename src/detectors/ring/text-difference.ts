/** [start, end) of characters of a text. */
export type TextRange = [number, number];

/** Words of a middle part beyond which it is marked as a whole: the comparison takes the product of both. */
const WORDS_COMPARED = 600;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where two texts differ, word by word, for showing them side by side: what is left of each beside the longest common
 * sequence of words, neighbouring words joined to one range. Case and punctuation count.
 */
export const textDifference = (left: string, right: string): { left: TextRange[]; right: TextRange[] } => {
  const a = wordsOf(left);
  const b = wordsOf(right);
  let first = 0;
  while (first < a.length && first < b.length && a[first]?.text === b[first]?.text) first += 1;
  let lastA = a.length;
  let lastB = b.length;
  while (lastA > first && lastB > first && a[lastA - 1]?.text === b[lastB - 1]?.text) {
    lastA -= 1;
    lastB -= 1;
  }
  const middleA = a.slice(first, lastA);
  const middleB = b.slice(first, lastB);
  const isLong = middleA.length > WORDS_COMPARED || middleB.length > WORDS_COMPARED;
  const common = isLong ? { a: new Set<number>(), b: new Set<number>() } : commonWords(middleA, middleB);
  return { left: rangesBeside(middleA, common.a), right: rangesBeside(middleB, common.b) };
};

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/\S+/gu)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));

/** Positions of the words of a longest common sequence in each. */
const commonWords = (a: readonly Word[], b: readonly Word[]): { a: Set<number>; b: Set<number> } => {
  const width = b.length + 1;
  // Longest common sequence of what follows a[i] and b[j].
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const down = lengths[(i + 1) * width + j] ?? 0;
      const along = lengths[i * width + j + 1] ?? 0;
      const isSame = a[i]?.text === b[j]?.text;
      lengths[i * width + j] = isSame ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(down, along);
    }
  }
  const inA = new Set<number>();
  const inB = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i]?.text === b[j]?.text) {
      inA.add(i);
      inB.add(j);
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return { a: inA, b: inB };
};

const rangesBeside = (words: readonly Word[], common: ReadonlySet<number>): TextRange[] => {
  const ranges: TextRange[] = [];
  let isOpen = false;
  for (const [position, word] of words.entries()) {
    const last = ranges.at(-1);
    if (common.has(position)) isOpen = false;
    else if (isOpen && last !== undefined) last[1] = word.end;
    else {
      ranges.push([word.start, word.end]);
      isOpen = true;
    }
  }
  return ranges;
};
