import type { BehaviourEdge } from './behaviour.ts';

/** What the offers of two sellers have in common, things that many sellers use left out. */
export interface SharedGoods {
  readonly sellerId: string;
  readonly otherSellerId: string;
  readonly pictures: number;
  readonly texts: number;
}

/** The same pictures, or the same descriptions, in two sellers' stores as behaviour of their accounts. */
export const goodsEdges = (
  a: string,
  b: string,
  { sellerId, otherSellerId, pictures, texts }: SharedGoods,
  { natsEach, capNats }: { readonly natsEach: number; readonly capNats: number },
): BehaviourEdge[] => {
  const edge = (kind: 'PICTURE' | 'LISTING_TEXT', count: number, what: string): BehaviourEdge[] =>
    count === 0 || a === b
      ? []
      : [
          {
            a,
            b,
            kind,
            nats: Math.min(capNats, count * natsEach),
            why: `The stores ${sellerId} and ${otherSellerId} show ${count} of the same ${what}.`,
          },
        ];
  return [...edge('PICTURE', pictures, 'pictures'), ...edge('LISTING_TEXT', texts, 'descriptions')];
};
