import { expect, it } from 'vitest';
import { createServer } from '../../../src/http/server.ts';
import { headersWith, memoryDeps } from './memory-deps.ts';

const seller = { id: 's-1', legalId: 'le-1', storeName: 'Shop', registeredAt: '2025-01-01T00:00:00Z' };

async function open(overrides: Parameters<typeof memoryDeps>[0] = {}) {
  const deps = memoryDeps(overrides);
  const server = await createServer(deps);
  const headers = await headersWith(deps, 'items:write');
  const post = (payload: object, key: string, auth = headers) =>
    server.inject({ method: 'POST', url: '/v1/sellers', headers: { ...auth, 'idempotency-key': key }, payload });
  return { deps, post };
}

it('replays the answer of a repeated request, and says so', async () => {
  const { post } = await open();
  const first = await post(seller, 'k-1');
  const second = await post(seller, 'k-1');
  expect(first.headers['idempotency-replayed']).toBeUndefined();
  expect(first.json()).toMatchObject({ accepted: 1 });
  expect(second.statusCode).toBe(202);
  expect(second.headers['idempotency-replayed']).toBe('true');
  expect(second.json()).toEqual(first.json());
});

it('replays a refusal as the same problem', async () => {
  const { post } = await open();
  const first = await post({ id: 's-1' }, 'k-1');
  const second = await post({ id: 's-1' }, 'k-1');
  expect([first.statusCode, second.statusCode]).toEqual([422, 422]);
  expect(second.headers['content-type']).toContain('application/problem+json');
  expect(second.json()).toEqual(first.json());
});

it('refuses the key with another body', async () => {
  const { post } = await open();
  await post(seller, 'k-1');
  const answer = await post({ ...seller, storeName: 'Other' }, 'k-1');
  expect(answer.json()).toMatchObject({ status: 422, code: 'idempotency.key-reused' });
});

it('takes the same body with its fields in another order for the same request', async () => {
  const { post } = await open();
  await post(seller, 'k-1');
  const turned = Object.fromEntries(Object.entries(seller).reverse());
  expect((await post(turned, 'k-1')).headers['idempotency-replayed']).toBe('true');
});

it('keeps the keys of two callers apart', async () => {
  const { deps, post } = await open();
  await post(seller, 'k-1');
  const other = await headersWith(deps, 'items:write');
  expect((await post({ ...seller, storeName: 'Other' }, 'k-1', other)).statusCode).toBe(202);
});

it('refuses a repetition while the first request runs', async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  let entered = (): void => {};
  const inside = new Promise<void>((resolve) => (entered = resolve));
  const base = memoryDeps();
  const store = {
    ...base.intake.store,
    store: async (...call: Parameters<typeof base.intake.store.store>) => {
      entered();
      await gate;
      return base.intake.store.store(...call);
    },
  };
  const { post } = await open({ intake: { ...base.intake, store } });
  const first = post(seller, 'k-1');
  await inside;
  expect((await post(seller, 'k-1')).json()).toMatchObject({ status: 409, code: 'idempotency.in-flight' });
  release();
  expect((await first).statusCode).toBe(202);
});

it('forgets a request that failed for a reason of ours', async () => {
  const base = memoryDeps();
  let isDown = true;
  const store = {
    ...base.intake.store,
    store: async (...call: Parameters<typeof base.intake.store.store>) => {
      if (isDown) throw new Error('connection lost');
      return base.intake.store.store(...call);
    },
  };
  const { post } = await open({ intake: { ...base.intake, store } });
  expect((await post(seller, 'k-1')).statusCode).toBe(500);
  isDown = false;
  const again = await post(seller, 'k-1');
  expect(again.statusCode).toBe(202);
  expect(again.headers['idempotency-replayed']).toBeUndefined();
});

it('refuses a key that is none', async () => {
  const { post } = await open();
  expect((await post(seller, 'two words')).json()).toMatchObject({ status: 422, code: 'request.invalid' });
});
