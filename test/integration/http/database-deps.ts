import { randomBytes } from 'node:crypto';
import { postgresApiKeyStore } from '../../../src/adapters/postgres/api-key-store.ts';
import { postgresBankPictureStore } from '../../../src/adapters/postgres/bank-picture-store.ts';
import { postgresIdempotencyStore } from '../../../src/adapters/postgres/idempotency-store.ts';
import { postgresIntakeStore } from '../../../src/adapters/postgres/intake-store.ts';
import { postgresMarkStore } from '../../../src/adapters/postgres/mark-store.ts';
import { postgresMessageStore } from '../../../src/adapters/postgres/message-store.ts';
import { postgresQueries } from '../../../src/adapters/postgres/query-store.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import type { ServerDeps } from '../../../src/http/server-deps.ts';
import type { PictureReading } from '../../../src/pipeline/ports.ts';
import { bytesDigest } from '../../../src/pipeline/content-digest.ts';
import type { TestDatabase } from '../../support/database.ts';
import { memoryDeps } from '../../unit/http/memory-deps.ts';

/** The moment at which these tests play. */
export const NOW_MS = Date.parse('2026-03-01T12:00:00Z');

const fakeReading = (bytes: Uint8Array): PictureReading => ({
  kind: 'read',
  contentSha256: bytesDigest(bytes),
  mediaType: 'image/png',
  widthPx: 8,
  heightPx: 8,
  flags: [],
  keys: Uint8Array.of(1, 2, 3),
  preview: Uint8Array.of(4, 5, 6),
});

/** Ports over a real database; only reading pictures and the queues are played. */
export function databaseDeps({ prisma }: TestDatabase): ServerDeps {
  const memory = memoryDeps();
  const { clock } = memory;
  const ids = uuidSource;
  const kickOutbox = (): void => {};
  return {
    ...memory,
    ids,
    intake: { ...memory.intake, store: postgresIntakeStore(prisma, ids) },
    queries: postgresQueries(prisma, { ...clock, warnAt01: () => 0.75 }),
    marks: { store: postgresMarkStore(prisma, ids), clock, kickOutbox },
    messages: { store: postgresMessageStore(prisma, ids), clock, kickOutbox },
    bankPictures: {
      store: postgresBankPictureStore(prisma, ids),
      reader: { read: async (bytes) => fakeReading(bytes) },
      clock,
      kickOutbox,
    },
    apiKeys: { store: postgresApiKeyStore(prisma), clock, ids, randomBytes },
    idempotency: postgresIdempotencyStore(prisma),
  };
}
