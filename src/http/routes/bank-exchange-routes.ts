import { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import {
  EXCHANGE_FORMATS,
  EXCHANGED_BANKS,
  importFacts,
  importPictureList,
  withdrawPictureList,
  type ExchangeFormat,
} from '../../pipeline/exchange-bank.ts';
import { problems, type ApiServer } from '../api-server.ts';
import type { ServerDeps } from '../server-deps.ts';

const bankParams = z.strictObject({ bank: z.enum(EXCHANGED_BANKS) });

const importAnswer = z.object({
  accepted: z.int(),
  unchanged: z.int(),
  /** Rows that were not taken: line of a table or position in a list, from 1. */
  rejected: z.array(z.object({ at: z.int(), why: z.string() })),
});

const MEDIA_TYPE: Readonly<Record<ExchangeFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  hma: 'application/x-ndjson; charset=utf-8',
  'signal-lines': 'text/plain; charset=utf-8',
  'threat-descriptors': 'application/json; charset=utf-8',
};

const TEXT = { type: 'string' } as const;
const READ_TYPES = ['text/csv', 'text/plain', 'application/json', 'application/x-ndjson'];

/** Lists of picture hashes, into a bank and out of it. */
export function bankExchangeRoutes(server: ApiServer, deps: ServerDeps): void {
  server.get(
    '/v1/banks/:bank/pictures',
    {
      config: { access: ['marks:read', 'marks:write'] },
      schema: {
        tags: ['marks'],
        summary: 'Export a bank as a list of PDQ hashes and MD5 sums',
        params: bankParams,
        querystring: z.strictObject({ format: z.enum(EXCHANGE_FORMATS).default('csv') }),
        produces: [...new Set(Object.values(MEDIA_TYPE))],
      },
    },
    async (request, reply) => {
      const { store, codec } = deps.bankExchange;
      const text = codec.write(store.exportBank(request.params.bank), request.query.format);
      return reply.type(MEDIA_TYPE[request.query.format]).send(Readable.from(text));
    },
  );

  // In a scope of its own, so that no other resource takes a list as its body: here JSON is text too.
  void server.register(async (scoped) => {
    scoped.removeContentTypeParser(['application/json', 'text/plain']);
    scoped.addContentTypeParser(READ_TYPES, { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scoped.post(
      '/v1/banks/:bank/pictures',
      {
        config: {
          access: ['marks:write'],
          describedBody: Object.fromEntries(READ_TYPES.map((type) => [type, TEXT])),
        },
        bodyLimit: deps.settings.batchBodyBytes,
        schema: {
          tags: ['marks'],
          summary: 'Import a list of PDQ hashes and MD5 sums into a bank; wrong rows are told, the others taken',
          params: bankParams,
          querystring: importFacts,
          response: { 200: importAnswer, ...problems },
        },
      },
      async (request) => {
        const { body, query, params } = request as {
          body: unknown;
          query: z.infer<typeof importFacts>;
          params: z.infer<typeof bankParams>;
        };
        if (typeof body !== 'string') throw new AppError('request.invalid', 'The body is empty: send a list.');
        return importPictureList(deps.bankExchange, params.bank, { text: body, facts: query });
      },
    );
  });

  server.delete(
    '/v1/banks/:bank/pictures',
    {
      config: { access: ['marks:write'] },
      schema: {
        tags: ['marks'],
        summary: 'Take all rows of an imported list out of a bank',
        params: bankParams,
        querystring: z.strictObject({ list: importFacts.shape.list.unwrap() }),
        response: { 200: z.object({ withdrawn: z.int() }), ...problems },
      },
    },
    async (request) => ({
      withdrawn: await withdrawPictureList(deps.bankExchange, request.params.bank, request.query.list),
    }),
  );
}
