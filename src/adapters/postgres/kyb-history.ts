import type { Seller } from '../../domain/seller.ts';
import type { StorableSubject } from '../../pipeline/intake-store.ts';
import type { Database, Transaction } from './database.ts';

/** Notes what the marketplace says of the papers of sellers that have changed, where it says another thing than before. */
export async function noteKyb(
  tx: Transaction,
  subjects: readonly StorableSubject[],
  { changed, now }: { readonly changed: ReadonlyMap<string, number>; readonly now: Date },
): Promise<void> {
  const rows = subjects.flatMap((subject) => {
    const version = changed.get(subject.item.id);
    return subject.kind === 'SELLER' && version !== undefined
      ? [{ sellerId: subject.item.id, version, kyb: subject.item.kyb }]
      : [];
  });
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO seller_kyb ("sellerId", version, kyb, "recordedAt")
    SELECT said."sellerId", said.version, said.kyb, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS said("sellerId" text, version int, kyb text)
    WHERE said.kyb IS DISTINCT FROM (
      SELECT k.kyb FROM seller_kyb k WHERE k."sellerId" = said."sellerId" ORDER BY k.version DESC LIMIT 1)
    ON CONFLICT DO NOTHING`;
}

/** What was said of the papers at a moment; before anything was, what was said first. */
export async function kybAt(database: Database, sellerId: string, atMs: number): Promise<Seller['kyb'] | undefined> {
  const where = { sellerId };
  const then = await database.sellerKyb.findFirst({
    where: { ...where, recordedAt: { lte: new Date(atMs) } },
    orderBy: { version: 'desc' },
  });
  const row = then ?? (await database.sellerKyb.findFirst({ where, orderBy: { version: 'asc' } }));
  return row === null ? undefined : (row.kyb as Seller['kyb']);
}
