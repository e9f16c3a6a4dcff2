import { chainEntries, CHAIN_START } from '../../credit/hash-chain.ts';
import type { Authenticity, CreditEntry, CreditEntryDraft } from '../../domain/credit.ts';
import type { LedgerClaim } from '../../pipeline/effects.ts';
import type { Transaction } from './database.ts';

/**
 * Appends what claims have to say to the chains of their legal entities, each chain under its own lock. An entry whose
 * id is in the ledger already is left out, so that a repeated write changes nothing.
 */
export async function appendLedger(tx: Transaction, claims: readonly LedgerClaim[]): Promise<void> {
  const legalIds = new Set(claims.map(({ sellerLegalId }) => sellerLegalId));
  // In the order of their ids, so that two writers never wait for each other in a circle.
  for (const legalId of [...legalIds].sort()) {
    await appendToChain(
      tx,
      legalId,
      claims.filter(({ sellerLegalId }) => sellerLegalId === legalId),
    );
  }
}

async function appendToChain(tx: Transaction, legalId: string, claims: readonly LedgerClaim[]): Promise<void> {
  const head = await lockHead(tx, legalId);
  const entries = chainEntries(head.lastHash, await newEntries(tx, legalId, claims));
  const last = entries.at(-1);
  if (last === undefined) return;
  await tx.creditEntry.createMany({
    data: entries.map((entry, i) => ({
      id: entry.entryId,
      legalId,
      seq: head.lastSeq + i + 1,
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
    data: { lastSeq: head.lastSeq + entries.length, lastHash: last.hash },
  });
}

interface ChainHead {
  readonly lastSeq: number;
  readonly lastHash: string;
}

/** The end of a chain, locked until the transaction ends; a new chain is begun. */
async function lockHead(tx: Transaction, legalId: string): Promise<ChainHead> {
  const find = () =>
    tx.$queryRaw<ChainHead[]>`SELECT "lastSeq", "lastHash" FROM credit_head WHERE "legalId" = ${legalId} FOR UPDATE`;
  const [head] = await find();
  if (head !== undefined) return head;
  await tx.creditHead.createMany({ data: [{ legalId, lastSeq: 0, lastHash: CHAIN_START }], skipDuplicates: true });
  return (await find())[0]!;
}

/** What the claims say that the ledger does not hold yet. The chain is locked. */
async function newEntries(
  tx: Transaction,
  legalId: string,
  claims: readonly LedgerClaim[],
): Promise<readonly CreditEntryDraft[]> {
  const rows = await tx.creditEntry.findMany({
    where: { legalId, subjectRef: { in: claims.map(({ subjectRef }) => subjectRef) } },
    orderBy: { seq: 'asc' },
    select: { payload: true },
  });
  const held = rows.map(({ payload }) => toDraft(payload as unknown as CreditEntry));
  const known = new Set(held.map(({ entryId }) => entryId));
  const fresh = new Map<string, CreditEntryDraft>();
  for (const { subjectRef, build } of claims) {
    const existing = [...held, ...fresh.values()].filter((entry) => entry.subjectRef === subjectRef);
    for (const draft of build(existing)) if (!known.has(draft.entryId)) fresh.set(draft.entryId, draft);
  }
  return withAuthenticity(tx, [...fresh.values()]);
}

const toDraft = ({ prevHash: _prevHash, hash: _hash, ...draft }: CreditEntry): CreditEntryDraft => draft;

/**
 * Evidence of a review that was set aside before its own check was done enters the ledger as set aside. The caller has
 * locked the reviews, so that a quarantine at the same moment waits and then finds the entries.
 */
async function withAuthenticity(
  tx: Transaction,
  drafts: readonly CreditEntryDraft[],
): Promise<readonly CreditEntryDraft[]> {
  const reviewIds = drafts.flatMap(({ kind, subjectRef }) =>
    kind === 'EVIDENCE' && subjectRef.startsWith('REVIEW/') ? [subjectRef.slice('REVIEW/'.length)] : [],
  );
  if (reviewIds.length === 0) return drafts;
  const rows = await tx.$queryRaw<{ id: string; authenticity: string }[]>`
    SELECT id, authenticity FROM review WHERE id = ANY(${reviewIds})`;
  const standing = new Map(rows.map(({ id, authenticity }) => [`REVIEW/${id}`, authenticity as Authenticity]));
  return drafts.map((draft) => {
    const authenticity = draft.kind === 'EVIDENCE' ? standing.get(draft.subjectRef) : undefined;
    return authenticity === undefined || authenticity === 'NORMAL' ? draft : { ...draft, authenticity };
  });
}
