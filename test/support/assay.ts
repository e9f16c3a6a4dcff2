import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { composeOn } from '../../src/app/compose.ts';
import type { Runtime } from '../../src/app/runtime.ts';
import { readConfig } from '../../src/app/config.ts';
import { loadRulesFolder } from '../../src/app/load-ruleset.ts';
import { PROJECT_PATHS } from '../../src/app/project-paths.ts';
import { startApi } from '../../src/app/start-api.ts';
import { startWorker } from '../../src/app/start-worker.ts';
import { AssayClient } from '../../src/cli/assay-client.ts';
import { createApiKey } from '../../src/pipeline/api-keys.ts';
import { openTestDatabase, openTestQueues } from './database.ts';
import { TEST_REDIS_URL } from './engines.ts';

/** A whole Assay of one's own on the engines of this test run: API, workers, database, queues. */
export interface TestAssay {
  readonly runtime: Runtime;
  readonly client: AssayClient;
  /** Resolves when no check waits or runs. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts everything on an isolated database, and on isolated queues in it or on Redis. */
export async function openTestAssay(
  rulesDir: string = PROJECT_PATHS.rules,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestAssay> {
  const { config } = readConfig({
    ASSAY_PORT: '0',
    ASSAY_LOG_LEVEL: 'error',
    ASSAY_INDEX_DIR: 'off',
    ...environment,
  });
  const connected = await openTestDatabase();
  const redis = TEST_REDIS_URL === undefined ? undefined : await openTestQueues('redis');
  const runtime = await composeOn({
    config,
    logger: pino({ level: 'error' }),
    rulesFolder: await loadRulesFolder(rulesDir),
    connected,
    engine: redis?.engine ?? { pool: connected.pool },
    pseudonymSecret: randomBytes(32),
  });
  const worker = await startWorker(runtime);
  const api = await startApi(runtime, { worker });
  const { secret } = await createApiKey(runtime.apiKeys, 'test', ['admin']);
  return {
    runtime,
    client: new AssayClient(api.address, secret),
    async settle() {
      for (;;) {
        await runtime.outbox.drain();
        const open = await connected.prisma.check.count({ where: { state: { in: ['QUEUED', 'RUNNING'] } } });
        const waiting = await connected.prisma.outboxMessage.count();
        if (open === 0 && waiting === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async close() {
      await api.close();
      await worker.close();
      await runtime.close();
      await redis?.close();
    },
  };
}
