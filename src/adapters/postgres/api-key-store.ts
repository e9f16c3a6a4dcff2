import type { Scope } from '../../domain/access.ts';
import type { ApiKeyStore, StoredApiKey } from '../../pipeline/api-keys.ts';
import { inTransaction, type Database } from './database.ts';
import type { ApiKey } from './generated/client.ts';

/** Number of the advisory lock under which the first key is made; any number that nothing else uses. */
const FIRST_KEY_LOCK = 7_210_031;

const toRow = ({ createdAtMs, lastUsedAtMs: _used, revokedAtMs: _revoked, scopes, ...key }: StoredApiKey) => ({
  ...key,
  scopes: [...scopes],
  createdAt: new Date(createdAtMs),
});

function toStored({ createdAt, lastUsedAt, revokedAt, scopes, ...key }: ApiKey): StoredApiKey {
  return {
    ...key,
    scopes: scopes as Scope[],
    createdAtMs: createdAt.getTime(),
    ...(lastUsedAt === null ? {} : { lastUsedAtMs: lastUsedAt.getTime() }),
    ...(revokedAt === null ? {} : { revokedAtMs: revokedAt.getTime() }),
  };
}

/** Keeps digests of API keys. */
export function postgresApiKeyStore(database: Database): ApiKeyStore {
  return {
    async insert(key) {
      await database.apiKey.create({ data: toRow(key) });
    },
    insertFirst: (key) =>
      inTransaction(database, async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_KEY_LOCK}::bigint)`;
        if ((await tx.apiKey.count()) > 0) return 'there-are-keys';
        await tx.apiKey.create({ data: toRow(key) });
        return 'inserted';
      }),
    async findByPrefix(prefix) {
      const row = await database.apiKey.findUnique({ where: { prefix } });
      return row === null ? undefined : toStored(row);
    },
    async list() {
      return (await database.apiKey.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(toStored);
    },
    async revoke(id, nowMs) {
      const { count } = await database.apiKey.updateMany({
        where: { id, revokedAt: null },
        data: { revokedAt: new Date(nowMs) },
      });
      if (count > 0) return 'revoked';
      return (await database.apiKey.count({ where: { id } })) > 0 ? 'revoked' : 'missing';
    },
    async touch(id, nowMs) {
      await database.apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date(nowMs) } });
    },
  };
}
