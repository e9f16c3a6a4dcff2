import sharp from 'sharp';
import { wordOf } from './read-logo-words.ts';

/** Faces of different build; which letters come of them is the business of the installed fonts. */
const FACES = ['sans bold', 'serif', 'monospace bold', 'sans condensed'] as const;
/** Longer side of a logo. */
const SIDE_PX = 384;

/**
 * A logo with its word below, black on white, as most marks are used. The face goes with the number, every second word is
 * in capitals.
 */
export async function letterLogo(emblem: Buffer, logo: string, number: number): Promise<Buffer> {
  const plain = wordOf(logo);
  const word = number % 2 === 0 ? plain.toUpperCase() : plain.slice(0, 1).toUpperCase() + plain.slice(1);
  const letters = await sharp({
    text: {
      text: word.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
      font: FACES[number % FACES.length]!,
      dpi: 400,
    },
  })
    .resize({ width: SIDE_PX })
    .extractChannel(0)
    .negate()
    .png()
    .toBuffer({ resolveWithObject: true });
  const mark = await sharp(emblem)
    .resize(SIDE_PX, Math.round(SIDE_PX * 0.55), { fit: 'contain', background: '#ffffff' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const gap = Math.round(SIDE_PX * 0.06);
  return sharp({
    create: {
      width: SIDE_PX,
      height: mark.info.height + gap + letters.info.height,
      channels: 3,
      background: '#ffffff',
    },
  })
    .composite([
      { input: mark.data, left: 0, top: 0 },
      { input: letters.data, left: 0, top: mark.info.height + gap },
    ])
    .png()
    .toBuffer();
}
