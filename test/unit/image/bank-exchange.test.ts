import { describe, expect, it } from 'vitest';
import { readPictureList } from '../../../src/adapters/images/bank-exchange.ts';
import { writePictureList } from '../../../src/adapters/images/write-picture-list.ts';
import { hashFromHex, hashToHex } from '../../../src/detectors/image/hash256.ts';
import { createPdqList, type BankedHash, type ListedPicture } from '../../../src/detectors/image/pdq-list.ts';
import { EXCHANGE_FORMATS, type ExchangeFormat } from '../../../src/pipeline/exchange-bank.ts';

const PDQ = 'd8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22';
const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
const hash = hashFromHex(PDQ) as Uint32Array;

async function write(pictures: readonly ListedPicture[], format: ExchangeFormat): Promise<string> {
  let text = '';
  for await (const piece of writePictureList(pictures, format)) text += piece;
  return text;
}

const told = (text: string) =>
  readPictureList(text).rows.map(({ picture: { pdq, md5, label } }) => [
    pdq === undefined ? '' : hashToHex(pdq),
    md5 ?? '',
    label,
  ]);

describe('the exchange of picture lists', () => {
  const pictures: readonly ListedPicture[] = [
    { pdq: hash, quality: 100, label: 'bag, "brown"' },
    { md5: MD5, label: 'watch' },
  ];

  it.each(EXCHANGE_FORMATS.filter((format) => format !== 'signal-lines'))(
    'reads what it wrote as %s',
    async (format) => {
      const text = await write(pictures, format);
      expect(readPictureList(text).problems).toEqual([]);
      expect(told(text)).toEqual([
        [PDQ, '', 'bag, "brown"'],
        ['', MD5, 'watch'],
      ]);
    },
  );

  it.each(EXCHANGE_FORMATS)('reads an empty list that it wrote as %s', async (format) => {
    expect(readPictureList(await write([], format))).toEqual({ rows: [], problems: [] });
  });

  it('writes the lines of the file exchange of HMA, and reads them', async () => {
    expect(await write(pictures, 'signal-lines')).toBe(`pdq ${PDQ}\n`);
    const { rows, problems } = readPictureList(`pdq ${PDQ}\nvideo_md5 ${MD5}\n\nphoto_md5 ${MD5}\n`);
    expect(rows.map(({ at, picture }) => [at, picture.md5 ?? 'pdq'])).toEqual([
      [1, 'pdq'],
      [4, MD5],
    ]);
    expect(problems).toEqual([{ at: 2, why: expect.stringContaining('video_md5') }]);
  });

  it('reads what HMA gives of one content, and what it takes as signals', () => {
    const content = {
      id: 7,
      disable_until_ts: 0,
      bank: { name: 'B' },
      signals: { pdq: PDQ },
      metadata: { content_id: 'bag-7' },
    };
    expect(told(JSON.stringify(content))).toEqual([[PDQ, '', 'bag-7']]);
    expect(told(JSON.stringify([content, { ...content, metadata: null, note: 'bag' }]))).toEqual([
      [PDQ, '', 'bag-7'],
      [PDQ, '', 'bag'],
    ]);
    expect(told(JSON.stringify({ pdq: PDQ }))).toEqual([[PDQ, '', '']]);
  });

  it('reads a bare list of hashes', () => {
    expect(told(`${PDQ},first\n${MD5.toUpperCase()},second\n`)).toEqual([
      [PDQ, '', 'first'],
      ['', MD5, 'second'],
    ]);
  });

  it('reports what is wrong by line and keeps the rest', () => {
    const { rows, problems } = readPictureList(`pdq,quality,md5,label\nxyz,,,a\n\n${PDQ},101,,b\n,,,c\n${PDQ},,,d\n`);
    expect(rows.map(({ at, picture }) => [at, picture.label])).toEqual([[6, 'd']]);
    expect(problems.map(({ at }) => at)).toEqual([2, 4, 5]);
    expect(readPictureList('{"nothing": 1}').problems).toHaveLength(1);
    expect(readPictureList('{').problems).toHaveLength(1);
    const lines = readPictureList(`{"pdq":"${PDQ}"}\n{"pdq":\n[]\n{"md5":"${MD5}"}\n`);
    expect(lines.rows.map(({ at }) => at)).toEqual([1, 4]);
    expect(lines.problems.map(({ at }) => at)).toEqual([2, 3]);
  });

  it('keeps a spreadsheet from running a label', async () => {
    expect(await write([{ md5: MD5, label: '=1+1' }], 'csv')).toContain(`"'=1+1"`);
  });

  it('finds a listed picture within 31 bits, inverted too, and leaves flat pictures alone', () => {
    const list = createPdqList();
    const entry = (id: string, picture: ListedPicture): BankedHash => ({
      ...picture,
      id,
      bank: 'COUNTERFEIT',
      list: 'l',
      uploadedAtMs: 0,
    });
    pictures.forEach((picture, i) => list.add(entry(`h${i}`, picture)));
    const near = hash.slice();
    near[0] = (near[0] as number) ^ 0x7fffffff;
    const pdqOf = (bits: Uint32Array, quality = 80) => list.find({ pdq: { bits, quality } });
    expect(pdqOf(near)).toMatchObject([{ distanceBits: 31, isInverted: false, key: 'pdq' }]);
    near[1] = (near[1] as number) ^ 1;
    expect(pdqOf(near)).toEqual([]);
    expect(pdqOf(hash.map((word) => ~word))).toMatchObject([{ isInverted: true }]);
    expect(pdqOf(hash, 40)).toEqual([]);
    expect(list.find({ md5: MD5 })).toMatchObject([{ key: 'md5', picture: { id: 'h1' } }]);
    list.add(entry('h0', { md5: MD5, label: 'other' }));
    expect(pdqOf(hash)).toEqual([]);
    expect(list.remove('h1')).toBe(true);
    expect(list.find({ md5: MD5 }).map(({ picture }) => picture.id)).toEqual(['h0']);
    expect(list.size).toBe(1);
  });
});
