import type { BehaviourEdge } from './behaviour.ts';
import type { AccountSettings } from './settings.ts';

/** What the offers of two sellers have in common, things that many sellers use left out. */
export interface SharedGoods {
  readonly sellerId: string;
  readonly otherSellerId: string;
  /** Pictures and descriptions that both show. */
  readonly pictures: number;
  readonly texts: number;
  /** Pairs of offers, one of each store, with a picture, or a description, that is nearly the same. */
  readonly nearPictures: number;
  readonly nearTexts: number;
}

/** The same or nearly the same pictures, or descriptions, in two sellers' stores as behaviour of their accounts. */
export const goodsEdges = (
  a: string,
  b: string,
  { sellerId, otherSellerId, pictures, texts, nearPictures, nearTexts }: SharedGoods,
  { natsEach, nearNatsEach, capNats }: Pick<AccountSettings['goods'], 'natsEach' | 'nearNatsEach' | 'capNats'>,
): BehaviourEdge[] => {
  const edge = (kind: 'PICTURE' | 'LISTING_TEXT', same: number, near: number, what: string): BehaviourEdge[] => {
    if (same + near === 0 || a === b) return [];
    const parts = [
      ...(same === 0 ? [] : [`${same} of the same ${what}`]),
      ...(near === 0 ? [] : [`${near} nearly the same ${what}`]),
    ];
    const nats = Math.min(capNats, same * natsEach + near * nearNatsEach);
    return [{ a, b, kind, nats, why: `The stores ${sellerId} and ${otherSellerId} show ${parts.join(' and ')}.` }];
  };
  return [
    ...edge('PICTURE', pictures, nearPictures, 'pictures'),
    ...edge('LISTING_TEXT', texts, nearTexts, 'descriptions'),
  ];
};
