import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PROJECT_PATHS } from '../../../src/app/project-paths.ts';
import type { CheckView } from '../../../src/domain/views/check-view.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';

/** A picture that shows words on a slanting line: blocks of ink for letters, because a machine may have no fonts. */
async function signWith(letters: readonly (readonly string[])[]): Promise<Buffer> {
  const cell = 9;
  const widthPx = 640;
  const rgb = Buffer.alloc(widthPx * 360 * 3, 235);
  letters.forEach((rows, at) => {
    rows.forEach((row, y) => {
      [...row].forEach((ink, x) => {
        if (ink !== '#') return;
        for (let dy = 0; dy < cell; dy++) {
          const start = (140 + y * cell + dy) * widthPx + 100 + (at * 7 + x) * cell;
          rgb.fill(20, 3 * start, 3 * (start + cell));
        }
      });
    });
  });
  return (
    sharp(rgb, { raw: { width: widthPx, height: 360, channels: 3 } })
      .blur(1.2)
      // Lines on goods are seldom level.
      .rotate(13, { background: '#ebebeb' })
      .png()
      .toBuffer()
  );
}

const H = ['#...#', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'];
const E = ['#####', '#....', '#....', '####.', '#....', '#....', '#####'];
const L = ['#....', '#....', '#....', '#....', '#....', '#....', '#####'];
const I = ['.###.', '..#..', '..#..', '..#..', '..#..', '..#..', '.###.'];
const T = ['#####', '..#..', '..#..', '..#..', '..#..', '..#..', '..#..'];

/** An emblem of one colour: a bent arrow with a dot, so that no turn of it looks like another; or a plain disc. */
async function emblem(how: {
  side: number;
  ground: number;
  ink: number;
  turn: number;
  scale: number;
  isDisc?: boolean;
}): Promise<Buffer> {
  const { side, ground, ink, turn, scale, isDisc = false } = how;
  const rgb = Buffer.alloc(side * side * 3, ground);
  const isInk = (x: number, y: number): boolean =>
    isDisc
      ? x * x + y * y < 0.2
      : (Math.abs(x + 0.3) < 0.09 && Math.abs(y) < 0.45) ||
        (Math.abs(y - 0.36) < 0.09 && x > -0.35 && x < 0.4) ||
        (x > 0.1 && x < 0.45 && Math.abs(y + 0.15) < (0.45 - x) * 0.7) ||
        (x - 0.05) ** 2 + (y - 0.1) ** 2 < 0.008;
  for (let i = 0; i < side * side; i++) {
    const u = ((i % side) / side - 0.5) / scale;
    const v = (Math.floor(i / side) / side - 0.5) / scale;
    const x = u * Math.cos(turn) + v * Math.sin(turn);
    const y = v * Math.cos(turn) - u * Math.sin(turn);
    if (isInk(x, y)) rgb.fill(ink, 3 * i, 3 * i + 3);
  }
  return sharp(rgb, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
}

describe('words in pictures', () => {
  let assay: TestAssay;
  let rulesDir: string;

  beforeAll(async () => {
    rulesDir = await mkdtemp(path.join(tmpdir(), 'assay-rules-'));
    await cp(PROJECT_PATHS.rules, rulesDir, { recursive: true });
    const file = path.join(rulesDir, 'picture-text.yaml');
    const asked = (await readFile(file, 'utf8'))
      .replace('isEnabled: false', 'isEnabled: true')
      .replace('categories: []', 'categories: [Fashion]');
    await writeFile(file, asked);
    const images = path.join(rulesDir, 'image.yaml');
    const withLogos = (await readFile(images, 'utf8')).replace(
      /logos:\n {2}isEnabled: false\n {2}categories: \[''\]/,
      "logos:\n  isEnabled: true\n  categories: ['Sports']",
    );
    await writeFile(images, withLogos);
    assay = await openTestAssay(rulesDir);
    await assay.client.post('/v1/rights-holders', { id: 'r-1', name: 'Hilet AB' });
    await assay.client.post('/v1/marks', {
      id: 'm-1',
      rightsHolderId: 'r-1',
      wordMarkSpecification: { markVerbalElementText: 'Hilet' },
      authorizations: [{ sellerId: 's-partner' }],
    });
  });
  afterAll(async () => {
    await assay.close();
    await rm(rulesDir, { recursive: true, force: true });
  });

  const checksOf = (listingId: string) =>
    assay.runtime.connected.prisma.check.findMany({ where: { subjectId: listingId }, orderBy: { acceptedAt: 'asc' } });
  const sell = async (id: string, rest: object): Promise<void> => {
    const createdAt = new Date(Date.now() - 86_400_000).toISOString();
    const pictures = [{ base64: (await signWith([H, I, L, E, T])).toString('base64') }];
    const item = { id, sellerId: `s-${id}`, title: 'A shirt', priceMinor: 900, currency: 'EUR', createdAt, pictures };
    await assay.client.post('/v1/listings', { ...item, ...rest });
    await assay.settle();
  };

  it('are read where the rules ask, once, and a mark that only a picture names is told', async () => {
    await sell('silent', { category: 'Fashion > Shirts' });
    await vi.waitFor(async () => {
      await assay.settle();
      expect(await checksOf('silent')).toHaveLength(2);
    }, 25_000);
    await assay.settle();
    const [, again] = await checksOf('silent');
    expect(again).toMatchObject({ trigger: 'picture-text', state: 'DONE' });
    const { findings } = await assay.client.get<CheckView>(`/v1/checks/${again!.id}`);
    const told = findings.find(({ violationType }) => violationType === 'IP_TM_LOGO_IMITATION');
    expect(told).toMatchObject({ detector: 'picture-text', markId: 'm-1' });
    expect(told?.evidence[0]).toMatchObject({ kind: 'FACT', name: 'pictures.0.text' });
    // The same job once more: nothing is read and nothing is checked again.
    await assay.runtime.queues.addMany([
      {
        queue: 'picture-text',
        id: 'again',
        data: { listingId: 'silent', version: 1, wantsText: true, wantsShapes: false },
      },
    ]);
    await vi.waitFor(async () => {
      const counts = (await assay.runtime.queues.counts())['picture-text'];
      expect(counts.waiting + counts.active + counts.delayed).toBe(0);
    }, 10_000);
    expect(await checksOf('silent')).toHaveLength(2);
  });

  it('stand beside logos: the shape of a submitted one is found on a photo, turned, small and in another colour', async () => {
    await assay.client.postForm(
      '/v1/bank-pictures',
      { bank: 'LOGO', label: 'Hilet, emblem', markId: 'm-1', rightsHolderId: 'r-1' },
      await emblem({ side: 300, ground: 255, ink: 0, turn: 0, scale: 0.8 }),
    );
    const pictures = async (how: Parameters<typeof emblem>[0]) => [{ base64: (await emblem(how)).toString('base64') }];
    const turned = { side: 500, ground: 60, ink: 210, turn: 0.25, scale: 0.3 };
    await sell('sporty', { category: 'Sports', pictures: await pictures(turned) });
    await sell('genuine', {
      category: 'Sports',
      sellerId: 's-partner',
      pictures: await pictures({ ...turned, turn: 0.2 }),
    });
    await sell('plain', { category: 'Sports', pictures: await pictures({ ...turned, isDisc: true }) });
    for (const [id, wanted] of [
      ['sporty', 1],
      ['genuine', 0],
      ['plain', 0],
    ] as const) {
      await vi.waitFor(async () => {
        await assay.settle();
        expect(await checksOf(id)).toMatchObject([{ state: 'DONE' }, { state: 'DONE', trigger: 'picture-text' }]);
      }, 25_000);
      const findings = await assay.runtime.connected.prisma.finding.findMany({
        where: { subjectId: id, violationType: 'IP_TM_LOGO_IMITATION' },
      });
      expect(findings, id).toHaveLength(wanted);
      if (wanted === 1) {
        expect(findings[0]).toMatchObject({
          markId: 'm-1',
          evidence: [{ kind: 'PICTURE_MATCH', key: 'shape', bank: 'LOGO' }],
        });
      }
    }
  });

  it('are left alone where nothing asks for them', async () => {
    await sell('kitchen', { category: 'Home > Kitchen' });
    expect(await checksOf('kitchen')).toHaveLength(1);
  });

  it('say nothing about a mark that the listing names, or that its seller may use', async () => {
    await sell('named', { category: 'Fashion', title: 'Hilet shirt' });
    await sell('partner', { category: 'Fashion', sellerId: 's-partner' });
    for (const id of ['named', 'partner']) {
      const findings = await assay.runtime.connected.prisma.finding.findMany({
        where: { subjectId: id, detector: 'picture-text' },
      });
      expect(findings).toEqual([]);
    }
  });
});
