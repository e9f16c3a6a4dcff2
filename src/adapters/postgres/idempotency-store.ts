import type { IdempotencyStore, IdempotentRequest } from '../../pipeline/idempotency.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';

const keyOf = ({ principalId, key }: IdempotentRequest) => ({ apiKeyId_key: { apiKeyId: principalId, key } });

/** Remembers answers by principal and Idempotency-Key. */
export function postgresIdempotencyStore(database: Database): IdempotencyStore {
  return {
    async begin(request, { nowMs, expiresAtMs, abandonedBeforeMs }) {
      const { principalId, key, requestSha256 } = request;
      const now = new Date(nowMs);
      // One statement decides who runs: it inserts, or takes over what expired or was left by a process that died.
      const taken = await database.$executeRaw`
        INSERT INTO idempotency_record AS r ("apiKeyId", key, "requestSha256", "createdAt", "expiresAt")
        VALUES (${principalId}, ${key}, ${requestSha256}, ${now}, ${new Date(expiresAtMs)})
        ON CONFLICT ("apiKeyId", key) DO UPDATE SET
          "requestSha256" = EXCLUDED."requestSha256", status = NULL, response = NULL,
          "createdAt" = EXCLUDED."createdAt", "expiresAt" = EXCLUDED."expiresAt"
        WHERE r."expiresAt" <= ${now}
          OR (r.status IS NULL AND r."createdAt" < ${new Date(abandonedBeforeMs)}
              AND r."requestSha256" = EXCLUDED."requestSha256")`;
      if (taken > 0) return { kind: 'run' };
      const known = await database.idempotencyRecord.findUnique({ where: keyOf(request) });
      // It was forgotten between the two statements: its run failed for a reason of ours, so the caller tries again.
      if (known === null) return { kind: 'in-flight' };
      if (known.requestSha256 !== requestSha256) return { kind: 'other-request' };
      if (known.status === null) return { kind: 'in-flight' };
      return { kind: 'replay', answer: { status: known.status, body: known.response } };
    },
    async finish(request, { status, body }) {
      const response = body === null || body === undefined ? Prisma.JsonNull : (body as Prisma.InputJsonValue);
      await database.idempotencyRecord.update({ where: keyOf(request), data: { status, response } });
    },
    async forget(request) {
      await database.idempotencyRecord.deleteMany({
        where: { apiKeyId: request.principalId, key: request.key, status: null },
      });
    },
    async purge(nowMs) {
      return (await database.idempotencyRecord.deleteMany({ where: { expiresAt: { lte: new Date(nowMs) } } })).count;
    },
  };
}
