// Prints shell assignments of TEST_DATABASE_URL and TEST_REDIS_URL for the engines that answer on this machine.
// Addresses that are set already are only tried. Exits with 1 and says what is missing when one does not answer.
import process from 'node:process';
import { Redis } from 'ioredis';
import pg from 'pg';

const TIMEOUT_MS = 3_000;
const DATABASE_CANDIDATES = [
  'postgresql://root@localhost/test?host=/var/run/postgresql',
  'postgresql://postgres@localhost/test?host=/var/run/postgresql',
  'postgresql://root@127.0.0.1:5432/test',
  'postgresql://postgres@127.0.0.1:5432/test',
];
const REDIS_CANDIDATES = ['redis://127.0.0.1:6379'];

async function triesDatabase(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(
      'SELECT rolcreatedb OR rolsuper AS "mayCreate" FROM pg_roles WHERE rolname = current_user',
    );
    return rows[0].mayCreate;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function triesRedis(url) {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: TIMEOUT_MS, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

async function find(variable, candidates, tries) {
  const given = process.env[variable];
  for (const url of given ? [given] : candidates) {
    if (await tries(url)) {
      console.log(`export ${variable}='${url}'`);
      return true;
    }
  }
  console.error(`No engine for ${variable} answers (tried ${given ? 'the given address' : candidates.join(', ')}).`);
  return false;
}

const hasDatabase = await find('TEST_DATABASE_URL', DATABASE_CANDIDATES, triesDatabase);
const hasRedis = await find('TEST_REDIS_URL', REDIS_CANDIDATES, triesRedis);
process.exit(hasDatabase && hasRedis ? 0 : 1);
