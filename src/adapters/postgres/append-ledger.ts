import { chainEntries, CHAIN_START } from '../../credit/hash-chain.ts';
import type { CreditEntryDraft } from '../../domain/credit.ts';
import type { Transaction } from './database.ts';

/**
 * Appends entries to the chains of their legal entities, each chain under its own lock, in the order given. An entry
 * whose id is in the ledger already is left out, so that a repeated write changes nothing.
 */
export async function appendLedger(tx: Transaction, drafts: readonly CreditEntryDraft[]): Promise<void> {
  const chains = Map.groupBy(drafts, ({ sellerLegalId }) => sellerLegalId);
  // In the order of their ids, so that two writers never wait for each other in a circle.
  for (const legalId of [...chains.keys()].sort()) await appendToChain(tx, legalId, chains.get(legalId)!);
}

async function appendToChain(tx: Transaction, legalId: string, drafts: readonly CreditEntryDraft[]): Promise<void> {
  await tx.creditHead.createMany({ data: [{ legalId, lastSeq: 0, lastHash: CHAIN_START }], skipDuplicates: true });
  const [head] = await tx.$queryRaw<{ lastSeq: number; lastHash: string }[]>`
    SELECT "lastSeq", "lastHash" FROM credit_head WHERE "legalId" = ${legalId} FOR UPDATE`;
  const distinct = [...new Map(drafts.map((draft) => [draft.entryId, draft])).values()];
  const present = await tx.creditEntry.findMany({
    where: { id: { in: distinct.map(({ entryId }) => entryId) } },
    select: { id: true },
  });
  const known = new Set(present.map(({ id }) => id));
  const entries = chainEntries(
    head!.lastHash,
    distinct.filter(({ entryId }) => !known.has(entryId)),
  );
  const last = entries.at(-1);
  if (last === undefined) return;
  await tx.creditEntry.createMany({
    data: entries.map((entry, i) => ({
      id: entry.entryId,
      legalId,
      seq: head!.lastSeq + i + 1,
      kind: entry.kind,
      subjectRef: entry.subjectRef,
      effectiveAt: new Date(entry.effectiveAtMs),
      recordedAt: new Date(entry.recordedAtMs),
      payload: entry,
      prevHash: entry.prevHash,
      hash: entry.hash,
    })),
  });
  await tx.creditHead.update({
    where: { legalId },
    data: { lastSeq: head!.lastSeq + entries.length, lastHash: last.hash },
  });
}
