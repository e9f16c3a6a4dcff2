import type { ProductKind } from '../demo-pictures/product-scenes.ts';
import type { DemoLanguage } from '../demo-cast/cast-seller.ts';
import { ELECTRONICS_WORDS } from './electronics-words.ts';
import { FASHION_WORDS } from './fashion-words.ts';
import { HOME_WORDS } from './home-words.ts';

/** The words for one kind of product. A `{a|b}` in a text is a choice. */
export interface ProductWords {
  /** Names as a title uses them, by language. */
  readonly names: Readonly<Record<DemoLanguage, readonly string[]>>;
  /** Marketplace category, general to special. */
  readonly category: string;
  readonly niceClass: number;
  /** Usual price, in minor units of the euro. */
  readonly priceMinor: readonly [number, number];
  /** What an English title or description may say of the make. */
  readonly features: readonly string[];
  readonly praise: readonly string[];
  readonly complaints: readonly string[];
}

/** Words for every kind of product of the demo. */
export const PRODUCT_WORDS: Readonly<Record<ProductKind, ProductWords>> = {
  ...FASHION_WORDS,
  ...HOME_WORDS,
  ...ELECTRONICS_WORDS,
};
