import { buildAccounts } from './build-accounts.ts';
import { buildBanks } from './build-banks.ts';
import { buildOrdinaryListings } from './build-ordinary-listings.ts';
import { buildStoryListings } from './build-story-listings.ts';
import { isoTime, msBefore } from './demo-calendar.ts';
import { DEMO_MARKS, RIGHTS_HOLDERS } from './demo-cast/demo-brands.ts';
import { DEMO_SELLERS } from './demo-cast/demo-sellers.ts';
import type { PictureJob } from './demo-pictures/picture-jobs.ts';
import type {
  DemoAccount,
  DemoBankPicture,
  DemoListing,
  DemoMark,
  DemoOrder,
  DemoReview,
  DemoRightsHolder,
  DemoSeller,
  DemoTruth,
} from './demo-records.ts';
import { runRings } from './run-rings.ts';
import type { SeededRandom } from './seeded-random.ts';
import { sufferParcels } from './suffer-parcels.ts';
import { tellSellerTruth } from './tell-seller-truth.ts';
import { createTextMemory } from './text-likeness.ts';
import { createTradeLedger } from './trade-ledger.ts';
import { tradeHonestly } from './trade-honestly.ts';

/** The whole demo marketplace but for the bytes of its pictures. Lists are in the order in which things came about. */
export interface DemoMarketplace {
  readonly sellers: readonly DemoSeller[];
  readonly rightsHolders: readonly DemoRightsHolder[];
  readonly marks: readonly DemoMark[];
  readonly bank: readonly DemoBankPicture[];
  readonly accounts: readonly DemoAccount[];
  readonly listings: readonly DemoListing[];
  readonly orders: readonly DemoOrder[];
  readonly reviews: readonly DemoReview[];
  readonly pictureJobs: readonly PictureJob[];
  readonly truth: DemoTruth;
}

const byTime =
  <Item>(timeOf: (item: Item) => string) =>
  (left: Item, right: Item): number =>
    timeOf(left) < timeOf(right) ? -1 : timeOf(left) > timeOf(right) ? 1 : 0;

/** Makes the demo marketplace. The same seed gives the same demo, to the letter. */
export const generateDemo = (random: SeededRandom): DemoMarketplace => {
  const truth: DemoTruth = {
    mustFind: [],
    mustNotFlag: [],
    rings: [],
    clusters: [],
    notClusters: [],
    honestSellers: [],
    sellers: [],
    faults: [],
    reviewWeights: [],
    notYetExpected: [],
  };

  const descriptions = createTextMemory();
  const ordinary = DEMO_SELLERS.map((seller) =>
    buildOrdinaryListings(seller, descriptions, random.fork(`shop ${seller.id}`)),
  );
  const stories = buildStoryListings(truth);
  const planned = [...ordinary.flatMap((shop) => shop.planned), ...stories.planned].toSorted(
    byTime(({ listing }) => listing.createdAt),
  );
  const banks = buildBanks(planned);

  const people = buildAccounts(random.fork('people'), truth);
  const honest = [...people.ordinary, ...people.families.flat(), ...people.students];
  const ledger = createTradeLedger(random.fork('ledger'));
  const memory = createTextMemory();
  const market = { listings: planned, ledger, memory };
  tradeHonestly({ ...market, buyers: honest, random: random.fork('trade') });
  sufferParcels({ ...market, buyers: people.ordinary, random: random.fork('parcels'), truth });
  runRings({ ...market, people, random: random.fork('rings'), truth });
  tellSellerTruth(truth);

  return {
    sellers: DEMO_SELLERS.map((seller) => ({
      id: seller.id,
      legalId: `legal-${seller.id.slice(2)}`,
      storeName: seller.storeName,
      country: seller.country,
      registeredAt: isoTime(msBefore(seller.registeredDaysAgo)),
      kyb: seller.kyb ?? 'VERIFIED',
      ownBrands: [...(seller.ownBrands ?? [])],
    })),
    rightsHolders: RIGHTS_HOLDERS,
    marks: DEMO_MARKS,
    bank: banks.bank,
    accounts: [
      ...people.sellerAccounts,
      ...[...honest, ...people.praiseRing, ...people.gadgetRing, ...people.attackRing, ...people.sockPuppets]
        .map(({ account }) => account)
        .toSorted(byTime(({ registeredAt }) => registeredAt)),
    ],
    listings: planned.map(({ listing }) => listing),
    orders: ledger.orders.toSorted(byTime(({ placedAt }) => placedAt)),
    reviews: ledger.reviews.toSorted(byTime(({ createdAt }) => createdAt)),
    pictureJobs: [...ordinary.flatMap((shop) => shop.jobs), ...stories.jobs, ...banks.jobs],
    truth,
  };
};
