import { pictureListCodec } from '../../../src/adapters/images/bank-exchange.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Scope } from '../../../src/domain/access.ts';
import { createMetrics } from '../../../src/http/metrics.ts';
import type { ServerDeps } from '../../../src/http/server-deps.ts';
import { httpSettings } from '../../../src/http/settings.ts';
import { createApiKey, type ApiKeyStore, type StoredApiKey } from '../../../src/pipeline/api-keys.ts';
import type { IdempotencyStore, RecordedAnswer } from '../../../src/pipeline/idempotency.ts';
import type { StorableSubject } from '../../../src/pipeline/intake-store.ts';
import { QUEUE_NAMES, type JobQueues, type QueueCounts, type QueueName } from '../../../src/pipeline/ports.ts';
import type { Queries } from '../../../src/pipeline/queries.ts';

const NO_COUNTS: QueueCounts = { waiting: 0, active: 0, delayed: 0, failed: 0, completed: 0, paused: 0 };

/** Queries that know nothing; a test overrides those that it asks. */
const emptyQueries: Queries = {
  check: async () => undefined,
  checks: async () => ({ items: [] }),
  listing: async () => undefined,
  review: async () => undefined,
  seller: async () => undefined,
  eligibility: async () => [],
  cases: async () => ({ items: [] }),
  case: async () => undefined,
  ring: async () => undefined,
  ringEvidence: async () => undefined,
  mark: async () => undefined,
  marks: async () => ({ items: [] }),
  rightsHolder: async () => undefined,
  picturePreview: async () => undefined,
  stats: async () => ({
    subjects: { sellers: 0, listings: 0, reviews: 0, accounts: 0, orders: 0, marks: 0, bankPictures: 0 },
    checksByState: {},
    checksByOutcome: {},
    findingsByType: {},
    openCasesByQueue: {},
    openCasesByType: {},
    openCasesByOutcome: {},
    openCasesByTier: {},
    casesByState: {},
    listingsByPublication: {},
    reviewsByAuthenticity: {},
    sellersByTier: {},
    creditBehind: 0,
  }),
  backlog: async () => ({ checks: 0, creditBehind: 0 }),
  events: async () => ({ events: [], nextCursor: 'start', hasMore: false }),
};

function memoryApiKeyStore(): ApiKeyStore {
  const keys = new Map<string, StoredApiKey>();
  return {
    insert: async (key) => void keys.set(key.id, key),
    async insertFirst(key) {
      if (keys.size > 0) return 'there-are-keys';
      keys.set(key.id, key);
      return 'inserted';
    },
    findByPrefix: async (prefix) => [...keys.values()].find((key) => key.prefix === prefix),
    list: async () => [...keys.values()],
    async revoke(id, nowMs) {
      const key = keys.get(id);
      if (key === undefined) return 'missing';
      keys.set(id, { ...key, revokedAtMs: nowMs });
      return 'revoked';
    },
    async touch(id, nowMs) {
      const key = keys.get(id);
      if (key !== undefined) keys.set(id, { ...key, lastUsedAtMs: nowMs });
    },
  };
}

function memoryIdempotencyStore(): IdempotencyStore {
  const records = new Map<string, { sha256: string; answer?: RecordedAnswer }>();
  const nameOf = (request: { principalId: string; key: string }): string => `${request.principalId} ${request.key}`;
  return {
    async begin(request) {
      const known = records.get(nameOf(request));
      if (known === undefined) {
        records.set(nameOf(request), { sha256: request.requestSha256 });
        return { kind: 'run' };
      }
      if (known.sha256 !== request.requestSha256) return { kind: 'other-request' };
      return known.answer === undefined ? { kind: 'in-flight' } : { kind: 'replay', answer: known.answer };
    },
    finish: async (request, answer) => void records.set(nameOf(request), { sha256: request.requestSha256, answer }),
    forget: async (request) => void records.delete(nameOf(request)),
    purge: async () => 0,
  };
}

const idleQueues: JobQueues = {
  addMany: async () => {},
  counts: async () =>
    Object.fromEntries(QUEUE_NAMES.map((name) => [name, NO_COUNTS])) as Record<QueueName, QueueCounts>,
  deadLetters: async () => [],
  requeueDeadLetters: async () => 0,
  schedule: async () => {},
  ready: async () => {},
  close: async () => {},
};

/** What the memory stores hold, for a test to look at. */
export interface MemoryState {
  readonly subjects: Map<string, StorableSubject>;
  readonly uploads: Map<string, Uint8Array>;
}

const notHere = () => {
  throw new Error('no test asks this here');
};

/** No seller, no buyer; a test of credit runs on a database. */
const emptyCredit: ServerDeps['credit'] = {
  ledger: {
    subject: async () => undefined,
    entries: async () => [],
    links: async () => ({ legalIds: [], entries: [] }),
    entriesOf: async () => ({ legalIds: [], entries: [] }),
    entitiesAfter: async () => [],
    snapshots: async () => [],
    raiseAlarm: async () => {},
    useCreditRules: async () => {},
    staleEntities: async () => [],
    lastSeq: async () => 0,
    stores: async () => [],
    saveSnapshots: async () => {},
  },
  creditRules: notHere,
  buyers: { store: { record: async () => undefined }, clock: { nowMs: () => 0 }, settings: notHere },
  kyb: {
    store: { sellersAfter: async () => [], seller: async () => undefined, tellOnce: async () => 0 },
    clock: { nowMs: () => 0 },
    settings: notHere,
  },
  standingAppeals: {
    store: { list: async () => [], save: async () => {} },
    buyers: { store: { record: async () => undefined }, clock: { nowMs: () => 0 }, settings: notHere },
    ids: { next: () => randomUUID() },
    kickOutbox: () => {},
  },
  extortion: {
    store: { reviewOf: async () => undefined, save: async () => 'saved' },
    clock: { nowMs: () => 0 },
    ids: { next: () => randomUUID() },
    kickOutbox: () => {},
  },
};

/** No version of the rules and no check; a test of them brings its own. */
const emptyRules: ServerDeps['rules'] = {
  store: {
    list: async () => [],
    find: async () => undefined,
    inForce: async () => ({}),
    backtestProgress: async () => undefined,
    noteBacktest: async () => {},
    previous: async () => undefined,
    submit: async () => 'stored',
    move: async () => ({ kind: 'missing' }),
    moves: async () => [],
    isLedByPeople: async () => false,
    shadowSummary: async () => ({ compared: 0, differed: 0, moves: [], examples: [] }),
  },
  clock: { nowMs: () => Date.parse('2026-03-01T12:00:00Z') },
  parseRules: () => {
    throw new Error('no test of the rules reads any here');
  },
  follow: async () => {},
  publicationNeeds: () => 'TWO_PEOPLE',
  openEngine: () => Promise.reject(new Error('no test of the rules looks at anything again')),
  checks: { read: async function* () {}, one: async () => undefined },
  monotonicMs: () => 0,
};

/** Ports that keep everything in memory, with an unlimited rate unless a test says otherwise. */
export function memoryDeps(overrides: Partial<ServerDeps> = {}): ServerDeps & { readonly state: MemoryState } {
  const state: MemoryState = { subjects: new Map(), uploads: new Map() };
  const clock = { nowMs: () => Date.parse('2026-03-01T12:00:00Z') };
  const ids = { next: () => randomUUID() };
  return {
    state,
    settings: httpSettings.parse({ callsPerMinute: 1_000_000 }),
    clock,
    ids,
    intake: {
      clock,
      kickOutbox: () => {},
      pseudonymiser: {
        pseudonymise: ({ id, kind, registeredAt }) => ({ id, kind, registeredAt, identifiers: [], sessions: [] }),
      },
      store: {
        async store(subjects) {
          return subjects.map((subject) => {
            const name = `${subject.kind}/${subject.item.id}`;
            const isKnown = state.subjects.get(name)?.contentSha256 === subject.contentSha256;
            state.subjects.set(name, subject);
            return { kind: isKnown ? 'unchanged' : 'accepted', version: 1, checkId: `check-of-${subject.item.id}` };
          });
        },
        saveUploads: async (uploads) => uploads.forEach(({ id, bytes }) => state.uploads.set(id, bytes)),
        missingUploads: async (wanted) => new Set(wanted.filter((id) => !state.uploads.has(id))),
      },
    },
    queries: emptyQueries,
    creditReports: { report: async () => undefined },
    rules: emptyRules,
    credit: emptyCredit,
    marks: {
      clock,
      kickOutbox: () => {},
      store: {
        saveMarks: async (marks) => marks.map(() => 'accepted'),
        saveRightsHolders: async (holders) => holders.map(() => 'accepted'),
        missingRightsHolders: async (wanted) => new Set(wanted.filter((id) => id.startsWith('missing'))),
        withdraw: async (id) => (id.startsWith('missing') ? 'missing' : 'withdrawn'),
      },
    },
    messages: {
      clock,
      kickOutbox: () => {},
      store: { saveMessages: async (messages) => messages.map(() => 'accepted') },
    },
    bankPictures: {
      clock,
      kickOutbox: () => {},
      reader: {
        read: async () => ({ kind: 'unreadable', code: 'image.undecodable', detail: 'The picture is cut off.' }),
      },
      store: {
        save: async () => 'accepted',
        missingReferences: async () => [],
        disable: async () => 'disabled',
      },
    },
    bankExchange: {
      clock,
      kickOutbox: () => {},
      codec: pictureListCodec,
      store: {
        saveHashes: async (_bank, rows) => ({ accepted: rows.length, unchanged: 0 }),
        missingReferences: async () => [],
        disableList: async () => 0,
        exportBank: async function* () {},
      },
    },
    queues: idleQueues,
    apiKeys: { store: memoryApiKeyStore(), clock, ids, randomBytes },
    idempotency: memoryIdempotencyStore(),
    readiness: [],
    metrics: createMetrics({ isProcessObserved: false }),
    ...overrides,
  };
}

export const withQueries = (queries: Partial<Queries>): Partial<ServerDeps> => ({
  queries: { ...emptyQueries, ...queries },
});

/** Headers of a caller with these scopes. */
export async function headersWith(deps: ServerDeps, ...scopes: Scope[]): Promise<Record<string, string>> {
  return { authorization: `Bearer ${(await createApiKey(deps.apiKeys, 'test', scopes)).secret}` };
}
