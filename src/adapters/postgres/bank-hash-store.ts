import { hashFromHex, hashToHex } from '../../detectors/image/hash256.ts';
import type { ListedPicture } from '../../detectors/image/pdq-list.ts';
import type { BankHashStore, ExchangedBank, ImportFacts, StorableHash } from '../../pipeline/exchange-bank.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { missingReferences } from './missing-references.ts';

/** Rows that an export reads at once. */
const PAGE_ROWS = 5_000;

/** Keeps the pictures of which only hashes are known, and reads banks for others. */
export function postgresBankHashStore(database: Database, ids: IdSource): BankHashStore {
  return {
    saveHashes: (bank, rows, told) => inTransaction(database, (tx) => saveHashes(tx, ids, { bank, rows, ...told })),
    missingReferences: (entry) => missingReferences(database, entry),
    async disableList(bank, list) {
      const { count } = await database.bankHash.updateMany({
        where: { bank, list, isEnabled: true },
        data: { isEnabled: false },
      });
      return count;
    },
    async *exportBank(bank) {
      yield* exportPictures(database, bank);
      yield* exportHashes(database, bank);
    },
  };
}

async function saveHashes(
  tx: Transaction,
  ids: IdSource,
  {
    bank,
    rows,
    facts,
    nowMs,
  }: {
    readonly bank: ExchangedBank;
    readonly rows: readonly StorableHash[];
    readonly facts: ImportFacts;
    readonly nowMs: number;
  },
): Promise<{ accepted: number; unchanged: number }> {
  const now = new Date(nowMs);
  const payload = rows
    .map(({ id, pdq, md5, quality, label }) => ({
      id,
      pdq: pdq === undefined ? null : hashToHex(pdq),
      md5: md5 ?? null,
      quality: quality ?? null,
      label,
    }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const changed = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO bank_hash AS h (id, bank, list, "markId", "rightsHolderId", pdq, md5, quality, label, "uploadedAt")
    SELECT r.id, ${bank}, ${facts.list}, ${facts.markId ?? null}, ${facts.rightsHolderId ?? null},
      r.pdq, r.md5, r.quality, r.label, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(payload)}::jsonb)
      AS r(id text, pdq text, md5 text, quality int, label text)
    ON CONFLICT (id) DO UPDATE SET "markId" = EXCLUDED."markId", "rightsHolderId" = EXCLUDED."rightsHolderId",
      quality = EXCLUDED.quality, label = EXCLUDED.label, "isEnabled" = true
    WHERE (h."markId", h."rightsHolderId", h.quality, h.label, h."isEnabled") IS DISTINCT FROM
      (EXCLUDED."markId", EXCLUDED."rightsHolderId", EXCLUDED.quality, EXCLUDED.label, true)
    RETURNING h.id`;
  if (changed.length > 0) {
    await tx.outboxMessage.create({
      data: {
        topic: 'picture-rescan',
        key: ids.next(),
        payload: { bankHashIds: changed.map(({ id }) => id) },
        createdAt: now,
      },
    });
  }
  return { accepted: changed.length, unchanged: rows.length - changed.length };
}

async function* exportPictures(database: Database, bank: ExchangedBank): AsyncGenerator<ListedPicture> {
  for (let afterId = ''; ;) {
    const rows = await database.bankPicture.findMany({
      where: { bank, isEnabled: true, id: { gt: afterId } },
      orderBy: { id: 'asc' },
      take: PAGE_ROWS,
      select: { id: true, ownerLabel: true, picture: { select: { pdq: true, pdqQuality: true, md5: true } } },
    });
    for (const { ownerLabel, picture } of rows) {
      if (picture.pdq === null && picture.md5 === null) continue;
      yield toListed({ ...picture, quality: picture.pdqQuality, label: ownerLabel });
    }
    if (rows.length < PAGE_ROWS) return;
    afterId = rows.at(-1)!.id;
  }
}

async function* exportHashes(database: Database, bank: ExchangedBank): AsyncGenerator<ListedPicture> {
  for (let afterId = ''; ;) {
    const rows = await database.bankHash.findMany({
      where: { bank, isEnabled: true, id: { gt: afterId } },
      orderBy: { id: 'asc' },
      take: PAGE_ROWS,
    });
    for (const row of rows) yield toListed(row);
    if (rows.length < PAGE_ROWS) return;
    afterId = rows.at(-1)!.id;
  }
}

/** A row as the index and the lists have it. */
export function toListed(row: {
  readonly pdq: string | null;
  readonly md5: string | null;
  readonly quality: number | null;
  readonly label: string;
}): ListedPicture {
  const pdq = row.pdq === null ? undefined : hashFromHex(row.pdq);
  return {
    label: row.label,
    ...(pdq === undefined ? {} : { pdq }),
    ...(row.md5 === null ? {} : { md5: row.md5 }),
    ...(row.quality === null ? {} : { quality: row.quality }),
  };
}
