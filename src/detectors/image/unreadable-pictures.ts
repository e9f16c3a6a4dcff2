import type { Finding } from '../../domain/finding.ts';
import type { PictureFact } from './image-facts.ts';

/** A broken file is an evasion as often as an accident: told with what is known, decided by the rules. */
const UNREADABLE_PROBABILITY01 = 1;

/** One finding for each picture that could not be read, or that was cut off and read only in part. */
export function findUnreadable(
  pictures: readonly PictureFact[],
  detector: { readonly name: string; readonly version: number },
): readonly Finding[] {
  return pictures.flatMap((picture): readonly Finding[] => {
    const told = trouble(picture);
    if (told === undefined) return [];
    return [
      {
        detector: detector.name,
        detectorVersion: detector.version,
        violationType: told.isOurs ? 'SYS_CHECK_INCOMPLETE' : 'LST_PICTURE_UNREADABLE',
        probability: UNREADABLE_PROBABILITY01,
        summary: `Picture ${picture.index + 1} ${told.what}`.slice(0, 1_000),
        evidence: [
          { kind: 'FACT', why: told.what.slice(0, 1_000), name: `pictures.${picture.index}`, value: told.code },
        ],
        about: `picture:${picture.index}`,
        signals: { code: told.code },
      },
    ];
  });
}

function trouble(picture: PictureFact): { what: string; code: string; isOurs: boolean } | undefined {
  if (picture.kind === 'unreadable') {
    // A picture that was not served in time is no fault of its bytes; a person must look.
    const isOurs = picture.code === 'image.fetch-timeout' || picture.code === 'image.fetch-failed';
    return { what: `could not be read: ${picture.detail}`, code: picture.code, isOurs };
  }
  if (picture.flags.includes('TRUNCATED')) {
    return { what: 'is cut off or damaged; what could be decoded was compared.', code: 'TRUNCATED', isOurs: false };
  }
  return undefined;
}
