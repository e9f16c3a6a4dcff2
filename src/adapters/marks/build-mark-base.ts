import type { Mark } from '../../domain/mark.ts';
import { SealedIndexBuilder } from '../../detectors/brand/sealed-index.ts';
import type { IndexRules, SealedIndex } from '../../detectors/brand/sealed-index.ts';
import { buildIndexInThread } from './build-in-thread.ts';

/** Fewer marks are indexed in a few milliseconds, sooner than a thread starts. */
const THREAD_FROM_MARKS = 2_000;

/** Builds an index of marks, in a thread of its own where that would hold up the checks of this one. */
export const buildMarkBase = async (
  pages: AsyncIterable<readonly Mark[]>,
  count: number,
  rules: IndexRules,
): Promise<SealedIndex> => {
  if (count >= THREAD_FROM_MARKS) return buildIndexInThread(pages, rules);
  const builder = new SealedIndexBuilder(rules);
  for await (const marks of pages) for (const mark of marks) builder.push(mark);
  return builder.seal();
};
