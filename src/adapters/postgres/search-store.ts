import type { EntityKind, SearchHit } from '../../domain/views/search-view.ts';
import type { Reach } from '../../pipeline/casework/reviewer.ts';
import type { SearchStore } from '../../pipeline/casework/search-store.ts';
import type { CaseClock } from './case-clock.ts';
import { withinReach } from './case-reach.ts';
import type { Database } from './database.ts';
import { readEntity } from './entity-queries.ts';
import { readLinks } from './entity-links.ts';
import { readTimeline } from './entity-timeline.ts';
import { Prisma } from './generated/client.ts';
import { gistIn, readGists } from './case-gists.ts';

/** Rows of a table up to which a search by likeness reads all of them; no extension of the engine is needed for it. */
const LIKENESS_ROWS = 200_000;

interface HitRow {
  readonly id: string;
  readonly title: string | null;
  readonly detail: string | null;
  readonly status: string | null;
  readonly sellerId: string | null;
}

interface Source {
  readonly table: string;
  /** Columns of a hit; the same expressions are indexed by a migration. */
  readonly columns: Prisma.Sql;
  /** The text that words are looked for in; the very expression of its index. */
  readonly words?: Prisma.Sql;
}

const SOURCES: Readonly<Record<Exclude<EntityKind, 'CLUSTER'>, Source>> = {
  CASE: {
    table: 'case',
    columns: Prisma.sql`id, summary AS title, queue AS detail, state AS status, "sellerId"`,
    words: Prisma.sql`summary`,
  },
  LISTING: {
    table: 'listing',
    columns: Prisma.sql`id, title, COALESCE(category, '') AS detail, publication AS status, "sellerId"`,
    words: Prisma.sql`title`,
  },
  SELLER: {
    table: 'seller',
    columns: Prisma.sql`id, COALESCE(payload->>'storeName', id) AS title, "legalId" AS detail, standing AS status, id AS "sellerId"`,
    words: Prisma.sql`(payload->>'storeName')`,
  },
  REVIEW: {
    table: 'review',
    columns: Prisma.sql`id, left(payload->>'text', 120) AS title, stars::text || ' ★ ' || "listingId" AS detail,
      authenticity AS status, "sellerId"`,
    words: Prisma.sql`(payload->>'text')`,
  },
  ACCOUNT: {
    table: 'account',
    columns: Prisma.sql`id, id AS title, kind AS detail, standing AS status, "sellerId"`,
  },
  ORDER: {
    table: 'order',
    columns: Prisma.sql`id, id AS title, "listingId" AS detail, NULL AS status, "sellerId"`,
  },
  MARK: {
    table: 'mark',
    columns: Prisma.sql`id, payload->'wordMarkSpecification'->>'markVerbalElementText' AS title,
      COALESCE(payload->>'registrationNumber', '') AS detail,
      CASE WHEN "isWithdrawn" THEN 'WITHDRAWN' ELSE payload->>'markCurrentStatusCode' END AS status, NULL AS "sellerId"`,
    words: Prisma.sql`(payload->'wordMarkSpecification'->>'markVerbalElementText')`,
  },
  RING: {
    table: 'ring',
    columns: Prisma.sql`id, id AS title, direction AS detail, NULL AS status, NULL AS "sellerId"`,
  },
};

/** Cases out of reach are not found, neither by name nor by word. */
const seenOf = (kind: EntityKind, reach: Reach): Prisma.Sql =>
  kind === 'CASE' ? withinReach(reach) : Prisma.sql`true`;

/** `acme bag` as words of which the last may go on: `'acme' & 'bag':*`. */
const toWordQuery = (text: string): string | undefined => {
  const words = text.match(/[\p{L}\p{N}]+/gu);
  if (words === null) return undefined;
  return words.map((word, i) => `'${word}'${i === words.length - 1 ? ':*' : ''}`).join(' & ');
};

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Search over everything that is stored, and the pages of what was found. */
export function postgresSearchStore(database: Database, clock: CaseClock): SearchStore {
  async function findOf(
    kind: Exclude<EntityKind, 'CLUSTER'>,
    { text, limit }: { readonly text: string; readonly limit: number },
    reach: Reach,
  ): Promise<SearchHit[]> {
    const { table, columns, words } = SOURCES[kind];
    const from = Prisma.raw(`"${table}"`);
    const seen = seenOf(kind, reach);
    const toHit =
      (match: SearchHit['match']) =>
      (row: HitRow): SearchHit => ({
        kind,
        id: row.id,
        title: row.title ?? row.id,
        detail: row.detail ?? '',
        ...(row.status === null ? {} : { status: row.status }),
        ...(row.sellerId === null ? {} : { sellerId: row.sellerId }),
        match,
      });
    const exact = await database.$queryRaw<HitRow[]>`SELECT ${columns} FROM ${from} WHERE id = ${text} AND ${seen}`;
    const found = exact.map(toHit('EXACT'));
    const query = toWordQuery(text);
    if (words === undefined || query === undefined) return found;
    const byWord = await database.$queryRaw<HitRow[]>`
      SELECT ${columns} FROM ${from}
      WHERE to_tsvector('simple', ${words}) @@ to_tsquery('simple', ${query}) AND ${seen} LIMIT ${limit}`;
    found.push(...byWord.map(toHit('WORD')));
    if (found.length > 0 || text.length < 3) return dedupe(found);
    const [size] = await database.$queryRaw<{ rows: number }[]>`
      SELECT GREATEST(0, reltuples)::float8 AS rows FROM pg_class WHERE oid = ${`public."${table}"`}::regclass`;
    if ((size?.rows ?? 0) > LIKENESS_ROWS) return found;
    const like = await database.$queryRaw<HitRow[]>`
      SELECT ${columns} FROM ${from} WHERE ${words} ILIKE ${`%${escapeLike(text)}%`} AND ${seen} LIMIT ${limit}`;
    return like.map(toHit('SIMILAR'));
  }

  return {
    async search({ text, kinds, limit }, reach) {
      const hits: SearchHit[] = [];
      for (const kind of kinds) if (kind !== 'CLUSTER') hits.push(...(await findOf(kind, { text, limit }, reach)));
      const rank = { EXACT: 0, WORD: 1, SIMILAR: 2 };
      const gists = await readGists(
        database,
        hits.flatMap(({ kind, id }) => (kind === 'CASE' ? [id] : [])),
      );
      return hits
        .map((hit) => (hit.kind === 'CASE' ? { ...hit, ...gistIn(gists, hit.id) } : hit))
        .toSorted((left, right) => rank[left.match] - rank[right.match]);
    },
    entity: (kind, id, reach) => readEntity(database, clock, { kind, id }, reach),
    timeline: (kind, id, page, reach) => readTimeline(database, { kind, id }, page, reach),
    links: (kind, id, reach) => readLinks(database, { kind, id }, reach),
  };
}

function dedupe(hits: readonly SearchHit[]): SearchHit[] {
  const seen = new Set<string>();
  return hits.filter(({ kind, id }) => {
    const name = `${kind}/${id}`;
    return seen.has(name) ? false : seen.add(name) !== undefined;
  });
}
