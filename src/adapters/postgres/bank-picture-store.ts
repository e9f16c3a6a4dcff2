import type { IdSource } from '../../pipeline/ports.ts';
import type { BankPictureEntry, BankPictureStore } from '../../pipeline/submit-bank-picture.ts';
import { inTransaction, type Database } from './database.ts';
import { missingReferences } from './missing-references.ts';
import { pictureRow } from './picture-row.ts';

/** Keeps the banks that people fill. */
export function postgresBankPictureStore(database: Database, ids: IdSource): BankPictureStore {
  return {
    save: (entry, reading, nowMs) =>
      inTransaction(database, async (tx) => {
        const now = new Date(nowMs);
        const { contentSha256 } = reading;
        await tx.picture.createMany({ data: [pictureRow(reading, now)], skipDuplicates: true });
        const facts = { ...toRow(entry), contentSha256 };
        const stored = await tx.bankPicture.findUnique({ where: { id: entry.id } });
        const isSame =
          stored?.isEnabled === true &&
          Object.entries(facts).every(([key, value]) => stored[key as keyof typeof stored] === value);
        if (isSame) return 'unchanged';
        await tx.bankPicture.upsert({
          where: { id: entry.id },
          create: { id: entry.id, ...facts, uploadedAt: now },
          update: { ...facts, isEnabled: true },
        });
        await tx.outboxMessage.create({
          data: { topic: 'picture-rescan', key: ids.next(), payload: { bankPictureId: entry.id }, createdAt: now },
        });
        return 'accepted';
      }),
    missingReferences: (entry) => missingReferences(database, entry),
    async disable(id) {
      const { count } = await database.bankPicture.updateMany({
        where: { id, bank: { not: 'SELLERS' } },
        data: { isEnabled: false },
      });
      return count > 0 ? 'disabled' : 'missing';
    },
  };
}

function toRow({ bank, label, markId, rightsHolderId, isAdjudicated }: BankPictureEntry) {
  return {
    bank,
    ownerLabel: label,
    markId: markId ?? null,
    rightsHolderId: rightsHolderId ?? null,
    isAdjudicated,
  };
}
