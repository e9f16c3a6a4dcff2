import { sellerMessage } from '../../domain/message.ts';
import { submitMessages } from '../../pipeline/submit-message.ts';
import { problems, type ApiServer } from '../api-server.ts';
import { batchAnswer, batchOf, presentBatch, readBatch } from '../batch-body.ts';
import { answerOnce } from '../idempotency.ts';
import type { ServerDeps } from '../server-deps.ts';
import { bodyToUseCase } from '../validation.ts';

/** Where a marketplace hands in what sellers write to buyers. */
export function messageRoutes(server: ApiServer, deps: ServerDeps): void {
  server.post(
    '/v1/messages',
    {
      config: { access: ['items:write'] },
      bodyLimit: deps.settings.batchBodyBytes,
      validatorCompiler: bodyToUseCase,
      schema: {
        tags: ['intake'],
        summary: 'Hand in messages of sellers about a listing; the listing is checked again with them',
        body: batchOf(sellerMessage),
        response: { 202: batchAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { items, isSingle } = readBatch(request.body);
      const idempotency = { store: deps.idempotency, clock: deps.clock, settings: deps.settings };
      return answerOnce(idempotency, { request, reply }, async () =>
        presentBatch(await submitMessages(deps.messages, items), { isSingle, isDryRun: false }),
      );
    },
  );
}
