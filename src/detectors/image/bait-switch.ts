import type { Finding } from '../../domain/finding.ts';
import type { ImageFacts, PictureFact } from './image-facts.ts';
import { nearestWindows, READINGS, verifyPictures } from './picture-match.ts';
import type { ImageSettings } from './settings.ts';

type ReadPicture = Extract<PictureFact, { kind: 'read' }>;

/**
 * Tells where every approved picture was replaced by pictures that show something else. A picture that was edited,
 * cut or reordered is still the same picture; a picture added beside an approved one is none of our business.
 */
export function findBaitSwitch(
  facts: ImageFacts,
  settings: ImageSettings,
  detector: { readonly name: string; readonly version: number },
): Finding | undefined {
  const before = (facts.approvedPictures ?? []).filter(isRead);
  const now = facts.pictures.filter(isRead);
  if (before.length === 0 || now.length === 0) return undefined;
  for (const old of before) {
    for (const picture of now) {
      if (old.contentSha256 === picture.contentSha256 || isSamePicture(old, picture, settings)) return undefined;
    }
  }
  return {
    detector: detector.name,
    detectorVersion: detector.version,
    violationType: 'LST_BAIT_SWITCH',
    probability: settings.baitSwitchProbability01,
    summary: `All ${before.length} approved pictures were replaced by ${now.length} that show something else.`,
    evidence: [
      {
        kind: 'FACT',
        why: 'None of the pictures resembles any of those that were approved.',
        name: 'picturesKept',
        value: 0,
        expected: before.length,
        unit: 'pictures',
      },
      {
        kind: 'PICTURES_REPLACED',
        why: 'The pictures that were approved, and those that are shown now.',
        approvedSha256s: before.map(({ contentSha256 }) => contentSha256),
        shownSha256s: now.map(({ contentSha256 }) => contentSha256),
      },
    ],
    about: 'pictures',
    signals: { picturesBefore: before.length, picturesNow: now.length },
  };
}

function isRead(picture: PictureFact): picture is ReadPicture {
  return picture.kind === 'read';
}

function isSamePicture(old: ReadPicture, picture: ReadPicture, settings: ImageSettings): boolean {
  // The protected bank's radius: the widest that is verified.
  const limits = { radiusBits: settings.banks.PROTECTED.hashRadiusBits, minQuality: settings.minWindowQuality };
  const pairs = [
    [old, picture],
    [picture, old],
  ] as const;
  return pairs.some(([bank, query]) => {
    const match = verifyPictures(bank.keys, query.keys, {
      hint: nearestWindows(bank.keys, query.keys, limits),
      readings: READINGS,
      settings,
    });
    return match !== undefined && match.probability01 >= settings.minProbability01;
  });
}
