import type { CastSeller } from './demo-cast/cast-seller.ts';
import { DEMO_SELLERS } from './demo-cast/demo-sellers.ts';
import type { DemoTruth, TruthSeller } from './demo-records.ts';

/** Standing that the demo's stories demand; a tier is a bound, not a prediction. */
const STANDINGS: readonly TruthSeller[] = [
  {
    id: 's-kyoto-craft',
    minTier: 'GOOD',
    story: 'Nineteen one-star reviews blame customs. The seller sent everything in time, so none may count.',
  },
  {
    id: 's-loom-and-thread',
    minTier: 'STANDARD',
    story: 'A strike of the carrier delayed and lost parcels; only what is said of the goods may count.',
  },
  {
    id: 's-alpenlicht',
    minTier: 'STANDARD',
    story: 'Attacked by a ring of a competitor: the one-star reviews may not drag the seller down for good.',
  },
  { id: 's-norvik', minTier: 'GOOD', story: 'The brand’s own store.' },
  { id: 's-velluna', minTier: 'NEW', story: 'The brand’s own store.' },
  {
    id: 's-leather-lane',
    minTier: 'STANDARD',
    story: 'Others stole the pictures; the owner may not be punished for it.',
  },
  {
    id: 's-mira-ceramics',
    minTier: 'STANDARD',
    story: 'Others stole the pictures; the owner may not be punished for it.',
  },
  { id: 's-caseport', minTier: 'STANDARD', story: 'Names other makers’ telephones, lawfully.' },
  { id: 's-quickbuy', maxTier: 'WATCH', story: 'Never sent sixteen orders.' },
  {
    id: 's-mirror-luxe',
    maxTier: 'WATCH',
    story: 'Sells replicas, has parcels seized as counterfeit, and its buyers say so.',
  },
];

const HONEST_ROLES: ReadonlySet<CastSeller['role']> = new Set([
  'BRAND_OWNER',
  'AUTHORISED',
  'INDEPENDENT',
  'ACCESSORIES',
  'STOCK_PICTURES',
]);

/** Adds what must become of sellers, and that honest shops may not be flagged as a whole. */
export const tellSellerTruth = (truth: DemoTruth): void => {
  truth.sellers.push(...STANDINGS);
  for (const { id, role } of DEMO_SELLERS) {
    if (HONEST_ROLES.has(role)) truth.honestSellers.push(id);
    if (role === 'BRAND_OWNER' || role === 'AUTHORISED') {
      truth.mustNotFlag.push({
        subject: 'SELLER',
        id,
        why: role === 'BRAND_OWNER' ? 'Owns the brand it sells.' : 'Is authorised by the brand’s owner.',
      });
    }
  }
};
