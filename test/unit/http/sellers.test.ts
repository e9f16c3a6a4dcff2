import { expect, it } from 'vitest';
import type { CreditReport } from '../../../src/domain/credit.ts';
import { createServer } from '../../../src/http/server.ts';
import { headersWith, memoryDeps } from './memory-deps.ts';

const report: CreditReport = {
  sellerLegalId: 'le-1',
  score: 679,
  quality: 679,
  tier: 'NEW',
  tierNow: 'NEW',
  eligibility: {
    campaigns: 'STARTER_SLOT',
    recommendations: 'NEUTRAL',
    publication: 'SAMPLED',
    preCheckShare01: 0.2,
    postCheckShare01: 0,
  },
  lines: [],
  breakdown: [],
  penalties: [],
  cap: 1_000,
  evidenceMass: 0,
  penaltyPoints: 0,
  strikes: 0,
  proposals: [],
  asOfMs: 0,
  knownAtMs: 0,
  rulesetDigest: 'a'.repeat(64),
  inputsSha256: 'b'.repeat(64),
};

async function open() {
  const asked: unknown[] = [];
  const deps = memoryDeps({
    creditReports: {
      report: async (sellerId, moment) => {
        asked.push([sellerId, moment]);
        return sellerId === 's-1' ? report : undefined;
      },
    },
  });
  const server = await createServer(deps);
  const headers = await headersWith(deps, 'score:read');
  return { deps, asked, server, headers, get: (url: string) => server.inject({ url, headers }) };
}

it('credit is asked for now unless a moment is given', async () => {
  const { deps, asked, get } = await open();
  const nowMs = deps.clock.nowMs();
  expect((await get('/v1/sellers/s-1/credit')).json()).toEqual(report);
  await get('/v1/sellers/s-1/credit?as_of=2026-01-01T00:00:00Z&known_at=2026-01-02T01:00:00%2B01:00');
  expect(asked).toEqual([
    ['s-1', { asOfMs: nowMs, knownAtMs: nowMs }],
    ['s-1', { asOfMs: Date.parse('2026-01-01T00:00:00Z'), knownAtMs: Date.parse('2026-01-02T00:00:00Z') }],
  ]);
});

it('credit of nobody is not found, and a moment that is none is refused by its name', async () => {
  const { get } = await open();
  expect((await get('/v1/sellers/s-9/credit')).statusCode).toBe(404);
  const answer = await get('/v1/sellers/s-1/credit?as_of=yesterday');
  expect(answer.json()).toMatchObject({ status: 422, details: [{ path: 'as_of' }] });
});

it('eligibility of a seller of whom nothing was computed yet is computed, and an unknown one is named', async () => {
  const { get } = await open();
  const { eligibility, score, tier } = report;
  expect((await get('/v1/eligibility?sellerIds=s-1,s-9')).json()).toEqual({
    items: [{ sellerId: 's-1', score, tier, eligibility }],
    unknown: ['s-9'],
  });
  const many = Array.from({ length: 201 }, (_, i) => `s-${i}`).join(',');
  expect((await get(`/v1/eligibility?sellerIds=${many}`)).statusCode).toBe(422);
});

it('eligibility of many sellers is asked in one call, and unknown ones are named', async () => {
  const { server, headers } = await open();
  const answer = await server.inject({
    method: 'POST',
    url: '/v1/eligibility',
    headers,
    payload: { sellerIds: ['s-1', 's-9', 's-1'] },
  });
  expect(answer.json()).toMatchObject({ items: [{ sellerId: 's-1', tier: 'NEW' }], unknown: ['s-9'] });
});
