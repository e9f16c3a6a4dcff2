import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer } from '../../../src/http/server.ts';
import { createApiKey, ensureFirstKey, verifyApiKey } from '../../../src/pipeline/api-keys.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { headersWith } from '../../unit/http/memory-deps.ts';
import { databaseDeps, NOW_MS } from './database-deps.ts';

let database: TestDatabase;
let deps: ReturnType<typeof databaseDeps>;

// One database for all: each test has ids of its own, and the one that needs an empty one comes first.
beforeAll(async () => {
  database = await openTestDatabase();
  deps = databaseDeps(database);
});
afterAll(() => database.close());

it('makes the first key once, even when two processes start together', async () => {
  const made = await Promise.all([ensureFirstKey(deps.apiKeys), ensureFirstKey(deps.apiKeys)]);
  expect(made.map(({ kind }) => kind).sort()).toEqual(['created', 'exists']);
  expect(await database.prisma.apiKey.count()).toBe(1);
});

const times = { nowMs: NOW_MS, expiresAtMs: NOW_MS + 1_000, abandonedBeforeMs: NOW_MS - 500 };
const requestWith = (key: string) => ({ principalId: 'key-1', key, requestSha256: 'a'.repeat(64) });

it('lets exactly one of many equal requests run', async () => {
  const request = requestWith('k-1');
  const starts = await Promise.all(Array.from({ length: 8 }, () => deps.idempotency.begin(request, times)));
  expect(starts.map(({ kind }) => kind).sort()).toEqual([...Array<string>(7).fill('in-flight'), 'run'].sort());
});

it('replays an answer until it expires, and then runs anew', async () => {
  const request = requestWith('k-2');
  await deps.idempotency.begin(request, times);
  await deps.idempotency.finish(request, { status: 202, body: { accepted: 1 } });
  expect(await deps.idempotency.begin(request, times)).toEqual({
    kind: 'replay',
    answer: { status: 202, body: { accepted: 1 } },
  });
  const other = { ...request, requestSha256: 'b'.repeat(64) };
  expect(await deps.idempotency.begin(other, times)).toEqual({ kind: 'other-request' });
  expect(await deps.idempotency.begin(other, { ...times, nowMs: NOW_MS + 1_000 })).toEqual({ kind: 'run' });
});

it('takes over a request whose process died, and forgets one that failed', async () => {
  const request = requestWith('k-3');
  await deps.idempotency.begin(request, times);
  const later = { ...times, abandonedBeforeMs: NOW_MS + 1 };
  expect(await deps.idempotency.begin(request, later)).toEqual({ kind: 'run' });
  expect(await deps.idempotency.begin(request, times)).toEqual({ kind: 'in-flight' });
  await deps.idempotency.forget(request);
  expect(await deps.idempotency.begin(request, times)).toEqual({ kind: 'run' });
  expect(await deps.idempotency.purge(NOW_MS + 1_000)).toBeGreaterThan(0);
  expect(await deps.idempotency.begin(request, times)).toEqual({ kind: 'run' });
});

it('keeps keys as digests, notes their use, and refuses them once revoked', async () => {
  const { id, secret } = await createApiKey(deps.apiKeys, 'importer', ['items:write']);
  expect(await verifyApiKey(deps.apiKeys, secret)).toEqual({
    kind: 'API_KEY',
    id,
    name: 'importer',
    scopes: ['items:write'],
  });
  const row = await database.prisma.apiKey.findUniqueOrThrow({ where: { id } });
  expect(row.lastUsedAt?.getTime()).toBe(NOW_MS);
  expect(JSON.stringify(row)).not.toContain(secret.slice(-48));
  expect(await deps.apiKeys.store.revoke(id, NOW_MS)).toBe('revoked');
  await expect(verifyApiKey(deps.apiKeys, secret)).rejects.toMatchObject({ code: 'auth.invalid' });
  expect(await deps.apiKeys.store.revoke('nobody', NOW_MS)).toBe('missing');
});

const mark = (id: string, text = 'Acme') => ({
  id,
  rightsHolderId: 'rh-1',
  wordMarkSpecification: { markVerbalElementText: text },
});

it('takes marks of known holders, each once, and asks for the catalogue to be scanned again', async () => {
  const server = await createServer(deps);
  const headers = await headersWith(deps, 'marks:write');
  const post = async (url: string, payload: object) =>
    (await server.inject({ method: 'POST', url, headers, payload })).json() as {
      items: { status: string; code?: string }[];
    };
  const early = await post('/v1/marks', [mark('m-0')]);
  expect(early.items).toMatchObject([{ status: 'rejected', code: 'item.reference-missing' }]);
  await post('/v1/rights-holders', { id: 'rh-1', name: 'Acme Inc.', email: 'law@acme.example' });
  const first = await post('/v1/marks', [mark('m-1'), mark('m-2'), mark('m-1'), { id: 'm-3' }]);
  expect(first.items.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'rejected', 'rejected']);
  const second = await post('/v1/marks', { items: [mark('m-1'), mark('m-2', 'Zenith')] });
  expect(second.items.map(({ status }) => status)).toEqual(['unchanged', 'accepted']);
  const rescans = await database.prisma.outboxMessage.findMany({
    where: { topic: 'mark-rescan' },
    orderBy: { id: 'asc' },
  });
  expect(rescans.map(({ payload }) => payload)).toEqual([{ markId: 'm-1' }, { markId: 'm-2' }, { markId: 'm-2' }]);
  const again = await post('/v1/rights-holders', {
    items: [{ id: 'rh-1', name: 'Acme Inc.', email: 'law@acme.example' }],
  });
  expect(again.items).toMatchObject([{ status: 'unchanged' }]);
});

it('withdraws a mark, keeps its record, and takes it back when it is submitted again', async () => {
  const server = await createServer(deps);
  const headers = await headersWith(deps, 'marks:write');
  await server.inject({ method: 'POST', url: '/v1/rights-holders', headers, payload: { id: 'rh-2', name: 'Acme' } });
  await server.inject({
    method: 'POST',
    url: '/v1/marks',
    headers,
    payload: { ...mark('m-5'), rightsHolderId: 'rh-2' },
  });
  const remove = (id: string) => server.inject({ method: 'DELETE', url: `/v1/marks/${id}`, headers });
  expect((await remove('m-5')).statusCode).toBe(204);
  expect((await remove('m-5')).statusCode).toBe(204);
  expect((await remove('m-9')).statusCode).toBe(404);
  const read = async () => (await server.inject({ url: '/v1/marks/m-5', headers })).json() as unknown;
  expect(await read()).toMatchObject({ isWithdrawn: true, mark: { id: 'm-5' } });
  const again = await server.inject({
    method: 'POST',
    url: '/v1/marks',
    headers,
    payload: { ...mark('m-5'), rightsHolderId: 'rh-2' },
  });
  expect(again.json()).toMatchObject({ accepted: 1 });
  expect(await read()).toMatchObject({ isWithdrawn: false });
  expect((await server.inject({ url: '/v1/marks?rightsHolderId=rh-2', headers })).json()).toMatchObject({
    items: [{ mark: { id: 'm-5' } }],
  });
  expect((await server.inject({ url: '/v1/rights-holders/rh-2', headers })).json()).toEqual({
    id: 'rh-2',
    name: 'Acme',
  });
});

it('puts a picture into a bank once, tells the indexes, and takes it out', async () => {
  const { store, reader } = deps.bankPictures;
  const reading = await reader.read(Uint8Array.of(9));
  if (reading.kind !== 'read') throw new Error('the played reader reads everything');
  const entry = { id: 'bp-1', bank: 'COUNTERFEIT', label: 'Fake shoe', isAdjudicated: true } as const;
  expect(await store.save(entry, reading, NOW_MS)).toBe('accepted');
  expect(await store.save(entry, reading, NOW_MS)).toBe('unchanged');
  expect(await store.disable('bp-1', NOW_MS)).toBe('disabled');
  expect(await store.save(entry, reading, NOW_MS)).toBe('accepted');
  expect(await store.disable('bp-9', NOW_MS)).toBe('missing');
  expect(await store.missingReferences({ ...entry, markId: 'm-9', rightsHolderId: 'rh-9' })).toEqual([
    'markId',
    'rightsHolderId',
  ]);
  const fed = await database.prisma.changeFeed.findMany({ where: { topic: 'bank_picture' } });
  expect(fed.map(({ entityId }) => entityId)).toEqual(['bp-1', 'bp-1', 'bp-1']);
  const preview = await deps.queries.picturePreview(reading.contentSha256);
  expect(preview?.bytes).toEqual(Uint8Array.of(4, 5, 6));
});
