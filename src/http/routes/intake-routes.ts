import { z } from 'zod';
import type { Scope } from '../../domain/access.ts';
import { INTAKE_SCHEMAS, type IntakeKind } from '../../domain/subject.ts';
import { acceptSubjects } from '../../pipeline/accept-subject.ts';
import { previewItems } from '../../pipeline/preview-items.ts';
import { problems, type ApiServer } from '../api-server.ts';
import { batchAnswer, batchOf, presentBatch, readBatch } from '../batch-body.ts';
import { answerOnce } from '../idempotency.ts';
import type { ServerDeps } from '../server-deps.ts';
import { bodyToUseCase } from '../validation.ts';

const intakeQuery = z.strictObject({
  /** Checks the items and stores nothing. */
  dryRun: z.stringbool().default(false),
});

const RESOURCES: readonly { readonly kind: IntakeKind; readonly url: string; readonly scope: Scope }[] = [
  { kind: 'SELLER', url: '/v1/sellers', scope: 'items:write' },
  { kind: 'LISTING', url: '/v1/listings', scope: 'items:write' },
  { kind: 'REVIEW', url: '/v1/reviews', scope: 'reviews:write' },
  { kind: 'ACCOUNT', url: '/v1/accounts', scope: 'accounts:write' },
  { kind: 'ORDER', url: '/v1/orders', scope: 'orders:write' },
];

/** Where a marketplace hands in sellers, listings, reviews, accounts and orders. */
export function intakeRoutes(server: ApiServer, deps: ServerDeps): void {
  for (const { kind, url, scope } of RESOURCES) {
    server.post(
      url,
      {
        config: { access: [scope] },
        bodyLimit: deps.settings.batchBodyBytes,
        validatorCompiler: bodyToUseCase,
        schema: {
          tags: ['intake'],
          summary: `Hand in ${url.slice('/v1/'.length)}: one, an array, or {"items": […]} of up to 1,000`,
          querystring: intakeQuery,
          body: batchOf(INTAKE_SCHEMAS[kind]),
          response: { 200: batchAnswer, 202: batchAnswer, ...problems },
        },
      },
      async (request, reply) => {
        const { items, isSingle } = readBatch(request.body);
        const isDryRun = request.query.dryRun;
        const idempotency = { store: deps.idempotency, clock: deps.clock, settings: deps.settings };
        return answerOnce(idempotency, { request, reply }, async () => {
          const outcomes = isDryRun
            ? previewItems(kind, items, deps.clock.nowMs())
            : await acceptSubjects(deps.intake, kind, items);
          return presentBatch(outcomes, { isSingle, isDryRun });
        });
      },
    );
  }
}
