import { cpus, loadavg } from 'node:os';
import type { ClaimFigures, ConsoleBench, ConsoleBenchOptions, Durations } from '../../cli/bench-console.ts';
import { ROLE_SCOPES } from '../../domain/access.ts';
import { createApiKey } from '../../pipeline/api-keys.ts';
import { UNBOUNDED } from '../../pipeline/casework/reviewer.ts';
import { issueTicket } from '../../pipeline/sessions.ts';
import { composeRuntime } from '../compose.ts';
import type { Runtime } from '../runtime.ts';
import type { Config, Secrets } from '../config.ts';
import { startApi } from '../start-api.ts';
import { readThenWrite, waitForTheRow, type ClaimWay } from './naive-claims.ts';
import { seedCases } from './seed-cases.ts';
import { startReviewers } from './send-reviewers.ts';
import { measureShownNext } from './show-next.ts';

const quantile = (sorted: readonly number[], at01: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at01))] ?? Number.NaN;

function summarise(durationsMs: readonly number[]): Durations {
  const sorted = durationsMs.toSorted((left, right) => left - right);
  return {
    count: sorted.length,
    p50Ms: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    p99Ms: quantile(sorted, 0.99),
    maxMs: sorted.at(-1) ?? Number.NaN,
  };
}

const doublesIn = (ids: readonly string[]): number => ids.length - new Set(ids).size;

/** Claims the warm-up takes: compiled code and warm caches are what a server has that has run for a minute. */
const WARM_UP_CLAIMS = 500;

/**
 * Measures the next case with many cases and many reviewers: in a browser from the key to the frame, then over HTTP as
 * people work, with time to think, then without any until `claims` were given out, each to one alone; last, the same
 * rush on the table by ways that somebody would write first.
 */
export async function benchConsole(
  config: Config,
  secrets: Secrets,
  options: ConsoleBenchOptions,
): Promise<ConsoleBench> {
  const isServer = secrets.databaseUrl !== undefined;
  const runtime = await composeRuntime({ ...config, isInMemory: !isServer, port: 0 }, secrets);
  try {
    const seeded = await seedCases(runtime.connected.prisma, runtime.ruleset, {
      cases: options.cases,
      withEvidence: Math.min(options.cases, 2 * options.keys + 50),
    });
    try {
      const api = await startApi(runtime, { port: 0 });
      try {
        const shown = await measureShown(runtime, api.address, options);
        const claims = await measureClaims(runtime, api.address, options);
        return {
          cases: options.cases,
          reviewers: options.reviewers,
          engine: isServer ? 'Postgres server' : 'embedded, in memory',
          machine: { cores: cpus().length, load: loadavg()[0] ?? Number.NaN },
          shown,
          ...claims,
          ways: await compareWays(runtime, options),
        };
      } finally {
        await api.close();
      }
    } finally {
      await seeded.remove();
    }
  } finally {
    await runtime.close();
  }
}

async function measureShown(
  { sessions }: Runtime,
  address: string,
  { keys, lookMs }: ConsoleBenchOptions,
): Promise<ConsoleBench['shown']> {
  const person = { id: 'bench', name: 'Reviewer of the measurement', scopes: ROLE_SCOPES.LEAD };
  const ticket = await issueTicket(sessions, person);
  const outcome = await measureShownNext(`${address}/#ticket=${ticket}`, { keys, thinkMs: lookMs });
  if (outcome.kind === 'unmeasured') return outcome;
  const { kind, browser, firstLoadBytes, shownMs, picturesMs, decidedMs } = outcome;
  return {
    kind,
    browser,
    firstLoadBytes,
    next: summarise(shownMs),
    withPictures: summarise(picturesMs),
    decided: summarise(decidedMs),
  };
}

async function measureClaims(
  { apiKeys }: Runtime,
  address: string,
  options: ConsoleBenchOptions,
): Promise<Pick<ConsoleBench, 'paced' | 'rushed' | 'claimed' | 'doubleClaims'>> {
  const keys: string[] = [];
  for (let i = 0; i < options.reviewers; i += 1)
    keys.push((await createApiKey(apiKeys, `bench reviewer ${i}`, ROLE_SCOPES.MODERATOR)).secret);
  const reviewers = startReviewers();
  try {
    const order = { address, keys, maxMs: Number.MAX_SAFE_INTEGER };
    const warmUp = await reviewers.send({ ...order, thinkMs: 0, claims: WARM_UP_CLAIMS });
    const paced = await reviewers.send({
      ...order,
      thinkMs: options.thinkMs,
      claims: Number.MAX_SAFE_INTEGER,
      maxMs: options.seconds * 1_000,
    });
    const rushed = await reviewers.send({ ...order, thinkMs: 0, claims: options.claims });
    const figures = ({ durationsMs, elapsedMs, serverCpuMs }: typeof paced): ClaimFigures => ({
      ...summarise(durationsMs),
      perSecond: durationsMs.length / (elapsedMs / 1_000),
      serverCpuMsEach: serverCpuMs / durationsMs.length,
    });
    const given = [...warmUp.caseIds, ...paced.caseIds, ...rushed.caseIds];
    return { paced: figures(paced), rushed: figures(rushed), claimed: given.length, doubleClaims: doublesIn(given) };
  } finally {
    reviewers.close();
  }
}

/** The same number of reviewers claim at the table itself, without HTTP: ours beside two ways without SKIP LOCKED. */
async function compareWays(
  { connected: { prisma }, casework, clock }: Runtime,
  { reviewers, wayClaims }: ConsoleBenchOptions,
): Promise<ConsoleBench['ways']> {
  const ours: ClaimWay = async (id) => {
    const reviewer = { id, name: id, isPerson: true, isLead: false, reach: UNBOUNDED };
    const answer = await casework.ports.cases.claimNext({ reviewer, skipIds: [] }, clock.nowMs());
    return answer.kind === 'claimed' ? answer.changed.summary.id : undefined;
  };
  const ways: readonly (readonly [string, ClaimWay])[] = [
    ['one statement, SKIP LOCKED (ours)', ours],
    ['SELECT … FOR UPDATE, then UPDATE', waitForTheRow(prisma)],
    ['SELECT, then UPDATE', readThenWrite(prisma)],
  ];
  const results: ConsoleBench['ways'][number][] = [];
  for (const [name, claim] of ways) {
    const durationsMs: number[] = [];
    const ids: string[] = [];
    let left = wayClaims;
    const startMs = performance.now();
    await Promise.all(
      Array.from({ length: reviewers }, async (_, i) => {
        while (left > 0) {
          left -= 1;
          const askedMs = performance.now();
          const id = await claim(`bench reviewer ${i}`);
          durationsMs.push(performance.now() - askedMs);
          if (id === undefined) return;
          ids.push(id);
        }
      }),
    );
    const perSecond = durationsMs.length / ((performance.now() - startMs) / 1_000);
    results.push({ name, ...summarise(durationsMs), perSecond, doubleClaims: doublesIn(ids) });
  }
  return results;
}
