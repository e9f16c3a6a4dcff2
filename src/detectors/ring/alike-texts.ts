import { alikeReviews } from './side-rings.ts';
import type { RingState } from './ring-state.ts';
import type { RingSettings } from './settings.ts';

/** Two accounts, by id in ascending order, who wrote nearly the same. */
export interface AlikeAuthors {
  readonly a: string;
  readonly b: string;
  readonly nats: number;
}

/** Pairs among these accounts who wrote nearly the same text of the same polarity, each pair once for each text. */
export const alikeAuthors = (
  state: RingState,
  accountIds: readonly string[],
  settings: RingSettings,
): readonly AlikeAuthors[] => {
  const wanted = new Set(accountIds);
  const pairs = new Map<string, AlikeAuthors & { readonly texts: number }>();
  for (const accountId of [...wanted].sort()) {
    for (const slot of state.slotsOf(state.accountNumber(accountId) ?? -1)) {
      for (const other of alikeReviews(state, slot, settings)) {
        const otherId = state.accountId(state.accountOf(other));
        if (otherId <= accountId || !wanted.has(otherId)) continue;
        const key = `${accountId}\u0000${otherId}`;
        const texts = (pairs.get(key)?.texts ?? 0) + 1;
        pairs.set(key, { a: accountId, b: otherId, texts, nats: texts * settings.text.pairNats });
      }
    }
  }
  return [...pairs.values()];
};
