import type { ViolationType } from '../../domain/violation.ts';
import type { PlannedListing } from './build-ordinary-listings.ts';
import { priceIn } from './build-ordinary-listings.ts';
import { isoTime, msBefore } from './demo-calendar.ts';
import { DEMO_SELLERS } from './demo-cast/demo-sellers.ts';
import { LAWFUL_STORIES } from './demo-cast/lawful-stories.ts';
import { MARK_MISUSE_STORIES } from './demo-cast/mark-misuse-stories.ts';
import type { ListingStory } from './demo-cast/listing-stories.ts';
import { PICTURE_STORIES } from './demo-cast/picture-stories.ts';
import { REPLICA_STORIES } from './demo-cast/replica-stories.ts';
import { SHARED_PICTURE_STORIES } from './demo-cast/shared-picture-stories.ts';
import { PRODUCT_WORDS } from './demo-wording/product-words.ts';
import type { PictureJob } from './demo-pictures/picture-jobs.ts';
import type { DemoTruth } from './demo-records.ts';

const tellTruth = (story: ListingStory, id: string, truth: DemoTruth): void => {
  const { verdict } = story;
  switch (verdict.kind) {
    case 'FIND':
      truth.mustFind.push({ subject: 'LISTING', id, violationTypes: verdict.anyOf, story: story.why });
      return;
    case 'HARD':
      truth.notYetExpected.push({ subject: 'LISTING', id, violationTypes: verdict.anyOf, story: story.why });
      return;
    case 'INNOCENT': {
      const tolerated: readonly ViolationType[] = verdict.tolerated ?? [];
      truth.mustNotFlag.push({
        subject: 'LISTING',
        id,
        why: story.why,
        ...(tolerated.length === 0 ? {} : { tolerated }),
      });
      return;
    }
    default: {
      const unknown: never = verdict;
      throw new RangeError(`unknown verdict ${JSON.stringify(unknown)}`);
    }
  }
};

const STORIES = [
  ...LAWFUL_STORIES,
  ...SHARED_PICTURE_STORIES,
  ...REPLICA_STORIES,
  ...MARK_MISUSE_STORIES,
  ...PICTURE_STORIES,
];

/** The listings that tell a story, with their pictures; what each must lead to is added to the truth. */
export const buildStoryListings = (
  truth: DemoTruth,
): { readonly planned: PlannedListing[]; readonly jobs: PictureJob[] } => {
  const planned: PlannedListing[] = [];
  const jobs: PictureJob[] = [];
  for (const story of STORIES) {
    const seller = DEMO_SELLERS.find((candidate) => candidate.id === `s-${story.seller}`);
    if (seller === undefined) throw new RangeError(`no seller ${story.seller} for story ${story.id}`);
    const words = PRODUCT_WORDS[story.kind];
    const path = `pictures/${story.id}.webp`;
    if (story.picture.from === 'OWN') {
      const key = story.picture.take === undefined ? story.id : `${story.id} take ${story.picture.take}`;
      const sign = story.picture.sign ?? { kind: 'NONE' as const };
      jobs.push({ how: 'SCENE', path, product: story.kind, sign, productKey: key, settingKey: key });
    } else if (story.picture.from === 'SIGN') {
      jobs.push({
        how: 'SIGN',
        path,
        sign: story.picture.sign,
        colour: story.picture.colour,
        ground: story.picture.ground,
      });
    } else if (story.picture.from === 'TAKEN') {
      jobs.push({
        how: 'DISGUISE',
        path,
        from: `pictures/${story.picture.source}.webp`,
        disguise: story.picture.disguise,
      });
    }
    const pictures = story.picture.from === 'SAME' ? [{ path: `pictures/${story.picture.source}.webp` }] : [{ path }];
    planned.push({
      kind: story.kind,
      listing: {
        id: story.id,
        sellerId: seller.id,
        title: story.title,
        description: story.description,
        ...(story.brand === undefined ? {} : { brand: story.brand }),
        category: words.category,
        niceClasses: [words.niceClass],
        attributes: {},
        priceMinor: priceIn(seller.currency, story.euroMinor),
        currency: seller.currency,
        language: story.language ?? seller.language,
        destinations: [...(story.destinations ?? [])],
        pictures,
        createdAt: isoTime(msBefore(story.daysAgo)),
      },
    });
    tellTruth(story, story.id, truth);
  }
  return { planned, jobs };
};
