import type { PictureFact } from '../detectors/image/image-facts.ts';
import type { BankMatch, PictureBank, PictureSource } from '../detectors/image/picture-index.ts';
import type { PictureKeys } from '../detectors/image/picture-keys.ts';
import { AppError } from '../domain/errors.ts';
import type { PictureLookup } from './knowledge.ts';

/** Answers of the index that were asked for before the detector runs, and those of them that it has read. */
export interface AnsweredSearches {
  readonly pictureIndex: PictureSource;
  /** What the detector was told, search by search: grows while it runs. */
  readonly searches: readonly (readonly BankMatch[])[];
}

/**
 * Searches banks for every picture that was read, because a detector waits for nothing. A search that failed, and would
 * fail again, fails in the detector that asks for it, as if it had failed there.
 *
 * @throws AppError that is retryable when the index is not there.
 */
export async function searchAhead(
  index: PictureLookup,
  pictures: readonly PictureFact[],
  banks: readonly PictureBank[],
): Promise<AnsweredSearches> {
  const answers = new Map<PictureKeys, PromiseSettledResult<readonly BankMatch[]>>();
  const read = pictures.flatMap((picture) => (picture.kind === 'read' ? [picture.keys] : []));
  const settled = await Promise.allSettled(read.map((keys) => index.search(keys, { banks })));
  read.forEach((keys, i) => answers.set(keys, settled[i]!));
  const passing = settled.flatMap((one) => (one.status === 'rejected' && isPassing(one.reason) ? [one.reason] : []));
  if (passing.length > 0) throw passing[0];
  const searches: (readonly BankMatch[])[] = [];
  const search = (keys: PictureKeys): readonly BankMatch[] => {
    const answer = answers.get(keys);
    if (answer === undefined) throw new Error('A detector asked for a picture that was not searched ahead.');
    if (answer.status === 'rejected') throw answer.reason;
    searches.push(answer.value);
    return answer.value;
  };
  return { pictureIndex: { search }, searches };
}

const isPassing = (fault: unknown): fault is AppError => fault instanceof AppError && fault.isRetryable;
