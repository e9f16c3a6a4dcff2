import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuardedFetcher, type GuardedFetcher } from '../../../src/adapters/images/guarded-fetcher.ts';

describe('the guarded fetcher', () => {
  let server: Server;
  let port = 0;
  let hits: string[] = [];
  const open: GuardedFetcher[] = [];
  const fetcher = (options: Parameters<typeof createGuardedFetcher>[0] = {}): GuardedFetcher => {
    const made = createGuardedFetcher({ timeoutMs: 2_000, maxBytes: 1_000, allowedPorts: [80, 443, port], ...options });
    open.push(made);
    return made;
  };
  const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'fetched',
      (fault: { code?: string }) => fault.code,
    );

  beforeAll(async () => {
    server = createServer((request, response) => {
      hits.push(request.url ?? '');
      if (request.url === '/redirect-to-loopback') {
        response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end();
      } else if (request.url === '/loop') {
        response.writeHead(302, { location: '/loop' }).end();
      } else if (request.url === '/large') {
        response.end(Buffer.alloc(5_000));
      } else if (request.url === '/missing') {
        response.writeHead(404).end();
      } else if (request.url === '/silent') {
        response.writeHead(200);
        response.write('a');
      } else {
        response.end('bytes');
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(async () => {
    await Promise.all(open.map((made) => made.close()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('refuses every spelling of the loopback and metadata addresses without a connection', async () => {
    hits = [];
    const hosts = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '0x7f.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[0:0:0:0:0:ffff:7f00:1]',
      '0',
      '169.254.169.254',
      '[fd00:ec2::254]',
      '１２７.0.0.1',
    ];
    const made = fetcher();
    for (const host of hosts) {
      expect([host, await codeOf(made.fetch(`http://${host}:${port}/secret`))]).toEqual([host, 'image.fetch-refused']);
    }
    expect(hits).toEqual([]);
  });

  it('refuses names that lead into the own network, at the moment of the connection', async () => {
    hits = [];
    expect(await codeOf(fetcher().fetch(`http://localhost:${port}/secret`))).toBe('image.fetch-refused');
    let asked = 0;
    const rebinding = fetcher({
      resolveHost: (_, done) => {
        asked++;
        done(null, [{ address: '127.0.0.1', family: 4 }]);
      },
    });
    expect(await codeOf(rebinding.fetch(`http://pictures.example:${port}/secret`))).toBe('image.fetch-refused');
    const mixed = fetcher({
      resolveHost: (_, done) =>
        done(null, [
          { address: '8.8.8.8', family: 4 },
          { address: '10.0.0.1', family: 4 },
        ]),
    });
    expect(await codeOf(mixed.fetch(`http://pictures.example:${port}/secret`))).toBe('image.fetch-refused');
    expect(asked).toBe(1);
    expect(hits).toEqual([]);
  });

  it('judges every hop of a redirect', async () => {
    hits = [];
    const made = fetcher({ allowHosts: [`localhost:${port}`] });
    expect(await codeOf(made.fetch(`http://localhost:${port}/redirect-to-loopback`))).toBe('image.fetch-refused');
    expect(hits).toEqual(['/redirect-to-loopback']);
    expect(await codeOf(made.fetch(`http://localhost:${port}/loop`))).toBe('image.fetch-failed');
  });

  it.each([
    'ftp://example.com/a',
    'file:///etc/passwd',
    'http://user:pw@example.com/',
    'http://example.com:22/',
    'no url',
  ])('refuses %s', async (url) => {
    expect(await codeOf(fetcher().fetch(url))).toBe('image.fetch-refused');
  });

  it('fetches from a host that the operator allows, within bytes and time', async () => {
    const made = fetcher({ allowHosts: [`localhost:${port}`], timeoutMs: 300 });
    expect(new TextDecoder().decode(await made.fetch(`http://localhost:${port}/picture`))).toBe('bytes');
    expect(await codeOf(made.fetch(`http://localhost:${port}/large`))).toBe('image.too-large');
    expect(await codeOf(made.fetch(`http://localhost:${port}/missing`))).toBe('image.fetch-failed');
    expect(await codeOf(made.fetch(`http://localhost:${port}/silent`))).toBe('image.fetch-timeout');
  });
});
