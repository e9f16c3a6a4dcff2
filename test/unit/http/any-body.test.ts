import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problem } from '../../../src/http/problem.ts';
import { batchAnswer } from '../../../src/http/batch-body.ts';
import { createServer } from '../../../src/http/server.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { decodeCursor, encodeCursor, toPage } from '../../../src/pipeline/page-cursor.ts';
import { headersWith, memoryDeps } from './memory-deps.ts';

describe('whatever is sent', () => {
  let server: Awaited<ReturnType<typeof createServer>>;
  let headers: Record<string, string>;
  beforeAll(async () => {
    const deps = memoryDeps();
    server = await createServer(deps);
    headers = await headersWith(deps, 'admin');
  });
  const post = (url: string, payload: string, extra: Record<string, string> = {}) =>
    server.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...headers, ...extra },
      payload,
    });

  const urls = ['/v1/sellers', '/v1/listings', '/v1/reviews', '/v1/accounts', '/v1/orders', '/v1/marks'];

  it('a batch is answered item by item, or refused with a problem: never with a fault of ours', async () => {
    const body = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }).map((items) => JSON.stringify({ items })),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...urls), body, async (url, payload) => {
        const answer = await post(url, payload);
        expect(answer.statusCode).toBeLessThan(500);
        if (answer.statusCode === 202) {
          const { items, accepted, unchanged, rejected } = batchAnswer.parse(answer.json());
          expect(items.map(({ index }) => index)).toEqual(items.map((_, i) => i));
          expect(accepted + unchanged + rejected).toBe(items.length);
        } else {
          expect(problem.parse(answer.json()).status).toBe(answer.statusCode);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('a body that is nested without end is refused', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect((await post('/v1/listings', deep)).json()).toMatchObject({ items: [{ status: 'rejected' }] });
    const answer = await post('/v1/listings', deep, { 'idempotency-key': 'deep' });
    expect(answer.json()).toMatchObject({ status: 422, code: 'request.invalid' });
  });

  it('an address is answered without a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), async (path, query) => {
        const answer = await server.inject({ url: `/v1${path || '/'}?${query}`, headers });
        expect(answer.statusCode).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a cursor', () => {
  const key = z.tuple([z.number(), z.string()]);

  it('is unpacked to what was packed', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), (number, text) => {
        // JSON has one zero.
        const unsigned = number === 0 ? 0 : number;
        expect(decodeCursor(encodeCursor([unsigned, text]), key)).toEqual([unsigned, text]);
      }),
    );
  });

  it('that nobody gave is refused as the caller’s fault', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(() => decodeCursor(text, key)).toThrow(AppError);
      }),
    );
  });

  it('stands on a page exactly when there is more', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), fc.integer({ min: 1, max: 20 }), (rows, limit) => {
        const page = toPage(rows.slice(0, limit + 1), limit, { item: (row) => row, key: (row) => [row] });
        expect(page.items).toEqual(rows.slice(0, limit));
        expect(page.nextCursor !== undefined).toBe(rows.length > limit);
      }),
    );
  });
});
