import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgresCheckStore } from '../../../src/adapters/postgres/check-store.ts';
import { postgresIntakeStore } from '../../../src/adapters/postgres/intake-store.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import { contentDigest } from '../../../src/pipeline/content-digest.ts';
import type { CheckStore } from '../../../src/pipeline/check-store.ts';
import type { IntakeStore } from '../../../src/pipeline/intake-store.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const NOW_MS = Date.parse('2026-11-01T12:00:00Z');
const MINUTE_MS = 60_000;

describe('the checks of a subject', () => {
  let database: TestDatabase;
  let checks: CheckStore;
  let intake: IntakeStore;

  beforeAll(async () => {
    database = await openTestDatabase();
    checks = postgresCheckStore(database.prisma, uuidSource);
    intake = postgresIntakeStore(database.prisma, uuidSource);
  });
  afterAll(() => database.close());
  beforeEach(() => database.clear());

  const review = (text: string) => {
    const item = {
      id: 'r-1',
      listingId: 'l-1',
      sellerId: 's-1',
      accountId: 'a-1',
      stars: 5,
      text,
      createdAt: '2026-10-31T12:00:00Z',
    };
    return { kind: 'REVIEW', item, contentSha256: contentDigest(item) } as const;
  };
  const store = async (text: string) => (await intake.store([review(text)], NOW_MS))[0]!;

  it('begins a check again after a crash and not after it was done', async () => {
    const { checkId } = await store('good');
    expect((await checks.begin(checkId!, NOW_MS)).kind).toBe('ready');
    expect(await checks.begin(checkId!, NOW_MS)).toEqual({
      kind: 'ready',
      check: { id: checkId, subjectKind: 'REVIEW', subjectId: 'r-1', subjectVersion: 1, trigger: 'SUBMISSION' },
    });
    expect((await database.prisma.check.findUnique({ where: { id: checkId! } }))?.attempts).toBe(2);
    await database.prisma.check.update({ where: { id: checkId! }, data: { state: 'DONE' } });
    expect(await checks.begin(checkId!, NOW_MS)).toEqual({ kind: 'finished' });
    expect(await checks.begin('no-such-check', NOW_MS)).toEqual({ kind: 'missing' });
  });

  it('leaves an old version to the check of the new one', async () => {
    const first = await store('good');
    const second = await store('very good');
    expect(second).toMatchObject({ kind: 'accepted', version: 2 });
    expect(await checks.begin(first.checkId!, NOW_MS)).toEqual({ kind: 'finished' });
    expect((await database.prisma.check.findUnique({ where: { id: first.checkId! } }))?.state).toBe('SUPERSEDED');
    expect((await checks.begin(second.checkId!, NOW_MS)).kind).toBe('ready');
  });

  it('gives back content that was stored before as a new version, and a content sent twice as unchanged', async () => {
    const first = await store('good');
    await store('bad');
    expect(await store('good')).toMatchObject({ kind: 'accepted', version: 3 });
    const again = await store('good');
    expect(again).toMatchObject({ kind: 'unchanged', version: 3 });
    expect(again.checkId).not.toBe(first.checkId);
  });

  it('puts the job of a check that waits too long back into the outbox', async () => {
    const { checkId } = await store('good');
    await database.prisma.outboxMessage.deleteMany({});
    expect(await checks.requeueWaiting(NOW_MS - MINUTE_MS, NOW_MS)).toBe(0);
    expect(await checks.requeueWaiting(NOW_MS + MINUTE_MS, NOW_MS)).toBe(1);
    expect(await database.prisma.outboxMessage.findMany({ select: { topic: true, key: true, payload: true } })).toEqual(
      [{ topic: 'review-check', key: checkId, payload: { checkId } }],
    );
  });

  it('begins the check of a ring anew only when the ring has changed', async () => {
    const ring = (contentSha256: string, isAnew = false) =>
      checks.beginFound({ subjectKind: 'RING', subjectId: 'ring:r-1', contentSha256, isAnew }, NOW_MS);
    const first = await ring('a'.repeat(64));
    expect(first).toMatchObject({ subjectVersion: 1 });
    expect(await ring('a'.repeat(64))).toEqual(first);
    await database.prisma.check.update({ where: { id: first!.id }, data: { state: 'DONE' } });
    expect(await ring('a'.repeat(64))).toBeUndefined();
    expect(await ring('a'.repeat(64), true)).toMatchObject({ subjectVersion: 2 });
    expect(await ring('b'.repeat(64))).toMatchObject({ subjectVersion: 3 });
  });
});
