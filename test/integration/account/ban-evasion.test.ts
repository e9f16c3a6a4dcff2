import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';
import { drawPicture } from '../../unit/image/drawn-picture.ts';
import { sendItems } from '../ring/ring-market.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

const DESCRIPTION =
  'A hand-made lamp of bent ash wood with a linen shade, wired for two continents, made in our small workshop by the river.';

const owner = (name: string, identifiers: { device?: string; card?: string }, days: number) => ({
  id: `owner-of-${name}`,
  kind: 'SELLER',
  sellerId: name,
  registeredAt: daysAgo(days),
  sessions: [
    {
      at: daysAgo(days),
      ip: '203.0.113.77',
      ...(identifiers.device === undefined ? {} : { deviceId: identifiers.device }),
    },
  ],
  payments: identifiers.card === undefined ? [] : [{ fingerprint: identifiers.card }],
});

const listing = (sellerId: string, days: number, more: object = {}) => ({
  id: `lamp-of-${sellerId}`,
  sellerId,
  title: 'Lamp of bent ash wood',
  description: DESCRIPTION,
  priceMinor: 8_900,
  currency: 'EUR',
  createdAt: daysAgo(days),
  ...more,
});

const VASE =
  'This tall vase is thrown on the wheel, glazed twice with a blue of our own and fired in a wood kiln for three days.';
const vase = (sellerId: string, days: number, more: { description?: string; pictures?: object[] } = {}) =>
  listing(sellerId, days, { id: `vase-of-${sellerId}`, title: 'Blue vase', description: VASE, ...more });

/** One drawn picture, less a border of so many pixels. */
const pictureOf = async (seed: number, border: number): Promise<object> => {
  const { rgb, widthPx, heightPx } = drawPicture(seed);
  const bytes = await sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .extract({ left: border, top: border, width: widthPx - 2 * border, height: heightPx - 2 * border })
    .png()
    .toBuffer();
  return { base64: bytes.toString('base64') };
};

describe('a terminated seller who comes back', () => {
  let assay: TestAssay;
  const findingsOn = async (accountId: string) => {
    const rows = await assay.runtime.connected.prisma.finding.findMany({
      where: { subjectKind: 'ACCOUNT', subjectId: accountId },
      select: { violationType: true, summary: true, evidence: true },
    });
    return rows;
  };

  beforeAll(async () => {
    assay = await openTestAssay();
    await sendItems(assay, '/v1/accounts', [owner('s-banned', { device: 'desk', card: 'card-1' }, 120)]);
    await sendItems(assay, '/v1/listings', [
      listing('s-banned', 110),
      vase('s-banned', 100, { pictures: [await pictureOf(301, 0)] }),
    ]);
    await assay.runtime.connected.prisma.seller.update({
      where: { id: 's-banned' },
      data: { standing: 'TERMINATED' },
    });
  });
  afterAll(() => assay.close());

  it('is found at registration by what the new account shares with the old one, and is a case', async () => {
    await sendItems(assay, '/v1/accounts', [owner('s-again', { device: 'desk', card: 'card-1' }, 3)]);
    const [found] = await findingsOn('owner-of-s-again');
    expect(found).toMatchObject({ violationType: 'ACC_BAN_EVASION' });
    expect(found?.summary).toMatch(/owner-of-s-banned/);
    const cases = await assay.runtime.connected.prisma.case.findMany({ where: { violationType: 'ACC_BAN_EVASION' } });
    expect(cases.map(({ sellerId }) => sellerId)).toEqual(['s-again']);
  });

  it('is found by the words of the goods together with one identifier, once the goods are offered', async () => {
    await sendItems(assay, '/v1/accounts', [owner('s-sly', { device: 'desk' }, 2)]);
    expect(await findingsOn('owner-of-s-sly')).toEqual([]);
    await sendItems(assay, '/v1/listings', [listing('s-sly', 1)]);
    const [found] = await findingsOn('owner-of-s-sly');
    expect(found).toMatchObject({ violationType: 'ACC_BAN_EVASION' });
    expect(JSON.stringify(found?.evidence)).toMatch(/s-banned and s-sly show 1 of the same descriptions/);
  });

  it('is found by words that were changed a little, together with one identifier', async () => {
    await sendItems(assay, '/v1/accounts', [owner('s-reword', { device: 'desk' }, 2)]);
    const description = VASE.replace('tall', 'slender').replace('three days', 'a long weekend');
    await sendItems(assay, '/v1/listings', [vase('s-reword', 1, { description })]);
    const [found] = await findingsOn('owner-of-s-reword');
    expect(found).toMatchObject({ violationType: 'ACC_BAN_EVASION' });
    expect(JSON.stringify(found?.evidence)).toMatch(/s-banned and s-reword show 1 nearly the same descriptions/);
  });

  it('is found by a picture that was cropped, together with one identifier', async () => {
    await sendItems(assay, '/v1/accounts', [owner('s-crop', { device: 'desk' }, 2)]);
    const description = 'A vase.';
    await sendItems(assay, '/v1/listings', [vase('s-crop', 1, { description, pictures: [await pictureOf(301, 6)] })]);
    const [found] = await findingsOn('owner-of-s-crop');
    expect(found).toMatchObject({ violationType: 'ACC_BAN_EVASION' });
    expect(JSON.stringify(found?.evidence)).toMatch(/s-banned and s-crop show 1 nearly the same pictures/);
  });

  it('is not somebody who took a picture of the banned store and changed it, and shares nothing else', async () => {
    await sendItems(assay, '/v1/accounts', [{ ...owner('s-thief', { device: 'own' }, 2), sessions: [] }]);
    const description = 'Another vase.';
    await sendItems(assay, '/v1/listings', [vase('s-thief', 1, { description, pictures: [await pictureOf(301, 4)] })]);
    expect(await findingsOn('owner-of-s-thief')).toEqual([]);
  });

  it('is not anybody who sells the same goods and shares nothing else', async () => {
    await sendItems(assay, '/v1/accounts', [{ ...owner('s-honest', { device: 'other' }, 2), sessions: [] }]);
    await sendItems(assay, '/v1/listings', [listing('s-honest', 1)]);
    expect(await findingsOn('owner-of-s-honest')).toEqual([]);
  });
});
