import type { PictureMatchEvidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import { isScreened } from './bank-share.ts';
import type { ImageFacts } from './image-facts.ts';
import { IMAGE_DETECTOR, VIOLATION_OF, type AccusingBank, type ReadPicture } from './image-findings.ts';
import type { ListedMatch } from './pdq-list.ts';
import { framesOf } from './picture-keys.ts';
import { rightToShow } from './picture-rights.ts';
import type { ImageSettings } from './settings.ts';

/** What others' lists say of one picture: nothing may be said where a negative list knows it. */
export interface ListedHits {
  readonly isSilenced: boolean;
  readonly matches: readonly ListedMatch[];
}

/** Looks a picture up in others' lists, in the banks that screen the listing. */
export function searchLists(picture: ReadPicture, facts: ImageFacts, settings: ImageSettings): ListedHits {
  const { radiusBits } = settings.listedPictures;
  const matches = framesOf(picture.keys)
    .flatMap(({ pdq }, frame) =>
      facts.listedPictures.find(
        { pdq, ...(frame > 0 || picture.md5 === undefined ? {} : { md5: picture.md5 }) },
        radiusBits,
      ),
    )
    .filter(({ picture: { bank } }) => isScreened(facts.listing.id, bank, settings.banks[bank].enabledRatio01));
  return { isSilenced: matches.some((match) => match.picture.bank === 'NEGATIVE'), matches };
}

/**
 * One finding for each bank and list that knows pictures of the listing which its seller has no right to show. Banks
 * whose own pictures match are left out: a picture that can be laid over says more than a hash.
 */
export function findListed(
  hits: readonly { readonly picture: ReadPicture; readonly match: ListedMatch }[],
  {
    facts,
    settings,
    told,
  }: { readonly facts: ImageFacts; readonly settings: ImageSettings; readonly told: ReadonlySet<string> },
): readonly Finding[] {
  const groups = new Map<string, { picture: ReadPicture; match: ListedMatch }[]>();
  for (const hit of hits) {
    const { bank, list } = hit.match.picture;
    if (bank === 'NEGATIVE' || told.has(`${hit.picture.index}:${bank}`)) continue;
    const showing = { ...facts, shownSinceMs: facts.nowMs };
    if (rightToShow({ ...hit.match.picture, ownerLabel: hit.match.picture.label }, showing).kind !== 'none') continue;
    const about = `listed:${bank}:${list}`.slice(0, 300);
    groups.set(about, [...(groups.get(about) ?? []), hit]);
  }
  return [...groups].map(([about, group]) => listFinding(about, group, settings));
}

function listFinding(
  about: string,
  group: readonly { readonly picture: ReadPicture; readonly match: ListedMatch }[],
  settings: ImageSettings,
): Finding {
  const { picture, match } = group[0]!;
  const { bank, list, label, markId } = match.picture;
  const isSameFile = group.some((hit) => hit.match.key === 'md5');
  const { md5Probability01, pdqProbability01 } = settings.listedPictures;
  const pictures = new Set(group.map((hit) => hit.picture.index)).size;
  return {
    detector: IMAGE_DETECTOR.name,
    detectorVersion: IMAGE_DETECTOR.version,
    violationType: VIOLATION_OF[bank as AccusingBank],
    probability: isSameFile ? md5Probability01 : pdqProbability01,
    summary: `Picture ${picture.index + 1} is on the list “${list.slice(0, 100)}” by its hash: ${label.slice(0, 200)}.`,
    evidence: group.slice(0, 50).map((hit) => listedEvidence(hit.picture, hit.match)),
    about,
    ...(markId === undefined ? {} : { markId }),
    signals: { bank, pictures, distanceBits: match.distanceBits, isInverted: match.isInverted, isListedHash: true },
  };
}

function listedEvidence(
  picture: ReadPicture,
  { picture: listed, key, distanceBits, isInverted }: ListedMatch,
): PictureMatchEvidence {
  const how =
    key === 'md5' ? 'The file is the same byte for byte' : `The PDQ hashes differ by ${distanceBits} of 256 bits`;
  return {
    kind: 'PICTURE_MATCH',
    why: `${how}${isInverted ? ', inverted' : ''}. The list “${listed.list.slice(0, 200)}” holds hashes alone: there is no picture to show beside it.`,
    pictureIndex: picture.index,
    pictureSha256: picture.contentSha256,
    bank: listed.bank,
    bankPictureId: listed.id,
    ownerLabel: listed.label,
    ...(listed.markId === undefined ? {} : { markId: listed.markId }),
    key,
    queryWindow: 'full',
    bankWindow: 'full',
    orientation: 'r0',
    isInverted,
    distanceBits,
  };
}
