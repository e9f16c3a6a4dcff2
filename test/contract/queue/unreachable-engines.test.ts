import { describe, expect, it } from 'vitest';
import { connectDatabase } from '../../../src/adapters/postgres/connect.ts';
import { openQueues } from '../../../src/adapters/queue/open-queues.ts';

/** Nothing listens on port 1. */
const NOBODY = '127.0.0.1:1';

describe('an engine that does not answer', () => {
  it('is told as a fault that may pass, on Redis', async () => {
    const faults: unknown[] = [];
    const queues = openQueues({ redisUrl: `redis://${NOBODY}` }, { onError: (fault) => void faults.push(fault) });
    await expect(queues.ready()).rejects.toMatchObject({ code: 'queue.unavailable', isRetryable: true });
    await expect(queues.addMany([{ queue: 'intake', id: '1', data: {} }])).rejects.toMatchObject({
      code: 'queue.unavailable',
      isRetryable: true,
    });
    expect(faults.length).toBeGreaterThan(0);
    await queues.close();
  });

  it('is told as a fault that may pass, on Postgres', async () => {
    await expect(connectDatabase({ databaseUrl: `postgresql://nobody@${NOBODY}/none` })).rejects.toMatchObject({
      code: 'database.unavailable',
      isRetryable: true,
      message: expect.stringContaining('DATABASE_URL'),
    });
  });
});
