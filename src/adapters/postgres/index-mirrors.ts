import type { AccountLinkIndex } from '../../detectors/account/account-links.ts';
import type { BankedHash, PdqList } from '../../detectors/image/pdq-list.ts';
import type { OwnerIndex } from '../../detectors/image/owner-index.ts';
import type { RingState } from '../../detectors/ring/ring-state.ts';
import type { Review } from '../../domain/review.ts';
import { toListed } from './bank-hash-store.ts';
import { ACCOUNT_WITH_CLEARED, accountWithoutCleared } from './cleared-identifiers.ts';
import type { Database } from './database.ts';
import type { IndexMirror } from './live-indexes.ts';
import { forEachPage, pageAfter } from './table-pages.ts';

/** Pictures of banks of which only hashes are known. */
export function listedPictureMirror(database: Database, list: PdqList): IndexMirror {
  const find = (where: object, rest: object = {}) => database.bankHash.findMany({ where, ...rest });
  type Row = Awaited<ReturnType<typeof find>>[number];
  const put = (row: Row): void => {
    if (!row.isEnabled) {
      list.remove(row.id);
      return;
    }
    const { id, rightsHolderId, markId } = row;
    list.add({
      ...toListed(row),
      id,
      bank: row.bank as BankedHash['bank'],
      list: row.list,
      uploadedAtMs: row.uploadedAt.getTime(),
      ...(rightsHolderId === null ? {} : { rightsHolderId }),
      ...(markId === null ? {} : { markId }),
    });
  };
  return {
    topic: 'bank_hash',
    loadAll: () =>
      forEachPage((afterId) => {
        const { where, ...rest } = pageAfter(afterId);
        return find({ ...where, isEnabled: true }, rest);
      }, put),
    async refresh(ids) {
      const rows = await find({ id: { in: [...ids] } });
      for (const row of rows) put(row);
      const present = new Set(rows.map(({ id }) => id));
      for (const id of ids) if (!present.has(id)) list.remove(id);
    },
  };
}

const toReviewEvent = (payload: unknown) => {
  const { id, accountId, listingId, sellerId, stars, createdAt, text } = payload as Review;
  return { reviewId: id, accountId, listingId, sellerId, stars, atMs: Date.parse(createdAt), text };
};

/**
 * Reviews that the ring state reaches back to. Those that a person found inauthentic stay, since their ring may go on;
 * those that a person found honest are left out, so that nobody is accused of the same thing twice.
 */
export function reviewMirror(database: Database, state: RingState, nowMs: () => number): IndexMirror {
  return {
    topic: 'review',
    async loadAll() {
      const horizonStart = new Date(nowMs() - state.options.horizonMs);
      await forEachPage(
        (afterId) => {
          const { where, ...rest } = pageAfter(afterId);
          const recent = { ...where, createdAt: { gte: horizonStart }, authenticity: { not: 'CLEARED' } };
          return database.review.findMany({ where: recent, select: { id: true, payload: true }, ...rest });
        },
        ({ payload }) => void state.add(toReviewEvent(payload)),
      );
    },
    async refresh(ids) {
      const rows = await database.review.findMany({
        where: { id: { in: [...ids] }, authenticity: { not: 'CLEARED' } },
        select: { id: true, payload: true },
      });
      for (const id of ids) state.remove(id);
      for (const { payload } of rows) state.add(toReviewEvent(payload));
    },
  };
}

/** Accounts with their pseudonymous identifiers, without those that a person cleared. */
export function accountMirror(database: Database, links: AccountLinkIndex): IndexMirror {
  const select = { id: true, ...ACCOUNT_WITH_CLEARED } as const;
  const put = (row: Parameters<typeof accountWithoutCleared>[0]): void => links.add(accountWithoutCleared(row));
  return {
    topic: 'account',
    loadAll: () =>
      forEachPage(
        (afterId) => database.account.findMany({ ...pageAfter(afterId), select }),
        (row) => put(row),
      ),
    async refresh(ids) {
      const rows = await database.account.findMany({ where: { id: { in: [...ids] } }, select });
      for (const row of rows) put(row);
      const present = new Set(rows.map(({ id }) => id));
      for (const id of ids) if (!present.has(id)) links.remove(id);
    },
  };
}

/** Which sellers one hand runs: the clusters of the accounts that work for sellers. */
export function sellerClusterMirror(database: Database, owners: OwnerIndex): IndexMirror {
  const select = { id: true, sellerId: true, clusterId: true } as const;
  return {
    topic: 'account',
    loadAll: () =>
      forEachPage(
        (afterId) => {
          const { where, ...rest } = pageAfter(afterId);
          const linked = { ...where, sellerId: { not: null }, clusterId: { not: null } };
          return database.account.findMany({ where: linked, select, ...rest });
        },
        ({ id, sellerId, clusterId }) => owners.putAccount(id, { sellerId: sellerId!, clusterId: clusterId! }),
      ),
    async refresh(ids) {
      const rows = await database.account.findMany({ where: { id: { in: [...ids] } }, select });
      const byId = new Map(rows.map((row) => [row.id, row]));
      for (const id of ids) {
        const { sellerId = null, clusterId = null } = byId.get(id) ?? {};
        owners.putAccount(id, sellerId === null || clusterId === null ? undefined : { sellerId, clusterId });
      }
    },
  };
}
