import { z } from 'zod';

/** Log-odds, natural logarithm: +2.2 makes a chance of 50 % into one of 90 %. */
const nats = z.number().min(-20).max(20);
const words = z.array(z.string().min(1)).max(200_000);
/** Words by language tag; `und` where a word is used in many. */
const wordsByLanguage = z.record(z.string(), words);

/** A word that adds to the suspicion the nearer it stands to a mark. */
const weightedWord = z.strictObject({
  text: z.string().min(1),
  nats,
  /** Words beside which this one is innocent, such as AAA beside `batteries`. */
  unlessWith: z.array(z.string().min(1)).default([]),
  /** Counts only in exactly this letter case. */
  isCaseSensitive: z.boolean().default(false),
});

/** `rules/brand/context-words.yaml`. */
export const contextWords = z.strictObject({
  nominativeBefore: wordsByLanguage,
  nominativeAfter: wordsByLanguage,
  accessories: wordsByLanguage,
  affiliation: wordsByLanguage,
  origin: wordsByLanguage,
  aftermarket: wordsByLanguage,
  disclaimerAfter: wordsByLanguage,
  replica: z.record(z.string(), z.array(weightedWord)),
  comparison: z.record(z.string(), z.array(weightedWord)),
  hiddenLink: z.record(z.string(), z.array(weightedWord)),
  fakeComplaint: wordsByLanguage,
  genuinePraise: wordsByLanguage,
  negation: wordsByLanguage,
  genericBrand: words,
  storeWords: words,
  /** Words that sellers write in one with a name; others beside a name make another word more often. */
  gluedWords: words,
});

/** `rules/brand/category-classes.yaml`: which words of a category stand for which Nice classes. */
export const categoryClassList = z.array(
  z.strictObject({
    classes: z.array(z.int().min(1).max(45)).min(1),
    words: z.array(z.string().min(1)).min(1),
  }),
);

/** `rules/brand.yaml`. */
export const brandRules = z.strictObject({
  /** Nats of each piece of evidence; the sum is the log-odds of a violation before calibration. */
  nats: z.strictObject({
    prior: nats,
    reputed: nats,
    ordinaryName: nats,
    ordinaryAsName: nats,
    ordinaryAsWord: nats,
    ordinaryLeads: nats,
    ordinaryOtherGoods: nats,
    shortName: nats,
    heardOnly: nats,
    descriptionOnly: nats,
    inClass: nats,
    nominative: nats,
    brandAttributeAgrees: nats,
    brandAttributeContradicts: nats,
    sellerNotNamedByOwner: nats,
    codeWord: nats,
    cheap: nats,
    complaints: nats,
    storeName: nats,
    stuffing: nats,
    views: z.record(z.string(), nats),
  }),
  /** Log-odds are stretched and shifted by these before they become a probability; fitted by `assay eval brands --fit`. */
  calibration: z.strictObject({ slope: z.number().positive(), intercept: nats }),
  /** Findings less likely than this are not told. */
  minProbability01: z.number().min(0).max(1),
  /** Where `assay eval brands` puts the limits of review and block; the policy has the last word. */
  outcomes: z.strictObject({ review01: z.number(), block01: z.number() }),
  /** Words between mark and replica word over which the word's weight falls to 1/e. */
  proximityWords: z.number().positive(),
  /** A price below this share of the usual one is suspicious. */
  cheapShare01: z.number().min(0).max(1),
  /** Fewer comparable offers and their median is noise. */
  minComparables: z.int().min(1),
  /**
   * From which length on the names of marks without reputation are looked for with a wrong letter, by how many names
   * the index holds; ascending, none beyond the last. Every further name makes a chance likeness likelier.
   */
  fuzzyLengths: z.array(z.strictObject({ upToNames: z.int().min(1), units: z.int().min(5) })),
  /** When a description counts as taken from another listing. */
  copiedText: z.strictObject({
    /** Shorter descriptions are alike by chance. */
    minCharacters: z.int().min(20),
    minJaccard01: z.number().min(0).max(1),
    /** Share of the description that stands in the other one. */
    minContained01: z.number().min(0).max(1),
    /** A text that so many owners share is the supplier's. */
    boilerplateOwners: z.int().min(2),
  }),
  /** Complaints that count in full; fewer count in part. */
  fullComplaints: z.int().min(1),
  /** Different marks, lawful uses aside, that make a listing stuffed. */
  stuffingMarks: z.int().min(2),
});

/** Everything that the brand room reads from `rules/`. */
export const brandSettings = z.strictObject({
  rules: brandRules,
  contextWords,
  categoryClasses: categoryClassList,
  /** Everyday words of many languages: marks spelt like them need context, and they are no misspelt marks. */
  ordinaryWords: words,
  /** Rarer words: they are no misspelt marks either. */
  rareWords: words,
});

export type BrandRules = z.infer<typeof brandRules>;
export type BrandContextWords = z.infer<typeof contextWords>;
export type BrandSettings = z.infer<typeof brandSettings>;
export type WeightedWord = z.infer<typeof weightedWord>;

/** `rules/brand/ordinary-words.yaml`: words of each language in one string, separated by white space. */
export /** Words by language, separated by white space. */
const ordinaryWordFile = z.record(z.string(), z.string());

/**
 * Settings from the rule files. `readRule` gives the parsed content of a file under `rules/`, for example
 * `brand/context-words.yaml`. Throws a ZodError that names the path inside the file.
 */
export const parseBrandSettings = (readRule: (fileName: string) => unknown): BrandSettings => {
  // One long string a language keeps the files small and their differences readable.
  const wordsOf = (fileName: string): string[] =>
    Object.values(ordinaryWordFile.parse(readRule(fileName))).flatMap((list) =>
      list.split(/\s+/).filter((word) => word !== ''),
    );
  return brandSettings.parse({
    rules: readRule('brand.yaml'),
    contextWords: readRule('brand/context-words.yaml'),
    categoryClasses: readRule('brand/category-classes.yaml'),
    ordinaryWords: wordsOf('brand/ordinary-words.yaml'),
    rareWords: wordsOf('brand/rare-words.yaml'),
  });
};
