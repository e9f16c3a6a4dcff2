import { z } from 'zod';
import { creditReport } from '../../domain/credit.ts';
import { AppError } from '../../domain/errors.ts';
import { externalId, timestamp } from '../../domain/primitives.ts';
import { sellerEligibility, sellerView } from '../../domain/views/subject-view.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

/** Sellers of one bulk question: an address line of 200 ids of usual length stays below 8 kB. */
const MAX_SELLERS = 200;

const creditQuery = z.strictObject({
  /** The moment at which the credit is asked for; absent: now. */
  as_of: timestamp.optional(),
  /** Entries that were recorded later are left out; absent: now. */
  known_at: timestamp.optional(),
});

const sellerIdList = z
  .string()
  .transform((text) => [...new Set(text.split(',').filter((id) => id !== ''))])
  .pipe(z.array(externalId).min(1).max(MAX_SELLERS));

const eligibilityAnswer = z.object({
  items: z.array(sellerEligibility),
  /** Ids under which no seller is stored. */
  unknown: z.array(z.string()),
});

/** Sellers: standing, credit with the lines that make it, and what many of them may do. */
export function sellerRoutes(server: ApiServer, { queries, creditReports, clock }: ServerDeps): void {
  server.get(
    '/v1/sellers/:id',
    {
      config: { access: ['items:read', 'score:read'] },
      schema: {
        tags: ['sellers'],
        summary: 'A seller with standing, latest credit and counts',
        params: idParams,
        response: { 200: sellerView, ...problems },
      },
    },
    async (request) => {
      const seller = await queries.seller(request.params.id);
      if (seller === undefined) throw unknownSeller(request.params.id);
      return seller;
    },
  );

  server.get(
    '/v1/sellers/:id/credit',
    {
      config: { access: ['score:read'] },
      schema: {
        tags: ['sellers'],
        summary: 'Score, tier, eligibility and the lines that make them, now or at a past moment',
        params: idParams,
        querystring: creditQuery,
        response: { 200: creditReport, ...problems },
      },
    },
    async (request) => {
      const nowMs = clock.nowMs();
      const { as_of: asOf, known_at: knownAt } = request.query;
      const report = await creditReports.report(request.params.id, {
        asOfMs: asOf === undefined ? nowMs : Date.parse(asOf),
        knownAtMs: knownAt === undefined ? nowMs : Date.parse(knownAt),
      });
      if (report === undefined) throw unknownSeller(request.params.id);
      return report;
    },
  );

  server.get(
    '/v1/eligibility',
    {
      config: { access: ['score:read'] },
      schema: {
        tags: ['sellers'],
        summary: `Score, tier and eligibility of up to ${MAX_SELLERS} sellers, ids joined by commas`,
        querystring: z.strictObject({ sellerIds: sellerIdList }),
        response: { 200: eligibilityAnswer, ...problems },
      },
    },
    async (request) => answerEligibility({ queries, creditReports, clock }, request.query.sellerIds),
  );
}

/** What is stored of each seller, and what is computed now of those about whom nothing has happened yet. */
export async function answerEligibility(
  { queries, creditReports, clock }: Pick<ServerDeps, 'queries' | 'creditReports' | 'clock'>,
  sellerIds: readonly string[],
): Promise<z.infer<typeof eligibilityAnswer>> {
  const stored = new Map((await queries.eligibility(sellerIds)).map((one) => [one.sellerId, one]));
  const nowMs = clock.nowMs();
  const items: z.infer<typeof sellerEligibility>[] = [];
  const unknown: string[] = [];
  for (const sellerId of sellerIds) {
    const known = stored.get(sellerId);
    const report = known ?? (await creditReports.report(sellerId, { asOfMs: nowMs, knownAtMs: nowMs }));
    if (report === undefined) unknown.push(sellerId);
    else items.push({ sellerId, score: report.score, tier: report.tier, eligibility: report.eligibility });
  }
  return { items, unknown };
}

const unknownSeller = (id: string): AppError => new AppError('resource.not-found', `There is no seller “${id}”.`);
