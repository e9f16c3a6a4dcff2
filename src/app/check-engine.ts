import path from 'node:path';
import { buildMarkBase } from '../adapters/marks/build-mark-base.ts';
import { createPictureIndexInThread, type RestoredIndex } from '../adapters/images/picture-index-in-thread.ts';
import { guessLanguage } from '../adapters/language/guess-language.ts';
import { postgresBuyerStore } from '../adapters/postgres/buyer-store.ts';
import { postgresCheckStore } from '../adapters/postgres/check-store.ts';
import { postgresEffectStore } from '../adapters/postgres/effect-store.ts';
import { postgresFactStore } from '../adapters/postgres/fact-store.ts';
import {
  accountMirror,
  listedPictureMirror,
  reviewMirror,
  sellerClusterMirror,
} from '../adapters/postgres/index-mirrors.ts';
import { pictureMirror } from '../adapters/postgres/picture-mirror.ts';
import { startLiveIndexes } from '../adapters/postgres/live-indexes.ts';
import { logoMirror } from '../adapters/postgres/logo-mirror.ts';
import { markMirror } from '../adapters/postgres/mark-mirror.ts';
import { postgresPictureStore } from '../adapters/postgres/picture-store.ts';
import { postgresTextStore } from '../adapters/postgres/text-store.ts';
import { RULE_SCHEMAS, type AssayRuleset } from '../adapters/rules/rule-schemas.ts';
import { createReviewReader } from '../credit/review-dimensions.ts';
import { createAccountDetector } from '../detectors/account/account-detector.ts';
import { createAccountLinkIndex } from '../detectors/account/account-links.ts';
import { coReviewEdges } from '../detectors/account/co-review-edges.ts';
import { goodsEdges } from '../detectors/account/goods-edges.ts';
import { likeGoods } from '../detectors/account/like-goods.ts';
import { sessionEdges } from '../detectors/account/session-behaviour.ts';
import type { AccountSettings } from '../detectors/account/settings.ts';
import { alikeAuthors } from '../detectors/ring/alike-texts.ts';
import type { RingSettings } from '../detectors/ring/settings.ts';
import { createBrushingDetector } from '../detectors/account/brushing-detector.ts';
import { createBrandDetector } from '../detectors/brand/brand-detector.ts';
import { countCatalogueWords, NO_CATALOGUE } from '../detectors/brand/catalogue-words.ts';
import { createMarkIndex, indexRulesOf, type MarkIndex } from '../detectors/brand/mark-index.ts';
import { createComplaintReader } from '../detectors/brand/reading-complaints.ts';
import { asksForPictureText, createPictureTextDetector, marksNamedIn } from '../detectors/brand/picture-text.ts';
import { createImageDetector, screenedBanks } from '../detectors/image/image-detector.ts';
import { asksForLogos } from '../detectors/image/find-logos.ts';
import { createLogoIndex } from '../detectors/image/logo-index.ts';
import { createOwnerIndex } from '../detectors/image/owner-index.ts';
import { createPdqList } from '../detectors/image/pdq-list.ts';
import { withInstigator } from '../detectors/ring/instigator.ts';
import { createRingDetector } from '../detectors/ring/ring-detector.ts';
import { RingState } from '../detectors/ring/ring-state.ts';
import { ringStateOptions } from '../detectors/ring/ring-state-options.ts';
import type { Mark } from '../domain/mark.ts';
import type { BehaviourRules, CheckPorts } from '../pipeline/check-ports.ts';
import { publishedRules } from '../pipeline/published-rules.ts';
import { observedEffectStore, type CheckTelemetry } from '../pipeline/telemetry.ts';
import type { Ruleset } from '../policy/parse-ruleset.ts';
import type { Runtime } from './runtime.ts';
import { uuidSource } from './identifiers.ts';
import { brandSettingsOf } from './load-ruleset.ts';

/** Titles whose words tell what is ordinary on this marketplace, so that they are not taken for misspelt marks. */
const CATALOGUE_TITLES = 50_000;

/** Indexes and detectors of one version of the rules, and the ports of the checks that use them. */
export interface CheckEngine {
  readonly ruleset: AssayRuleset;
  readonly checks: CheckPorts;
  readonly buildIndex: (marks: Iterable<Mark>) => MarkIndex;
  /** Learns anew which words are ordinary on this marketplace. */
  learnCatalogue(): Promise<void>;
  /** The same indexes and detectors under other rules, which must have the same settings of detectors. */
  withRules(ruleset: AssayRuleset, shadow: Ruleset | undefined): CheckEngine;
  stop(): Promise<void>;
}

/** Files that neither indexes nor detectors are made from. */
const RULES_ALONE: ReadonlySet<string> = new Set([
  'credit.yaml',
  'reviews.yaml',
  'casework.yaml',
  'network/networks.yaml',
]);

/** Whether two versions give the same indexes and detectors, so that a publication need not build them anew. */
export function haveSameDetectors(left: AssayRuleset, right: AssayRuleset): boolean {
  const textOf = (ruleset: AssayRuleset, wanted: string) => ruleset.files.find(({ name }) => name === wanted)?.text;
  return Object.keys(RULE_SCHEMAS).every((name) => RULES_ALONE.has(name) || textOf(left, name) === textOf(right, name));
}

/** What accounts did alike, by these settings. */
function bindBehaviourRules(account: AccountSettings, ring: RingSettings): BehaviourRules {
  return {
    coReviewEdges: (rings, accountIds) => coReviewEdges(rings, accountIds, account.coReview),
    sessionEdges: (accounts) => sessionEdges(accounts, account),
    likeGoods: (sought, like) => likeGoods(sought, like, account.goods),
    goodsEdges: (a, b, shared) => goodsEdges(a, b, shared, account.goods),
    alikeTexts: (state, accountIds) => alikeAuthors(state, accountIds, ring),
  };
}

/** Builds detectors, and indexes that follow the database. */
export async function openCheckEngine(
  runtime: Runtime,
  ruleset: AssayRuleset,
  shadow: Ruleset | undefined,
): Promise<CheckEngine> {
  const { connected, clock, logger, outbox, metrics } = runtime;
  const { prisma } = connected;
  const { settings } = ruleset;
  const onError = (fault: unknown): void => logger.error({ err: fault }, 'a fault in the background');

  const telemetry: CheckTelemetry = {
    ...metrics.telemetry,
    measureStopped: (subjectKind, checkId) => {
      metrics.telemetry.measureStopped(subjectKind, checkId);
      logger.warn({ subjectKind, checkId }, 'the breaker stopped an automatic measure, a case was opened instead');
    },
  };
  const brandSettings = brandSettingsOf(ruleset);
  let catalogue = NO_CATALOGUE;
  const buildIndex = (marks: Iterable<Mark>): MarkIndex => {
    const index = createMarkIndex(marks, brandSettings);
    index.useCatalogue(catalogue);
    return index;
  };
  const indexRules = indexRulesOf(brandSettings);
  const listedPictures = createPdqList();
  const logoIndex = createLogoIndex(settings['image.yaml'].logos);
  const owners = createOwnerIndex();
  const liveMarks = { remarkable: new Map<string, Mark>(), owners, index: buildIndex([]) };
  const { indexDir, isInMemory } = runtime.config;
  const pictureIndex = createPictureIndexInThread({
    settings: settings['image.yaml'],
    onLeftOut: onError,
    ...(indexDir === undefined || isInMemory === true ? {} : { snapshots: path.join(indexDir, 'pictures') }),
  });
  const onRestored = (restored: RestoredIndex): void => {
    if (restored.kind === 'restored') {
      const { pictures } = restored;
      logger.info({ pictures }, 'the picture index comes from its files, and catches up with what changed since');
    } else if (restored.why !== undefined) {
      logger.warn({ why: restored.why }, 'the kept picture index is of no use: it is made anew from the database');
    }
  };
  const ringState = new RingState(ringStateOptions(settings['ring.yaml']));
  const accountLinks = createAccountLinkIndex(settings['account.yaml'].links);
  const indexes = await startLiveIndexes(
    prisma,
    [
      markMirror(prisma, liveMarks, { buildBase: (pages, count) => buildMarkBase(pages, count, indexRules), onError }),
      pictureMirror(prisma, pictureIndex, { onRestored, monotonicMs: () => performance.now() }),
      reviewMirror(prisma, ringState, clock.nowMs),
      accountMirror(prisma, accountLinks),
      sellerClusterMirror(prisma, owners),
      listedPictureMirror(prisma, listedPictures),
      ...(settings['image.yaml'].logos.isEnabled
        ? [logoMirror(prisma, logoIndex, { shapes: runtime.shapeReader, onError })]
        : []),
    ],
    { onError },
  );
  const facts = postgresFactStore(prisma, {
    clock,
    ...settings['account.yaml'].goods,
    offerDays: settings['account.yaml'].promotion.windowDays,
  });
  const rulesOf = (version: AssayRuleset, beside: Ruleset | undefined) =>
    publishedRules({
      ruleset: version,
      ...(beside === undefined ? {} : { shadow: beside }),
      credit: version.settings['credit.yaml'],
      reader: createReviewReader(version.settings['reviews.yaml']),
      facts,
      marks: liveMarks.remarkable,
      buyers: postgresBuyerStore(prisma),
      guessLanguage,
    });
  const ports: Omit<CheckPorts, 'rules'> = {
    checks: postgresCheckStore(prisma, uuidSource),
    facts,
    texts: postgresTextStore(prisma),
    effects: observedEffectStore(
      postgresEffectStore(prisma, uuidSource, () => ruleset.queues.priority),
      telemetry,
    ),
    pictures: postgresPictureStore(prisma),
    reader: runtime.reader,
    fetcher: runtime.fetcher,
    knowledge: {
      pictureIndex,
      listedPictures,
      logoIndex,
      owners,
      marks: liveMarks.remarkable,
      markIndex: () => liveMarks.index,
      ringState,
      accountLinks,
      catchUp: indexes.catchUp,
    },
    detectors: {
      image: createImageDetector(settings['image.yaml']),
      screenedBanks: ({ id }) => screenedBanks(id, settings['image.yaml']),
      brand: createBrandDetector(brandSettings),
      callsFake: createComplaintReader(brandSettings),
      pictureText: createPictureTextDetector(settings['picture-text.yaml']),
      asksForLogos: (listing) => asksForLogos(settings['image.yaml'].logos, listing),
      namedMarks: (texts, markIndex) => marksNamedIn(texts, markIndex, settings['picture-text.yaml']),
      asksForText: (listing, findings) => asksForPictureText(settings['picture-text.yaml'], listing, findings),
      ring: createRingDetector(settings['ring.yaml']),
      account: createAccountDetector(settings['account.yaml']),
      brushing: createBrushingDetector(settings['account.yaml'].brushing),
      behaviourRules: bindBehaviourRules(settings['account.yaml'], settings['ring.yaml']),
      instigatorOfferDays: settings['ring.yaml'].instigator.offerDays,
      nameInstigator: (finding, facts) => withInstigator(finding, facts, settings['ring.yaml']),
    },
    clock,
    monotonicMs: () => performance.now(),
    observe: metrics.telemetry.detectorRan,
    kickOutbox: outbox.kick,
  };
  const learnCatalogue = async (): Promise<void> => {
    const listed = await facts.latestTitles(CATALOGUE_TITLES);
    const texts = listed.map(({ legalId, title }) => ({ ownerId: legalId, text: title }));
    catalogue = countCatalogueWords(texts, indexRules.vocabulary);
    liveMarks.index.useCatalogue(catalogue);
  };
  await learnCatalogue();
  const engineOf = (version: AssayRuleset, beside: Ruleset | undefined): CheckEngine => {
    const rules = rulesOf(version, beside);
    return {
      ruleset: version,
      checks: { ...ports, rules: () => rules },
      buildIndex,
      learnCatalogue,
      withRules: engineOf,
      stop: indexes.stop,
    };
  };
  return engineOf(ruleset, shadow);
}
