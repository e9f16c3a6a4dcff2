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
  readonly why: string;
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
      for (const { kind, id, why } of rows) {
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
        edges.set(`${left} ${right} ${why}`, { from: name(from), to: name(to), why });
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
    Prisma.sql`SELECT 'SELLER' AS kind, o.id, 'the same legal entity' AS why FROM seller s JOIN seller o ON o."legalId" = s."legalId"
      WHERE s.id = ${id} AND o.id <> ${id}`,
    Prisma.sql`SELECT 'ACCOUNT', id, 'runs the store' FROM account WHERE "sellerId" = ${id}`,
    Prisma.sql`SELECT DISTINCT 'MARK', "markId", 'cases about the mark' FROM "case" WHERE "sellerId" = ${id} AND "markId" IS NOT NULL AND ${isSeen}`,
    Prisma.sql`SELECT DISTINCT 'RING', "subjectId", 'a ring about the seller' FROM "case" WHERE "sellerId" = ${id} AND "subjectKind" = 'RING' AND ${isSeen}`,
    Prisma.sql`SELECT DISTINCT 'SELLER', l2."sellerId", 'the same picture' FROM listing l
      JOIN listing_picture p ON p."listingId" = l.id AND p."listingVersion" = l.version
      JOIN listing_picture p2 ON p2."contentSha256" = p."contentSha256" AND p2."listingId" <> l.id
      JOIN listing l2 ON l2.id = p2."listingId" AND l2.version = p2."listingVersion"
      WHERE l."sellerId" = ${id} AND l2."sellerId" <> ${id}`,
  ],
  ACCOUNT: (id) => [
    Prisma.sql`SELECT 'SELLER' AS kind, "sellerId" AS id, 'runs the store' AS why FROM account WHERE id = ${id} AND "sellerId" IS NOT NULL`,
    Prisma.sql`SELECT 'ACCOUNT', o.id, 'the same hand' FROM account a JOIN account o ON o."clusterId" = a."clusterId"
      WHERE a.id = ${id} AND o.id <> ${id}`,
    Prisma.sql`SELECT 'RING', id, 'a member of the ring' FROM ring WHERE "memberAccountIds" @> ARRAY[${id}]::text[] AND "mergedIntoId" IS NULL`,
    Prisma.sql`SELECT DISTINCT 'SELLER', "sellerId", 'reviewed the seller' FROM review WHERE "accountId" = ${id}`,
    Prisma.sql`SELECT DISTINCT 'SELLER', "sellerId", 'bought from the seller' FROM "order" WHERE "accountId" = ${id}`,
  ],
  LISTING: (id) => [
    Prisma.sql`SELECT 'SELLER' AS kind, "sellerId" AS id, 'offered by' AS why FROM listing WHERE id = ${id}`,
    Prisma.sql`SELECT DISTINCT 'LISTING', o."listingId", 'the same picture' FROM listing_picture p
      JOIN listing_picture o ON o."contentSha256" = p."contentSha256" AND o."listingId" <> p."listingId" WHERE p."listingId" = ${id}`,
    Prisma.sql`SELECT DISTINCT 'MARK', "markId", 'found beside the mark' FROM finding
      WHERE "subjectKind" = 'LISTING' AND "subjectId" = ${id} AND "markId" IS NOT NULL`,
    Prisma.sql`SELECT DISTINCT 'ACCOUNT', "accountId", 'reviewed it' FROM review WHERE "listingId" = ${id}`,
  ],
  REVIEW: (id) => [
    Prisma.sql`SELECT 'ACCOUNT' AS kind, "accountId" AS id, 'wrote it' AS why FROM review WHERE id = ${id}`,
    Prisma.sql`SELECT 'LISTING', "listingId", 'about the listing' FROM review WHERE id = ${id}`,
  ],
  ORDER: (id) => [
    Prisma.sql`SELECT 'ACCOUNT' AS kind, "accountId" AS id, 'bought' AS why FROM "order" WHERE id = ${id}`,
    Prisma.sql`SELECT 'LISTING', "listingId", 'of the listing' FROM "order" WHERE id = ${id}`,
  ],
  MARK: (id, isSeen) => [
    Prisma.sql`SELECT DISTINCT 'SELLER' AS kind, "sellerId" AS id, 'cases about the mark' AS why FROM "case"
      WHERE "markId" = ${id} AND "sellerId" IS NOT NULL AND ${isSeen}`,
  ],
  RING: (id, isSeen) => [
    Prisma.sql`SELECT 'ACCOUNT' AS kind, unnest("memberAccountIds") AS id, 'a member of the ring' AS why FROM ring WHERE id = ${id}`,
    Prisma.sql`SELECT DISTINCT 'SELLER', "sellerId", 'a ring about the seller' FROM "case"
      WHERE "subjectKind" = 'RING' AND "subjectId" = ${id} AND "sellerId" IS NOT NULL AND ${isSeen}`,
  ],
  CLUSTER: (id) => [
    Prisma.sql`SELECT 'ACCOUNT' AS kind, id, 'the same hand' AS why FROM account WHERE "clusterId" = ${id}`,
  ],
  CASE: (id) => [
    Prisma.sql`SELECT DISTINCT k."subjectKind" AS kind, k."subjectId" AS id, 'in the case' AS why FROM case_item i
      JOIN "check" k ON k.id = i."checkId" WHERE i."caseId" = ${id}`,
    Prisma.sql`SELECT 'SELLER', "sellerId", 'about the seller' FROM "case" WHERE id = ${id} AND "sellerId" IS NOT NULL`,
    Prisma.sql`SELECT 'MARK', "markId", 'about the mark' FROM "case" WHERE id = ${id} AND "markId" IS NOT NULL`,
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
