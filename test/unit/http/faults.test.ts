import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import { createServer } from '../../../src/http/server.ts';
import { httpSettings } from '../../../src/http/settings.ts';
import { headersWith, memoryDeps, withQueries } from './memory-deps.ts';

describe('addresses and methods', () => {
  it('answers an unknown address with 404', async () => {
    const server = await createServer(memoryDeps());
    const answer = await server.inject('/v1/nothing');
    expect(answer.json()).toMatchObject({
      status: 404,
      code: 'resource.not-found',
      type: '/problems/resource.not-found',
    });
  });

  it.each([
    ['PUT', '/v1/listings', 'POST'],
    ['POST', '/v1/checks/c-1', 'GET, HEAD'],
    ['PATCH', '/v1/marks/m%2F1', 'DELETE, GET, HEAD'],
  ] as const)('answers %s %s with 405 and the methods that are allowed', async (method, url, allow) => {
    const server = await createServer(memoryDeps());
    const answer = await server.inject({ method, url });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.json()).toMatchObject({ code: 'resource.method-not-allowed' });
  });

  it('answers an address that is wrongly encoded with 400', async () => {
    const server = await createServer(memoryDeps());
    expect((await server.inject('/v1/checks/%E0%A4%A')).json()).toMatchObject({
      status: 400,
      code: 'request.malformed',
    });
  });

  it('finds a resource whose id holds a slash and other letters', async () => {
    const ids: string[] = [];
    const deps = memoryDeps(withQueries({ check: async (id) => void ids.push(id) as undefined }));
    const server = await createServer(deps);
    const headers = await headersWith(deps, 'items:read');
    const id = 'shop/检查:1';
    const answer = await server.inject({ url: `/v1/checks/${encodeURIComponent(id)}`, headers });
    expect(answer.statusCode).toBe(404);
    expect(ids).toEqual([id]);
  });

  it('refuses an id that no id can be', async () => {
    const deps = memoryDeps();
    const server = await createServer(deps);
    const headers = await headersWith(deps, 'items:read');
    const answer = await server.inject({ url: `/v1/checks/${'x'.repeat(129)}`, headers });
    expect(answer.json()).toMatchObject({ status: 422, code: 'request.invalid', details: [{ path: 'id' }] });
  });
});

describe('faults of ours', () => {
  const failing = (fault: unknown) => memoryDeps(withQueries({ stats: () => Promise.reject(fault) }));

  it('tells nothing of what failed inside', async () => {
    const deps = failing(new Error('password authentication failed for user "assay" at 10.0.0.7'));
    const server = await createServer(deps);
    const answer = await server.inject({ url: '/v1/stats', headers: await headersWith(deps, 'stats:read') });
    expect(answer.json()).toMatchObject({ status: 500, code: 'internal.unexpected' });
    expect(answer.body).not.toContain('password');
    expect(answer.body).not.toContain('10.0.0.7');
  });

  it('are told as what the tool below says they are', async () => {
    const deps = {
      ...failing(new Error('P1001')),
      translateFault: (thrown: unknown) => new AppError('queue.unavailable', 'The queue is away.', { cause: thrown }),
    };
    const server = await createServer(deps);
    const answer = await server.inject({ url: '/v1/stats', headers: await headersWith(deps, 'stats:read') });
    expect(answer.json()).toMatchObject({ status: 503, code: 'queue.unavailable' });
  });

  it('tells that the database is away and when to come back', async () => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.7:5432');
    const deps = failing(new AppError('database.unavailable', 'The database does not answer.', { cause }));
    const server = await createServer(deps);
    const answer = await server.inject({ url: '/v1/stats', headers: await headersWith(deps, 'stats:read') });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).not.toContain('ECONNREFUSED');
  });
});

describe('the rate limit', () => {
  it('counts the calls of each key by itself and tells what is left', async () => {
    const deps = memoryDeps({ settings: httpSettings.parse({ callsPerMinute: 2 }) });
    const server = await createServer(deps);
    const one = await headersWith(deps, 'stats:read');
    const other = await headersWith(deps, 'stats:read');
    const first = await server.inject({ url: '/v1/stats', headers: one });
    expect(first.headers['ratelimit-policy']).toBe('"calls";q=2;w=60');
    expect(first.headers['ratelimit']).toBe('"calls";r=1;t=60');
    await server.inject({ url: '/v1/stats', headers: one });
    const third = await server.inject({ url: '/v1/stats', headers: one });
    expect(third.json()).toMatchObject({ status: 429, code: 'request.rate-limited' });
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect((await server.inject({ url: '/v1/stats', headers: other })).statusCode).toBe(200);
  });

  it('counts calls with wrong keys by address', async () => {
    const deps = memoryDeps({ settings: httpSettings.parse({ callsPerMinute: 2 }) });
    const server = await createServer(deps);
    const statuses: number[] = [];
    for (const guess of ['a', 'b', 'c']) {
      const answer = await server.inject({ url: '/v1/stats', headers: { 'x-api-key': `assay_${guess}` } });
      statuses.push(answer.statusCode);
    }
    expect(statuses).toEqual([401, 401, 429]);
  });

  it('never refuses health probes', async () => {
    const server = await createServer(memoryDeps({ settings: httpSettings.parse({ callsPerMinute: 1 }) }));
    for (const _ of [1, 2, 3]) expect((await server.inject('/healthz')).statusCode).toBe(200);
  });
});
