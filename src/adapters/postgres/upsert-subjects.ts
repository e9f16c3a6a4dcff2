import type { IntakeKind } from '../../domain/subject.ts';
import type { StorableSubject } from '../../pipeline/intake-store.ts';
import type { Transaction } from './database.ts';

/** How a kind of subject is laid out in its table. */
interface SubjectTable {
  readonly table: string;
  /** Columns with their SQL types, beside id, version, contentSha256 and receivedAt. */
  readonly columns: Readonly<Record<string, string>>;
  /** Further assignments when a stored subject changes. */
  readonly onChange?: string;
}

const TABLES: Readonly<Record<IntakeKind, SubjectTable>> = {
  SELLER: {
    table: 'seller',
    columns: { legalId: 'text', payload: 'jsonb', registeredAt: 'timestamptz', isPlaceholder: 'boolean' },
  },
  LISTING: {
    table: 'listing',
    columns: {
      sellerId: 'text',
      title: 'text',
      payload: 'jsonb',
      category: 'text',
      priceMinor: 'bigint',
      currency: 'text',
      publication: 'text',
      createdAt: 'timestamptz',
    },
    // What was taken down stays down until its new version has been judged.
    onChange: `publication = CASE WHEN t.publication IN ('DISABLED', 'REMOVED') THEN t.publication ELSE 'PENDING' END`,
  },
  REVIEW: {
    table: 'review',
    columns: {
      listingId: 'text',
      sellerId: 'text',
      accountId: 'text',
      orderId: 'text',
      payload: 'jsonb',
      stars: 'int',
      createdAt: 'timestamptz',
    },
  },
  ACCOUNT: {
    table: 'account',
    columns: { kind: 'text', sellerId: 'text', pseudonymous: 'jsonb', registeredAt: 'timestamptz' },
  },
  ORDER: {
    table: '"order"',
    columns: { listingId: 'text', sellerId: 'text', accountId: 'text', payload: 'jsonb', placedAt: 'timestamptz' },
  },
};

/** The values of a subject by column name of its table. */
function toRow(subject: StorableSubject): Record<string, unknown> {
  const { kind, item, contentSha256 } = subject;
  switch (kind) {
    case 'SELLER':
      return { ...item, payload: item, contentSha256, isPlaceholder: false };
    case 'LISTING':
      return { ...item, payload: item, contentSha256, publication: 'PENDING' };
    case 'REVIEW':
    case 'ORDER':
      return { ...item, payload: item, contentSha256 };
    case 'ACCOUNT':
      return { ...item, pseudonymous: item, contentSha256 };
    default:
      return kind satisfies never;
  }
}

const quote = (column: string): string => `"${column}"`;

/**
 * Inserts or updates subjects of one kind in one statement and gives id → version of those that are new or changed.
 * A subject with the content that is stored already is left alone and not among the answer.
 */
export async function upsertSubjects(
  tx: Transaction,
  subjects: readonly StorableSubject[],
  nowMs: number,
): Promise<ReadonlyMap<string, number>> {
  const kind = subjects[0]?.kind;
  if (kind === undefined) return new Map();
  const { table, columns, onChange } = TABLES[kind];
  const names = [...Object.keys(columns), 'contentSha256'];
  const record = [
    'id text',
    '"contentSha256" text',
    ...Object.entries(columns).map(([column, type]) => `${quote(column)} ${type}`),
  ].join(', ');
  // Rows in the order of their ids, so that two batches never wait for each other in a circle.
  const rows = subjects.map(toRow).sort((left, right) => (String(left['id']) < String(right['id']) ? -1 : 1));
  const assignments = [
    'version = t.version + 1',
    ...names
      .filter((column) => column !== 'publication')
      .map((column) => `${quote(column)} = EXCLUDED.${quote(column)}`),
    '"receivedAt" = EXCLUDED."receivedAt"',
    ...(onChange === undefined ? [] : [onChange]),
  ].join(', ');
  const columnList = names.map(quote).join(', ');
  const changed = await tx.$queryRawUnsafe<{ id: string; version: number }[]>(
    `INSERT INTO ${table} AS t (id, version, "receivedAt", ${columnList})
     SELECT r.id, 1, $2::timestamptz, ${names.map((column) => `r.${quote(column)}`).join(', ')}
     FROM jsonb_to_recordset($1::jsonb) AS r(${record})
     ON CONFLICT (id) DO UPDATE SET ${assignments}
     WHERE t."contentSha256" <> EXCLUDED."contentSha256"
     RETURNING t.id, t.version`,
    JSON.stringify(rows),
    new Date(nowMs).toISOString(),
  );
  return new Map(changed.map(({ id, version }) => [id, version]));
}
