import type { SubjectKind } from '../../domain/finding.ts';
import type { ItemSetting } from '../../pipeline/check-store.ts';
import type { Database } from './database.ts';
import { unlessNull } from './stored-json.ts';

/** Letters of a description from which its language is told. */
const READ_LETTERS = 1_000;

interface SettingRow {
  readonly market: string | null;
  readonly language: string | null;
  readonly destinations: readonly string[] | null;
  readonly text: string | null;
}

/** Whom an item concerns and what there is to read in it, in one statement. */
export async function readItemSetting(
  database: Database,
  { kind, id }: { readonly kind: SubjectKind; readonly id: string },
  sellerId?: string,
): Promise<ItemSetting> {
  const listingId = kind === 'LISTING' ? id : null;
  const reviewId = kind === 'REVIEW' ? id : null;
  const [row] = await database.$queryRaw<SettingRow[]>`
    SELECT s.payload->>'country' AS market, COALESCE(l.payload->>'language', r.payload->>'language') AS language,
      l.payload->'destinations' AS destinations,
      COALESCE(l.title || '. ' || left(COALESCE(l.payload->>'description', ''), ${READ_LETTERS}::int),
        left(r.payload->>'text', ${READ_LETTERS}::int)) AS text
    FROM (SELECT 1) AS one
    LEFT JOIN seller s ON s.id = ${sellerId ?? null}
    LEFT JOIN listing l ON l.id = ${listingId}
    LEFT JOIN review r ON r.id = ${reviewId}`;
  const { market = null, language = null, destinations = null, text = null } = row ?? {};
  return {
    ...unlessNull('market', market),
    ...unlessNull('statedLanguage', language),
    destinations: destinations ?? [],
    text: text ?? '',
  };
}
