import type { AccountFacts } from '../detectors/account/account-facts.ts';
import type { BehaviourEdge } from '../detectors/account/behaviour.ts';
import type { ReviewedTogether } from '../detectors/account/co-review-edges.ts';
import type { SharedGoods } from '../detectors/account/goods-edges.ts';
import type { LikeListing, ListingLikeness, SoughtGoods } from '../detectors/account/like-goods.ts';
import type { AlikeAuthors } from '../detectors/ring/alike-texts.ts';
import type { RingState } from '../detectors/ring/ring-state.ts';
import type { PseudonymousAccount } from '../domain/account.ts';
import type { BrushingDetector } from '../detectors/account/brushing-detector.ts';
import type { BrandFacts, ListingReviewText } from '../detectors/brand/brand-facts.ts';
import type { MarkIndex } from '../detectors/brand/mark-index.ts';
import type { PictureText, PictureTextFacts } from '../detectors/brand/picture-text.ts';
import type { Detector } from '../detectors/detector.ts';
import type { ImageFacts } from '../detectors/image/image-facts.ts';
import type { PictureBank } from '../detectors/image/picture-index.ts';
import type { InstigatorFacts } from '../detectors/ring/instigator.ts';
import type { RingFacts } from '../detectors/ring/ring-detector.ts';
import type { Finding } from '../domain/finding.ts';
import type { Listing } from '../domain/listing.ts';
import { AppError } from '../domain/errors.ts';
import type { BegunCheck, CheckStore, FactStore } from './check-store.ts';
import type { CheckRules } from './check-rules.ts';
import type { EffectStore } from './effects.ts';
import type { Knowledge } from './knowledge.ts';
import type { Clock } from './ports.ts';
import type { PicturePorts } from './read-pictures.ts';
import type { DetectorTimer } from './run-detectors.ts';
import type { TextStore } from './text-store.ts';

/** What accounts did alike, told as edges between them; bound to the settings. */
export interface BehaviourRules {
  readonly coReviewEdges: (
    rings: readonly ReviewedTogether[],
    accountIds: ReadonlySet<string>,
  ) => readonly BehaviourEdge[];
  readonly sessionEdges: (accounts: readonly PseudonymousAccount[]) => readonly BehaviourEdge[];
  readonly likeGoods: (sought: SoughtGoods, like: readonly LikeListing[]) => readonly ListingLikeness[];
  readonly goodsEdges: (a: string, b: string, shared: SharedGoods) => readonly BehaviourEdge[];
  readonly alikeTexts: (state: RingState, accountIds: readonly string[]) => readonly AlikeAuthors[];
}

/** The detectors of a process, bound to their settings. */
export interface Detectors {
  readonly image: Detector<ImageFacts>;
  /** The banks that the pictures of a listing are compared with. */
  readonly screenedBanks: (listing: Listing) => readonly PictureBank[];
  readonly brand: Detector<BrandFacts>;
  /** Whether a review calls the goods fake. */
  readonly callsFake: (review: ListingReviewText) => boolean;
  readonly pictureText: Detector<PictureTextFacts>;
  /** Marks of which pictures show the name, by the pictures' indexes. */
  readonly namedMarks: (
    texts: readonly PictureText[],
    markIndex: MarkIndex,
  ) => ReadonlyMap<number, ReadonlySet<string>>;
  /** Whether words in the pictures of a listing are to be read. */
  readonly asksForText: (listing: Listing, findings: readonly Finding[]) => boolean;
  /** Whether the pictures of a listing are to be looked at for logos. */
  readonly asksForLogos: (listing: Listing) => boolean;
  readonly ring: Detector<RingFacts>;
  readonly account: Detector<AccountFacts>;
  readonly brushing: BrushingDetector;
  readonly behaviourRules: BehaviourRules;
  /** Says who is behind a ring that was found, where evidence of its own tells. */
  /** Days of a seller's orders that naming an instigator needs. */
  readonly instigatorOfferDays: number;
  readonly nameInstigator: (finding: Finding, facts: InstigatorFacts) => Finding;
}

/** What the checks of all subjects need. */
export interface CheckPorts extends PicturePorts {
  readonly checks: CheckStore;
  readonly facts: FactStore;
  readonly texts: TextStore;
  readonly effects: EffectStore;
  readonly knowledge: Knowledge;
  readonly detectors: Detectors;
  /** The published rules, asked for anew with each check. */
  readonly rules: () => CheckRules;
  readonly clock: Clock;
  /** Milliseconds of a clock that never goes back, for durations. */
  readonly monotonicMs: () => number;
  readonly observe: DetectorTimer;
  /** Called after effects were written, so that their jobs and events leave at once. */
  readonly kickOutbox: () => void;
}

/**
 * Begins a check; undefined when it is done already or its subject has a newer version.
 *
 * @throws AppError `job.invalid` when there is no such check.
 */
export async function beginCheck(ports: CheckPorts, checkId: string): Promise<BegunCheck | undefined> {
  const start = await ports.checks.begin(checkId, ports.clock.nowMs());
  if (start.kind === 'missing')
    throw new AppError('job.invalid', `There is no check “${checkId}”: the job names none.`);
  return start.kind === 'ready' ? start.check : undefined;
}

/** The fault of a check whose subject is gone. */
export function missingSubject({ subjectKind, subjectId }: BegunCheck): AppError {
  return new AppError(
    'resource.not-found',
    `The ${subjectKind.toLowerCase()} “${subjectId}” of the check is not stored.`,
  );
}
