import type { Mark } from '../../domain/mark.ts';
import type { IndexRules, SealedIndex } from '../../detectors/brand/sealed-index.ts';

/** What the index thread is started with. The tables inside lie on shared memory: nothing is copied. */
export interface IndexThreadData {
  readonly rules: IndexRules;
}

/** To the thread: marks in batches, then that there are no more. */
export type ToIndexThread = { readonly kind: 'marks'; readonly marks: readonly Mark[] } | { readonly kind: 'seal' };

/** From the thread: that it wants the next batch, and the index. */
export type FromIndexThread = { readonly kind: 'next' } | { readonly kind: 'sealed'; readonly index: SealedIndex };
