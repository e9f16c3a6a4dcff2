import { BRAND_SHOPS } from './brand-shops.ts';
import type { CastSeller } from './cast-seller.ts';
import { CROOKED_SHOPS } from './crooked-shops.ts';
import { HONEST_SHOPS } from './honest-shops.ts';

/** Everybody who sells on the demo marketplace. */
export const DEMO_SELLERS: readonly CastSeller[] = [...BRAND_SHOPS, ...HONEST_SHOPS, ...CROOKED_SHOPS];
