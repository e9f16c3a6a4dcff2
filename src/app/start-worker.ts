import { setImmediate } from 'node:timers/promises';
import { postgresPictureTextStore } from '../adapters/postgres/picture-text-store.ts';
import { postgresQuarantineStore } from '../adapters/postgres/quarantine-store.ts';
import { postgresRescanStore } from '../adapters/postgres/rescan-store.ts';
import { postgresSweepProgressStore } from '../adapters/postgres/sweep-progress-store.ts';
import { startWorkers } from '../adapters/queue/start-workers.ts';
import { surveyRings } from '../detectors/ring/sweep-rings.ts';
import { enforceDecisions } from '../pipeline/casework/enforce-decisions.ts';
import { openForgedCases } from '../pipeline/open-forged-cases.ts';
import { decide } from '../policy/decide.ts';
import type { DecisionInput } from '../policy/decision-input.ts';
import { postgresForgedPapersStore } from '../adapters/postgres/forged-papers-store.ts';
import { closeAppeals } from '../pipeline/appeals/submit-appeal.ts';
import { keepCases, keepLeases } from '../pipeline/casework/keep-cases.ts';
import { contentDigest } from '../pipeline/content-digest.ts';
import { pictureSearcher } from '../pipeline/casework/search-pictures.ts';
import type { PictureSearcher } from '../pipeline/casework/search-store.ts';
import { refreshCredit } from '../pipeline/credit-reports.ts';
import { peelChangedSlices } from '../pipeline/peel-slices.ts';
import { previewCheck, type PreviewedCheck } from '../pipeline/preview-check.ts';
import { renewalOf } from '../pipeline/read-pictures.ts';
import { RENEWAL_START, renewPictures } from '../pipeline/renew-pictures.ts';
import { releaseQuarantine } from '../pipeline/release-quarantine.ts';
import { runInSlices, type Slicing } from '../pipeline/run-in-slices.ts';
import { scanRings } from '../pipeline/scan-rings.ts';
import { createHandlers } from '../worker/handlers.ts';
import type { Runtime } from './runtime.ts';
import { repeatTask } from './repeat-task.ts';
import { uuidSource } from './identifiers.ts';
import { runNightly } from './run-nightly.ts';
import { haveSameDetectors, openCheckEngine } from './check-engine.ts';

export interface RunningWorker {
  previewCheck(kind: 'LISTING' | 'REVIEW', item: unknown): Promise<PreviewedCheck>;
  readonly searchPictures: PictureSearcher;
  close(): Promise<void>;
}

/** Time between two looks for sellers whose ledger has grown. */
const CREDIT_REFRESH_MS = 1_000;

/** A case whose holder has gone silent is back in its queue within this time. */
const LEASE_CHECK_MS = 1_000;

/** A decision takes effect within this time after it can no longer be undone. */
const DECISION_CHECK_MS = 1_000;

/** Time between two looks at what nears slowly: due times, ends of assignments and of appeals. */
const CASE_UPKEEP_MS = 60_000;

/** How long bytes that were handed in are kept when no check needs them: long enough to send the listing after them. */
const UPLOAD_LIFE_MS = 24 * 3_600_000;

/** A check that waits this long may have lost its job: Redis is not written to disk at every step. */
const WAITING_LONG_MS = 30 * 60_000;

/** Jobs of one process at once: listings decode pictures, the others mostly wait for the database. */
const CONCURRENCY = {
  'listing-check': 4,
  'review-check': 4,
  'account-check': 4,
  'order-event': 4,
  'picture-text': 1,
  'picture-renewal': 1,
} as const;

/** A sweep makes room for checks as often as this. */
const SWEEP_SLICING: Slicing = {
  sliceMs: 10,
  monotonicMs: () => performance.now(),
  makeRoom: () => setImmediate(),
};

/** Loads the indexes, then works on every queue until it is closed. */
export async function startWorker(runtime: Runtime): Promise<RunningWorker> {
  const { connected, clock, logger, outbox, metrics, rules } = runtime;
  const { prisma } = connected;
  const onError = (fault: unknown): void => logger.error({ err: fault }, 'a fault in the background');

  let engine = await openCheckEngine(runtime, rules.published(), rules.shadow());
  let switching: Promise<void> = Promise.resolve();
  const useRules = async (): Promise<void> => {
    const [published, shadow] = [rules.published(), rules.shadow()];
    if (haveSameDetectors(engine.ruleset, published)) {
      engine = engine.withRules(published, shadow);
    } else {
      // Checks go on under the version before until the new indexes are there; one check never mixes two versions.
      const before = engine;
      engine = await openCheckEngine(runtime, published, shadow);
      await before.stop();
    }
    // How pictures are prepared for a learned model may be another.
    await runtime.queues.addMany([RENEWAL_START]);
    logger.info({ version: published.digest, shadow: shadow?.digest }, 'the checks work by these rules from now on');
  };
  const useCredit = (): Promise<void> =>
    runtime.ledger.useCreditRules(
      contentDigest(rules.published().files.find(({ name }) => name === 'credit.yaml')?.text ?? ''),
    );
  await useCredit();
  rules.onChange(() => {
    void useCredit().catch(onError);
    switching = switching.then(useRules).catch(onError);
  });
  // What was published while the indexes were read.
  if (engine.ruleset !== rules.published()) await useRules();
  const sweepProgress = postgresSweepProgressStore(prisma);
  const quarantine = postgresQuarantineStore(prisma, uuidSource);
  const sweep = async (reason: string): Promise<void> => {
    const { checks, ruleset, learnCatalogue } = engine;
    const ringSettings = ruleset.settings['ring.yaml'];
    const found = await scanRings(checks, {
      findRings: async (state, knowledge) => {
        const reuseNumbers = state.keepNumbers();
        try {
          return (await runInSlices(surveyRings(state, ringSettings, knowledge), SWEEP_SLICING)).rings;
        } finally {
          reuseNumbers();
        }
      },
      peel: (state, nowMs) => peelChangedSlices({ state, settings: ringSettings, nowMs }, sweepProgress, SWEEP_SLICING),
    });
    const released = await releaseQuarantine({ quarantine, clock }, ruleset.digest);
    const purgedUploads = await checks.pictures.purgeUploads(clock.nowMs() - UPLOAD_LIFE_MS);
    const nowMs = clock.nowMs();
    const requeued = await checks.checks.requeueWaiting(nowMs - WAITING_LONG_MS, nowMs);
    await learnCatalogue();
    outbox.kick();
    logger.info({ reason, ...found, released, purgedUploads, requeued }, 'swept');
  };
  const handlers = createHandlers({
    checks: () => engine.checks,
    intake: runtime.intake,
    rescan: {
      store: postgresRescanStore(prisma, uuidSource),
      buildIndex: (marks) => engine.buildIndex(marks),
      nowMs: clock.nowMs,
      kickOutbox: outbox.kick,
    },
    pictureText: () => ({
      store: postgresPictureTextStore(prisma, uuidSource),
      reader: runtime.textReader,
      shapes: runtime.shapeReader,
      settings: {
        ...engine.ruleset.settings['picture-text.yaml'],
        logos: engine.ruleset.settings['image.yaml'].logos,
      },
      nowMs: clock.nowMs,
      kickOutbox: outbox.kick,
    }),
    renewPictures: async (afterSha256) => {
      const told = await renewPictures({ ...renewalOf(engine.checks), queues: runtime.queues }, afterSha256);
      if (told.renewed + told.kept > 0) logger.info(told, 'keys of pictures were made anew');
    },
    sweep,
    nightly: (reason) => runNightly(runtime, reason),
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
  // Pictures that another version of Assay has read; a queue that is away gets its pass from the daily plan.
  await runtime.queues.addMany([RENEWAL_START]).catch(onError);
  const forgedPapers = {
    store: postgresForgedPapersStore(runtime.connected.prisma, uuidSource, () => runtime.ruleset.queues.priority),
    decide: (input: DecisionInput) => decide(input, runtime.ruleset),
    claim01: () => runtime.ruleset.policy.claims.forgedPapers01,
    reports: runtime.creditReports,
    clock,
  };
  const repeated = [
    repeatTask(() => refreshCredit(runtime.ledger, runtime.creditRules, clock), CREDIT_REFRESH_MS, onError),
    repeatTask(() => keepLeases(runtime.casework.ports), LEASE_CHECK_MS, onError),
    repeatTask(() => enforceDecisions(runtime.casework.ports, outbox.kick), DECISION_CHECK_MS, onError),
    repeatTask(() => keepCases(runtime.casework.ports), CASE_UPKEEP_MS, onError),
    repeatTask(() => closeAppeals(runtime.casework.appeals), CASE_UPKEEP_MS, onError),
    repeatTask(() => openForgedCases(forgedPapers), CASE_UPKEEP_MS, onError),
  ];
  return {
    previewCheck: (kind, item) => previewCheck(engine.checks, kind, item),
    searchPictures: pictureSearcher(runtime.reader, () => engine.checks.knowledge.pictureIndex),
    async close() {
      await workers.close();
      for (const task of repeated) await task.stop();
      await switching;
      await engine.stop();
    },
  };
}
