/** Characters a shingle has. Five is what near-duplicate measures on reviews use. */
const SHINGLE_LENGTH = 5;

const shinglesOf = (text: string): Set<string> => {
  const letters = [
    ...text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  ];
  const shingles = new Set<string>();
  for (let start = 0; start + SHINGLE_LENGTH <= letters.length; start += 1) {
    shingles.add(letters.slice(start, start + SHINGLE_LENGTH).join(''));
  }
  return shingles;
};

/** Remembers texts and tells how like a new one is to the nearest of them. */
export interface TextMemory {
  /** Jaccard likeness of the five-letter shingles to the nearest remembered text, 0–1. */
  nearest01(text: string): number;
  remember(text: string): void;
}

/** Makes an empty memory. Exact, not a sketch: a few thousand short texts need none. */
export const createTextMemory = (): TextMemory => {
  const holders = new Map<string, number[]>();
  const sizes: number[] = [];
  return {
    nearest01: (text) => {
      const shingles = shinglesOf(text);
      const common = new Uint16Array(sizes.length);
      for (const shingle of shingles) {
        for (const holder of holders.get(shingle) ?? []) common[holder] = (common[holder] ?? 0) + 1;
      }
      let nearest = 0;
      for (const [holder, shared] of common.entries()) {
        if (shared > 0) nearest = Math.max(nearest, shared / (shingles.size + (sizes[holder] ?? 0) - shared));
      }
      return nearest;
    },
    remember: (text) => {
      const shingles = shinglesOf(text);
      const holder = sizes.length;
      sizes.push(shingles.size);
      for (const shingle of shingles) {
        const list = holders.get(shingle);
        if (list === undefined) holders.set(shingle, [holder]);
        else list.push(holder);
      }
    },
  };
};
