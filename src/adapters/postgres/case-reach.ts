import type { Reach } from '../../pipeline/casework/reviewer.ts';
import { Prisma } from './generated/client.ts';

type Bounds = Pick<Reach, 'markets' | 'queues'>;

/** Whether a row of `case` is within somebody's markets and queues; as `isWithin` of the pipeline says it of one case. */
export function withinReach({ markets, queues }: Bounds): Prisma.Sql {
  const parts = [
    ...(markets.length === 0 ? [] : [Prisma.sql`("case".market IS NULL OR "case".market = ANY(${[...markets]}))`]),
    ...(queues.length === 0 ? [] : [Prisma.sql`"case".queue = ANY(${[...queues]})`]),
  ];
  return parts.length === 0 ? Prisma.sql`true` : Prisma.join(parts, ' AND ');
}

/** The same as a filter of Prisma's. */
export const whereWithinReach = ({ markets, queues }: Bounds): Prisma.CaseWhereInput => ({
  AND: [
    queues.length === 0 ? {} : { queue: { in: [...queues] } },
    markets.length === 0 ? {} : { OR: [{ market: null }, { market: { in: [...markets] } }] },
  ],
});
