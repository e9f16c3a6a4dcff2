import type { PictureMatchEvidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Listing } from '../../domain/listing.ts';
import type { ImageFacts } from './image-facts.ts';
import { IMAGE_DETECTOR, type ReadPicture } from './image-findings.ts';
import type { LogoMatch } from './logo-index.ts';
import { SHAPE_STEPS } from './logo-shapes.ts';
import { rightToShow } from './picture-rights.ts';
import type { ImageSettings, LogoSettings } from './settings.ts';

interface SeenLogo {
  readonly picture: ReadPicture;
  readonly match: LogoMatch;
}

/** Whether the pictures of a listing are to be looked at for logos: its category asks for it. */
export function asksForLogos(
  { isEnabled, categories }: LogoSettings,
  { category = '' }: Pick<Listing, 'category'>,
): boolean {
  return isEnabled && categories.some((prefix) => category.toLowerCase().startsWith(prefix.toLowerCase()));
}

/** One finding for each owner whose logo stands in the pictures, unless the seller may show it. */
export function findLogos(facts: ImageFacts, settings: ImageSettings): readonly Finding[] {
  const groups = new Map<string, SeenLogo[]>();
  const showing = { ...facts, shownSinceMs: facts.nowMs };
  for (const picture of facts.pictures) {
    if (picture.kind !== 'read' || picture.shapes === undefined) continue;
    for (const match of facts.logoIndex.search(picture.shapes, facts.namedMarks?.get(picture.index))) {
      if (rightToShow(match.logo, showing).kind !== 'none') continue;
      const owner = match.logo.markId ?? match.logo.rightsHolderId ?? match.logo.ownerLabel;
      const about = `logo-shape:${owner}`.slice(0, 300);
      groups.set(about, [...(groups.get(about) ?? []), { picture, match }]);
    }
  }
  return [...groups].map(([about, group]) => toFinding(about, group, settings));
}

function toFinding(about: string, group: readonly SeenLogo[], settings: ImageSettings): Finding {
  const sorted = [...group].sort((a, b) => b.match.score01 - a.match.score01);
  const { picture, match } = sorted[0]!;
  const { ownerLabel, markId } = match.logo;
  const pictures = new Set(group.map((one) => one.picture.index)).size;
  return {
    detector: IMAGE_DETECTOR.name,
    detectorVersion: IMAGE_DETECTOR.version,
    violationType: 'IP_TM_LOGO_IMITATION',
    probability: settings.logos.probability01,
    summary: `Picture ${picture.index + 1} seems to show the logo of ${ownerLabel.slice(0, 200)}.`,
    evidence: sorted.slice(0, 20).map((one) => logoEvidence(one)),
    about,
    ...(markId === undefined ? {} : { markId }),
    signals: { bank: 'LOGO', pictures, agreement01: match.score01 },
  };
}

function logoEvidence({ picture, match: { logo, part, shape, score01, turnSteps } }: SeenLogo): PictureMatchEvidence {
  const [x, y, width, height] = shape.rect01;
  const [bankX, bankY, bankWidth, bankHeight] = part.rect01;
  const scaleX = width / bankWidth;
  const scaleY = height / bankHeight;
  const degrees = Math.round((360 * turnSteps) / SHAPE_STEPS);
  const turned = degrees === 0 ? '' : `, turned by ${degrees}°`;
  return {
    kind: 'PICTURE_MATCH',
    why: `A flat shape in the picture agrees with the logo by ${Math.round(100 * score01)} %${turned}; genuine goods carry it too.`,
    pictureIndex: picture.index,
    pictureSha256: picture.contentSha256,
    bank: 'LOGO',
    bankPictureId: logo.id,
    bankPictureSha256: logo.contentSha256,
    ownerLabel: logo.ownerLabel,
    ...(logo.markId === undefined ? {} : { markId: logo.markId }),
    key: 'shape',
    queryWindow: 'full',
    bankWindow: 'full',
    orientation: 'r0',
    isInverted: false,
    distanceBits: 256,
    transform: [scaleX, 0, 0, scaleY, x - bankX * scaleX, y - bankY * scaleY],
  };
}
