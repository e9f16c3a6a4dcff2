import { randomBytes } from 'node:crypto';
import pino, { type Logger } from 'pino';
import { pictureListCodec } from '../adapters/images/bank-exchange.ts';
import { openOnnxEmbedder, type OnnxEmbedder } from '../adapters/embeddings/onnx-embedder.ts';
import { createGuardedFetcher } from '../adapters/images/guarded-fetcher.ts';
import { createPictureReader } from '../adapters/images/picture-reader.ts';
import { createNetworkClassifier, type NetworkSources } from '../adapters/network/classify-address.ts';
import { defaultNetworkSources } from '../adapters/network/default-sources.ts';
import { combineNetworkSources, readNetworkFolder } from '../adapters/network/network-folder.ts';
import { createShapeReader } from '../adapters/images/shape-reader.ts';
import { createTesseractReader } from '../adapters/ocr/tesseract-reader.ts';
import { postgresApiKeyStore } from '../adapters/postgres/api-key-store.ts';
import { postgresBankHashStore } from '../adapters/postgres/bank-hash-store.ts';
import { postgresBankPictureStore } from '../adapters/postgres/bank-picture-store.ts';
import { postgresBuyerStore } from '../adapters/postgres/buyer-store.ts';
import { connectDatabase, type ConnectedDatabase } from '../adapters/postgres/connect.ts';
import { postgresExtortionStore } from '../adapters/postgres/extortion-store.ts';
import { postgresIdempotencyStore } from '../adapters/postgres/idempotency-store.ts';
import { postgresIntakeStore } from '../adapters/postgres/intake-store.ts';
import { postgresKybStore } from '../adapters/postgres/kyb-store.ts';
import { postgresLedgerStore } from '../adapters/postgres/ledger-store.ts';
import { postgresMarkStore } from '../adapters/postgres/mark-store.ts';
import { postgresMessageStore } from '../adapters/postgres/message-store.ts';
import { postgresOutboxStore } from '../adapters/postgres/outbox-store.ts';
import { postgresRulesetStore } from '../adapters/postgres/ruleset-store.ts';
import { postgresQueries } from '../adapters/postgres/query-store.ts';
import { postgresStandingAppealStore } from '../adapters/postgres/standing-appeal-store.ts';
import { postgresStoredCheckReader } from '../adapters/postgres/stored-check-reader.ts';
import { postgresPersonStore } from '../adapters/postgres/person-store.ts';
import { postgresSessionStore } from '../adapters/postgres/session-store.ts';
import { createPseudonymiser } from '../adapters/pseudonyms/pseudonymise-account.ts';
import { keyringAt } from '../adapters/pseudonyms/pseudonym-keys.ts';
import { openQueues } from '../adapters/queue/open-queues.ts';
import type { QueueEngine } from '../adapters/queue/queue-engine.ts';
import { RULE_SCHEMAS, type AssayRuleset } from '../adapters/rules/rule-schemas.ts';
import { createOpenIdProvider } from '../adapters/sign-in/openid-provider.ts';
import { totpCodes } from '../adapters/sign-in/totp-codes.ts';
import { createCreditModel } from '../credit/credit-moment.ts';
import { AppError } from '../domain/errors.ts';
import { createMetrics } from '../http/metrics.ts';
import { creditReportsFrom } from '../pipeline/credit-reports.ts';
import { startOutboxDispatcher } from '../pipeline/dispatch-outbox.ts';
import type { Clock } from '../pipeline/ports.ts';
import { parseRuleset, parseRulesetBeside } from '../policy/parse-ruleset.ts';
import type { OpenIdProvider } from '../pipeline/people/openid-provider.ts';
import { createSealer } from '../pipeline/people/sealer.ts';
import { composeCasework } from './compose-casework.ts';
import type { Config, Secrets } from './config.ts';
import { uuidSource } from './identifiers.ts';
import { type LiveRules } from './live-rules.ts';
import { loadRulesFolder, type RulesFolder } from './load-ruleset.ts';
import { PROJECT_PATHS } from './project-paths.ts';
import { readOrMakeSecret } from './secrets-file.ts';
import type { Runtime } from './runtime.ts';
import { enforceRules, onceForEach } from './enforce-rules.ts';

/**
 * How long a key for identifiers is used, and how long the one before it is still written beside it. Source: policy.md 5,
 * HMAC 13 months; the overlap is as long, so that a terminated seller is found by whatever is still kept of him.
 */
const KEY_ROTATION = { periodDays: 395, overlapDays: 395 };

/** The clock of the machine. */
const systemClock: Clock = { nowMs: () => Date.now() };

/**
 * Opens database and queues and builds what every process needs; nothing runs yet but the outbox.
 *
 * @throws AppError `config.invalid`, `rules.invalid`, `database.*`, `queue.unavailable`.
 */
export async function composeRuntime(config: Config, secrets: Secrets): Promise<Runtime> {
  const logger = pino({ level: config.logLevel ?? 'warn' }, pino.destination(2));
  const onError = (fault: unknown): void => logger.error({ err: fault }, 'a fault in the background');
  // The rules first: a wrong file stops the start before anything is opened.
  const rulesFolder = await loadRulesFolder(config.rulesDir ?? PROJECT_PATHS.rules);
  const operatorNetworks = await readOperatorNetworks(config, logger);
  const pseudonymSecret = await pseudonymSecretOf(config, secrets);
  const connected = await connectDatabase(
    secrets.databaseUrl === undefined
      ? { embedded: { dataDir: config.isInMemory === true ? 'memory' : `${config.dataDir}/postgres`, inThread: true } }
      : { databaseUrl: secrets.databaseUrl },
    { migrationsDir: PROJECT_PATHS.migrations, onError },
  );
  const engine = secrets.redisUrl === undefined ? { pool: connected.pool } : { redisUrl: secrets.redisUrl };
  const { oidcClientSecret: clientSecret } = secrets;
  const signInProvider =
    config.oidc === undefined || clientSecret === undefined
      ? undefined
      : createOpenIdProvider({ ...config.oidc, clientSecret });
  return composeOn({
    config,
    logger,
    rulesFolder,
    connected,
    engine,
    pseudonymSecret,
    operatorNetworks,
    ...(signInProvider === undefined ? {} : { signInProvider }),
  });
}

/** The operator's network files; none where no folder is named. Lines that were left out are logged. */
async function readOperatorNetworks(config: Config, logger: Logger): Promise<NetworkSources> {
  if (config.networkDir === undefined) return { sources: [] };
  const { sources, problems } = await readNetworkFolder(config.networkDir);
  for (const problem of problems.slice(0, 50)) logger.warn(problem, 'a line of a network file was left out');
  return sources;
}

/** What a runtime stands on; `close` of the runtime closes the connection. */
export interface Foundation {
  readonly config: Config;
  readonly logger: Logger;
  readonly rulesFolder: RulesFolder;
  readonly connected: ConnectedDatabase;
  readonly engine: QueueEngine;
  /** Where people may sign in elsewhere. */
  readonly signInProvider?: OpenIdProvider;
  readonly pseudonymSecret: Uint8Array;
  /** Network files that go before the default set. */
  readonly operatorNetworks?: NetworkSources;
}

/** Builds a runtime on a database and queues that are open already. */
export async function composeOn(foundation: Foundation): Promise<Runtime> {
  const { config, logger, rulesFolder, connected, engine, pseudonymSecret } = foundation;
  const onError = (fault: unknown): void => logger.error({ err: fault }, 'a fault in the background');
  const { prisma } = connected;
  const ids = uuidSource;
  const clock = systemClock;
  const rulesetStore = postgresRulesetStore(prisma, ids);
  const rules = await enforceRules({ logger, clock, database: prisma, store: rulesetStore, rulesFolder, onError });
  const ofRules = <Value>(make: (ruleset: AssayRuleset) => Value) => onceForEach(rules.published, make);
  const queues = openQueues(engine, { onError });
  const outbox = startOutboxDispatcher({ outbox: postgresOutboxStore(prisma), queues, onError });
  const kickOutbox = outbox.kick;
  const embedder = await openEmbedder(config, rules, logger);
  const reader = createPictureReader({
    settings: () => rules.published().settings['image.yaml'],
    ...(embedder === undefined ? {} : { embedder }),
  });
  const fetcher = createGuardedFetcher({ allowHosts: config.pictureHosts });
  const shapeReader = createShapeReader();
  const textReader = createTesseractReader(shapeReader);
  const network = ofRules(({ settings }) =>
    createNetworkClassifier(
      combineNetworkSources(
        foundation.operatorNetworks ?? { sources: [] },
        defaultNetworkSources(settings['network/networks.yaml']),
      ),
    ),
  );
  const pseudonymiser = createPseudonymiser({
    keyring: () => keyringAt(pseudonymSecret, clock.nowMs(), KEY_ROTATION),
    networkOf: (ip) => network().classify(ip),
  });
  const creditRules = ofRules((ruleset) => ({
    model: createCreditModel(ruleset.settings['credit.yaml']),
    rulesetDigest: ruleset.digest,
  }));
  const strongBytes = (count: number): Uint8Array => randomBytes(count);
  const apiKeys = { store: postgresApiKeyStore(prisma), clock, ids, randomBytes: strongBytes };
  const sessions = { store: postgresSessionStore(prisma), apiKeys, clock, randomBytes: strongBytes };
  const ledger = postgresLedgerStore(prisma, ids);
  const buyers = {
    store: postgresBuyerStore(prisma),
    clock,
    settings: () => rules.published().settings['credit.yaml'].buyer,
  };
  const caseClock = {
    ...clock,
    warnAt01: () => rules.published().settings['casework.yaml'].warnAt01,
  };
  const queries = postgresQueries(prisma, caseClock);
  const metrics = createMetrics({ isProcessObserved: true });
  metrics.observeQueues(queues);
  const runtime: Runtime = {
    config,
    logger,
    clock,
    connected,
    engine,
    queues,
    outbox,
    rules,
    rulesets: {
      store: rulesetStore,
      clock,
      parseRules: (files) => parseRulesetBeside(files, RULE_SCHEMAS, rules.published()),
      publicationNeeds: () => rules.published().settings['casework.yaml'].publication.needs,
      follow: rules.follow,
      checks: postgresStoredCheckReader(prisma),
      openEngine: async (files) => {
        const { openCheckEngine } = await import('./check-engine.ts');
        return openCheckEngine(runtime, parseRuleset(files, RULE_SCHEMAS), undefined);
      },
      monotonicMs: () => performance.now(),
    },
    get ruleset() {
      return rules.published();
    },
    get creditRules() {
      return creditRules();
    },
    ledger,
    credit: {
      ledger,
      creditRules,
      buyers,
      standingAppeals: { store: postgresStandingAppealStore(prisma, ids), buyers, ids, kickOutbox },
      kyb: {
        store: postgresKybStore(prisma, () => rules.published().settings['credit.yaml'].kyb.inform),
        clock,
        settings: () => rules.published().settings['credit.yaml'].kyb,
      },
      extortion: { store: postgresExtortionStore(prisma, ids), clock, ids, kickOutbox },
    },
    creditReports: creditReportsFrom(ledger, creditRules),
    queries,
    intake: { store: postgresIntakeStore(prisma, ids), pseudonymiser, clock, kickOutbox },
    marks: { store: postgresMarkStore(prisma, ids), clock, kickOutbox },
    messages: { store: postgresMessageStore(prisma, ids), clock, kickOutbox },
    bankPictures: { store: postgresBankPictureStore(prisma, ids), reader, clock, kickOutbox },
    bankExchange: { store: postgresBankHashStore(prisma, ids), codec: pictureListCodec, clock, kickOutbox },
    apiKeys,
    sessions,
    people: {
      people: postgresPersonStore(prisma),
      sessions,
      secondFactor: totpCodes,
      sealer: createSealer(pseudonymSecret, 'assay people', strongBytes),
      clock,
      ids,
      randomBytes: strongBytes,
    },
    ...(foundation.signInProvider === undefined ? {} : { signInProvider: foundation.signInProvider }),
    idempotency: postgresIdempotencyStore(prisma),
    reader,
    fetcher,
    casework: composeCasework({
      prisma,
      rules: rules.published,
      ledger,
      creditRules,
      queries,
      ids,
      onError,
      clock: caseClock,
    }),
    textReader,
    shapeReader,
    metrics,
    async close() {
      await rules.stop();
      await outbox.stop();
      await queues.close();
      await fetcher.close();
      await textReader.close();
      await reader.close();
      await embedder?.close();
      await shapeReader.close();
      await connected.close();
    },
  };
  return runtime;
}

/** The operator's learned model, where one is named. What is wrong with it stops the start. */
async function openEmbedder(
  { embeddingModel }: Config,
  rules: LiveRules,
  logger: Logger,
): Promise<OnnxEmbedder | undefined> {
  if (embeddingModel === undefined) return undefined;
  const preparation = rules.published().settings['image.yaml'].embeddings;
  const embedder = await openOnnxEmbedder({ ...embeddingModel, preparation });
  const { fileSha256, dimensions } = embedder;
  const digest = embedder.modelDigest(preparation);
  logger.info({ file: embeddingModel.file, fileSha256, dimensions, digest }, 'a learned model reads pictures too');
  return embedder;
}

async function pseudonymSecretOf(config: Config, { databaseUrl, pseudonymKey }: Secrets): Promise<Uint8Array> {
  if (pseudonymKey !== undefined) return Buffer.from(pseudonymKey, 'base64');
  if (databaseUrl === undefined) return readOrMakeSecret(config.dataDir);
  throw new AppError(
    'config.invalid',
    'With DATABASE_URL, set ASSAY_PSEUDONYM_KEY to 32 random bytes in base64, the same for every process: ' +
      'identifiers of accounts are stored only as hashes keyed with it. Make one with `openssl rand -base64 32`.',
  );
}
