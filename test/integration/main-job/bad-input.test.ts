import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckView } from '../../../src/domain/views/check-view.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';

interface BatchAnswer {
  readonly items: readonly {
    readonly id?: string;
    readonly status: string;
    readonly code?: string;
    readonly checkId?: string;
    readonly details?: readonly { readonly path: string; readonly message: string }[];
  }[];
}

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

const listing = (id: string, rest: object = {}) => ({
  id,
  sellerId: 's-1',
  title: 'A plain mug',
  priceMinor: 900,
  currency: 'EUR',
  createdAt: YESTERDAY,
  ...rest,
});

describe('bad input', () => {
  let assay: TestAssay;

  beforeAll(async () => {
    assay = await openTestAssay();
  });
  afterAll(() => assay.close());

  const send = (items: readonly unknown[]) => assay.client.post<BatchAnswer>('/v1/listings', { items });
  const check = (id: string) => assay.client.get<CheckView>(`/v1/checks/${id}`);

  it('refuses each wrong item by place and reason and takes the right ones of the same batch', async () => {
    const answer = await send([
      listing('good-1'),
      listing('unknown-field', { colour: 'red' }),
      { id: 'missing-fields', sellerId: 's-1' },
      listing('wrong-type', { title: 7 }),
      listing('too-long', { title: 'x'.repeat(501) }),
      listing('lone-surrogate', { title: 'mug \ud83d' }),
      listing('negative-price', { priceMinor: -1 }),
      listing('unknown-currency', { currency: 'XYZ' }),
      listing('future', { createdAt: new Date(Date.now() + 86_400_000).toISOString() }),
      listing('good-1'),
      'not an object',
      listing('good-2'),
    ]);
    expect(answer.items.map(({ status, code }) => code ?? status)).toEqual([
      'accepted',
      'item.invalid',
      'item.invalid',
      'item.invalid',
      'item.invalid',
      'item.invalid',
      'item.invalid',
      'item.invalid',
      'item.future-date',
      'item.duplicate-in-batch',
      'item.invalid',
      'accepted',
    ]);
    const places = answer.items.map(
      ({ details }) => details?.map(({ path, message }) => `${path}: ${message}`).join() ?? '',
    );
    expect(places[1]).toContain('colour');
    expect(places[2]).toMatch(/title.*priceMinor.*currency.*createdAt/);
    expect(places[5]).toContain('lone surrogate');
    expect(places[6]).toContain('priceMinor');
    expect(places[8]).toContain('createdAt');
    await assay.settle();
    for (const { checkId } of answer.items.filter(({ status }) => status === 'accepted')) {
      expect((await check(checkId!)).state).toBe('DONE');
    }
  });

  it('finishes the check of a listing whose pictures cannot be read, and says of each why', async () => {
    const photo = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#3366cc' } })
      .jpeg()
      .toBuffer();
    const bomb = await sharp({
      create: { width: 16_000, height: 16_000, channels: 3, background: '#fff' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const pictures = [
      { base64: Buffer.from('this is no picture at all').toString('base64') },
      { base64: bomb.toString('base64') },
      { base64: photo.subarray(0, 40).toString('base64') },
      { url: 'http://169.254.169.254/latest/meta-data/' },
      { url: 'http://localhost:1/x.jpg' },
      { base64: photo.toString('base64') },
    ];
    const { items } = await send([listing('bad-pictures', { pictures })]);
    await assay.settle();
    const done = await check(items[0]!.checkId!);
    expect(done.state).toBe('DONE');
    const stored = await assay.client.get<{ pictures: readonly { error?: { code: string } }[] }>(
      '/v1/listings/bad-pictures',
    );
    const codes = await assay.runtime.connected.prisma.listingPicture.findMany({
      where: { listingId: 'bad-pictures' },
      orderBy: { position: 'asc' },
    });
    expect(stored.pictures).toHaveLength(6);
    expect(codes.map(({ failureCode }) => failureCode)).toEqual([
      'image.not-an-image',
      'image.too-large',
      expect.stringMatching(/^image\.(undecodable|not-an-image)$/),
      'image.fetch-refused',
      'image.fetch-refused',
      null,
    ]);
  }, 60_000);

  it('sets garbage that somebody put on a queue aside as dead letters and goes on with the rest', async () => {
    await assay.runtime.queues.addMany([
      { queue: 'listing-check', id: 'garbage-1', data: { nonsense: true } },
      { queue: 'listing-check', id: 'garbage-2', data: 'text' },
      { queue: 'review-check', id: 'garbage-3', data: { checkId: 'no-such-check' } },
      { queue: 'listing-check', id: 'by-hand-wrong', data: { item: { id: 'x' } } },
      { queue: 'listing-check', id: 'by-hand-right', data: { item: listing('straight-from-the-queue') } },
    ]);
    await expect
      .poll(async () => (await assay.runtime.queues.deadLetters('listing-check', 10)).map(({ id }) => id).sort(), {
        timeout: 20_000,
      })
      .toEqual(['by-hand-wrong', 'garbage-1', 'garbage-2']);
    const letters = await assay.runtime.queues.deadLetters('listing-check', 10);
    expect(letters.find(({ id }) => id === 'garbage-1')?.error).toContain('job.invalid');
    expect(letters.find(({ id }) => id === 'by-hand-wrong')?.error).toContain('title');
    await expect
      .poll(() => assay.runtime.queries.listing('straight-from-the-queue'), { timeout: 20_000 })
      .toBeDefined();
    await assay.settle();
    expect((await assay.runtime.queries.listing('straight-from-the-queue'))?.latestCheck?.state).toBe('DONE');
  }, 60_000);

  it('checks a listing once however often it is sent, and again when it has changed', async () => {
    const first = await send([listing('again')]);
    const second = await send([listing('again')]);
    const third = await send([listing('again', { title: 'Another mug' })]);
    expect(first.items[0]).toMatchObject({ status: 'accepted', version: 1 });
    expect(second.items[0]).toMatchObject({ status: 'unchanged', version: 1, checkId: first.items[0]!.checkId });
    expect(third.items[0]).toMatchObject({ status: 'accepted', version: 2 });
    await assay.settle();
    const decisions = await assay.runtime.connected.prisma.decision.findMany({ where: { subjectId: 'again' } });
    const superseded = await assay.runtime.connected.prisma.check.count({
      where: { subjectId: 'again', state: 'SUPERSEDED' },
    });
    expect(decisions.length + superseded).toBe(2);
  });
});
