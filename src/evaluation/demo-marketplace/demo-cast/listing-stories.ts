import type { ViolationType } from '../../../domain/violation.ts';
import type { PictureSign } from '../demo-pictures/picture-jobs.ts';
import type { Disguise } from '../demo-pictures/picture-theft.ts';
import type { ProductKind } from '../demo-pictures/product-scenes.ts';
import type { DemoLanguage } from './cast-seller.ts';

/** Where the picture of a story comes from. */
export type StoryPicture =
  /** A scene of its own; another `take` gives another product and other surroundings. */
  | { readonly from: 'OWN'; readonly sign?: PictureSign; readonly take?: number }
  /** Another listing's picture, changed. `source` is the listing's id. */
  | { readonly from: 'TAKEN'; readonly source: string; readonly disguise: Disguise }
  /** The very same file as another listing's. */
  | { readonly from: 'SAME'; readonly source: string }
  /** Nothing but a sign on a ground. */
  | { readonly from: 'SIGN'; readonly sign: PictureSign; readonly colour: string; readonly ground: string };

/** What a run has to make of it. HARD: true, but not asked for yet. */
export type StoryVerdict =
  | { readonly kind: 'FIND'; readonly anyOf: readonly ViolationType[] }
  | { readonly kind: 'HARD'; readonly anyOf: readonly ViolationType[] }
  | { readonly kind: 'INNOCENT'; readonly tolerated?: readonly ViolationType[] };

/** A listing written by hand for what it shows. */
export interface ListingStory {
  readonly id: string;
  /** Id of the seller without its `s-`. */
  readonly seller: string;
  readonly kind: ProductKind;
  readonly title: string;
  readonly description: string;
  readonly brand?: string;
  /** Price in minor units of the euro; it is converted to the seller's currency. */
  readonly euroMinor: number;
  readonly daysAgo: number;
  readonly language?: DemoLanguage;
  readonly destinations?: readonly string[];
  readonly picture: StoryPicture;
  readonly verdict: StoryVerdict;
  readonly why: string;
}

/** A picture taken from another listing and changed. */
export const taken = (source: string, disguise: Disguise): StoryPicture => ({ from: 'TAKEN', source, disguise });

/** Goods offered as copies, or under a mark without leave. */
export const COUNTERFEIT: StoryVerdict = {
  kind: 'FIND',
  anyOf: ['IP_TM_COUNTERFEIT_GOODS', 'IP_TM_OBFUSCATED_BRAND'],
};
