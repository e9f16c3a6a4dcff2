import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckView, FindingView } from '../../../src/domain/views/check-view.ts';
import { withdrawMark } from '../../../src/pipeline/submit-mark.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';

interface BatchAnswer {
  readonly items: readonly { readonly id?: string; readonly status: string; readonly checkId?: string }[];
}

/** Jobs that no check waits for: the re-scan of the catalogue. */
const SOON = { timeout: 15_000, interval: 50 };

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

const listing = (id: string, sellerId: string, rest: object = {}) => ({
  id,
  sellerId,
  title: 'A plain mug',
  priceMinor: 9_000,
  currency: 'EUR',
  createdAt: daysAgo(10),
  ...rest,
});

const DESCRIPTION =
  'Hand stitched from vegetable tanned leather of a small tannery in the hills, each pair takes our shoemaker nine hours and ages beautifully over the years.';
const OFFICIAL =
  'The Zorvex Ridge is cut from one sheet of recycled sailcloth, sewn in our own workshop in Bergen and tested for ten thousand hours on deck.';

describe('evidence beside the name', () => {
  let assay: TestAssay;

  const send = async (path: string, items: readonly object[]): Promise<BatchAnswer> => {
    const answer = await assay.client.post<BatchAnswer>(path, { items });
    expect(answer.items.map(({ status }) => status)).toEqual(items.map(() => 'accepted'));
    return answer;
  };
  const latestFindings = async (listingId: string): Promise<readonly FindingView[]> => {
    const { id } = await assay.runtime.connected.prisma.check.findFirstOrThrow({
      where: { subjectKind: 'LISTING', subjectId: listingId, state: 'DONE' },
      orderBy: { id: 'desc' },
    });
    return (await assay.client.get<CheckView>(`/v1/checks/${id}`)).findings;
  };
  const typesOf = async (listingId: string): Promise<string[]> =>
    (await latestFindings(listingId)).map(({ violationType }) => violationType);

  beforeAll(async () => {
    assay = await openTestAssay();
    await send(
      '/v1/sellers',
      ['first', 'copier', 'late', 'shop', 'owner', 'fan'].map((id) => ({
        id,
        legalId: `legal-${id}`,
        storeName: id === 'fan' ? 'Zorvex Official Store' : `${id} things`,
        registeredAt: daysAgo(400),
      })),
    );
    await send(
      '/v1/rights-holders',
      ['h1', 'h2', 'h3', 'h4'].map((id) => ({ id, name: `Holder ${id}` })),
    );
    await send('/v1/marks', [
      {
        id: 'm1',
        rightsHolderId: 'h1',
        wordMarkSpecification: { markVerbalElementText: 'Zorvex' },
        hasReputation: true,
        niceClasses: [25],
        ownSellerIds: ['owner'],
        officialTexts: [{ text: OFFICIAL, url: 'https://zorvex.example/ridge' }],
      },
      ...['Quandelo', 'Kelmora', 'Brintosa'].map((text, at) => ({
        id: `n${at}`,
        rightsHolderId: `h${at + 2}`,
        wordMarkSpecification: { markVerbalElementText: text },
        niceClasses: [25],
        usualPriceMinor: 20_000,
        usualPriceCurrency: 'EUR',
      })),
    ]);
    await assay.settle();
  });
  afterAll(() => assay.close());

  it('tells a description that was copied from an earlier listing, with its differences', async () => {
    await send('/v1/listings', [listing('orig', 'first', { description: DESCRIPTION, createdAt: daysAgo(90) })]);
    await assay.settle();
    const copied = DESCRIPTION.replace('nine hours', 'eleven hours');
    await send('/v1/listings', [listing('copy', 'copier', { description: copied })]);
    await assay.settle();
    const [finding] = await latestFindings('copy');
    expect(finding?.violationType).toBe('IP_CR_TEXT_COPY');
    const [pair, differences] = finding!.evidence;
    expect(pair).toMatchObject({ kind: 'TEXT_PAIR', leftId: 'orig', leftText: DESCRIPTION, rightText: copied });
    expect(differences).toMatchObject({ kind: 'FACT', name: 'differences', value: 'eleven' });
    expect(await typesOf('orig')).toEqual([]);
  });

  it('looks again at the copy when the original is handed in after it', async () => {
    const text = DESCRIPTION.replaceAll('leather', 'suede').replace('hills', 'northern woods of the county');
    await send('/v1/listings', [listing('copy-2', 'late', { description: `Waxed. ${text} And waxed again.` })]);
    await assay.settle();
    await send('/v1/listings', [
      listing('orig-2', 'shop', { description: `Waxed. ${text} And waxed again.`, createdAt: daysAgo(200) }),
    ]);
    await assay.settle();
    const [finding] = await latestFindings('copy-2');
    expect(finding?.evidence[0]).toMatchObject({ kind: 'TEXT_PAIR', leftId: 'orig-2', rightId: 'copy-2' });
    expect(await typesOf('orig-2')).toEqual([]);
  });

  it('holds no seller to a text that many sellers have from one supplier', async () => {
    const supplied =
      'Stackable bowl of tempered glass with a bamboo lid, safe in the microwave and the dishwasher, volume eight hundred millilitres, packed by two in a carton.';
    const sellers = Array.from({ length: 7 }, (_, at) => `sup-${at}`);
    await send(
      '/v1/sellers',
      sellers.map((id) => ({ id, legalId: `legal-${id}`, storeName: id, registeredAt: daysAgo(300) })),
    );
    await send(
      '/v1/listings',
      sellers.map((id, at) => listing(`bowl-${at}`, id, { description: supplied, createdAt: daysAgo(90 - at) })),
    );
    await assay.settle();
    expect(await typesOf('bowl-6')).toEqual([]);
  });

  it("tells the owner's own text from others, and lets the owner's sellers use it", async () => {
    await send('/v1/listings', [
      listing('ridge-fake', 'copier', { description: OFFICIAL, title: 'Sailing jacket' }),
      listing('ridge-own', 'owner', { description: OFFICIAL, title: 'Zorvex Ridge jacket', brand: 'Zorvex' }),
    ]);
    await assay.settle();
    const copied = (await latestFindings('ridge-fake')).find((one) => one.violationType === 'IP_CR_TEXT_COPY');
    expect(copied?.evidence[0]).toMatchObject({ kind: 'TEXT_PAIR', leftId: 'mark:m1' });
    expect(copied?.markId).toBe('m1');
    expect(copied?.summary).toContain('https://zorvex.example/ridge');
    expect(await typesOf('ridge-own')).toEqual([]);
  });

  it('finds a store that is built on a mark, a hidden link, stuffing and a brand that contradicts the title', async () => {
    await send('/v1/listings', [
      listing('store', 'fan'),
      listing('hidden', 'shop', { description: 'Hidden link, you know what it is. See album.' }),
      listing('stuffed', 'shop', { title: 'Bag Zorvex Quandelo Kelmora Brintosa style', category: 'Clothing > Bags' }),
      listing('contradicts', 'shop', { title: 'Zorvex running jacket', brand: 'Casa Linda', category: 'Clothing' }),
    ]);
    await assay.settle();
    expect(await typesOf('store')).toEqual(['IP_TM_STORE_NAME']);
    expect(await typesOf('hidden')).toEqual(['LST_HIDDEN_LINK']);
    expect(await typesOf('stuffed')).toContain('LST_SEARCH_CHEATING');
    expect(await typesOf('contradicts')).toContain('IP_TM_KEYWORD_MISUSE');
  });

  it('adds a price far below what the goods cost here, or where nobody knows, below what the owner says', async () => {
    const genuine = Array.from({ length: 20 }, (_, at) =>
      listing(`kel-${at}`, 'shop', {
        title: `Kelmora jacket ${at}`,
        brand: 'Kelmora',
        category: 'Clothing',
        priceMinor: 30_000 + at * 100,
      }),
    );
    await send('/v1/listings', genuine);
    await assay.settle();
    await send('/v1/listings', [
      listing('cheap-kel', 'late', {
        title: 'Kelmora jacket',
        brand: 'Kelmora',
        category: 'Clothing',
        priceMinor: 2_500,
      }),
      listing('fair-kel', 'late', {
        title: 'Kelmora jacket',
        brand: 'Kelmora',
        category: 'Clothing',
        priceMinor: 28_000,
      }),
      listing('cheap-bri', 'late', {
        title: 'Brintosa jacket',
        brand: 'Brintosa',
        category: 'Clothing',
        priceMinor: 2_500,
      }),
    ]);
    await assay.settle();
    const cheap = async (id: string) =>
      (await latestFindings(id)).flatMap(({ evidence }) =>
        evidence.flatMap((piece) => (piece.kind === 'FACT' && piece.name === 'cheap' ? [piece] : [])),
      );
    expect(await cheap('cheap-kel')).toEqual([expect.objectContaining({ value: 2_500, expected: 30_900 })]);
    expect(await cheap('fair-kel')).toEqual([]);
    expect(await cheap('cheap-bri')).toEqual([expect.objectContaining({ value: 2_500, expected: 20_000 })]);
  });

  it('hears buyers who call the goods fake, and those who deny it, in five languages', async () => {
    const words = [
      ['en', 'This is a fake, the logo is crooked.', 'Not a fake, I checked it twice.'],
      ['de', 'Das ist eine Fälschung.', 'Keine Fälschung, alles gut.'],
      ['es', 'Es falso, no lo compren.', 'No es falso, muy contento.'],
      ['ru', 'Это подделка!', 'Это не подделка, всё хорошо.'],
      ['zh', '这是假货，退款', '不是假货，很好'],
    ] as const;
    const offers = words.flatMap(([language, complaint, praise]) => [
      { id: `bad-${language}`, sellerId: 'late', text: complaint },
      { id: `good-${language}`, sellerId: 'shop', text: praise },
    ]);
    await send(
      '/v1/listings',
      offers.map(({ id, sellerId }) => listing(id, sellerId, { title: 'Zorvex bag', category: 'Clothing' })),
    );
    await assay.settle();
    await send(
      '/v1/reviews',
      offers.map(({ id, sellerId, text }, at) => ({
        id: `review-${id}`,
        listingId: id,
        sellerId,
        accountId: `buyer-${id}`,
        stars: 2,
        text,
        createdAt: daysAgo(1 + 3 * at),
      })),
    );
    await assay.settle();
    const heard = new Map<string, unknown>();
    for (const { id } of offers) {
      const evidence = (await latestFindings(id)).flatMap((finding) => finding.evidence);
      const told = evidence.find((piece) => piece.kind === 'FACT' && piece.name === 'complaints');
      heard.set(id, told?.kind === 'FACT' ? told.value : 0);
    }
    expect(Object.fromEntries(heard)).toEqual(
      Object.fromEntries(offers.map(({ id }) => [id, id.startsWith('bad') ? 1 : 0])),
    );
  });

  it('reads what the seller writes to buyers with the listing', async () => {
    await send('/v1/listings', [listing('told', 'shop', { title: 'Leather bag', category: 'Clothing > Bags' })]);
    await assay.settle();
    expect(await typesOf('told')).toEqual([]);
    const about = { sellerId: 'shop', listingId: 'told', sentAt: daysAgo(1) };
    const told = { id: 'msg-1', ...about, text: 'It is a 1:1 replica of Zorvex, dear friend' };
    await send('/v1/messages', [told]);
    await assay.settle();
    const [finding] = await latestFindings('told');
    expect(finding?.violationType).toBe('IP_TM_COUNTERFEIT_GOODS');
    expect(finding?.evidence).toContainEqual(expect.objectContaining({ field: 'message.msg-1', text: 'Zorvex' }));
    const again = await assay.client.post<BatchAnswer>('/v1/messages', {
      items: [told, { ...told, id: 'msg-2', sentAt: daysAgo(-2) }],
    });
    expect(again.items.map(({ status }) => status)).toEqual(['unchanged', 'rejected']);
  });

  it('looks again at the catalogue when a mark is added, and when it is withdrawn', async () => {
    await send('/v1/listings', [
      listing('old-1', 'shop', { title: 'Replica P1ivoran watch 1:1', category: 'Watches' }),
      listing('old-2', 'shop', { title: 'Wooden spoon', category: 'Kitchen' }),
    ]);
    await assay.settle();
    expect(await typesOf('old-1')).toEqual([]);
    await send('/v1/marks', [
      {
        id: 'new',
        rightsHolderId: 'h1',
        wordMarkSpecification: { markVerbalElementText: 'Plivoran' },
        hasReputation: true,
        niceClasses: [14],
      },
    ]);
    await assay.settle();
    await expect.poll(() => typesOf('old-1'), SOON).toContain('IP_TM_OBFUSCATED_BRAND');
    const { prisma } = assay.runtime.connected;
    expect(await prisma.check.count({ where: { subjectId: 'old-2' } })).toBe(1);
    await withdrawMark(assay.runtime.marks, 'new');
    await expect.poll(() => typesOf('old-1'), SOON).toEqual([]);
  });
});
