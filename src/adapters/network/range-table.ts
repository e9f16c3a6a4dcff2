import type { AddressWords } from './read-address.ts';

/** A range of addresses, start inclusive, end exclusive: numbers for IPv4 (0–2³²), bigints for IPv6 (0–2¹²⁸). */
export type AddressRange<R> =
  | { readonly family: 4; readonly start: number; readonly end: number; readonly record: R }
  | { readonly family: 6; readonly start: bigint; readonly end: bigint; readonly record: R };

/** What is known of an address by a table of ranges. Where ranges nest, the narrower one answers. */
export interface RangeTable<R> {
  find(words: AddressWords, family: 4 | 6): R | undefined;
  /** Disjoint ranges after nesting was resolved. */
  readonly rangeCount: number;
  /** The same ranges with another record each; `change` is called once a distinct record. The ranges are shared. */
  mapRecords<S>(change: (record: R) => S): RangeTable<S>;
}

interface Segment<T> {
  readonly start: T;
  readonly end: T;
  readonly record: number;
}

/**
 * Nested and overlapping ranges made disjoint, ascending: the range that starts last (or, at one start, is shorter)
 * is the more special one and wins; of two equal ranges the later one in the list.
 */
const flatten = <T extends number | bigint>(ranges: readonly Segment<T>[]): Segment<T>[] => {
  const order = ranges.map((range, position) => ({ range, position }));
  order.sort((left, right) => {
    const [a, b] = [left.range, right.range];
    if (a.start !== b.start) return a.start < b.start ? -1 : 1;
    if (a.end !== b.end) return a.end > b.end ? -1 : 1;
    return left.position - right.position;
  });
  const flat: Segment<T>[] = [];
  const emit = (start: T, end: T, record: number): void => {
    if (!(start < end)) return;
    const last = flat.at(-1);
    if (last !== undefined && last.end === start && last.record === record) flat[flat.length - 1] = { ...last, end };
    else flat.push({ start, end, record });
  };
  const open: Segment<T>[] = [];
  let cursor: T | undefined;
  const closeUntil = (limit: T | undefined): void => {
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      if (limit !== undefined && top.end > limit) return;
      emit(cursor ?? top.start, top.end, top.record);
      if (cursor === undefined || cursor < top.end) cursor = top.end;
      open.pop();
    }
  };
  for (const { range } of order) {
    closeUntil(range.start);
    const parent = open.at(-1);
    if (parent !== undefined && cursor !== undefined) emit(cursor, range.start, parent.record);
    open.push(range);
    cursor = range.start;
  }
  closeUntil(undefined);
  return flat;
};

/** Segments as ascending boundaries with the record number from each boundary on; 0 means that nothing is known. */
const toBoundaries = <T extends number | bigint>(flat: readonly Segment<T>[]): { at: T; record: number }[] => {
  const boundaries: { at: T; record: number }[] = [];
  for (const [position, segment] of flat.entries()) {
    boundaries.push({ at: segment.start, record: segment.record });
    if (flat[position + 1]?.start !== segment.end) boundaries.push({ at: segment.end, record: 0 });
  }
  return boundaries;
};

const WORD = 0xffff_ffffn;

/** Boundaries by the leading bits of an address, so that a search begins near its end. */
interface BucketIndex {
  /** How far an address's first word is shifted right to give its bucket. */
  readonly shift: number;
  /** For each bucket: how many boundaries lie below its first address. One entry more than buckets. */
  readonly below: Uint32Array;
}

/** About two buckets a boundary, 16 to 65,536: an index far larger than its table would only push others out of the cache. */
const indexBuckets = (leadingWords: Uint32Array): BucketIndex => {
  const bits = Math.min(16, Math.max(4, Math.ceil(Math.log2(leadingWords.length + 1)) + 1));
  const shift = 32 - bits;
  const below = new Uint32Array(2 ** bits + 1);
  let position = 0;
  for (let bucket = 0; bucket < below.length; bucket += 1) {
    while (position < leadingWords.length && (leadingWords[position] ?? 0) < bucket * 2 ** shift) position += 1;
    below[bucket] = position;
  }
  return { shift, below };
};

/** Whether boundary `at` of the IPv6 words lies above the address. */
const isAbove = (boundaries: Uint32Array, at: number, words: AddressWords): boolean => {
  for (let k = 0; k < 4; k += 1) {
    const boundary = boundaries[at * 4 + k] ?? 0;
    const word = words[k] ?? 0;
    if (boundary !== word) return boundary > word;
  }
  return false;
};

/**
 * Builds a table in typed arrays: 8 bytes a boundary for IPv4, 20 for IPv6, and an index on the leading bits.
 * A look-up is one bucket read and a binary search inside the bucket; measured in docs/decisions/0160-network-tables.md.
 */
export const buildRangeTable = <R>(ranges: readonly AddressRange<R>[]): RangeTable<R> => {
  const records: (R | undefined)[] = [undefined];
  const numbers = new Map<R, number>();
  const numberOf = (record: R): number => {
    const known = numbers.get(record);
    if (known !== undefined) return known;
    records.push(record);
    numbers.set(record, records.length - 1);
    return records.length - 1;
  };
  const four: Segment<number>[] = [];
  const six: Segment<bigint>[] = [];
  for (const range of ranges) {
    const record = numberOf(range.record);
    if (range.family === 4) four.push({ start: range.start, end: range.end, record });
    else six.push({ start: range.start, end: range.end, record });
  }
  const flatFour = flatten(four);
  const flatSix = flatten(six);
  // A boundary at 2³² or 2¹²⁸ would wrap to 0 in the arrays, and nothing lies beyond it.
  const edgesFour = toBoundaries(flatFour).filter((edge) => edge.at < 0x1_0000_0000);
  const edgesSix = toBoundaries(flatSix).filter((edge) => edge.at < 1n << 128n);

  const startsFour = Uint32Array.from(edgesFour, (edge) => edge.at);
  const recordsFour = Uint32Array.from(edgesFour, (edge) => edge.record);
  const bucketsFour = indexBuckets(startsFour);
  const startsSix = new Uint32Array(edgesSix.length * 4);
  for (const [position, edge] of edgesSix.entries()) {
    for (let k = 0; k < 4; k += 1) startsSix[position * 4 + k] = Number((edge.at >> BigInt(96 - 32 * k)) & WORD);
  }
  const recordsSix = Uint32Array.from(edgesSix, (edge) => edge.record);
  const bucketsSix = indexBuckets(Uint32Array.from(edgesSix, (_, position) => startsSix[position * 4] ?? 0));

  const findFour = (value: number): number => {
    const bucket = value >>> bucketsFour.shift;
    let low = bucketsFour.below[bucket] ?? 0;
    let high = bucketsFour.below[bucket + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((startsFour[middle] ?? 0) > value) high = middle;
      else low = middle + 1;
    }
    return low === 0 ? 0 : (recordsFour[low - 1] ?? 0);
  };
  const findSix = (words: AddressWords): number => {
    const bucket = (words[0] ?? 0) >>> bucketsSix.shift;
    let low = bucketsSix.below[bucket] ?? 0;
    let high = bucketsSix.below[bucket + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isAbove(startsSix, middle, words)) high = middle;
      else low = middle + 1;
    }
    return low === 0 ? 0 : (recordsSix[low - 1] ?? 0);
  };

  const rangeCount = flatFour.length + flatSix.length;
  const withRecords = <S>(own: readonly (S | undefined)[]): RangeTable<S> => ({
    rangeCount,
    find: (words, family) => own[family === 4 ? findFour(words[0] ?? 0) : findSix(words)],
    mapRecords: (change) => withRecords(own.map((record) => (record === undefined ? undefined : change(record)))),
  });
  return withRecords(records);
};
