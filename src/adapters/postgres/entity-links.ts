import { LINK_REASONS, type LinkReason } from '../../domain/link-reasons.ts';
import type { EntityKind, LinkGraph } from '../../domain/views/search-view.ts';
import type { Reach } from '../../pipeline/casework/reviewer.ts';
import { withinReach } from './case-reach.ts';
import type { Database } from './database.ts';
import type { EntityRef } from './entity-queries.ts';
import { isVisible } from './entity-timeline.ts';
import { Prisma } from './generated/client.ts';

/** Neighbours of one kind that a graph shows; more of them would only be a cloud. */
const SHOWN = 30;

interface LinkRow {
  readonly kind: EntityKind;
  readonly id: string;
  readonly reason: LinkReason;
}

const name = ({ kind, id }: EntityRef): string => `${kind}/${id}`;

/**
 * What is linked to an entity in one step, and what is linked to those in a second. A link that only cases out of reach
 * know of is left out; undefined where the entity itself is such a case.
 */
export async function readLinks(database: Database, ref: EntityRef, reach: Reach): Promise<LinkGraph | undefined> {
  if (!(await isVisible(database, ref, reach))) return undefined;
  const isSeen = withinReach(reach);
  const nodes = new Map<string, LinkGraph['nodes'][number]>([[name(ref), { ...ref, title: ref.id, distance: 0 }]]);
  const edges = new Map<string, LinkGraph['edges'][number]>();
  let isCut = false;
  let ring: readonly EntityRef[] = [ref];
  for (const distance of [1, 2]) {
    const next: EntityRef[] = [];
    for (const from of ring) {
      const rows = await neighboursOf(database, from, isSeen);
      if (rows.length >= SHOWN) isCut = true;
      for (const { kind, id, reason } of rows) {
        const to = { kind, id };
        if (name(to) === name(from)) continue;
        if (!nodes.has(name(to))) {
          if (nodes.size >= SHOWN * 5) {
            isCut = true;
            continue;
          }
          nodes.set(name(to), { ...to, title: id, distance });
          // What hundreds share says little: the second step goes on from the few.
          if (rows.length < SHOWN) next.push(to);
        }
        const [left, right] = [name(from), name(to)].toSorted();
        edges.set(`${left} ${right} ${reason}`, { from: name(from), to: name(to), why: LINK_REASONS[reason], reason });
      }
    }
    ring = next.slice(0, SHOWN);
  }
  const titles = await readTitles(database, [...nodes.values()]);
  return {
    nodes: [...nodes.values()].map((node) => ({ ...node, ...titles.get(name(node)) })),
    edges: [...edges.values()],
    isCut,
  };
}

async function neighboursOf(
  database: Database,
  { kind, id }: EntityRef,
  isSeen: Prisma.Sql,
): Promise<readonly LinkRow[]> {
  const parts = LINKS[kind]?.(id, isSeen) ?? [];
  if (parts.length === 0) return [];
  const limited = parts.map((part) => Prisma.sql`(${part} LIMIT ${SHOWN})`);
  return database.$queryRaw<LinkRow[]>`${Prisma.join(limited, ' UNION ALL ')}`;
}

/** Links of each kind of entity, by what is stored; `isSeen` bounds what cases tell. */
const LINKS: Partial<Record<EntityKind, (id: string, isSeen: Prisma.Sql) => Prisma.Sql[]>> = {
  SELLER: (id, isSeen) => [
    Prisma.sql`SELECT 'SELLER' AS kind, o.id, 'SAME_LEGAL_ENTITY' AS reason FROM seller s JOIN seller o ON o."legalId" = s."legalId"
      WHERE s.id = ${id} AND o.id <> ${id}`,
    Prisma.sql`SELECT 'ACCOUNT', id, 'RUNS_STORE' FROM account WHERE "sellerId" = ${id}`,
    Prisma.sql`SELECT DISTINCT 'MARK', "markId", 'CASES_ABOUT_MARK' FROM "case" WHERE "sellerId" = ${id} AND "markId" IS NOT NULL AND ${isSeen}`,
    Prisma.sql`SELECT DISTINCT 'RING', "subjectId", 'RING_ABOUT_SELLER' FROM "case" WHERE "sellerId" = ${id} AND "subjectKind" = 'RING' AND ${isSeen}`,
    Prisma.sql`SELECT DISTINCT 'SELLER', l2."sellerId", 'SAME_PICTURE' FROM listing l
      JOIN listing_picture p ON p."listingId" = l.id AND p."listingVersion" = l.version
      JOIN listing_picture p2 ON p2."contentSha256" = p."contentSha256" AND p2."listingId" <> l.id
      JOIN listing l2 ON l2.id = p2."listingId" AND l2.version = p2."listingVersion"
      WHERE l."sellerId" = ${id} AND l2."sellerId" <> ${id}`,
  ],
  ACCOUNT: (id) => [
    Prisma.sql`SELECT 'SELLER' AS kind, "sellerId" AS id, 'RUNS_STORE' AS reason FROM account WHERE id = ${id} AND "sellerId" IS NOT NULL`,
    Prisma.sql`SELECT 'ACCOUNT', o.id, 'SAME_HAND' FROM account a JOIN account o ON o."clusterId" = a."clusterId"
      WHERE a.id = ${id} AND o.id <> ${id}`,
    Prisma.sql`SELECT 'RING', id, 'RING_MEMBER' FROM ring WHERE "memberAccountIds" @> ARRAY[${id}]::text[] AND "mergedIntoId" IS NULL`,
    Prisma.sql`SELECT DISTINCT 'SELLER', "sellerId", 'REVIEWED_SELLER' FROM review WHERE "accountId" = ${id}`,
    Prisma.sql`SELECT DISTINCT 'SELLER', "sellerId", 'BOUGHT_FROM_SELLER' FROM "order" WHERE "accountId" = ${id}`,
  ],
  LISTING: (id) => [
    Prisma.sql`SELECT 'SELLER' AS kind, "sellerId" AS id, 'OFFERED_BY' AS reason FROM listing WHERE id = ${id}`,
    Prisma.sql`SELECT DISTINCT 'LISTING', o."listingId", 'SAME_PICTURE' FROM listing_picture p
      JOIN listing_picture o ON o."contentSha256" = p."contentSha256" AND o."listingId" <> p."listingId" WHERE p."listingId" = ${id}`,
    Prisma.sql`SELECT DISTINCT 'MARK', "markId", 'FOUND_BESIDE_MARK' FROM finding
      WHERE "subjectKind" = 'LISTING' AND "subjectId" = ${id} AND "markId" IS NOT NULL`,
    Prisma.sql`SELECT DISTINCT 'ACCOUNT', "accountId", 'REVIEWED' FROM review WHERE "listingId" = ${id}`,
  ],
  REVIEW: (id) => [
    Prisma.sql`SELECT 'ACCOUNT' AS kind, "accountId" AS id, 'WROTE' AS reason FROM review WHERE id = ${id}`,
    Prisma.sql`SELECT 'LISTING', "listingId", 'ABOUT_LISTING' FROM review WHERE id = ${id}`,
  ],
  ORDER: (id) => [
    Prisma.sql`SELECT 'ACCOUNT' AS kind, "accountId" AS id, 'BOUGHT' AS reason FROM "order" WHERE id = ${id}`,
    Prisma.sql`SELECT 'LISTING', "listingId", 'OF_LISTING' FROM "order" WHERE id = ${id}`,
  ],
  MARK: (id, isSeen) => [
    Prisma.sql`SELECT DISTINCT 'SELLER' AS kind, "sellerId" AS id, 'CASES_ABOUT_MARK' AS reason FROM "case"
      WHERE "markId" = ${id} AND "sellerId" IS NOT NULL AND ${isSeen}`,
  ],
  RING: (id, isSeen) => [
    Prisma.sql`SELECT 'ACCOUNT' AS kind, unnest("memberAccountIds") AS id, 'RING_MEMBER' AS reason FROM ring WHERE id = ${id}`,
    Prisma.sql`SELECT DISTINCT 'SELLER', "sellerId", 'RING_ABOUT_SELLER' FROM "case"
      WHERE "subjectKind" = 'RING' AND "subjectId" = ${id} AND "sellerId" IS NOT NULL AND ${isSeen}`,
  ],
  CLUSTER: (id) => [
    Prisma.sql`SELECT 'ACCOUNT' AS kind, id, 'SAME_HAND' AS reason FROM account WHERE "clusterId" = ${id}`,
  ],
  CASE: (id) => [
    Prisma.sql`SELECT DISTINCT k."subjectKind" AS kind, k."subjectId" AS id, 'IN_CASE' AS reason FROM case_item i
      JOIN "check" k ON k.id = i."checkId" WHERE i."caseId" = ${id}`,
    Prisma.sql`SELECT 'SELLER', "sellerId", 'ABOUT_SELLER' FROM "case" WHERE id = ${id} AND "sellerId" IS NOT NULL`,
    Prisma.sql`SELECT 'MARK', "markId", 'ABOUT_MARK' FROM "case" WHERE id = ${id} AND "markId" IS NOT NULL`,
  ],
};

/** Titles and states of the kinds that have them. */
async function readTitles(
  database: Database,
  refs: readonly EntityRef[],
): Promise<ReadonlyMap<string, { readonly title: string; readonly status?: string }>> {
  const idsOf = (kind: EntityKind): string[] => refs.filter((ref) => ref.kind === kind).map(({ id }) => id);
  const rows = await database.$queryRaw<
    { kind: EntityKind; id: string; title: string | null; status: string | null }[]
  >`
    SELECT 'SELLER' AS kind, id, payload->>'storeName' AS title, standing AS status FROM seller WHERE id = ANY(${idsOf('SELLER')})
    UNION ALL SELECT 'LISTING', id, title, publication FROM listing WHERE id = ANY(${idsOf('LISTING')})
    UNION ALL SELECT 'ACCOUNT', id, id, standing FROM account WHERE id = ANY(${idsOf('ACCOUNT')})
    UNION ALL SELECT 'MARK', id, payload->'wordMarkSpecification'->>'markVerbalElementText', NULL FROM mark
      WHERE id = ANY(${idsOf('MARK')})`;
  return new Map(
    rows.map(({ kind, id, title, status }) => [
      name({ kind, id }),
      { title: title ?? id, ...(status === null ? {} : { status }) },
    ]),
  );
}
