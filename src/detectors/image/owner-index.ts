import type { Mark } from '../../domain/mark.ts';

/** Who stands behind sellers and rights holders. A value: an adapter keeps it and follows the database. */
export interface OwnerIndex {
  /** Takes a mark in, or takes it in anew. */
  putMark(mark: Mark): void;
  removeMark(id: string): void;
  /** Notes which seller an account works for and to which cluster it was found to belong; undefined takes it out. */
  putAccount(id: string, told: { readonly sellerId: string; readonly clusterId: string } | undefined): void;
  mark(id: string): Mark | undefined;
  /** Marks of a rights holder. */
  marksOfHolder(rightsHolderId: string): readonly Mark[];
  /** Marks whose owner sells through this seller himself. */
  marksOfSeller(sellerId: string): readonly Mark[];
  /** The hand behind a seller: a cluster of accounts that one hand runs; undefined where none was found. */
  clusterOfSeller(sellerId: string): string | undefined;
}

/** An empty index. */
export function createOwnerIndex(): OwnerIndex {
  const marks = new Map<string, Mark>();
  const byHolder = new Map<string, Set<string>>();
  const bySeller = new Map<string, Set<string>>();
  const accounts = new Map<string, { readonly sellerId: string; readonly clusterId: string }>();
  const accountsOfSeller = new Map<string, Set<string>>();

  const marksOf = (ids: ReadonlySet<string> | undefined): readonly Mark[] =>
    ids === undefined ? [] : [...ids].sort().flatMap((id) => marks.get(id) ?? []);
  const removeMark = (id: string): void => {
    const known = marks.get(id);
    if (known === undefined) return;
    marks.delete(id);
    drop(byHolder, known.rightsHolderId, id);
    for (const sellerId of known.ownSellerIds) drop(bySeller, sellerId, id);
  };
  return {
    putMark(mark) {
      removeMark(mark.id);
      marks.set(mark.id, mark);
      put(byHolder, mark.rightsHolderId, mark.id);
      for (const sellerId of mark.ownSellerIds) put(bySeller, sellerId, mark.id);
    },
    removeMark,
    putAccount(id, told) {
      const known = accounts.get(id);
      if (known !== undefined) drop(accountsOfSeller, known.sellerId, id);
      accounts.delete(id);
      if (told === undefined) return;
      accounts.set(id, told);
      put(accountsOfSeller, told.sellerId, id);
    },
    mark: (id) => marks.get(id),
    marksOfHolder: (rightsHolderId) => marksOf(byHolder.get(rightsHolderId)),
    marksOfSeller: (sellerId) => marksOf(bySeller.get(sellerId)),
    clusterOfSeller(sellerId) {
      const clusters = [...(accountsOfSeller.get(sellerId) ?? [])].flatMap((id) => accounts.get(id)?.clusterId ?? []);
      return clusters.sort()[0];
    },
  };
}

function put(map: Map<string, Set<string>>, key: string, id: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([id]));
  else known.add(id);
}

function drop(map: Map<string, Set<string>>, key: string, id: string): void {
  const known = map.get(key);
  known?.delete(id);
  if (known?.size === 0) map.delete(key);
}
