import { z } from 'zod';

const words = z.array(z.string().min(1).toLowerCase()).min(1);

const languageWords = z.strictObject({
  language: z.string().regex(/^[a-z]{2}$/),
  /** No spaces between words: every word is looked for inside the text. */
  isUnspaced: z.boolean().default(false),
  contrasts: words,
  negations: words,
  praise: words,
  trouble: words,
  DELIVERY: words,
  ITEM: words,
  SERVICE: words,
  weakItem: words,
  weakService: words,
});
export type LanguageWords = z.infer<typeof languageWords>;

/** Words that tell what a review complains of; described in `rules/reviews.yaml`. */
export const reviewSettings = z
  .strictObject({
    languages: z
      .array(languageWords)
      .min(1)
      .refine((all) => new Set(all.map(({ language }) => language)).size === all.length, {
        error: 'names a language twice',
      }),
  })
  .meta({ id: 'ReviewSettings' });
export type ReviewSettings = z.infer<typeof reviewSettings>;
