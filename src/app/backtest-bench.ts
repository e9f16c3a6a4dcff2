import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { connectDatabase, type ConnectedDatabase } from '../adapters/postgres/connect.ts';
import { postgresStoredCheckReader } from '../adapters/postgres/stored-check-reader.ts';
import type { BacktestBench, BacktestBenchOptions } from '../cli/bench-backtest.ts';
import { BENCH_NOW_MS, madeUpCheck } from '../evaluation/rules-bench/made-up-checks.ts';
import { createBacktest } from '../policy/backtest.ts';
import { decide } from '../policy/decide.ts';
import { parseDecisionRules, type Ruleset } from '../policy/parse-ruleset.ts';
import type { Config, Secrets } from './config.ts';
import { loadRuleset } from './load-ruleset.ts';
import { PROJECT_PATHS } from './project-paths.ts';

/** Checks that are written by one statement. */
const WRITTEN_AT_ONCE = 2_000;
const MINUTE_MS = 60_000;

/** A database of its own for the measurement; `close` leaves nothing behind. */
async function openScratch(databaseUrl: string | undefined): Promise<ConnectedDatabase> {
  const migrationsDir = PROJECT_PATHS.migrations;
  if (databaseUrl === undefined)
    return connectDatabase({ embedded: { dataDir: 'memory', inThread: true } }, { migrationsDir });
  const name = `assay_bench_${randomBytes(6).toString('hex')}`;
  const onServer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const connected = await connectDatabase({ databaseUrl: url.href }, { migrationsDir });
  return {
    ...connected,
    close: async () => {
      await connected.close();
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Evidence of the size that detectors write. */
const EVIDENCE = [{ kind: 'TEXT_SPAN', field: 'description', quote: 'made up '.repeat(60), start: 0, end: 480 }];

/** Writes made-up checks as a worker leaves them: with findings, the automatic decision, and what people said. */
async function fill({ prisma }: ConnectedDatabase, ruleset: Ruleset, checks: number): Promise<number> {
  let findings = 0;
  for (let first = 0; first < checks; first += WRITTEN_AT_ONCE) {
    const many = Array.from({ length: Math.min(WRITTEN_AT_ONCE, checks - first) }, (_, nth) => {
      const check = madeUpCheck(first + nth);
      const at = new Date(BENCH_NOW_MS - (first + nth) * (MINUTE_MS / 2)).toISOString();
      return { ...check, at, decision: decide(check, ruleset), evidence: EVIDENCE };
    });
    findings += many.reduce((sum, check) => sum + check.findings.length, 0);
    const json = JSON.stringify(many);
    await prisma.$executeRaw`
      INSERT INTO "check" (id, "subjectKind", "subjectId", "subjectVersion", "contentSha256", state, outcome,
        "rulesetDigest", decision, context, "acceptedAt", "finishedAt")
      SELECT c->>'checkId', 'LISTING', c->'subject'->>'id', 1, 'made up', 'DONE', c->'decision'->>'outcome',
        ${ruleset.digest}, c->'decision', c->'context', (c->>'at')::timestamptz, (c->>'at')::timestamptz
      FROM jsonb_array_elements(${json}::jsonb) c`;
    await prisma.$executeRaw`
      INSERT INTO finding (id, "checkId", "subjectKind", "subjectId", detector, "detectorVersion", "violationType",
        probability, summary, evidence, about, "markId", signals, "createdAt")
      SELECT (c->>'checkId') || '/' || (f->>'about'), c->>'checkId', 'LISTING', c->'subject'->>'id', f->>'detector', 1,
        f->>'violationType', (f->>'probability')::float8, f->>'summary', c->'evidence', f->>'about', f->>'markId',
        f->'signals', (c->>'at')::timestamptz
      FROM jsonb_array_elements(${json}::jsonb) c, jsonb_array_elements(c->'findings') f`;
    await prisma.$executeRaw`
      INSERT INTO decision (id, "checkId", "subjectKind", "subjectId", "sellerId", outcome, actions, automation,
        "decidedBy", reason, "rulesetDigest", payload, "decidedAt")
      SELECT (c->>'checkId') || '/' || d.by, c->>'checkId', 'LISTING', c->'subject'->>'id', c->'subject'->>'sellerId',
        c->'decision'->>'outcome', '{}', 'FULLY', d.by, CASE WHEN d.by = 'rules' THEN NULL ELSE c->>'verdict' END,
        ${ruleset.digest}, c->'decision', (c->>'at')::timestamptz
      FROM jsonb_array_elements(${json}::jsonb) c, (VALUES ('rules'), ('person')) d (by)
      WHERE d.by = 'rules' OR c ? 'verdict'`;
  }
  await prisma.$executeRaw`ANALYZE`;
  return findings;
}

/** Fills a database and runs a backtest over it as the API does, with another threshold in the draft. */
export async function benchBacktest(
  config: Config,
  secrets: Secrets,
  options: BacktestBenchOptions,
): Promise<BacktestBench> {
  const published = parseDecisionRules((await loadRuleset(config.rulesDir ?? PROJECT_PATHS.rules)).files);
  const draft = parseDecisionRules(
    published.files.map((file) =>
      file.name === 'policy.yaml' ? { ...file, text: file.text.replace(/holdFrom01: .*/, 'holdFrom01: 0.5') } : file,
    ),
  );
  const connected = await openScratch(secrets.databaseUrl);
  try {
    let startMs = performance.now();
    const findings = await fill(connected, published, options.checks);
    const fillSeconds = (performance.now() - startMs) / 1_000;
    const period = { fromMs: 0, untilMs: BENCH_NOW_MS + MINUTE_MS, limit: options.checks };
    const reader = postgresStoredCheckReader(connected.prisma);
    const backtest = createBacktest({ published, draft });
    let decidedMs = 0;
    const cpu = process.cpuUsage();
    startMs = performance.now();
    for await (const page of reader.read(period)) {
      const pageMs = performance.now();
      for (const check of page) backtest.add(check);
      decidedMs += performance.now() - pageMs;
    }
    const report = backtest.report();
    const seconds = (performance.now() - startMs) / 1_000;
    const used = process.cpuUsage(cpu);
    startMs = performance.now();
    const readCpu = process.cpuUsage();
    let read = 0;
    for await (const page of reader.read(period)) read += page.length;
    const readSeconds = (performance.now() - startMs) / 1_000;
    const readUsed = process.cpuUsage(readCpu);
    if (read !== report.checks || read !== options.checks)
      throw new Error(`${options.checks} checks were written, ${report.checks} decided and ${read} read.`);
    return {
      engine: secrets.databaseUrl === undefined ? 'embedded, in memory' : 'Postgres server',
      checks: report.checks,
      findings,
      fillSeconds,
      seconds,
      processorSeconds: (used.user + used.system) / 1e6,
      waitSeconds: seconds - decidedMs / 1_000,
      decidedSeconds: decidedMs / 1_000,
      readSeconds,
      readProcessorSeconds: (readUsed.user + readUsed.system) / 1e6,
      moved: report.moved,
      peakMegabytes: process.memoryUsage.rss() / 2 ** 20,
    };
  } finally {
    await connected.close();
  }
}
