import type { SimilarCase } from '../../domain/views/search-view.ts';
import type { Reach } from '../../pipeline/casework/reviewer.ts';
import { toCaseDecisionView } from './case-decision-rows.ts';
import { type CaseClock, momentOf } from './case-clock.ts';
import { whereWithinReach } from './case-reach.ts';
import { peopleOf, toCaseSummary, WITH_COUNT } from './case-queries.ts';
import type { Database } from './database.ts';
import { readNames } from './read-names.ts';

/** Past cases that are shown beside a case. */
const SHOWN = 10;

const WORDS: Readonly<Record<SimilarCase['inCommon'][number], string>> = {
  MARK: 'the same mark',
  SELLER: 'the same seller',
  VIOLATION: 'the same kind of violation',
};

const DECIDED = ['IN_FORCE', 'REVERSED'];

/**
 * Decided cases within reach that have most in common with a case: mark, seller, kind of violation; the latest first
 * among equals.
 */
export async function findSimilarCases(
  database: Database,
  clock: CaseClock,
  id: string,
  reach: Reach,
): Promise<readonly SimilarCase[] | undefined> {
  const own = await database.case.findUnique({ where: { id } });
  if (own === null) return undefined;
  const { violationType, sellerId, markId } = own;
  const decided = { decisions: { some: { state: { in: DECIDED } } }, id: { not: id } };
  const read = (where: object) =>
    database.case.findMany({
      where: { AND: [decided, where, whereWithinReach(reach)] },
      orderBy: { decidedAt: { sort: 'desc', nulls: 'last' } },
      take: SHOWN,
      include: {
        ...WITH_COUNT,
        decisions: { where: { state: { in: DECIDED } }, orderBy: { decidedAt: 'desc' }, take: 1 },
      },
    });
  const found = new Map((await read({ violationType })).map((row) => [row.id, row]));
  for (const row of sellerId === null ? [] : await read({ sellerId })) found.set(row.id, row);
  for (const row of markId === null ? [] : await read({ markId })) found.set(row.id, row);
  const ranked = [...found.values()]
    .map((row) => ({
      row,
      inCommon: [
        ...(markId !== null && row.markId === markId ? (['MARK'] as const) : []),
        ...(sellerId !== null && row.sellerId === sellerId ? (['SELLER'] as const) : []),
        ...(row.violationType === violationType ? (['VIOLATION'] as const) : []),
      ],
    }))
    .toSorted(
      (left, right) =>
        right.inCommon.length - left.inCommon.length ||
        (right.row.decidedAt?.getTime() ?? 0) - (left.row.decidedAt?.getTime() ?? 0),
    )
    .slice(0, SHOWN);
  const names = await readNames(
    database,
    ranked.flatMap(({ row }) => peopleOf(row)),
  );
  const moment = momentOf(clock);
  return ranked.map(({ row, inCommon }) => {
    const [decision] = row.decisions;
    return {
      case: toCaseSummary(row, moment, names),
      ...(decision === undefined ? {} : { decision: toCaseDecisionView(decision) }),
      because: inCommon.map((one) => WORDS[one]),
      inCommon,
    };
  });
}
