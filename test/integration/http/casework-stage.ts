import { afterAll, beforeAll, beforeEach } from 'vitest';
import { composeCasework } from '../../../src/app/compose-casework.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import { loadRulesFolder } from '../../../src/app/load-ruleset.ts';
import { PROJECT_PATHS } from '../../../src/app/project-paths.ts';
import type { Database } from '../../../src/adapters/postgres/database.ts';
import { postgresLedgerStore } from '../../../src/adapters/postgres/ledger-store.ts';
import { postgresQueries } from '../../../src/adapters/postgres/query-store.ts';
import { createCreditModel } from '../../../src/credit/credit-moment.ts';
import type { Principal, Scope } from '../../../src/domain/access.ts';
import { createServer } from '../../../src/http/server.ts';
import type { ServerDeps } from '../../../src/http/server-deps.ts';
import { createApiKey } from '../../../src/pipeline/api-keys.ts';
import { UNBOUNDED, type Reach } from '../../../src/pipeline/casework/reviewer.ts';
import { openTestDatabase } from '../../support/database.ts';
import { databaseDeps, NOW_MS } from './database-deps.ts';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

/** Somebody who calls the API. */
export interface Caller {
  readonly id: string;
  readonly headers: Record<string, string>;
  post(url: string, payload?: object): Promise<Answer>;
  get(url: string): Promise<Answer>;
  call(method: 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object): Promise<Answer>;
}

/** A server on a real database with a clock that the test turns. */
export async function openStage(
  more: (deps: ServerDeps & { readonly prisma: Database }) => Partial<ServerDeps> = () => ({}),
) {
  const database = await openTestDatabase();
  let nowMs = NOW_MS;
  const clock = { nowMs: () => nowMs, warnAt01: () => ruleset.settings['casework.yaml'].warnAt01 };
  const people = new Map<string, Principal>();
  const { ruleset } = await loadRulesFolder(PROJECT_PATHS.rules);
  const { prisma } = database;
  const ledger = postgresLedgerStore(prisma, uuidSource);
  const queries = postgresQueries(prisma, clock);
  const creditRules = { model: createCreditModel(ruleset.settings['credit.yaml']), rulesetDigest: ruleset.digest };
  const casework = composeCasework({
    prisma,
    rules: () => ruleset,
    ledger,
    creditRules: () => creditRules,
    queries,
    ids: uuidSource,
    clock,
    onError: (fault) => {
      throw fault;
    },
  });
  const base: ServerDeps = {
    ...databaseDeps(database),
    queries,
    clock,
    casework,
    authenticateSession: async ({ headers }) => people.get(String(headers['x-person'])),
  };
  const deps: ServerDeps = { ...base, ...more({ ...base, prisma }) };
  const server = await createServer(deps);

  async function send(headers: Record<string, string>, method: string, url: string, payload?: object): Promise<Answer> {
    const answer = await server.inject({
      method: method as 'GET',
      url,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
    const isJson = answer.body !== '' && /[/+]json/.test(String(answer.headers['content-type']));
    const body = isJson ? (answer.json() as Record<string, unknown>) : {};
    return { status: answer.statusCode, body, text: answer.body };
  }
  const callerOf = (id: string, headers: Record<string, string>): Caller => ({
    id,
    headers,
    post: (url, payload = {}) => send(headers, 'POST', url, payload),
    get: (url) => send(headers, 'GET', url),
    call: (method, url, payload) => send(headers, method, url, payload),
  });

  return {
    database,
    prisma,
    server,
    casework,
    ruleset,
    ledger,
    deps,
    callerOf,
    startAt: (ms: number) => void (nowMs = ms),
    pass: (ms: number) => void (nowMs += ms),
    nowMs: () => nowMs,
    /** Somebody with a key of these scopes. */
    async caller(name: string, scopes: readonly Scope[]): Promise<Caller> {
      const key = await createApiKey(deps.apiKeys, name, scopes);
      return callerOf(key.id, { 'x-api-key': key.secret });
    },
    /** Somebody who is signed in, and sees no more than this. */
    person(name: string, scopes: readonly Scope[], reach: Partial<Reach>): Caller {
      people.set(name, {
        kind: 'SESSION',
        id: name,
        name,
        scopes,
        role: 'MODERATOR',
        reach: { ...UNBOUNDED, ...reach },
      });
      return callerOf(name, { 'x-person': name, 'sec-fetch-site': 'same-origin' });
    },
    /** Cases that wait, the first the most urgent. */
    async openCases(count: number, rest: object = {}): Promise<string[]> {
      const ids = Array.from({ length: count }, () => uuidSource.next());
      await prisma.case.createMany({
        data: ids.map((id, i) => ({
          id,
          openKey: `key-${id}`,
          caseKey: `key-${id}`,
          state: 'QUEUED',
          queue: 'ip',
          severity: 'S2',
          violationType: 'IP_TM_KEYWORD_MISUSE',
          priority: 1_000 - i,
          subjectKind: 'LISTING',
          subjectId: `l-${i}`,
          summary: 'A mark in a title.',
          openedAt: new Date(NOW_MS),
          dueAt: new Date(NOW_MS + 3_600_000),
          ...rest,
        })),
      });
      return ids;
    },
    async close() {
      await server.close();
      await database.close();
    },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Two moderators and a lead, each with a key. */
export interface StageWithPeople {
  readonly stage: Stage;
  readonly ann: Caller;
  readonly bob: Caller;
  readonly lead: Caller;
}

/** One stage for all tests of a group, emptied before each, which is handed it with people who are new to it. */
export function onStage(
  enter: (given: StageWithPeople) => void | Promise<void>,
  more?: Parameters<typeof openStage>[0],
): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(more);
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    await stage.database.clear();
    stage.startAt(NOW_MS);
    const ann = await stage.caller('Ann', ['cases:read', 'cases:decide']);
    const bob = await stage.caller('Bob', ['cases:read', 'cases:decide']);
    const lead = await stage.caller('Lee', ['cases:read', 'cases:decide', 'cases:lead']);
    await enter({ stage, ann, bob, lead });
  });
}
