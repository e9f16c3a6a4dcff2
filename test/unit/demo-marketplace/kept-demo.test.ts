import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { account } from '../../../src/domain/account.ts';
import { listing } from '../../../src/domain/listing.ts';
import { mark } from '../../../src/domain/mark.ts';
import { order } from '../../../src/domain/order.ts';
import { review } from '../../../src/domain/review.ts';
import { seller } from '../../../src/domain/seller.ts';
import type { DemoBankPicture, DemoListing, DemoTruth } from '../../../src/evaluation/demo-marketplace/demo-records.ts';
import { generateDemo } from '../../../src/evaluation/demo-marketplace/generate-demo.ts';
import { createSeededRandom } from '../../../src/evaluation/demo-marketplace/seeded-random.ts';
import { describeDemoFiles } from '../../../src/evaluation/demo-marketplace/write-demo-files.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/demo');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const readLines = <Row>(name: string): Row[] =>
  read(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
const manifest = JSON.parse(read('manifest.json')) as { anchor: string; seed: number; counts: Record<string, number> };
const truth = parse(read('truth.yaml')) as DemoTruth;
const listings = readLines<DemoListing>('listings.ndjson');
const reviews = readLines<z.input<typeof review>>('reviews.ndjson');
const orders = readLines<z.input<typeof order>>('orders.ndjson');
const accounts = readLines<z.input<typeof account>>('accounts.ndjson');
const sellers = readLines<z.input<typeof seller>>('sellers.ndjson');
const bank = readLines<DemoBankPicture>('bank-pictures.ndjson');

describe('the kept demo marketplace', () => {
  it('is what the generator writes for its seed', () => {
    const files = describeDemoFiles(generateDemo(createSeededRandom(manifest.seed)), manifest.seed);
    for (const [name, text] of Object.entries(files)) expect(read(name) === text, `${name} is stale`).toBe(true);
  });

  it('fits the schemas of the domain, each picture standing for an upload', () => {
    const wrong = [
      ...sellers.map((row) => seller.safeParse(row)),
      ...accounts.map((row) => account.safeParse(row)),
      ...orders.map((row) => order.safeParse(row)),
      ...reviews.map((row) => review.safeParse(row)),
      ...readLines('marks.ndjson').map((row) => mark.safeParse(row)),
      ...listings.map((row) =>
        listing.safeParse({ ...row, pictures: row.pictures.map(() => ({ uploadId: 'upload-1' })) }),
      ),
    ].filter(({ success }) => !success);
    expect(wrong).toEqual([]);
  });

  it('counts in its manifest what its files hold', () => {
    expect(manifest.counts).toMatchObject({
      sellers: sellers.length,
      accounts: accounts.length,
      listings: listings.length,
      reviews: reviews.length,
      orders: orders.length,
    });
    expect(listings.length).toBeGreaterThanOrEqual(300);
    expect(reviews.length).toBeGreaterThanOrEqual(1_900);
  });

  it('gives every id once and refers to nothing that is not there', () => {
    const ids = (rows: readonly { id: string }[]): Set<string> => {
      const all = new Set(rows.map(({ id }) => id));
      expect(all.size).toBe(rows.length);
      return all;
    };
    const known = {
      listing: ids(listings),
      account: ids(accounts),
      seller: ids(sellers),
      order: ids(orders),
      review: ids(reviews),
    };
    for (const row of listings) expect(known.seller.has(row.sellerId)).toBe(true);
    for (const row of [...reviews, ...orders]) {
      expect(
        known.listing.has(row.listingId) && known.account.has(row.accountId) && known.seller.has(row.sellerId),
      ).toBe(true);
    }
    for (const { orderId } of reviews) expect(orderId === undefined || known.order.has(orderId)).toBe(true);
    const bySubject = {
      LISTING: known.listing,
      REVIEW: known.review,
      ACCOUNT: known.account,
      SELLER: known.seller,
      ORDER: known.order,
    };
    for (const { subject, id } of [...truth.mustFind, ...truth.mustNotFlag, ...truth.notYetExpected])
      expect(bySubject[subject].has(id), id).toBe(true);
    for (const ring of truth.rings) {
      expect(ring.members.every((id) => known.account.has(id))).toBe(true);
      expect(ring.listings.length).toBeGreaterThanOrEqual(4);
      expect(ring.listings.every((id) => known.listing.has(id))).toBe(true);
    }
    for (const { members } of [...truth.clusters, ...truth.notClusters])
      expect(members.every((id) => known.account.has(id))).toBe(true);
    for (const { id } of truth.sellers) expect(known.seller.has(id)).toBe(true);
    for (const { orderId } of truth.faults) expect(known.order.has(orderId)).toBe(true);
    for (const { reviewId } of truth.reviewWeights) expect(known.review.has(reviewId)).toBe(true);
  });

  it('has a file for every picture that it names', () => {
    const paths = [...listings.flatMap(({ pictures }) => pictures), ...bank].map(({ path }) => path);
    expect(paths.filter((path) => !existsSync(join(FOLDER, path)))).toEqual([]);
  });

  it('keeps every time before its anchor, and causes before effects', () => {
    const anchorMs = Date.parse(`${manifest.anchor}T00:00:00Z`);
    const stamps = [
      read('orders.ndjson'),
      read('reviews.ndjson'),
      read('listings.ndjson'),
      read('accounts.ndjson'),
      read('sellers.ndjson'),
    ]
      .join('')
      .matchAll(/\d{4}-\d\d-\d\dT[\d:]+Z/gu);
    expect([...stamps].filter(([stamp]) => Date.parse(stamp) >= anchorMs)).toEqual([]);
    const listedAt = new Map(listings.map(({ id, createdAt }) => [id, createdAt]));
    const joinedAt = new Map(accounts.map(({ id, registeredAt }) => [id, registeredAt]));
    const tooEarly = [
      ...reviews.map(({ id, listingId, accountId, createdAt }) => ({ id, listingId, accountId, at: createdAt })),
      ...orders.map(({ id, listingId, accountId, placedAt }) => ({ id, listingId, accountId, at: placedAt })),
    ].filter(
      ({ listingId, accountId, at }) => at < (listedAt.get(listingId) ?? '') || at < (joinedAt.get(accountId) ?? ''),
    );
    expect(tooEarly).toEqual([]);
  });

  it('never expects and forbids a finding on the same listing', () => {
    const innocent = new Set(truth.mustNotFlag.map(({ subject, id }) => `${subject} ${id}`));
    expect(
      [...truth.mustFind, ...truth.notYetExpected].filter(({ subject, id }) => innocent.has(`${subject} ${id}`)),
    ).toEqual([]);
  });

  it('lets a stolen picture be younger than its source', () => {
    const createdAt = new Map(listings.map(({ id, createdAt }) => [id, createdAt]));
    const thefts = truth.mustFind.filter(({ story }) => story.startsWith('The picture of '));
    expect(thefts.length).toBeGreaterThanOrEqual(8);
    for (const { id, story } of thefts) {
      const source = /^The picture of (\S+),/u.exec(story)?.[1] ?? '';
      expect((createdAt.get(source) ?? '9') < (createdAt.get(id) ?? '0'), `${id} from ${source}`).toBe(true);
    }
  });
});
