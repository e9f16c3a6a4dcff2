import { describe, expect, it } from 'vitest';
import { createServer } from '../../../src/http/server.ts';
import { httpSettings } from '../../../src/http/settings.ts';
import { headersWith, memoryDeps } from './memory-deps.ts';

const listing = (id: string): Record<string, unknown> => ({
  id,
  sellerId: 'seller-1',
  title: 'Red mug',
  priceMinor: 1200,
  currency: 'EUR',
  createdAt: '2026-02-01T08:00:00Z',
});

async function open(overrides: Parameters<typeof memoryDeps>[0] = {}) {
  const deps = memoryDeps(overrides);
  const server = await createServer(deps);
  const headers = await headersWith(deps, 'items:write', 'reviews:write', 'accounts:write', 'orders:write');
  const post = (url: string, payload: unknown, extra: Record<string, string> = {}) =>
    server.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...headers, ...extra },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
  return { deps, server, headers, post };
}

describe('handing in items', () => {
  it('takes one bare item and tells its check', async () => {
    const { post, deps } = await open();
    const answer = await post('/v1/listings', listing('l-1'));
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({
      items: [{ index: 0, id: 'l-1', status: 'accepted', version: 1, checkId: 'check-of-l-1' }],
      accepted: 1,
      unchanged: 0,
      rejected: 0,
    });
    expect([...deps.state.subjects.keys()]).toEqual(['LISTING/l-1']);
  });

  it.each([
    ['an array', [listing('l-1'), listing('l-2')]],
    ['an object with items', { items: [listing('l-1'), listing('l-2')] }],
  ])('takes %s', async (_name, payload) => {
    const { post, deps } = await open();
    const answer = await post('/v1/listings', payload);
    expect(answer.json()).toMatchObject({ accepted: 2, rejected: 0 });
    expect(deps.state.subjects.size).toBe(2);
  });

  it('tells of each item of a batch what became of it and keeps the good ones', async () => {
    const { post, deps } = await open();
    const answer = await post('/v1/listings', {
      items: [
        listing('l-1'),
        { ...listing('l-2'), colour: 'red' },
        listing('l-1'),
        { ...listing('l-3'), createdAt: '2027-01-01T00:00:00Z' },
        'nonsense',
        { ...listing('l-4'), title: 'broken \ud800 text' },
        { ...listing('l-5'), priceMinor: -1 },
        { ...listing('l-6'), currency: 'GOLD' },
      ],
    });
    expect(answer.statusCode).toBe(202);
    const { items, ...counts } = answer.json() as { items: Record<string, unknown>[] };
    expect(counts).toEqual({ accepted: 1, unchanged: 0, rejected: 7 });
    expect(items.map(({ index, id, status, code }) => [index, id, status, code])).toEqual([
      [0, 'l-1', 'accepted', undefined],
      [1, 'l-2', 'rejected', 'item.invalid'],
      [2, 'l-1', 'rejected', 'item.duplicate-in-batch'],
      [3, 'l-3', 'rejected', 'item.future-date'],
      [4, undefined, 'rejected', 'item.invalid'],
      [5, 'l-4', 'rejected', 'item.invalid'],
      [6, 'l-5', 'rejected', 'item.invalid'],
      [7, 'l-6', 'rejected', 'item.invalid'],
    ]);
    expect(items[1]?.['details']).toEqual([{ path: 'colour', message: 'is not a known field' }]);
    expect([...deps.state.subjects.keys()]).toEqual(['LISTING/l-1']);
  });

  it('says of an item that comes again unchanged that it is unchanged', async () => {
    const { post } = await open();
    await post('/v1/listings', listing('l-1'));
    expect((await post('/v1/listings', listing('l-1'))).json()).toMatchObject({ accepted: 0, unchanged: 1 });
  });

  it('answers a lone wrong item with a problem that names its fields', async () => {
    const { post } = await open();
    const answer = await post('/v1/listings', {
      ...listing('l-1'),
      priceMinor: 'free',
      colour: 'red',
      title: undefined,
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({
      type: '/problems/item.invalid',
      status: 422,
      code: 'item.invalid',
      details: expect.arrayContaining([
        { path: 'title', message: 'is missing: string' },
        { path: 'priceMinor', message: expect.stringContaining('expected') },
        { path: 'colour', message: 'is not a known field' },
      ]),
    });
  });

  it('refuses a picture that was not uploaded', async () => {
    const { post } = await open();
    const answer = await post('/v1/listings', { ...listing('l-1'), pictures: [{ uploadId: 'nowhere' }] });
    expect(answer.json()).toMatchObject({ status: 422, code: 'image.upload-missing' });
  });

  it('checks items and stores nothing in a dry run', async () => {
    const { post, deps } = await open();
    const answer = await post('/v1/listings?dryRun=true', [listing('l-1'), { id: 'l-2' }, listing('l-1')]);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ accepted: 0, valid: 1, rejected: 2 });
    expect(deps.state.subjects.size).toBe(0);
  });

  it.each([
    ['an empty batch', [], 422, 'request.invalid'],
    ['a number', 7, 422, 'request.invalid'],
    ['items that are no array', { items: 'many' }, 422, 'request.invalid'],
    ['a batch with a field of its own', { items: [listing('l-1')], dryRun: true }, 422, 'request.invalid'],
    [
      'more than a thousand items',
      Array.from({ length: 1_001 }, (_, i) => ({ id: `l-${i}` })),
      413,
      'request.too-large',
    ],
  ])('refuses %s', async (_name, payload, status, code) => {
    const { post, deps } = await open();
    const answer = await post('/v1/listings', payload);
    expect(answer.json()).toMatchObject({ status, code });
    expect(deps.state.subjects.size).toBe(0);
  });

  it.each([
    ['/v1/sellers', 'SELLER', { id: 's-1', legalId: 'le-1', storeName: 'Shop', registeredAt: '2025-01-01T00:00:00Z' }],
    [
      '/v1/reviews',
      'REVIEW',
      { id: 'r-1', listingId: 'l-1', sellerId: 's-1', accountId: 'a-1', stars: 5, createdAt: '2026-01-01T00:00:00Z' },
    ],
    ['/v1/accounts', 'ACCOUNT', { id: 'a-1', registeredAt: '2026-01-01T00:00:00Z' }],
    [
      '/v1/orders',
      'ORDER',
      {
        id: 'o-1',
        listingId: 'l-1',
        sellerId: 's-1',
        accountId: 'a-1',
        valueMinor: 100,
        currency: 'EUR',
        placedAt: '2026-01-01T00:00:00Z',
      },
    ],
  ])('takes %s', async (url, kind, item) => {
    const { post, deps } = await open();
    expect((await post(url, item)).statusCode).toBe(202);
    expect([...deps.state.subjects.keys()]).toEqual([`${kind}/${item.id}`]);
  });
});

describe('bodies that cannot be read', () => {
  it.each([
    ['broken JSON', '{"id": ', 'application/json', 400, 'request.malformed'],
    ['an empty body', '', 'application/json', 400, 'request.malformed'],
    ['a poisoned prototype', '{"__proto__": {"admin": true}}', 'application/json', 400, 'request.malformed'],
    ['another content type', 'id=1', 'application/x-www-form-urlencoded', 415, 'request.unsupported-media-type'],
    ['a picture', 'bytes', 'image/png', 415, 'request.unsupported-media-type'],
  ])('answers %s with a problem', async (_name, payload, contentType, status, code) => {
    const { post } = await open();
    const answer = await post('/v1/listings', payload, { 'content-type': contentType });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status, code, instance: expect.stringMatching(/^urn:uuid:/) });
  });

  it('answers a body above the limit with 413', async () => {
    const { post } = await open({ settings: httpSettings.parse({ batchBodyBytes: 2_048 }) });
    const answer = await post('/v1/listings', [{ ...listing('l-1'), description: 'x'.repeat(3_000) }]);
    expect(answer.json()).toMatchObject({ status: 413, code: 'request.too-large' });
  });

  it('refuses an unknown query field by its name', async () => {
    const { post } = await open();
    const answer = await post('/v1/listings?dryrun=true', listing('l-1'));
    expect(answer.json()).toMatchObject({ status: 422, code: 'request.invalid' });
    expect(answer.body).toContain('dryrun');
  });
});
