import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PROJECT_PATHS } from '../../../src/app/project-paths.ts';
import type { CheckView } from '../../../src/domain/views/check-view.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';

/** A picture that shows words: blocks of ink for letters, because a machine may have no fonts. */
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
  return sharp(rgb, { raw: { width: widthPx, height: 360, channels: 3 } })
    .blur(1.2)
    .png()
    .toBuffer();
}

const H = ['#...#', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'];
const E = ['#####', '#....', '#....', '####.', '#....', '#....', '#####'];
const L = ['#....', '#....', '#....', '#....', '#....', '#....', '#####'];
const I = ['.###.', '..#..', '..#..', '..#..', '..#..', '..#..', '.###.'];
const T = ['#####', '..#..', '..#..', '..#..', '..#..', '..#..', '..#..'];

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
      { queue: 'picture-text', id: 'again', data: { listingId: 'silent', version: 1 } },
    ]);
    await vi.waitFor(async () => {
      const counts = (await assay.runtime.queues.counts())['picture-text'];
      expect(counts.waiting + counts.active + counts.delayed).toBe(0);
    }, 10_000);
    expect(await checksOf('silent')).toHaveLength(2);
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
