import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CheckView } from '../../../src/domain/views/check-view.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';
import { drawPicture } from '../../unit/image/drawn-picture.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

async function pngOf(seed: number, crop = 0): Promise<Buffer> {
  const { rgb, widthPx, heightPx } = drawPicture(seed);
  return sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .extract({ left: crop, top: crop, width: widthPx - 2 * crop, height: heightPx - 2 * crop })
    .png()
    .toBuffer();
}

describe('what a picture that is known means', () => {
  let assay: TestAssay;

  beforeAll(async () => {
    assay = await openTestAssay();
  });
  afterAll(() => assay.close());

  const sell = async (
    id: string,
    sellerId: string,
    rest: { createdAt: string; pictures: readonly Buffer[]; title?: string },
  ): Promise<string> => {
    const pictures = rest.pictures.map((bytes) => ({ base64: bytes.toString('base64') }));
    const item = { id, sellerId, title: 'A plain mug', priceMinor: 900, currency: 'EUR', ...rest, pictures };
    const answer = await assay.client.post<{ items: { checkId: string; status: string }[] }>('/v1/listings', item);
    await assay.settle();
    return answer.items[0]!.checkId;
  };
  const check = (id: string) => assay.client.get<CheckView>(`/v1/checks/${id}`);
  const types = async (checkId: string): Promise<readonly string[]> =>
    (await check(checkId)).findings.map(({ violationType }) => violationType);
  const latestTypes = async (listingId: string): Promise<readonly string[]> => {
    const { items } = await assay.client.get<{ items: { id: string }[] }>(
      `/v1/checks?subjectKind=LISTING&subjectId=${listingId}&limit=1`,
    );
    return types(items[0]!.id);
  };

  /** A rescan is a job of its own, after which the check is queued. */
  const becomes = (listingId: string, wanted: readonly string[]): Promise<void> =>
    vi.waitFor(async () => {
      await assay.settle();
      expect(await latestTypes(listingId)).toEqual(wanted);
    }, 15_000);

  it('does not make an old listing the owner of a picture that it took in later', async () => {
    const picture = await pngOf(201);
    await sell('old', 's-thief', { createdAt: daysAgo(900), pictures: [await pngOf(202)] });
    await sell('first', 's-owner', { createdAt: daysAgo(30), pictures: [picture] });
    const later = await sell('old', 's-thief', { createdAt: daysAgo(900), pictures: [await pngOf(201, 6)] });
    expect(await types(later)).toContain('IP_CR_IMAGE_THEFT');
    expect(await latestTypes('first')).toEqual([]);
  });

  it('keeps the owner the owner who saves the own picture anew after it was stolen', async () => {
    await sell('own', 's-maker', { createdAt: daysAgo(60), pictures: [await pngOf(203)] });
    expect(
      await types(await sell('copy', 's-copier', { createdAt: daysAgo(10), pictures: [await pngOf(203, 5)] })),
    ).toEqual(['IP_CR_IMAGE_THEFT']);
    const anew = await sell('own', 's-maker', { createdAt: daysAgo(60), pictures: [await pngOf(203, 2)] });
    expect(await types(anew)).toEqual([]);
  });

  it('tells a listing that shows something else than was approved, though a change of its text lies in between', async () => {
    await sell('bait', 's-switch', { createdAt: daysAgo(50), pictures: [await pngOf(204)] });
    await sell('bait', 's-switch', { createdAt: daysAgo(50), pictures: [await pngOf(204)], title: 'A mug' });
    const approvedSha = (await assay.runtime.connected.prisma.listingPicture.findFirstOrThrow({
      where: { listingId: 'bait', listingVersion: 2 },
    }))!.contentSha256;
    // The version in between was never read: it was overtaken before its check began.
    await assay.runtime.connected.prisma.listing.update({ where: { id: 'bait' }, data: { version: 3 } });
    const switched = await sell('bait', 's-switch', { createdAt: daysAgo(50), pictures: [await pngOf(205)] });
    const [told, ...rest] = (await check(switched)).findings;
    expect(rest).toEqual([]);
    expect(told?.violationType).toBe('LST_BAIT_SWITCH');
    expect(told?.evidence).toContainEqual(
      expect.objectContaining({ kind: 'PICTURES_REPLACED', approvedSha256s: [approvedSha] }),
    );
  });

  it('takes two stores of one hand for one side, as soon as a scan says so', async () => {
    const { prisma } = assay.runtime.connected;
    await sell('left', 's-left', { createdAt: daysAgo(40), pictures: [await pngOf(206)] });
    const account = (id: string, sellerId: string) => ({ id, kind: 'SELLER', sellerId, registeredAt: daysAgo(400) });
    await assay.client.post('/v1/accounts', { items: [account('a-left', 's-left'), account('a-right', 's-right')] });
    await assay.settle();
    await prisma.account.updateMany({ where: { id: { in: ['a-left', 'a-right'] } }, data: { clusterId: 'c-1' } });
    const right = await sell('right', 's-right', { createdAt: daysAgo(5), pictures: [await pngOf(206)] });
    expect(await types(right)).toEqual([]);
    const other = await sell('other', 's-other', { createdAt: daysAgo(4), pictures: [await pngOf(206)] });
    expect(await types(other)).toEqual(['IP_CR_IMAGE_THEFT']);
  });

  it('looks at the live catalogue again when a picture comes into a bank, and is silent once a negative one is there', async () => {
    await assay.client.post('/v1/rights-holders', { id: 'r-1', name: 'Norvik GmbH' });
    await assay.client.post('/v1/marks', {
      id: 'm-1',
      rightsHolderId: 'r-1',
      wordMarkSpecification: { markVerbalElementText: 'Norvik' },
      authorizations: [{ sellerId: 's-partner' }],
    });
    const shown = [await pngOf(207)];
    expect(await types(await sell('at-stranger', 's-stranger', { createdAt: daysAgo(20), pictures: shown }))).toEqual(
      [],
    );
    const banked = (bank: string) => ({ bank, label: 'Norvik, studio photo', markId: 'm-1', rightsHolderId: 'r-1' });
    await assay.client.postForm('/v1/bank-pictures', banked('PROTECTED'), await pngOf(207, 3));
    await becomes('at-stranger', ['IP_CR_IMAGE_THEFT']);
    const partner = await sell('at-partner', 's-partner', { createdAt: daysAgo(10), pictures: shown });
    expect(await types(partner)).toEqual([]);
    await assay.client.postForm('/v1/bank-pictures', { bank: 'NEGATIVE', label: 'press photo' }, await pngOf(207, 1));
    await becomes('at-stranger', []);
  });

  it('exchanges a bank: what one exported another imports, and finds on what is live', async () => {
    const { client } = assay;
    await sell('listed', 's-listed', { createdAt: daysAgo(6), pictures: [await pngOf(208)] });
    await client.postForm('/v1/bank-pictures', { bank: 'COUNTERFEIT', label: 'bag, front' }, await pngOf(208, 1));
    const exported = await new Response(await client.stream('/v1/banks/COUNTERFEIT/pictures?format=hma')).text();
    expect(JSON.parse(exported)).toMatchObject({ note: 'bag, front', signals: { photo_md5: expect.any(String) } });
    const [entry] = await assay.runtime.connected.prisma.bankPicture.findMany({ where: { bank: 'COUNTERFEIT' } });
    await assay.runtime.bankPictures.store.disable(entry!.id, Date.now());
    await assay.settle();
    const imported = await client.postText<object>(
      '/v1/banks/COUNTERFEIT/pictures?list=customs',
      `${exported}{"pdq":"no hash"}\n`,
    );
    expect(imported).toMatchObject({ accepted: 1, unchanged: 0, rejected: [{ at: 2 }] });
    await becomes('listed', ['IP_TM_COUNTERFEIT_GOODS']);
    expect(await client.postText<object>('/v1/banks/COUNTERFEIT/pictures?list=customs', exported)).toMatchObject({
      accepted: 0,
      unchanged: 1,
    });
    await expect(client.postText('/v1/banks/SELLERS/pictures', exported)).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });
});
