import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgresPersonStore } from '../../../src/adapters/postgres/person-store.ts';
import { postgresSessionStore } from '../../../src/adapters/postgres/session-store.ts';
import { createOpenIdProvider } from '../../../src/adapters/sign-in/openid-provider.ts';
import { totpCodes } from '../../../src/adapters/sign-in/totp-codes.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import type { PersonRole } from '../../../src/domain/access.ts';
import { personView, signedIn } from '../../../src/domain/views/person-view.ts';
import { authenticateSession, sessionRoutes } from '../../../src/http/routes/session-routes.ts';
import { ensureFirstPerson, type ManagePorts } from '../../../src/pipeline/people/manage-people.ts';
import { createSealer } from '../../../src/pipeline/people/sealer.ts';
import { openStage, type Caller, type Stage } from './casework-stage.ts';
import { NOW_MS } from './database-deps.ts';

const PASSWORD = 'correct horse battery';

describe('people sign in and do what their role allows', () => {
  let stage: Stage;
  let people: ManagePorts;
  let issuer: FakeIssuer;
  let admin: Caller;

  beforeAll(async () => {
    issuer = await startIssuer();
    stage = await openStage((base) => {
      const { prisma } = base;
      people = {
        people: postgresPersonStore(prisma),
        sessions: { store: postgresSessionStore(prisma), apiKeys: base.apiKeys, clock: base.clock, randomBytes },
        secondFactor: totpCodes,
        sealer: createSealer(randomBytes(32), 'test', randomBytes),
        clock: base.clock,
        ids: uuidSource,
        randomBytes,
        passwordCost: { log2N: 8, blockSize: 8, parallelization: 1 },
      };
      const provider = createOpenIdProvider({
        issuer: issuer.url,
        clientId: 'assay',
        clientSecret: 'hidden',
        title: 'Example',
      });
      return {
        authenticateSession: (request) => authenticateSession(people.sessions, request),
        extend: (extended) =>
          sessionRoutes(extended.withTypeProvider<ZodTypeProvider>(), {
            people,
            provider,
            publicUrl: 'http://assay.example',
          }),
      };
    });
  });
  afterAll(async () => {
    await stage.close();
    issuer.server.close();
  });
  beforeEach(async () => {
    await stage.database.clear();
    stage.startAt(NOW_MS);
    admin = await stage.caller('root', ['admin']);
  });

  const anybody = (): Caller => stage.callerOf('nobody', {});
  async function cookieOf(proof: object): Promise<{ status: number; cookie: string; body: Record<string, unknown> }> {
    // From an address of its own each time: the limit of an address is not what is tested here.
    const remoteAddress = `10.${randomBytes(3).join('.')}`;
    const answer = await stage.server.inject({ method: 'POST', url: '/v1/session', payload: proof, remoteAddress });
    const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    return { status: answer.statusCode, cookie, body: answer.json() as Record<string, unknown> };
  }
  const withCookie = (cookie: string): Caller =>
    stage.callerOf('signed in', { cookie, 'sec-fetch-site': 'same-origin' });
  /** Somebody new with a password of their own, signed in. */
  async function join(login: string, role: PersonRole, reach: object = {}): Promise<Caller & { personId: string }> {
    const added = await admin.post('/v1/people', { login, name: login.toUpperCase(), role, reach });
    const { person, password } = added.body as { person: { id: string }; password: string };
    const first = withCookie((await cookieOf({ login, password })).cookie);
    const change = { oldPassword: password, newPassword: PASSWORD };
    expect((await first.post('/v1/session/password', change)).status).toBe(204);
    return {
      ...withCookie((await cookieOf({ login, password: PASSWORD })).cookie),
      personId: person.id,
    };
  }

  it('makes the first administrator once, who must change the password that was shown', async () => {
    const first = await ensureFirstPerson(people);
    if (first.kind !== 'created') throw new Error('there was somebody');
    expect(await ensureFirstPerson(people)).toEqual({ kind: 'exists' });
    expect((await stage.prisma.person.findFirstOrThrow()).passwordHash).not.toContain(first.password);
    const { cookie, body } = await cookieOf({ login: 'admin', password: first.password });
    expect(signedIn.parse(body)).toMatchObject({ role: 'ADMIN', mustChangePassword: true, scopes: [] });
    const person = withCookie(cookie);
    expect((await person.get('/v1/people')).body).toMatchObject({ code: 'auth.password-change-needed' });
    const short = { oldPassword: first.password, newPassword: 'short' };
    expect((await person.post('/v1/session/password', short)).status).toBe(422);
    expect((await person.post('/v1/session/password', { ...short, newPassword: PASSWORD })).status).toBe(204);
    expect((await person.get('/v1/session')).status).toBe(401);
    const again = withCookie((await cookieOf({ login: 'admin', password: PASSWORD })).cookie);
    expect((await again.get('/v1/people')).status).toBe(200);
    expect((await anybody().get('/v1/sign-in-options')).body).toEqual({
      hasPeople: true,
      oidc: { title: 'Example', startUrl: '/v1/oidc/start' },
    });
  });

  it('locks somebody out for a while who is guessed at, and tells for how long', async () => {
    await join('ann', 'MODERATOR');
    const guess = { login: 'ann', password: 'wrong wrong wrong' };
    for (let i = 0; i < 5; i += 1) expect((await cookieOf(guess)).status).toBe(401);
    const locked = await stage.server.inject({
      method: 'POST',
      url: '/v1/session',
      payload: { login: 'ann', password: PASSWORD },
    });
    expect([locked.statusCode, locked.headers['retry-after']]).toEqual([429, '60']);
    stage.pass(61_000);
    expect((await cookieOf({ login: 'ann', password: PASSWORD })).status).toBe(200);
    expect((await cookieOf({ login: 'nobody', password: PASSWORD })).body).toMatchObject({ code: 'auth.invalid' });
  });

  it('asks for a code of the second factor, and takes none twice', async () => {
    const ann = await join('ann', 'MODERATOR');
    const { secret, uri } = (await ann.post('/v1/session/second-factor')).body as { secret: string; uri: string };
    expect(uri).toMatch(/^otpauth:\/\/totp\/Assay:ann\?/);
    const codeNow = () => new TOTP({ secret }).generate({ timestamp: stage.nowMs() });
    expect((await ann.post('/v1/session/second-factor/confirm', { code: '000000' })).status).toBe(401);
    expect((await ann.post('/v1/session/second-factor/confirm', { code: codeNow() })).status).toBe(204);
    expect((await stage.prisma.person.findFirstOrThrow({ where: { login: 'ann' } })).totpSecret).not.toContain(secret);
    const proof = { login: 'ann', password: PASSWORD };
    expect((await cookieOf(proof)).body).toMatchObject({ code: 'auth.second-factor-needed' });
    expect((await cookieOf({ ...proof, code: codeNow() })).status).toBe(401);
    stage.pass(30_000);
    const code = codeNow();
    expect((await cookieOf({ ...proof, code })).status).toBe(200);
    expect((await cookieOf({ ...proof, code })).status).toBe(401);
  });

  it('lets each role do its part, within its markets and queues', async () => {
    const [german] = await stage.openCases(1, { market: 'DE', queue: 'ip' });
    const [french] = await stage.openCases(1, { market: 'FR', queue: 'ip', priority: 5_000 });
    const ann = await join('ann', 'MODERATOR', { markets: ['DE'] });
    const eve = await join('eve', 'AUDITOR');
    expect((await ann.get(`/v1/cases/${french}`)).status).toBe(404);
    expect((await ann.post(`/v1/cases/${french}/claim`)).status).toBe(404);
    expect((await ann.get('/v1/cases')).body).toMatchObject({ items: [{ id: german }] });
    expect((await ann.post('/v1/queues/all/next')).body).toMatchObject({ kind: 'claimed', case: { id: german } });
    expect((await eve.get(`/v1/cases/${french}`)).status).toBe(200);
    expect((await eve.post(`/v1/cases/${french}/claim`)).status).toBe(403);
    expect((await ann.get('/v1/people')).status).toBe(403);
    const other = stage.callerOf('x', { ...ann.headers, 'sec-fetch-site': 'cross-site' });
    expect((await other.post('/v1/queues/all/next')).status).toBe(403);
    const moved = await admin.call('PATCH', `/v1/people/${ann.personId}`, { role: 'LEAD', reach: {} });
    expect(personView.parse(moved.body)).toMatchObject({ role: 'LEAD', reach: { markets: [] } });
    expect((await ann.get('/v1/session')).status).toBe(401);
    await admin.call('PATCH', `/v1/people/${ann.personId}`, { isDisabled: true });
    expect((await cookieOf({ login: 'ann', password: PASSWORD })).status).toBe(401);
    const wish = { pictures: 'BLURRED', locale: 'ru' };
    expect((await eve.call('PUT', '/v1/session/preferences', wish)).status).toBe(200);
    expect((await eve.get('/v1/session')).body).toMatchObject({ preferences: wish });
  });

  it('signs in at an OpenID provider whom an administrator has added, and nobody else', async () => {
    await admin.post('/v1/people', { login: 'kim@example.org', name: 'Kim', role: 'LEAD' });
    const arrive = async (email: string) => {
      const started = await stage.server.inject({ url: '/v1/oidc/start' });
      const pending = String(started.headers['set-cookie']).split(';')[0]!;
      const callback = issuer.approve(String(started.headers.location), { email, sub: `sub-of-${email}` });
      return { pending, callback };
    };
    const kim = await arrive('kim@example.org');
    expect((await stage.server.inject({ url: kim.callback })).statusCode).toBe(401);
    const back = await stage.server.inject({ url: kim.callback, headers: { cookie: kim.pending } });
    expect([back.statusCode, back.headers.location]).toEqual([302, '/']);
    const cookie = String(back.headers['set-cookie']).split(';')[0]!;
    expect((await withCookie(cookie).get('/v1/session')).body).toMatchObject({ name: 'Kim', role: 'LEAD' });
    const stranger = await arrive('stranger@example.org');
    const refused = await stage.server.inject({ url: stranger.callback, headers: { cookie: stranger.pending } });
    expect(refused.statusCode).toBe(401);
    expect(await stage.prisma.person.count()).toBe(1);
  });
});

interface FakeIssuer {
  readonly url: string;
  readonly server: Server;
  /** Approves a request as somebody, and gives the path of the callback with its code. */
  approve(authorizationUrl: string, who: { readonly email: string; readonly sub: string }): string;
}

/** A provider of one's own that speaks just enough OpenID Connect, and holds to PKCE. */
async function startIssuer(): Promise<FakeIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const codes = new Map<string, { challenge: string; nonce: string; email: string; sub: string }>();
  const b64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  let url = '';
  const server = createHttpServer((request, response) => {
    const answer = (body: object): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
    if (request.url?.startsWith('/.well-known/') === true) {
      answer({
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
      return;
    }
    if (request.url === '/jwks') {
      answer({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] });
      return;
    }
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(text);
      const given = codes.get(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (given === undefined || given.challenge !== challenge) {
        response.statusCode = 400;
        answer({ error: 'invalid_grant' });
        return;
      }
      const seconds = Math.floor(Date.now() / 1_000);
      const { nonce, email, sub } = given;
      const claims = {
        iss: url,
        aud: 'assay',
        sub,
        email,
        email_verified: true,
        nonce,
        iat: seconds,
        exp: seconds + 60,
      };
      const head = `${b64({ alg: 'RS256', kid: 'k' })}.${b64(claims)}`;
      const signature = sign('sha256', Buffer.from(head), privateKey).toString('base64url');
      answer({ access_token: 'a', token_type: 'Bearer', id_token: `${head}.${signature}` });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    server,
    approve(authorizationUrl, who) {
      const asked = new URL(authorizationUrl).searchParams;
      const code = randomBytes(8).toString('hex');
      codes.set(code, { challenge: asked.get('code_challenge')!, nonce: asked.get('nonce') ?? '', ...who });
      const back = new URL(asked.get('redirect_uri')!);
      return `${back.pathname}?code=${code}&state=${asked.get('state')}`;
    },
  };
}
