import { describe, expect, it } from 'vitest';
import { createPictureReader } from '../../../src/adapters/images/picture-reader.ts';
import { damagedPicture, soundPictures } from '../../../src/evaluation/images/damage-pictures.ts';
import { fuzzIntake } from '../../../src/evaluation/images/fuzz-intake.ts';
import { shippedSettings } from '../../unit/image/drawn-picture.ts';

describe('damaged pictures', () => {
  it('are answered with what is wrong, and none is thrown at whoever reads them', async () => {
    const reader = createPictureReader({ settings: () => shippedSettings });
    for (const { format, bytes } of await soundPictures()) {
      expect(await reader.read(bytes), format).toMatchObject({ kind: 'read' });
    }
    const tally = await fuzzIntake({ from: 0, to: 90 }, { reader, nowMs: () => performance.now(), onBegin: () => {} });
    await reader.close();
    expect(tally.thrown).toEqual([]);
    expect(Object.values(tally.answers).reduce((sum, count) => sum + count, 0)).toBe(90);
    // Damage of all kinds and degrees: some is survived, some is not.
    expect(Object.keys(tally.answers)).toEqual(expect.arrayContaining(['read', 'image.undecodable']));
  });

  it('are the same in every run', async () => {
    const [first, second] = [await soundPictures(), await soundPictures()];
    expect(damagedPicture(7, first)).toEqual(damagedPicture(7, second));
  });
});
