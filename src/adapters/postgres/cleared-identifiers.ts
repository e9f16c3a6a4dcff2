import type { PseudonymousAccount } from '../../domain/account.ts';
import type { Transaction } from './database.ts';
import { asStored } from './stored-json.ts';

type Identifier = PseudonymousAccount['identifiers'][number];

/** What an account row is read with so that `accountWithoutCleared` can tell what still speaks. */
export const ACCOUNT_WITH_CLEARED = {
  pseudonymous: true,
  cleared: { select: { kind: true, keyEpoch: true, value: true } },
} as const;

interface AccountRow {
  readonly pseudonymous: unknown;
  readonly cleared: readonly { readonly kind: string; readonly keyEpoch: number; readonly value: string }[];
}

const keyOf = ({ kind, keyEpoch, value }: { kind: string; keyEpoch: number; value: string }): string =>
  `${kind}/${keyEpoch}/${value}`;

/** The account as detectors see it: without identifiers that it shares by an innocent chance, as a person found. */
export function accountWithoutCleared({ pseudonymous, cleared }: AccountRow): PseudonymousAccount {
  const account = asStored<PseudonymousAccount>(pseudonymous);
  if (cleared.length === 0) return account;
  const isCleared = new Set(cleared.map(keyOf));
  return { ...account, identifiers: account.identifiers.filter((one) => !isCleared.has(keyOf(one))) };
}

/** Members whom a person let go from a cluster. */
export interface ClearedMembers {
  readonly clusterId: string;
  /** Whom the cluster held, those let go among them. */
  readonly memberIds: readonly string[];
  readonly keptIds: readonly string[];
}

/**
 * Remembers that what these members share with the others of their cluster says nothing of them: they leave it, and only
 * an identifier that they did not share then can bring them back. AS numbers link nobody and stay.
 */
export async function clearKeptMembers(
  tx: Transaction,
  { clusterId, memberIds, keptIds }: ClearedMembers,
  { decisionId, now }: { readonly decisionId: string; readonly now: Date },
): Promise<void> {
  const rows = await tx.account.findMany({
    where: { id: { in: [...memberIds] } },
    orderBy: { id: 'asc' },
    select: { id: true, pseudonymous: true },
  });
  const own = new Map(
    rows.map(({ id, pseudonymous }) => [id, distinctOf(asStored<PseudonymousAccount>(pseudonymous))]),
  );
  const users = new Map<string, number>();
  for (const identifiers of own.values())
    for (const key of identifiers.keys()) users.set(key, (users.get(key) ?? 0) + 1);
  const shared = keptIds.flatMap((accountId) =>
    [...(own.get(accountId) ?? [])]
      .filter(([key]) => (users.get(key) ?? 0) > 1)
      .map(([, { kind, keyEpoch, value }]) => ({
        accountId,
        kind,
        keyEpoch,
        value,
        decisionId,
        clusterId,
        clearedAt: now,
      })),
  );
  await tx.clearedIdentifier.createMany({ data: shared, skipDuplicates: true });
  // Touches every row, so that the indexes read the accounts again.
  await tx.account.updateMany({ where: { id: { in: [...keptIds] } }, data: { clusterId: null } });
}

/** Takes back what a decision cleared: those accounts are linked again as they were. */
export async function restoreClearedMembers(tx: Transaction, decisionId: string): Promise<void> {
  const rows = await tx.clearedIdentifier.findMany({
    where: { decisionId },
    select: { accountId: true, clusterId: true },
  });
  await tx.clearedIdentifier.deleteMany({ where: { decisionId } });
  for (const [accountId, clusterId] of new Map(rows.map((row) => [row.accountId, row.clusterId])))
    await tx.account.updateMany({ where: { id: accountId, clusterId: null }, data: { clusterId } });
}

const distinctOf = ({ identifiers }: PseudonymousAccount): Map<string, Identifier> =>
  new Map(identifiers.filter(({ kind }) => kind !== 'ASN').map((one) => [keyOf(one), one]));
