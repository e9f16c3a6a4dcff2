/** One frequency list: the commonest word first. */
export interface FrequencyList {
  readonly language: string;
  readonly words: readonly string[];
}

export interface WordListSources {
  /** The `data.noun`, `data.verb`, `data.adj` and `data.adv` files of WordNet 3.1. */
  readonly wordNetData: readonly string[];
  /** The `index.sense` file of WordNet 3.1, for how often each sense occurs in tagged text. */
  readonly wordNetSenses: string;
  readonly frequencyLists: readonly FrequencyList[];
  /** Brand names: a frequency list of the web calls them common words, WordNet does not. */
  readonly brandNames: readonly string[];
}

const WORDS_PER_LANGUAGE = 6_000;
/** Two-letter words are taken from the commonest of each language. */
const SHORT_WORDS_PER_LANGUAGE = 250;
const COLUMNS = 110;

const lowerCaseLemmas = (files: readonly string[]): Set<string> => {
  const lemmas = new Set<string>();
  for (const line of files.flatMap((file) => file.split('\n'))) {
    if (line === '' || line.startsWith(' ')) continue;
    const fields = line.split(' ');
    const count = Number.parseInt(fields[3] ?? '0', 16);
    for (let index = 0; index < count; index++) {
      const lemma = (fields[4 + 2 * index] ?? '').replace(/\(.*/, '');
      if (/^[a-z]{3,14}$/.test(lemma)) lemmas.add(lemma);
    }
  }
  return lemmas;
};

const taggedCounts = (senses: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const line of senses.split('\n')) {
    const fields = line.split(' ');
    const lemma = (fields[0] ?? '').split('%')[0] ?? '';
    counts.set(lemma, (counts.get(lemma) ?? 0) + Number(fields[3] ?? 0));
  }
  return counts;
};

const folded = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** The regular inflections of an English lemma. */
const inflections = (lemma: string): string[] => {
  const stem = lemma.replace(/e$/, '');
  const forms = [`${lemma}s`, `${stem}ed`, `${stem}ing`, `${stem}er`, `${stem}ers`];
  if (/[sxzh]$/.test(lemma)) forms.push(`${lemma}es`);
  if (lemma.endsWith('y')) forms.push(`${lemma.slice(0, -1)}ies`, `${lemma.slice(0, -1)}ied`);
  return forms;
};

/**
 * Two lists by language: `ordinary` words, which as a mark need context, and `rare` ones, which are words all the
 * same and therefore no misspelt marks. A brand counts as a word only where WordNet knows it in lower case.
 */
export const makeWordLists = (sources: WordListSources): { ordinary: Map<string, string[]>; rare: string[] } => {
  const lemmas = lowerCaseLemmas(sources.wordNetData);
  const counts = taggedCounts(sources.wordNetSenses);
  const forms = new Set([...lemmas].flatMap(inflections));
  const isEnglish = (word: string): boolean => lemmas.has(word) || forms.has(word);
  const brands = new Set(sources.brandNames.map(folded));
  const seen = new Set<string>();
  const ordinary = new Map<string, string[]>();
  const english = new Set([...lemmas].filter((lemma) => (counts.get(lemma) ?? 0) > 0));
  for (const { language, words } of sources.frequencyLists) {
    if (language !== 'en') continue;
    for (const word of words.map(folded)) if (isEnglish(word)) english.add(word);
    for (const word of words.slice(0, SHORT_WORDS_PER_LANGUAGE)) if (/^[a-z]{2}$/.test(word)) english.add(word);
  }
  ordinary.set('en', [...english].toSorted());
  for (const word of english) seen.add(word);
  for (const { language, words } of sources.frequencyLists) {
    if (language === 'en') continue;
    const kept: string[] = [];
    for (const [rank, raw] of words.slice(0, WORDS_PER_LANGUAGE).entries()) {
      const word = folded(raw.trim());
      const shortest = rank < SHORT_WORDS_PER_LANGUAGE ? 2 : 3;
      if (
        !/^\p{L}{2,16}$/u.test(word) ||
        word.length < shortest ||
        seen.has(word) ||
        (brands.has(word) && !lemmas.has(word))
      )
        continue;
      seen.add(word);
      kept.push(word);
    }
    ordinary.set(language, kept.toSorted());
  }
  const rare = [...lemmas].filter((lemma) => lemma.length >= 4 && !seen.has(lemma)).toSorted();
  return { ordinary, rare };
};

/** YAML of `language: words…`, lines of equal width, so that a change shows as a small difference. */
export const wordListYaml = (header: string, lists: ReadonlyMap<string, readonly string[]>): string => {
  const parts = [header.trimEnd()];
  for (const [language, words] of lists) {
    parts.push(`${language}: >-`);
    let line = ' ';
    for (const word of words) {
      if (line.length + word.length > COLUMNS) {
        parts.push(line);
        line = ' ';
      }
      line += ` ${word}`;
    }
    parts.push(line);
  }
  return `${parts.join('\n')}\n`;
};
