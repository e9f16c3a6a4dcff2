import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { readDataFolderOwner } from '../adapters/postgres/embedded/data-folder-lock.ts';
import type { Examination } from '../cli/doctor.ts';
import { readConfig, type Config, type Secrets } from './config.ts';
import { loadRuleset } from './load-ruleset.ts';
import { PROJECT_PATHS } from './project-paths.ts';

const TIMEOUT_MS = 5_000;

const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message || fault.name : String(fault));

async function look(what: string, work: () => Promise<string>): Promise<Examination> {
  try {
    return { what, isWell: true, detail: await work() };
  } catch (fault) {
    return { what, isWell: false, detail: messageOf(fault) };
  }
}

/** Looks at Node, configuration, rules, data folder or servers, port and console, and changes nothing. */
export async function examine(env: NodeJS.ProcessEnv): Promise<readonly Examination[]> {
  const node = await look('Node', () => Promise.resolve(`${process.version} on ${process.platform} ${process.arch}`));
  const configured: { config?: Config; secrets?: Secrets } = {};
  const configuration = await look('configuration', () => {
    Object.assign(configured, readConfig(env));
    return Promise.resolve('all environment variables are in order');
  });
  const { config, secrets } = configured;
  if (config === undefined || secrets === undefined) return [node, configuration];
  const rulesDir = config.rulesDir ?? PROJECT_PATHS.rules;
  return [
    node,
    configuration,
    await look('rules', async () => `${rulesDir}, version ${(await loadRuleset(rulesDir)).digest.slice(0, 12)}`),
    secrets.databaseUrl === undefined ? await lookAtFolder(config) : await lookAtPostgres(secrets.databaseUrl),
    secrets.redisUrl === undefined
      ? { what: 'queues', isWell: true, detail: 'in the database; REDIS_URL moves them to Redis' }
      : await lookAtRedis(secrets.redisUrl),
    await lookAtPort(config),
    await look('console', async () => {
      await access(path.join(PROJECT_PATHS.console, 'index.html')).catch(() => {
        throw new Error('is not built: run `npm run build`');
      });
      return 'is built';
    }),
  ];
}

function lookAtFolder({ dataDir }: Config): Promise<Examination> {
  return look('data folder', async () => {
    const owner = await readDataFolderOwner(path.join(dataDir, 'postgres'));
    if (owner.kind === 'held')
      return `${dataDir} is open in process ${owner.pid}, at ${owner.address ?? 'no address yet'}`;
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
    return `${dataDir} is free and can be written`;
  });
}

function lookAtPostgres(connectionString: string): Promise<Examination> {
  return look('Postgres', async () => {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: TIMEOUT_MS });
    await client.connect();
    try {
      const { rows } = await client.query<{ version: string; major: number }>(
        `SELECT version() AS version, current_setting('server_version_num')::int / 10000 AS major`,
      );
      const { version, major } = rows[0]!;
      if (major < 14) throw new Error(`${version} is too old: Assay needs 14 or newer`);
      return version.split(',')[0]!;
    } finally {
      await client.end();
    }
  });
}

function lookAtRedis(url: string): Promise<Examination> {
  return look('Redis', async () => {
    const redis = new Redis(url, { lazyConnect: true, connectTimeout: TIMEOUT_MS, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      const info = await redis.info('server');
      const policy = (await redis.config('GET', 'maxmemory-policy')) as string[];
      const eviction = policy[1] ?? 'unknown';
      if (eviction !== 'noeviction')
        throw new Error(`maxmemory-policy is ${eviction}: set noeviction, or jobs can vanish`);
      return `Redis ${/redis_version:(\S+)/.exec(info)?.[1] ?? ''}, ${eviction}`;
    } finally {
      redis.disconnect();
    }
  });
}

async function lookAtPort({ host, port, dataDir, databaseUrlGiven }: Config): Promise<Examination> {
  const owner = databaseUrlGiven ? undefined : await readDataFolderOwner(path.join(dataDir, 'postgres'));
  if (owner?.kind === 'held')
    return { what: 'port', isWell: true, detail: `Assay is running at ${owner.address ?? '?'}` };
  return look('port', () => {
    return new Promise((resolve, reject) => {
      const probe = createServer();
      probe.once('error', () => reject(new Error(`${port} on ${host} is taken: set ASSAY_PORT to another`)));
      probe.listen(port, host, () => probe.close(() => resolve(`${port} on ${host} is free`)));
    });
  });
}
