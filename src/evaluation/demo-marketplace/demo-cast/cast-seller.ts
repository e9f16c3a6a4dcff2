import type { ProductKind } from '../demo-pictures/product-scenes.ts';
import type { InventedBrand } from '../demo-pictures/brand-emblems.ts';

/** Language in which a seller writes. */
export type DemoLanguage = 'en' | 'de' | 'es' | 'ru' | 'zh';

/** One store of the demo and the part it plays. */
export interface CastSeller {
  readonly id: string;
  readonly storeName: string;
  readonly country: string;
  readonly role:
    | 'BRAND_OWNER'
    | 'AUTHORISED'
    | 'INDEPENDENT'
    | 'ACCESSORIES'
    | 'STOCK_PICTURES'
    | 'COUNTERFEITER'
    | 'PICTURE_THIEF'
    | 'RING_BUYER'
    | 'ATTACKER'
    | 'POOR';
  readonly language: DemoLanguage;
  readonly currency: string;
  readonly kinds: readonly ProductKind[];
  /** Ordinary listings; those of the stories come on top. */
  readonly ordinaryListings: number;
  readonly registeredDaysAgo: number;
  /** Invented brand whose genuine goods the seller sells. */
  readonly sells?: InventedBrand;
  readonly ownBrands?: readonly string[];
  readonly kyb?: 'MISSING' | 'PENDING' | 'VERIFIED' | 'FORGED';
  /** How pleased buyers are by the goods, as the mean of stars. */
  readonly meanStars: number;
  /** How many honest reviews the seller gets, in proportion. */
  readonly popularity: number;
}

/** A seller of the demo; what is left out is an English-speaking, verified shop that sells in euros. */
export const castSeller = (
  id: string,
  storeName: string,
  country: string,
  rest: Omit<CastSeller, 'id' | 'storeName' | 'country' | 'language' | 'currency' | 'kyb'> & Partial<CastSeller>,
): CastSeller => ({ language: 'en', currency: 'EUR', kyb: 'VERIFIED', ...rest, id: `s-${id}`, storeName, country });
