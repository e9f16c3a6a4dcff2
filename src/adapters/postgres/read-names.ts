import type { Database, Transaction } from './database.ts';

/** Names of people and of API keys by id; ids of nobody are left out. */
export async function readNames(
  database: Database | Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await database.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM person WHERE id = ANY(${wanted})
    UNION ALL SELECT id, name FROM api_key WHERE id = ANY(${wanted})`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
