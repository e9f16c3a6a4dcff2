import { mkdtempSync, mkdirSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../src/domain/errors.ts';
import { createServer } from '../../../src/http/server.ts';
import { httpSettings } from '../../../src/http/settings.ts';
import { QUEUE_NAMES } from '../../../src/pipeline/ports.ts';
import { headersWith, memoryDeps } from './memory-deps.ts';

describe('readiness', () => {
  it('holds when every probe answers', async () => {
    const server = await createServer(memoryDeps({ readiness: [{ name: 'database', check: async () => {} }] }));
    expect((await server.inject('/readyz')).json()).toEqual({ status: 'ready', probes: ['database'] });
  });

  it.each([
    ['database', 'database.unavailable'],
    ['queue', 'queue.unavailable'],
  ])('fails by name when the %s does not answer, while the process stays alive', async (name, code) => {
    const check = (): Promise<void> => Promise.reject(new Error('secret address'));
    const server = await createServer(memoryDeps({ readiness: [{ name, check }] }));
    const answer = await server.inject('/readyz');
    expect(answer.json()).toMatchObject({ status: 503, code, details: [{ path: name }] });
    expect(answer.body).not.toContain('secret');
    expect((await server.inject('/healthz')).statusCode).toBe(200);
  });

  it('fails when a probe hangs', async () => {
    const settings = httpSettings.parse({ readinessTimeoutMs: 100 });
    const readiness = [{ name: 'database', check: () => new Promise<void>(() => {}) }];
    const server = await createServer(memoryDeps({ settings, readiness }));
    expect((await server.inject('/readyz')).statusCode).toBe(503);
  });
});

describe('metrics', () => {
  it('count requests by pattern, jobs by queue, checks and detectors', async () => {
    const deps = memoryDeps();
    const server = await createServer(deps);
    const headers = await headersWith(deps, 'items:read', 'metrics:read');
    await server.inject({ url: '/v1/checks/secret-id', headers });
    deps.metrics.telemetry.detectorRan('brand', 12);
    deps.metrics.telemetry.checkRan('LISTING', 40);
    deps.metrics.telemetry.checkEnded('LISTING', 'HOLD');
    const { body } = await server.inject({ url: '/metrics', headers });
    expect(body).toContain(
      'assay_http_request_duration_seconds_count{method="GET",route="/v1/checks/:id",status="404"} 1',
    );
    expect(body).toContain('assay_queue_jobs{queue="listing-check",state="waiting"} 0');
    expect(body).toContain('assay_queue_up 1');
    expect(body).toContain('assay_checks_total{subject_kind="LISTING",outcome="HOLD"} 1');
    expect(body).toContain('assay_check_duration_seconds_sum{subject_kind="LISTING"} 0.04');
    expect(body).toContain('assay_detector_duration_seconds_count{detector="brand"} 1');
    expect(body).not.toContain('secret-id');
  });

  it('are told even when the queue engine is down', async () => {
    const base = memoryDeps();
    const counts = (): Promise<never> => Promise.reject(new Error('down'));
    const deps = memoryDeps({
      queues: { ...base.queues, counts },
      settings: httpSettings.parse({ isMetricsPublic: true }),
    });
    const server = await createServer(deps);
    const answer = await server.inject('/metrics');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('assay_queue_up 0');
  });
});

describe('dead letters', () => {
  const letter = { id: 'j-1', data: { checkId: 7 }, error: 'job.invalid: checkId', failedAtMs: 0, attempts: 3 };

  it('are listed over all queues and requeued by queue', async () => {
    const requeued: unknown[] = [];
    const base = memoryDeps();
    const deps = memoryDeps({
      queues: {
        ...base.queues,
        deadLetters: async (queue) => (queue === 'listing-check' ? [letter] : []),
        requeueDeadLetters: async (queue, ids) => {
          requeued.push([queue, ids]);
          return ids === 'all' ? 1 : 0;
        },
      },
    });
    const server = await createServer(deps);
    const headers = await headersWith(deps, 'queues:manage');
    const list = await server.inject({ url: '/v1/dead-letters', headers });
    expect(list.json()).toEqual({
      items: [
        {
          queue: 'listing-check',
          id: 'j-1',
          data: { checkId: 7 },
          error: 'job.invalid: checkId',
          failedAt: '1970-01-01T00:00:00.000Z',
          attempts: 3,
        },
      ],
    });
    const requeue = (payload: object) =>
      server.inject({ method: 'POST', url: '/v1/dead-letters/requeue', headers, payload });
    expect((await requeue({ queue: 'listing-check', ids: 'all' })).json()).toEqual({ requeued: 1 });
    expect((await requeue({ queue: 'listing-check', ids: ['gone'] })).statusCode).toBe(404);
    expect((await requeue({ queue: 'no-such-queue', ids: 'all' })).statusCode).toBe(422);
    expect(requeued).toEqual([
      ['listing-check', 'all'],
      ['listing-check', ['gone']],
    ]);
    expect(QUEUE_NAMES.length).toBeGreaterThan(1);
  });
});

describe('the pages of problems', () => {
  it('stand under the type of every code', async () => {
    const server = await createServer(memoryDeps());
    for (const code of Object.keys(ERROR_CODES)) {
      expect((await server.inject(`/problems/${code}`)).json()).toMatchObject({ code });
    }
    expect((await server.inject('/problems/constructor')).statusCode).toBe(404);
  });

  it('are plain pages for a browser', async () => {
    const server = await createServer(memoryDeps());
    const page = await server.inject({ url: '/problems/item.future-date', headers: { accept: 'text/html' } });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.body).toContain(ERROR_CODES['item.future-date'].remedy);
  });
});

describe('the API description', () => {
  it('is OpenAPI 3.1 and names schema, security and scope of each resource', async () => {
    const server = await createServer(memoryDeps());
    const description = (await server.inject('/openapi.json')).json() as {
      openapi: string;
      paths: Record<string, Record<string, { security?: unknown; description?: string; responses: object }>>;
      components: { schemas: Record<string, object> };
    };
    expect(description.openapi).toBe('3.1.0');
    for (const url of ['/v1/sellers', '/v1/listings', '/v1/reviews', '/v1/accounts', '/v1/orders', '/v1/marks']) {
      expect(description.paths[url]?.['post']?.description).toContain('Needs the scope');
      expect(description.paths[url]?.['post']?.security).toEqual([{ bearer: [] }, { apiKey: [] }]);
      expect(Object.keys(description.paths[url]?.['post']?.responses ?? {})).toContain('default');
    }
    const requestBody = (url: string) =>
      JSON.stringify((description.paths[url]?.['post'] as { requestBody?: object } | undefined)?.requestBody);
    expect(requestBody('/v1/pictures')).toContain('"image/*":{"schema":{"type":"string","format":"binary"}');
    expect(requestBody('/v1/bank-pictures')).toMatch(/multipart\/form-data.*COUNTERFEIT.*binary/);
    const references = JSON.stringify(description).match(/#\/components\/schemas\/\w+/g) ?? [];
    const missing = references.filter((reference) => !(reference.slice(21) in description.components.schemas));
    expect(references.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });
});

describe('the console', () => {
  let folder: string | undefined;
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
    folder = undefined;
  });

  const withConsole = () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-console-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Assay</title>');
    writeFileSync(join(folder, 'assets', 'main-abc123.js'), 'console.log(1)');
    return createServer(memoryDeps({ consoleFolder: folder }));
  };
  const browser = { accept: 'text/html,application/xhtml+xml' };

  it('is served with its assets kept for ever and its page asked for anew', async () => {
    const server = await withConsole();
    const page = await server.inject({ url: '/', headers: browser });
    expect(page.body).toContain('<title>Assay</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    const asset = await server.inject('/assets/main-abc123.js');
    expect(asset.headers['cache-control']).toContain('immutable');
  });

  it('sends files as the build compressed them, to readers that understand it', async () => {
    const server = await withConsole();
    writeFileSync(join(folder!, 'assets', 'main-abc123.js.br'), 'compressed');
    const compressed = await server.inject({
      url: '/assets/main-abc123.js',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(compressed.body).toBe('compressed');
    expect(compressed.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript'),
    });
    expect(compressed.headers['cache-control']).toContain('immutable');
    const plain = await server.inject('/assets/main-abc123.js');
    expect(plain.body).toBe('console.log(1)');
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('opens on every address of its own, and never hides a fault of the API', async () => {
    const server = await withConsole();
    expect((await server.inject({ url: '/cases/c-1', headers: browser })).body).toContain('<title>Assay</title>');
    expect((await server.inject({ url: '/v1/nothing', headers: browser })).statusCode).toBe(404);
    expect((await server.inject({ url: '/assets/gone.js', headers: browser })).statusCode).toBe(404);
    expect((await server.inject('/cases/c-1')).statusCode).toBe(404);
    expect((await server.inject({ url: '/..%2f..%2fetc%2fpasswd' })).statusCode).toBe(404);
  });

  it('is not missed when it was not built', async () => {
    const server = await createServer(memoryDeps({ consoleFolder: '/nowhere' }));
    expect((await server.inject('/')).json()).toMatchObject({ api: '/openapi.json' });
  });
});

describe('closing', () => {
  it('lets the requests end that run', async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let entered = (): void => {};
    const inside = new Promise<void>((resolve) => (entered = resolve));
    const server = await createServer(
      memoryDeps({
        extend: (opened) =>
          void opened.get('/slow', { config: { access: 'public' } }, async () => {
            entered();
            await gate;
            return 'done';
          }),
      }),
    );
    const address = await server.listen({ port: 0, host: '127.0.0.1' });
    const running = fetch(`${address}/slow`);
    await inside;
    const closed = server.close();
    release();
    expect(await (await running).text()).toBe('done');
    await closed;
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  });
});
