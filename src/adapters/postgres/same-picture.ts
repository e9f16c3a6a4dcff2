import type { CaseSummary } from '../../domain/views/case-view.ts';
import type { Reach } from '../../pipeline/casework/reviewer.ts';
import { WAITING_STATES } from '../../pipeline/queries.ts';
import { type CaseClock, momentOf } from './case-clock.ts';
import { peopleOf, toCaseSummary, WITH_COUNT } from './case-queries.ts';
import { whereWithinReach } from './case-reach.ts';
import type { Database } from './database.ts';
import { readNames } from './read-names.ts';

/** Cases of one picture that are shown together; the bulk limit of the rules bounds what is decided together. */
const SHOWN = 100;

/**
 * Waiting cases of other sellers within reach that show a picture of this case again, the most urgent first. Each stays a
 * case of its own: points, notice and appeal are one seller's.
 */
export async function findSamePicture(
  database: Database,
  clock: CaseClock,
  id: string,
  reach: Reach,
): Promise<readonly CaseSummary[]> {
  const own = await database.case.findUnique({ where: { id }, select: { pictureKeys: true, sellerId: true } });
  if (own === null || own.pictureKeys.length === 0) return [];
  const rows = await database.case.findMany({
    where: {
      AND: [
        { id: { not: id }, pictureKeys: { hasSome: own.pictureKeys }, state: { in: [...WAITING_STATES] } },
        own.sellerId === null ? {} : { OR: [{ sellerId: null }, { sellerId: { not: own.sellerId } }] },
        whereWithinReach(reach),
      ],
    },
    include: WITH_COUNT,
    orderBy: [{ priority: 'desc' }, { openedAt: 'asc' }, { id: 'asc' }],
    take: SHOWN,
  });
  const names = await readNames(database, rows.flatMap(peopleOf));
  const moment = momentOf(clock);
  return rows.map((row) => toCaseSummary(row, moment, names));
}
