import { randomBytes } from 'node:crypto';
import { AssayClient } from '../cli/assay-client.ts';
import type { ConsoleBench, ConsoleBenchOptions } from '../cli/bench-console.ts';
import { ROLE_SCOPES } from '../domain/access.ts';
import type { NextCase } from '../domain/views/case-work-view.ts';
import { createApiKey } from '../pipeline/api-keys.ts';
import { composeRuntime, type Runtime } from './compose.ts';
import type { Config, Secrets } from './config.ts';
import { startApi } from './start-api.ts';

/** Cases that wait, spread over the queues and kinds of the rules, in one statement. */
async function seedCases({ connected, ruleset }: Runtime, count: number): Promise<void> {
  const queues = ruleset.queues.queues.map(({ name }) => name);
  const types = Object.keys(ruleset.violations);
  const run = randomBytes(4).toString('hex');
  await connected.prisma.$executeRaw`
    INSERT INTO "case" (id, "openKey", "caseKey", state, queue, severity, "violationType", priority, "subjectKind",
      "subjectId", summary, "openedAt", "dueAt")
    SELECT 'bench-' || ${run} || '-' || i, 'bench:' || ${run} || ':' || i, 'bench:' || i, 'QUEUED',
      (${queues}::text[])[1 + i % ${queues.length}::int], 'S' || (i % 4), (${types}::text[])[1 + i % ${types.length}::int],
      (i * 7919 % 100003)::float8, 'LISTING', 'bench-' || i, 'A case of the measurement.', now(), now() + interval '3 days'
    FROM generate_series(1, ${count}::int) AS i`;
  await connected.prisma.$executeRaw`ANALYZE "case"`;
}

const quantile = (sorted: readonly number[], at01: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at01))] ?? Number.NaN;

const summarise = (durationsMs: readonly number[]) => {
  const sorted = durationsMs.toSorted((left, right) => left - right);
  return {
    count: sorted.length,
    p50Ms: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    p99Ms: quantile(sorted, 0.99),
    maxMs: sorted.at(-1) ?? Number.NaN,
  };
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Measures the API of the queue with many cases and many reviewers, each with a key of their own: first as people work,
 * with time to think between two claims, then without any, until `claims` cases were given out and each to one alone.
 */
export async function benchConsole(
  config: Config,
  secrets: Secrets,
  options: ConsoleBenchOptions,
): Promise<ConsoleBench> {
  const runtime = await composeRuntime({ ...config, isInMemory: secrets.databaseUrl === undefined, port: 0 }, secrets);
  try {
    await seedCases(runtime, options.cases);
    const api = await startApi(runtime, { port: 0 });
    try {
      const clients: AssayClient[] = [];
      for (let i = 0; i < options.reviewers; i += 1) {
        const { secret } = await createApiKey(runtime.apiKeys, `bench reviewer ${i}`, ROLE_SCOPES.MODERATOR);
        clients.push(new AssayClient(api.address, secret));
      }
      const given: string[] = [];
      /** One claim; the case after it is read ahead as the console does. */
      const claim = async (
        client: AssayClient,
        durationsMs: number[],
        preferId?: string,
      ): Promise<string | undefined> => {
        const startMs = performance.now();
        const next = await client.post<NextCase>('/v1/queues/all/next', preferId === undefined ? {} : { preferId });
        durationsMs.push(performance.now() - startMs);
        if (next.kind !== 'claimed') return undefined;
        given.push(next.case.id);
        return next.upcomingId;
      };
      for (const client of clients) await claim(client, []);

      const paced: number[] = [];
      const endMs = performance.now() + options.seconds * 1_000;
      await Promise.all(
        clients.map(async (client, i) => {
          await pause((options.thinkMs * i) / clients.length);
          let upcoming: string | undefined;
          while (performance.now() < endMs) {
            upcoming = await claim(client, paced, upcoming);
            await pause(options.thinkMs);
          }
        }),
      );

      const rushed: number[] = [];
      const startMs = performance.now();
      let left = options.claims;
      await Promise.all(
        clients.map(async (client) => {
          while (left > 0) {
            left -= 1;
            await claim(client, rushed);
          }
        }),
      );
      const seconds = (performance.now() - startMs) / 1_000;
      return {
        cases: options.cases,
        reviewers: options.reviewers,
        engine: secrets.databaseUrl === undefined ? 'embedded, in memory' : 'Postgres server',
        paced: summarise(paced),
        rushed: { ...summarise(rushed), claimsPerSecond: rushed.length / seconds },
        claimed: given.length,
        doubleClaims: given.length - new Set(given).size,
      };
    } finally {
      await api.close();
    }
  } finally {
    await runtime.connected.prisma.$executeRaw`DELETE FROM "case" WHERE "caseKey" LIKE 'bench:%'`;
    await runtime.close();
  }
}
