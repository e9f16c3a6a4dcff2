import type { CastSeller } from './demo-cast/cast-seller.ts';
import { isoTime, msBefore } from './demo-calendar.ts';
import { asSentence, chooseWords } from './demo-wording/choose-words.ts';
import { LISTING_WORDS } from './demo-wording/listing-words.ts';
import { PRODUCT_WORDS } from './demo-wording/product-words.ts';
import type { PictureJob, PictureSign } from './demo-pictures/picture-jobs.ts';
import type { ProductKind } from './demo-pictures/product-scenes.ts';
import type { DemoListing } from './demo-records.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { TextMemory } from './text-likeness.ts';

/** A listing of the demo with what the generator has to know of it. */
export interface PlannedListing {
  readonly listing: DemoListing;
  readonly kind: ProductKind;
}

/** Minor units of one euro in the currency, roughly: the demo needs plausible prices, not exchange rates. */
const MINOR_PER_EURO: Readonly<Record<string, number>> = {
  EUR: 100,
  GBP: 86,
  USD: 108,
  CAD: 148,
  AUD: 165,
  CNY: 780,
  BRL: 590,
  MXN: 1_950,
};

/** Converts minor units of the euro to the currency, ending in a price a shop would ask. */
export const priceIn = (currency: string, euroMinor: number): number => {
  const raw = (euroMinor * (MINOR_PER_EURO[currency] ?? 100)) / 100;
  return Math.max(600, Math.round(raw / 100) * 100 - 10);
};

const writeTitle = (seller: CastSeller, kind: ProductKind, random: SeededRandom): string => {
  const words = PRODUCT_WORDS[kind];
  const name = random.pick(words.names[seller.language]);
  const { adjectives, colours } = LISTING_WORDS[seller.language];
  const brand = seller.sells ?? seller.ownBrands?.[0] ?? '';
  const adjective = random.pick(adjectives);
  const colour = random.pick(colours);
  if (seller.language === 'zh') return `${brand}${adjective}${name} ${colour}`.trim();
  if (seller.language === 'en') {
    const feature = random.pick(words.features);
    const shapes = [
      `${brand} ${adjective} ${name}, ${colour}`,
      `${brand} ${name} – ${feature}, ${colour}`,
      `${adjective} ${name} ${brand === '' ? '' : `by ${brand}`} (${colour})`,
      `${name} ${brand}, ${colour}, ${feature}`,
    ];
    return random.pick(shapes).replace(/\s+/gu, ' ').trim();
  }
  const shapes =
    seller.language === 'de'
      ? [`${brand} ${name} ${colour}`, `${name} ${brand}, ${colour}`]
      : [`${brand} ${name} ${adjective}, ${colour}`, `${name} ${brand} ${colour}`];
  return random.pick(shapes).replace(/\s+/gu, ' ').trim();
};

const wordDescription = (seller: CastSeller, kind: ProductKind, random: SeededRandom): string => {
  const { sentences } = LISTING_WORDS[seller.language];
  const shop = random.sample(sentences, random.integer(3, 5)).map((sentence) => chooseWords(sentence, random));
  if (seller.language !== 'en') return shop.join(seller.language === 'zh' ? '' : ' ');
  const features = random.sample(PRODUCT_WORDS[kind].features, random.integer(2, 4));
  const make = random.pick(['In short:', 'Features:', 'Good to know:', 'Details:']);
  return [asSentence(`${make} ${features.join(', ')}`), ...shop].join(' ');
};

/** Two shops that never met do not write half of a text alike. */
const MAX_ALIKE_01 = 0.34;
const WORDINGS_TRIED = 60;

/** A description that stays away from those before it: the first wording that is far enough, else the farthest. */
const writeDescription = (
  seller: CastSeller,
  kind: ProductKind,
  { memory, random }: { readonly memory: TextMemory; readonly random: SeededRandom },
): string => {
  let best = { text: '', alike01: Number.POSITIVE_INFINITY };
  for (let tried = 0; tried < WORDINGS_TRIED && best.alike01 > MAX_ALIKE_01; tried += 1) {
    const text = wordDescription(seller, kind, random);
    const alike01 = memory.nearest01(text);
    if (alike01 < best.alike01) best = { text, alike01 };
  }
  memory.remember(best.text);
  return best.text;
};

const signOf = (seller: CastSeller): PictureSign => {
  if (seller.sells !== undefined) return { kind: 'INVENTED', brand: seller.sells };
  const own = seller.ownBrands?.[0];
  return own !== undefined && /^[A-Za-z]{3,9}$/u.test(own) ? { kind: 'WORD', word: own } : { kind: 'NONE' };
};

/** The seller's ordinary offers with the pictures they need, oldest first. */
export const buildOrdinaryListings = (
  seller: CastSeller,
  descriptions: TextMemory,
  random: SeededRandom,
): { readonly planned: PlannedListing[]; readonly jobs: PictureJob[] } => {
  const planned: PlannedListing[] = [];
  const jobs: PictureJob[] = [];
  const shortName = seller.id.slice(2);
  for (let index = 1; index <= seller.ordinaryListings; index += 1) {
    const id = `${shortName}-${String(index).padStart(2, '0')}`;
    const chance = random.fork(id);
    const kind = seller.kinds[(index - 1) % seller.kinds.length] ?? 'mug';
    const words = PRODUCT_WORDS[kind];
    const oldest = Math.min(seller.registeredDaysAgo - 4, 520);
    const ageDays = 6 + (oldest - 6) * (1 - (index - chance.next01()) / seller.ordinaryListings);
    const pictureCount = chance.pick([1, 1, 1, 2, 2, 3]);
    const pictures = Array.from({ length: pictureCount }, (_unused, number) => ({
      path: `pictures/${id}${['', 'b', 'c'][number] ?? ''}.webp`,
    }));
    for (const [number, picture] of pictures.entries()) {
      jobs.push({
        how: 'SCENE',
        path: picture.path,
        product: kind,
        sign: signOf(seller),
        productKey: id,
        settingKey: `${id}/${number}`,
      });
    }
    const brand = seller.sells ?? seller.ownBrands?.[0];
    const [cheap, dear] = words.priceMinor;
    const level =
      seller.role === 'BRAND_OWNER' || seller.role === 'AUTHORISED' ? chance.between(0.55, 1) : chance.between(0, 0.6);
    planned.push({
      kind,
      listing: {
        id,
        sellerId: seller.id,
        title: writeTitle(seller, kind, chance),
        description: writeDescription(seller, kind, {
          memory: descriptions,
          random: random.fork(`${id}/description`),
        }),
        ...(brand === undefined ? {} : { brand }),
        category: words.category,
        niceClasses: [words.niceClass],
        attributes: { colour: chance.pick(LISTING_WORDS[seller.language].colours) },
        priceMinor: priceIn(seller.currency, cheap + (dear - cheap) * level),
        currency: seller.currency,
        language: seller.language,
        destinations: seller.id === 's-velora-brasil' ? ['BR'] : [],
        pictures,
        createdAt: isoTime(msBefore(ageDays)),
      },
    });
  }
  return { planned, jobs };
};
