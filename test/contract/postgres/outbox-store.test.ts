import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgresOutboxStore } from '../../../src/adapters/postgres/outbox-store.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

describe('the outbox', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.clear());

  const put = (...keys: readonly string[]) =>
    database.prisma.outboxMessage.createMany({
      data: keys.map((key) => ({ topic: 'listing-check', key, payload: {}, createdAt: new Date() })),
    });

  it('hands messages out in the order in which they were written and forgets what was sent', async () => {
    const outbox = postgresOutboxStore(database.prisma);
    await put('a', 'b', 'c');
    const sent: string[] = [];
    expect(await outbox.dispatch(2, async (messages) => void sent.push(...messages.map(({ key }) => key)))).toBe(2);
    expect(await outbox.dispatch(2, async (messages) => void sent.push(...messages.map(({ key }) => key)))).toBe(1);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(await database.prisma.outboxMessage.count()).toBe(0);
  });

  it('keeps messages whose sending failed, for when their claim has run out', async () => {
    const outbox = postgresOutboxStore(database.prisma);
    await put('a');
    await expect(outbox.dispatch(10, () => Promise.reject(new Error('the queue is away')))).rejects.toThrow('away');
    expect(await outbox.dispatch(10, async () => undefined)).toBe(0);
    await database.prisma.outboxMessage.updateMany({ data: { claimedUntil: new Date(Date.now() - 1_000) } });
    const sent: string[] = [];
    await outbox.dispatch(10, async (messages) => void sent.push(...messages.map(({ key }) => key)));
    expect(sent).toEqual(['a']);
  });

  it('gives each message to one of several dispatchers', async () => {
    const outbox = postgresOutboxStore(database.prisma);
    const keys = Array.from({ length: 60 }, (_, i) => `m-${i}`);
    await put(...keys);
    const sent: string[] = [];
    const drain = async (): Promise<void> => {
      while ((await outbox.dispatch(7, async (messages) => void sent.push(...messages.map(({ key }) => key)))) > 0);
    };
    await Promise.all([drain(), drain(), drain()]);
    expect(sent.toSorted()).toEqual(keys.toSorted());
  });
});
