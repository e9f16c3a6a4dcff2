import type { MarkHit, MarkView } from './mark-hit.ts';
import type { MarkIndex } from './mark-index.ts';
import type { PictureTextSettings } from './picture-text-settings.ts';

/** Words of a line that were read in a picture, from left to right, each with how sure the reader is of it, 0–1. */
export type PictureTextLine = readonly { readonly text: string; readonly confidence01: number }[];

/** A name of a mark among the words of a picture. */
export interface PictureName {
  /** The words as they were read. */
  readonly text: string;
  readonly hit: MarkHit;
  /** Whether the reader must have got a letter wrong for it to be the name. */
  readonly isMisread: boolean;
}

/** How a misread name looks; what evaders do besides is not what a reader of pictures does. */
const MISREAD_VIEWS: readonly MarkView[] = ['NATIVE', 'SPLIT', 'SKELETON', 'LEET', 'FUZZY'];
/** Copies of one line with other letters in it: lines are short, noise is not. */
const MAX_MEANT = 60;

/**
 * Names that stand by themselves and are read letter by letter, or with two letters taken for one as readers take them;
 * and longer ones where the reader is unsure of the words or got any letter wrong, the longest where both hold, since no
 * pattern reads like so many letters by chance. A name may come several times.
 */
export function* namesIn(
  lines: readonly PictureTextLine[],
  markIndex: MarkIndex,
  settings: PictureTextSettings,
): Generator<PictureName> {
  const { minConfidence01, minConfusedLetters, minMisreadLetters, minDoubtfulLetters, minMisreadCertainty01 } =
    settings;
  for (const line of lines) {
    for (const text of certainRuns(line, minConfidence01)) {
      for (const hit of markIndex.findMarks(text, 'EXACT')) if (hit.isWholeWord) yield { text, hit, isMisread: false };
      yield* likelyIn(text, { misread: minMisreadLetters });
      for (const { meant, at, length } of meantBy(text, settings.confusions)) {
        for (const hit of markIndex.findMarks(meant, 'EXACT')) {
          const isAcross = hit.start <= at && at + length <= hit.end;
          if (hit.isWholeWord && isAcross && lettersOf(hit) >= minConfusedLetters) yield { text, hit, isMisread: true };
        }
      }
    }
    yield* likelyIn(line.map(({ text }) => text).join(' '), { read: minMisreadLetters, misread: minDoubtfulLetters });
  }

  function* likelyIn(text: string, minLetters: { readonly read?: number; readonly misread: number }) {
    for (const hit of markIndex.findMarks(text, 'FULL')) {
      const isMisread = hit.view === 'FUZZY';
      const least = isMisread ? minLetters.misread : minLetters.read;
      const isLikely = MISREAD_VIEWS.includes(hit.view) && hit.certainty01 >= minMisreadCertainty01;
      if (isLikely && hit.isWholeWord && least !== undefined && lettersOf(hit) >= least) yield { text, hit, isMisread };
    }
  }
}

export const lettersOf = ({ name }: MarkHit): number => name.replaceAll(/[^\p{L}\p{N}]/gu, '').length;

/** Words that stand side by side and were all read well, as one text. */
function certainRuns(line: PictureTextLine, minConfidence01: number): readonly string[] {
  return line
    .map(({ text, confidence01 }) => (confidence01 >= minConfidence01 ? text : '\n'))
    .join(' ')
    .split('\n')
    .map((run) => run.trim())
    .filter((run) => run !== '');
}

/** The text with one confusion undone, for each place where there may be one; `at`: where the letters stand then. */
function meantBy(
  text: string,
  confusions: PictureTextSettings['confusions'],
): readonly { readonly meant: string; readonly at: number; readonly length: number }[] {
  const lower = text.toLowerCase();
  // A few letters grow when they are made small; then places no longer agree.
  if (lower.length !== text.length) return [];
  const found: { meant: string; at: number; length: number }[] = [];
  for (const { read, meant } of confusions) {
    for (let at = lower.indexOf(read); at >= 0 && found.length < MAX_MEANT; at = lower.indexOf(read, at + 1)) {
      const undone = lower.slice(0, at) + meant + lower.slice(at + read.length);
      found.push({ meant: undone, at, length: meant.length });
    }
  }
  return found;
}
