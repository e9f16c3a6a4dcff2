/** Languages of the console's own texts. */
export const LANGUAGES = ['en', 'zh', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same texts in every language. */
export type Texts<Shape> = Readonly<Record<Language, Shape>>;

/** Texts of one part of the console. The English ones say which there are; a language that lacks one is a type error. */
export const defineTexts = <Shape>(texts: {
  readonly en: Shape;
  readonly zh: NoInfer<Shape>;
  readonly ru: NoInfer<Shape>;
}): Texts<Shape> => texts;

const RULES = { en: new Intl.PluralRules('en'), ru: new Intl.PluralRules('ru') };
const FORMATS = { en: new Intl.NumberFormat('en'), zh: new Intl.NumberFormat('zh'), ru: new Intl.NumberFormat('ru') };

/** `3 listings` */
export const enCount = (count: number, one: string, other: string): string =>
  `${FORMATS.en.format(count)} ${RULES.en.select(count) === 'one' ? one : other}`;

/** `3 объявления`: the forms for 1, 2 and 5 (Unicode CLDR plural rules). */
export function ruCount(count: number, one: string, few: string, many: string): string {
  const rule = RULES.ru.select(count);
  return `${FORMATS.ru.format(count)} ${rule === 'one' ? one : rule === 'many' ? many : few}`;
}

/** `3 个商品`: Chinese knows one form. */
export const zhCount = (count: number, measured: string): string => `${FORMATS.zh.format(count)} ${measured}`;
