import { describe, expect, it } from 'vitest';
import { EXCHANGE_FORMATS, readPictureList, writePictureList } from '../../../src/adapters/images/bank-exchange.ts';
import { hashFromHex, hashToHex } from '../../../src/detectors/image/hash256.ts';
import { createPdqList, type ListedPicture } from '../../../src/detectors/image/pdq-list.ts';

const PDQ = 'd8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22';
const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
const hash = hashFromHex(PDQ) as Uint32Array;

describe('the exchange of picture lists', () => {
  const pictures: readonly ListedPicture[] = [
    { pdq: hash, quality: 100, label: 'bag, "brown"' },
    { md5: MD5, label: 'watch' },
  ];

  it.each(EXCHANGE_FORMATS)('reads what it wrote as %s', (format) => {
    const read = readPictureList(writePictureList(pictures, format));
    expect(read.problems).toEqual([]);
    expect(
      read.pictures.map(({ pdq, md5, label }) => [pdq === undefined ? '' : hashToHex(pdq), md5 ?? '', label]),
    ).toEqual([
      [PDQ, '', 'bag, "brown"'],
      ['', MD5, 'watch'],
    ]);
  });

  it('reads a bare list of hashes', () => {
    const { pictures: read } = readPictureList(`${PDQ},first\n${MD5.toUpperCase()},second\n`);
    expect(read).toEqual([
      { pdq: hash, label: 'first' },
      { md5: MD5, label: 'second' },
    ]);
  });

  it('reports what is wrong by line and keeps the rest', () => {
    const { pictures: read, problems } = readPictureList(
      `pdq,quality,md5,label\nxyz,,,a\n${PDQ},101,,b\n,,,c\n${PDQ},,,d\n`,
    );
    expect(read.map(({ label }) => label)).toEqual(['d']);
    expect(problems.map(({ at }) => at)).toEqual([2, 3, 4]);
    expect(readPictureList('{"nothing": 1}').problems).toHaveLength(1);
    expect(readPictureList('{').problems).toHaveLength(1);
  });

  it('keeps a spreadsheet from running a label', () => {
    expect(writePictureList([{ md5: MD5, label: '=1+1' }], 'csv')).toContain(`"'=1+1"`);
  });

  it('finds a listed picture within 31 bits, inverted too, and leaves flat pictures alone', () => {
    const list = createPdqList(pictures);
    const near = hash.slice();
    near[0] = (near[0] as number) ^ 0x7fffffff;
    expect(list.findByPdq({ bits: near, quality: 80 })).toMatchObject([{ distanceBits: 31, isInverted: false }]);
    near[1] = (near[1] as number) ^ 1;
    expect(list.findByPdq({ bits: near, quality: 80 })).toEqual([]);
    expect(list.findByPdq({ bits: hash.map((word) => ~word), quality: 80 })).toMatchObject([{ isInverted: true }]);
    expect(list.findByPdq({ bits: hash, quality: 40 })).toEqual([]);
    expect(list.findByMd5(MD5.toUpperCase())).toHaveLength(1);
  });
});
