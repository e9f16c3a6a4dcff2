import type { CreditTier } from '../../domain/credit.ts';
import { isSubjectKind, type EntityKind, type EntityView } from '../../domain/views/search-view.ts';
import type { Reach } from '../../pipeline/casework/reviewer.ts';
import { WAITING_STATES } from '../../pipeline/queries.ts';
import { peopleOf, toCaseSummary, WITH_COUNT } from './case-queries.ts';
import { type CaseClock, momentOf } from './case-clock.ts';
import { whereWithinReach } from './case-reach.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { readNames } from './read-names.ts';
import { asStored } from './stored-json.ts';
import { gistIn, readGists } from './case-gists.ts';

export interface EntityRef {
  readonly kind: EntityKind;
  readonly id: string;
}

interface EntityCore {
  readonly title: string;
  readonly status?: string;
  readonly sellerId?: string;
  readonly payload?: Record<string, unknown>;
  readonly counts: Record<string, number>;
}

/** Open cases that the page of an entity shows. */
const SHOWN_CASES = 20;

/** Everything about one entity; undefined where there is none, or where it is a case out of reach. */
export async function readEntity(
  database: Database,
  clock: CaseClock,
  ref: EntityRef,
  reach: Reach,
): Promise<EntityView | undefined> {
  const core = await readCore(database, ref);
  if (core === undefined) return undefined;
  const where: Prisma.CaseWhereInput = {
    AND: [casesOf(ref), whereWithinReach(reach)],
  };
  const open = await database.case.findMany({
    where: { AND: [where, { state: { in: [...WAITING_STATES] } }] },
    include: WITH_COUNT,
    orderBy: [{ priority: 'desc' }, { id: 'asc' }],
    take: SHOWN_CASES,
  });
  if (ref.kind === 'CASE' && (await database.case.count({ where })) === 0) return undefined;
  const names = await readNames(database, open.flatMap(peopleOf));
  const gists = await readGists(
    database,
    open.map(({ id }) => id),
  );
  const snapshot =
    core.sellerId === undefined
      ? null
      : await database.creditSnapshot.findUnique({ where: { sellerId: core.sellerId }, omit: { report: true } });
  const moment = momentOf(clock);
  return {
    ...ref,
    ...core,
    ...(snapshot === null ? {} : { credit: { score: snapshot.score, tier: snapshot.tier as CreditTier } }),
    openCases: open.map((row) => ({ ...toCaseSummary(row, moment, names), ...gistIn(gists, row.id) })),
    pastCases: await database.case.count({ where: { AND: [where, { state: { notIn: [...WAITING_STATES] } }] } }),
  };
}

/** Cases that are about an entity. */
function casesOf({ kind, id }: EntityRef): Prisma.CaseWhereInput {
  if (kind === 'CASE') return { id };
  if (kind === 'SELLER') return { sellerId: id };
  if (kind === 'MARK') return { markId: id };
  return {
    OR: [
      ...(isSubjectKind(kind) ? [{ subjectKind: kind, subjectId: id }] : []),
      { items: { some: { check: { subjectKind: kind, subjectId: id } } } },
    ],
  };
}

const record = (value: unknown): Record<string, unknown> => asStored<Record<string, unknown>>(value);

async function readCore(database: Database, { kind, id }: EntityRef): Promise<EntityCore | undefined> {
  switch (kind) {
    case 'CASE': {
      const row = await database.case.findUnique({ where: { id }, include: WITH_COUNT });
      if (row === null) return undefined;
      const { sellerId } = row;
      const counts = { items: row._count.items };
      return { title: row.summary, status: row.state, ...(sellerId === null ? {} : { sellerId }), counts };
    }
    case 'LISTING': {
      const row = await database.listing.findUnique({ where: { id } });
      if (row === null) return undefined;
      const counts = { reviews: await database.review.count({ where: { listingId: id } }), versions: row.version };
      const { title, publication: status, sellerId } = row;
      return { title, status, sellerId, payload: record(row.payload), counts };
    }
    case 'SELLER': {
      const row = await database.seller.findUnique({ where: { id } });
      if (row === null) return undefined;
      const title = asStored<{ storeName?: string }>(row.payload).storeName ?? id;
      const counts = {
        listings: await database.listing.count({ where: { sellerId: id } }),
        reviews: await database.review.count({ where: { sellerId: id } }),
        accounts: await database.account.count({ where: { sellerId: id } }),
        stores: await database.seller.count({ where: { legalId: row.legalId } }),
      };
      return { title, status: row.standing, sellerId: id, payload: record(row.payload), counts };
    }
    case 'REVIEW': {
      const row = await database.review.findUnique({ where: { id } });
      if (row === null) return undefined;
      const { sellerId, authenticity: status } = row;
      return { title: `${row.stars} ★ ${row.listingId}`, status, sellerId, payload: record(row.payload), counts: {} };
    }
    case 'ACCOUNT': {
      const row = await database.account.findUnique({ where: { id } });
      if (row === null) return undefined;
      const { sellerId, standing: status } = row;
      const counts = {
        reviews: await database.review.count({ where: { accountId: id } }),
        orders: await database.order.count({ where: { accountId: id } }),
      };
      // Hashes of identifiers tell a reader nothing and stay where they are.
      return { title: id, status, ...(sellerId === null ? {} : { sellerId }), payload: { kind: row.kind }, counts };
    }
    case 'ORDER': {
      const row = await database.order.findUnique({ where: { id }, include: { _count: { select: { events: true } } } });
      if (row === null) return undefined;
      return { title: id, sellerId: row.sellerId, payload: record(row.payload), counts: { events: row._count.events } };
    }
    case 'MARK': {
      const row = await database.mark.findUnique({ where: { id } });
      if (row === null) return undefined;
      const payload = record(row.payload);
      const words = asStored<{ markVerbalElementText?: string } | undefined>(payload['wordMarkSpecification']);
      const counts = { pictures: await database.bankPicture.count({ where: { markId: id, isEnabled: true } }) };
      const status = row.isWithdrawn ? 'WITHDRAWN' : asStored<string | undefined>(payload['markCurrentStatusCode']);
      return {
        title: words?.markVerbalElementText ?? id,
        ...(status === undefined ? {} : { status }),
        payload,
        counts,
      };
    }
    case 'RING': {
      const row = await database.ring.findUnique({ where: { id } });
      if (row === null) return undefined;
      return { title: id, status: row.direction, counts: { members: row.memberAccountIds.length } };
    }
    case 'CLUSTER': {
      const members = await database.account.count({ where: { clusterId: id } });
      return members === 0 ? undefined : { title: id, counts: { members } };
    }
    default:
      return kind satisfies never;
  }
}
