import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../src/domain/access.ts';
import { createServer } from '../../../src/http/server.ts';
import { createApiKey, ensureFirstKey } from '../../../src/pipeline/api-keys.ts';
import { headersWith, memoryDeps } from './memory-deps.ts';

describe('API keys', () => {
  it('are asked for', async () => {
    const server = await createServer(memoryDeps());
    const answer = await server.inject('/v1/stats');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json()).toMatchObject({ code: 'auth.missing' });
  });

  it.each(['authorization', 'x-api-key'])('are taken in %s', async (name) => {
    const deps = memoryDeps();
    const server = await createServer(deps);
    const { secret } = await createApiKey(deps.apiKeys, 'test', ['stats:read']);
    const headers = { [name]: name === 'authorization' ? `Bearer ${secret}` : secret };
    expect((await server.inject({ url: '/v1/stats', headers })).statusCode).toBe(200);
  });

  it.each([
    ['an unknown key', () => `assay_${'0'.repeat(8)}_${'0'.repeat(48)}`],
    ['a wrong secret', (secret: string) => `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`],
    ['a cut key', (secret: string) => secret.slice(0, -1)],
    ['something else', () => 'letmein'],
  ])('are refused: %s', async (_name, forge) => {
    const deps = memoryDeps();
    const server = await createServer(deps);
    const { secret } = await createApiKey(deps.apiKeys, 'test', ['admin']);
    const answer = await server.inject({ url: '/v1/stats', headers: { 'x-api-key': forge(secret) } });
    expect(answer.json()).toMatchObject({ status: 401, code: 'auth.invalid' });
  });

  it('stop working once they are revoked', async () => {
    const deps = memoryDeps();
    const server = await createServer(deps);
    const { id, secret } = await createApiKey(deps.apiKeys, 'test', ['stats:read']);
    const admin = await headersWith(deps, 'admin');
    const revoked = await server.inject({ method: 'DELETE', url: `/v1/api-keys/${id}`, headers: admin });
    expect(revoked.statusCode).toBe(204);
    expect((await server.inject({ url: '/v1/stats', headers: { 'x-api-key': secret } })).statusCode).toBe(401);
  });

  it('open only what their scopes say, and the refusal names what is needed', async () => {
    const deps = memoryDeps();
    const server = await createServer(deps);
    const headers = await headersWith(deps, 'items:read');
    const answer = await server.inject({ method: 'POST', url: '/v1/listings', headers, payload: { id: 'l-1' } });
    expect(answer.json()).toMatchObject({ status: 403, code: 'auth.forbidden' });
    expect((answer.json() as { detail: string }).detail).toContain('items:write');
  });

  it('are refused before the body is read', async () => {
    const server = await createServer(memoryDeps());
    const answer = await server.inject({
      method: 'POST',
      url: '/v1/listings',
      headers: { 'content-type': 'application/json' },
      payload: '{"broken": ',
    });
    expect(answer.statusCode).toBe(401);
  });

  it('are made with scopes, shown once and never listed with their secret', async () => {
    const deps = memoryDeps();
    const server = await createServer(deps);
    const headers = await headersWith(deps, 'admin');
    const payload = { name: 'importer', scopes: ['items:write'] };
    const made = await server.inject({ method: 'POST', url: '/v1/api-keys', headers, payload });
    expect(made.statusCode).toBe(201);
    expect(made.headers['cache-control']).toBe('no-store');
    const { secret, prefix } = made.json() as { secret: string; prefix: string };
    expect(secret).toMatch(new RegExp(`^assay_${prefix}_[0-9a-f]{48}$`));
    const listed = await server.inject({ url: '/v1/api-keys', headers });
    expect(listed.body).toContain(prefix);
    expect(listed.body).not.toContain(secret.slice(-48));
    expect(JSON.stringify(await deps.apiKeys.store.list())).not.toContain(secret.slice(-48));
  });

  it('cannot hand out scopes that they do not hold', async () => {
    const deps = memoryDeps();
    const server = await createServer(deps);
    const headers = await headersWith(deps, 'keys:manage', 'items:read');
    const payload = { name: 'more', scopes: ['items:read', 'cases:decide'] };
    const answer = await server.inject({ method: 'POST', url: '/v1/api-keys', headers, payload });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('cases:decide');
  });

  it('come into being with the installation once', async () => {
    const { apiKeys } = memoryDeps();
    const first = await ensureFirstKey(apiKeys);
    expect(first).toMatchObject({ kind: 'created', key: { scopes: ['admin'] } });
    expect(await ensureFirstKey(apiKeys)).toEqual({ kind: 'exists' });
  });
});

describe('the session of the console', () => {
  const person: Principal = { kind: 'SESSION', id: 'p-1', name: 'Ada', scopes: ['stats:read'] };

  it('counts where no key was sent', async () => {
    const server = await createServer(memoryDeps({ authenticateSession: async () => person }));
    expect((await server.inject('/v1/stats')).statusCode).toBe(200);
    expect((await server.inject('/v1/cases')).statusCode).toBe(403);
  });

  it.each([
    ['the console itself', { 'sec-fetch-site': 'same-origin' }, 200],
    ['the console in an old browser', { host: 'assay.example', origin: 'https://assay.example' }, 200],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }, 403],
    ['another site in an old browser', { host: 'assay.example', origin: 'https://evil.example' }, 403],
    ['nobody knows where', {}, 403],
  ])('changes something only from the pages of the console: from %s', async (_name, headers, status) => {
    const operator: Principal = { ...person, scopes: ['queues:manage'] };
    const server = await createServer(memoryDeps({ authenticateSession: async () => operator }));
    const payload = { queue: 'intake', ids: 'all' };
    const answer = await server.inject({ method: 'POST', url: '/v1/dead-letters/requeue', headers, payload });
    expect(answer.statusCode).toBe(status);
  });

  it('does not stand in for a wrong key', async () => {
    const server = await createServer(memoryDeps({ authenticateSession: async () => person }));
    expect((await server.inject({ url: '/v1/stats', headers: { 'x-api-key': 'wrong' } })).statusCode).toBe(401);
  });
});

describe('routes', () => {
  it('that declare no access stop the start', async () => {
    const server = await createServer(
      memoryDeps({ extend: (opened) => void opened.get('/open', async () => 'hello') }),
    );
    await expect(server.ready()).rejects.toThrow('/open declares no access');
  });

  it('are added by an extension', async () => {
    const server = await createServer(
      memoryDeps({
        extend: (opened) => void opened.get('/v1/me', { config: { access: 'public' } }, async () => ({ hello: true })),
      }),
    );
    expect((await server.inject('/v1/me')).json()).toEqual({ hello: true });
  });
});
