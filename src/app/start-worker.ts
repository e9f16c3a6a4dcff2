import { buildMarkBase } from '../adapters/marks/build-mark-base.ts';
import { postgresCheckStore } from '../adapters/postgres/check-store.ts';
import { postgresEffectStore } from '../adapters/postgres/effect-store.ts';
import { postgresFactStore } from '../adapters/postgres/fact-store.ts';
import { accountMirror, pictureMirror, reviewMirror, sellerClusterMirror } from '../adapters/postgres/index-mirrors.ts';
import { startLiveIndexes } from '../adapters/postgres/live-indexes.ts';
import { markMirror } from '../adapters/postgres/mark-mirror.ts';
import { postgresPictureStore } from '../adapters/postgres/picture-store.ts';
import { postgresQuarantineStore } from '../adapters/postgres/quarantine-store.ts';
import { postgresRescanStore } from '../adapters/postgres/rescan-store.ts';
import { startWorkers } from '../adapters/queue/start-workers.ts';
import { createReviewReader } from '../credit/review-dimensions.ts';
import { createAccountDetector } from '../detectors/account/account-detector.ts';
import { createAccountLinkIndex } from '../detectors/account/account-links.ts';
import { createBrushingDetector } from '../detectors/account/brushing-detector.ts';
import { createBrandDetector } from '../detectors/brand/brand-detector.ts';
import { countCatalogueWords, NO_CATALOGUE } from '../detectors/brand/catalogue-words.ts';
import { createMarkIndex, indexRulesOf, type MarkIndex } from '../detectors/brand/mark-index.ts';
import { createImageDetector } from '../detectors/image/image-detector.ts';
import { createOwnerIndex } from '../detectors/image/owner-index.ts';
import { createPictureIndex } from '../detectors/image/picture-index.ts';
import { createRingDetector } from '../detectors/ring/ring-detector.ts';
import { RingState, ringStateOptions } from '../detectors/ring/ring-state.ts';
import { sweepRings } from '../detectors/ring/sweep-rings.ts';
import type { Mark } from '../domain/mark.ts';
import type { CheckPorts } from '../pipeline/check-ports.ts';
import { refreshCredit } from '../pipeline/credit-reports.ts';
import { previewCheck, type PreviewedCheck } from '../pipeline/preview-check.ts';
import { publishedRules } from '../pipeline/published-rules.ts';
import { releaseQuarantine } from '../pipeline/release-quarantine.ts';
import { scanRings } from '../pipeline/scan-rings.ts';
import { observedEffectStore } from '../pipeline/telemetry.ts';
import { createHandlers } from '../worker/handlers.ts';
import type { Runtime } from './compose.ts';
import { uuidSource } from './identifiers.ts';
import { brandSettingsOf } from './load-ruleset.ts';

export interface RunningWorker {
  previewCheck(kind: 'LISTING' | 'REVIEW', item: unknown): Promise<PreviewedCheck>;
  close(): Promise<void>;
}

/** Time between two looks for sellers whose ledger has grown. */
const CREDIT_REFRESH_MS = 1_000;

/** How long bytes that were handed in are kept when no check needs them: long enough to send the listing after them. */
const UPLOAD_LIFE_MS = 24 * 3_600_000;

/** Titles whose words tell what is ordinary on this marketplace, so that they are not taken for misspelt marks. */
const CATALOGUE_TITLES = 50_000;

/** A check that waits this long may have lost its job: Redis is not written to disk at every step. */
const WAITING_LONG_MS = 30 * 60_000;

/** Jobs of one process at once: listings decode pictures, the others mostly wait for the database. */
const CONCURRENCY = { 'listing-check': 4, 'review-check': 4, 'account-check': 4, 'order-event': 4 } as const;

/** Loads the indexes, then works on every queue until it is closed. */
export async function startWorker(runtime: Runtime): Promise<RunningWorker> {
  const { connected, ruleset, clock, logger, outbox, metrics } = runtime;
  const { prisma } = connected;
  const { settings } = ruleset;
  const onError = (fault: unknown): void => logger.error({ err: fault }, 'a fault in the background');

  const brandSettings = brandSettingsOf(ruleset);
  let catalogue = NO_CATALOGUE;
  const buildIndex = (marks: Iterable<Mark>): MarkIndex => {
    const index = createMarkIndex(marks, brandSettings);
    index.useCatalogue(catalogue);
    return index;
  };
  const indexRules = indexRulesOf(brandSettings);
  const owners = createOwnerIndex();
  const liveMarks = { remarkable: new Map<string, Mark>(), owners, index: buildIndex([]) };
  const pictureIndex = createPictureIndex(settings['image.yaml']);
  const ringState = new RingState(ringStateOptions(settings['ring.yaml']));
  const accountLinks = createAccountLinkIndex(settings['account.yaml'].links);
  const indexes = await startLiveIndexes(
    prisma,
    [
      markMirror(prisma, liveMarks, { buildBase: (pages, count) => buildMarkBase(pages, count, indexRules), onError }),
      pictureMirror(prisma, pictureIndex, onError),
      reviewMirror(prisma, ringState, clock.nowMs),
      accountMirror(prisma, accountLinks),
      sellerClusterMirror(prisma, owners),
    ],
    { onError },
  );
  const facts = postgresFactStore(prisma);
  const rules = publishedRules({
    ruleset,
    credit: settings['credit.yaml'],
    reader: createReviewReader(settings['reviews.yaml']),
    coReviewNats: settings['account.yaml'].cluster.behaviourCapNats,
    facts,
    marks: liveMarks.remarkable,
  });
  const checks: CheckPorts = {
    checks: postgresCheckStore(prisma, uuidSource),
    facts,
    effects: observedEffectStore(postgresEffectStore(prisma, uuidSource), metrics.telemetry),
    pictures: postgresPictureStore(prisma),
    reader: runtime.reader,
    fetcher: runtime.fetcher,
    knowledge: {
      pictureIndex,
      owners,
      marks: liveMarks.remarkable,
      markIndex: () => liveMarks.index,
      ringState,
      accountLinks,
      catchUp: indexes.catchUp,
    },
    detectors: {
      image: createImageDetector(settings['image.yaml']),
      brand: createBrandDetector(brandSettings),
      ring: createRingDetector(settings['ring.yaml']),
      account: createAccountDetector(settings['account.yaml']),
      brushing: createBrushingDetector(settings['account.yaml'].brushing),
    },
    rules: () => rules,
    clock,
    monotonicMs: () => performance.now(),
    observe: metrics.telemetry.detectorRan,
    kickOutbox: outbox.kick,
  };
  const learnCatalogue = async (): Promise<void> => {
    const titles = await facts.latestTitles(CATALOGUE_TITLES);
    catalogue = countCatalogueWords(titles, indexRules.vocabulary);
    liveMarks.index.useCatalogue(catalogue);
  };
  await learnCatalogue();
  const quarantine = postgresQuarantineStore(prisma, uuidSource);
  const sweep = async (reason: string): Promise<void> => {
    const found = await scanRings(checks, (state, knowledge) => sweepRings(state, settings['ring.yaml'], knowledge));
    const released = await releaseQuarantine({ quarantine, clock }, ruleset.digest);
    const purgedUploads = await checks.pictures.purgeUploads(clock.nowMs() - UPLOAD_LIFE_MS);
    const nowMs = clock.nowMs();
    const requeued = await checks.checks.requeueWaiting(nowMs - WAITING_LONG_MS, nowMs);
    await learnCatalogue();
    outbox.kick();
    logger.info({ reason, ...found, released, purgedUploads, requeued }, 'swept');
  };
  const handlers = createHandlers({
    checks,
    intake: runtime.intake,
    rescan: {
      store: postgresRescanStore(prisma, uuidSource),
      buildIndex,
      nowMs: clock.nowMs,
      kickOutbox: outbox.kick,
    },
    sweep,
    telemetry: metrics.telemetry,
  });
  const workers = await startWorkers(runtime.engine, handlers, {
    concurrency: CONCURRENCY,
    onError: (fault, job) => {
      if (job === undefined) return onError(fault);
      const level = job.isFinal ? 'error' : 'warn';
      logger[level]({ err: fault, queue: job.queue, jobId: job.id, attempt: job.attempt }, 'a job failed');
    },
  });
  const refresher = startRefresher(() => refreshCredit(runtime.ledger, runtime.creditRules, clock), onError);
  return {
    previewCheck: (kind, item) => previewCheck(checks, kind, item),
    async close() {
      await workers.close();
      await refresher.stop();
      await indexes.stop();
    },
  };
}

/** Repeats a task with a pause between its runs; never two at once. */
function startRefresher(task: () => Promise<unknown>, onError: (fault: unknown) => void): { stop(): Promise<void> } {
  let isStopped = false;
  let wake = (): void => undefined;
  const loop = (async () => {
    while (!isStopped) {
      await task().catch(onError);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, CREDIT_REFRESH_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    async stop() {
      isStopped = true;
      wake();
      await loop;
    },
  };
}
