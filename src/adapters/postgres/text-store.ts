import type { SimilarText } from '../../detectors/brand/brand-facts.ts';
import { MIN_COMMON_SKETCH } from '../../detectors/brand/text-sketch.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Mark } from '../../domain/mark.ts';
import type { TextStore } from '../../pipeline/text-store.ts';
import type { Database } from './database.ts';

/** Candidates whose sketches are compared: a description that more listings share is a supplier's. */
const MAX_CANDIDATES = 1_000;
/** Texts that are compared letter by letter. */
const MAX_SIMILAR = 50;
const MAX_SIMILAR_OF_MARKS = 5;

/** The texts of listings and marks, filed under their terms and sketches in inverted (GIN) indexes. */
export function postgresTextStore(database: Database): TextStore {
  return {
    async isFiled(listingId, version) {
      const where = { listingId, version: { gte: version } };
      return (await database.listingText.count({ where })) > 0;
    },
    async file({ listingId, version }, { terms, sketch }) {
      await database.$executeRaw`
        INSERT INTO listing_text AS t ("listingId", version, terms, sketch)
        SELECT l.id, ${version}::int, ${[...terms]}::int[], ${[...sketch]}::int[] FROM listing l WHERE l.id = ${listingId}
        ON CONFLICT ("listingId") DO UPDATE
          SET version = EXCLUDED.version, terms = EXCLUDED.terms, sketch = EXCLUDED.sketch
          WHERE t.version < EXCLUDED.version`;
    },
    async similarTexts({ listingId, legalId, sketch }) {
      if (sketch.length === 0) return [];
      const sought = [...sketch];
      const listings = await database.$queryRaw<{ payload: Listing; legalId: string }[]>`
        WITH candidate AS MATERIALIZED (
          SELECT t."listingId", t.sketch FROM listing_text t WHERE t.sketch && ${sought}::int[] LIMIT ${MAX_CANDIDATES}
        ), counted AS (
          SELECT "listingId", (SELECT count(*) FROM unnest(sketch) hash WHERE hash = ANY(${sought}::int[])) AS common
          FROM candidate
        )
        SELECT l.payload, s."legalId" FROM counted c
        JOIN listing l ON l.id = c."listingId" JOIN seller s ON s.id = l."sellerId"
        WHERE c.common >= ${MIN_COMMON_SKETCH} AND l.id <> ${listingId} AND s."legalId" <> ${legalId}
        ORDER BY c.common DESC, l."createdAt", l.id LIMIT ${MAX_SIMILAR}`;
      const marks = await database.$queryRaw<{ payload: Mark; position: number }[]>`
        WITH counted AS (
          SELECT t."markId", t.position,
            (SELECT count(*) FROM unnest(t.sketch) hash WHERE hash = ANY(${sought}::int[])) AS common
          FROM mark_text t WHERE t.sketch && ${sought}::int[]
        )
        SELECT m.payload, c.position FROM counted c JOIN mark m ON m.id = c."markId"
        WHERE c.common >= ${MIN_COMMON_SKETCH} AND NOT m."isWithdrawn"
        ORDER BY c.common DESC, m.id, c.position LIMIT ${MAX_SIMILAR_OF_MARKS}`;
      return [...listings.map(ofListing), ...marks.flatMap(ofMark)];
    },
  };
}

const ofListing = ({ payload, legalId }: { payload: Listing; legalId: string }): SimilarText => ({
  kind: 'LISTING',
  listingId: payload.id,
  legalId,
  description: payload.description,
  createdAt: payload.createdAt,
});

const ofMark = ({ payload, position }: { payload: Mark; position: number }): SimilarText[] => {
  const text = payload.officialTexts[position];
  return text === undefined
    ? []
    : [
        {
          kind: 'MARK',
          mark: payload,
          description: text.text,
          ...(text.url === undefined ? {} : { url: text.url }),
        },
      ];
};
