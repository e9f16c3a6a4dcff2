import { z } from 'zod';
import { violationType } from '../../domain/violation.ts';

const ratio01 = z.number().min(0).max(1);

/** `rules/picture-text.yaml`. */
export const pictureTextSettings = z.strictObject({
  /** Whether words in pictures are read at all. */
  isEnabled: z.boolean(),
  /** Tesseract's codes of the languages; each but `eng` needs its data package. */
  languages: z.array(z.string().regex(/^[a-z]{3}(_[a-z]+)?$/)).min(1),
  /** Turns in which each picture is read, clockwise: the reader reads lines that lie within some 7° of level. */
  turnsDegrees: z.array(z.number().min(-90).max(90)).min(1).max(9),
  /** Beginnings of category paths whose listings are read; an empty text means every listing. */
  categories: z.array(z.string()),
  /** Findings that have the pictures of their listing read. */
  findings: z.array(violationType),
  /** Pictures of a listing that are read, from the first. */
  maxPictures: z.int().min(1).max(30),
  /** Words that were read with less are no words. */
  minConfidence01: ratio01,
  /** Shorter names are left out: reading takes patterns for short words. */
  minNameLetters: z.int().min(2),
  /** What readers take for one another where letters touch; small letters. */
  confusions: z.array(z.strictObject({ read: z.string().min(1).max(3), meant: z.string().min(1).max(3) })).max(40),
  /** Names from so many letters on are taken with one such confusion. */
  minConfusedLetters: z.int().min(4),
  /** Names from so many letters on are taken with one letter misread, or from words that were read with less. */
  minMisreadLetters: z.int().min(4),
  /** And from so many on where both hold. */
  minDoubtfulLetters: z.int().min(4),
  /** How sure a name must be that was misread: a plural or another first letter is less so. */
  minMisreadCertainty01: ratio01,
  /** Of a mark that a picture names and the listing does not. */
  probability01: ratio01,
});
export type PictureTextSettings = z.infer<typeof pictureTextSettings>;
