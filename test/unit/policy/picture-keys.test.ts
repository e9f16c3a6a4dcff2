import { describe, expect, it } from 'vitest';
import type { PictureMatchEvidence } from '../../../src/domain/evidence.ts';
import { pictureKeysOf } from '../../../src/policy/picture-keys.ts';

const match = (bank: PictureMatchEvidence['bank'], bankPictureId: string): PictureMatchEvidence => ({
  kind: 'PICTURE_MATCH',
  why: 'The two agree.',
  pictureIndex: 0,
  pictureSha256: 'a'.repeat(64),
  bank,
  bankPictureId,
  ownerLabel: 'Velluna',
  key: 'dhash',
  queryWindow: 'whole',
  bankWindow: 'whole',
  orientation: 'r0',
  isInverted: false,
  distanceBits: 4,
});

describe('the pictures that a case is known by', () => {
  it('are those that were taken, each once, whatever finding tells of them', () => {
    const findings = [
      { evidence: [match('PROTECTED', 'p-1'), match('SELLERS', 'p-1')] },
      { evidence: [match('PROTECTED', 'p-1'), match('COUNTERFEIT', 'p-2')] },
    ];
    expect(pictureKeysOf(findings)).toEqual(['PROTECTED/p-1', 'SELLERS/p-1', 'COUNTERFEIT/p-2']);
  });

  it('are none where a logo is alike or the picture is known as harmless', () => {
    expect(pictureKeysOf([{ evidence: [match('LOGO', 'p-1'), match('NEGATIVE', 'p-2')] }])).toEqual([]);
  });
});
