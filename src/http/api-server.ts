import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { externalId } from '../domain/primitives.ts';
import type { PageRequest } from '../pipeline/page-cursor.ts';
import { problem } from './problem.ts';

/** The server with routes typed by their zod schemas. */
export type ApiServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** How every fault is answered, for the `response` of a route. */
export const problems = {
  default: {
    description: 'A fault, by RFC 9457',
    content: { 'application/problem+json': { schema: problem } },
  },
} as const;

/** Address of one resource. */
export const idParams = z.strictObject({ id: externalId });

/** Items of a page when the caller does not say. */
const DEFAULT_PAGE = 50;
const GREATEST_PAGE = 200;

/** Query fields of every list. */
export const pageQuery = {
  cursor: z.string().min(1).max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(GREATEST_PAGE).default(DEFAULT_PAGE),
};

/** The page that a query asks for. */
export const pageOf = ({ cursor, limit }: { cursor?: string | undefined; limit: number }): PageRequest => ({
  limit,
  ...(cursor === undefined ? {} : { cursor }),
});

/** The answer of every list. */
export const pageAnswer = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    /** Give it as `cursor` to read on; absent on the last page. */
    nextCursor: z.string().optional(),
  });

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Leaves out the fields that were not given, as exact optional properties want it. */
export function givenOnly<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
