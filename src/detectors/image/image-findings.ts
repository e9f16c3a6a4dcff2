import type { Evidence, PictureMatchEvidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { PictureFact } from './image-facts.ts';
import type { BankMatch, PictureBank } from './picture-index.ts';

/** The image detector as findings name it. */
export const IMAGE_DETECTOR = { name: 'image', version: 1 } as const;

export type ReadPicture = Extract<PictureFact, { kind: 'read' }>;

/** A bank picture that a picture of the subject shows and that its seller has no right to show. */
export interface JudgedMatch {
  readonly picture: ReadPicture;
  readonly match: BankMatch;
  /** How long the seller had shown the picture when it came into its bank. */
  readonly shownBeforeBankMs?: number;
}

/** Banks whose pictures speak against whoever shows them. */
export type AccusingBank = Exclude<PictureBank, 'NEGATIVE'>;

/** What a match in a bank says. */
export const VIOLATION_OF: Readonly<Record<AccusingBank, ViolationType>> = {
  COUNTERFEIT: 'IP_TM_COUNTERFEIT_GOODS',
  PROTECTED: 'IP_CR_IMAGE_THEFT',
  SELLERS: 'IP_CR_IMAGE_THEFT',
  LOGO: 'IP_TM_LOGO_IMITATION',
};

const DAY_MS = 86_400_000;

/** One finding for each owner and violation, however many pictures match. */
export function groupByOwner(suspicious: readonly JudgedMatch[]): readonly Finding[] {
  const groups = new Map<string, JudgedMatch[]>();
  for (const judged of suspicious) {
    const { entry } = judged.match;
    const owner = entry.markId ?? entry.rightsHolderId ?? entry.ownerLegalId ?? entry.ownerSellerId ?? entry.ownerLabel;
    const about = `${entry.bank}:${owner}`.slice(0, 300);
    groups.set(about, [...(groups.get(about) ?? []), judged]);
  }
  return [...groups].map(([about, group]) => groupFinding(about, group));
}

function groupFinding(about: string, group: readonly JudgedMatch[]): Finding {
  const sorted = [...group].sort((a, b) => b.match.probability01 - a.match.probability01);
  const { picture, match } = sorted[0] as JudgedMatch;
  const { entry } = match;
  const bank = entry.bank as AccusingBank;
  const pictures = new Set(group.map((judged) => judged.picture.index)).size;
  return {
    detector: IMAGE_DETECTOR.name,
    detectorVersion: IMAGE_DETECTOR.version,
    violationType: VIOLATION_OF[bank],
    probability: match.probability01,
    summary: summaryOf(bank, { picture: picture.index + 1, pictures, ownerLabel: entry.ownerLabel }),
    evidence: [
      ...sorted.slice(0, 50).map((judged) => matchEvidence(judged.picture, judged.match)),
      ...shownBeforeEvidence(sorted),
    ],
    about,
    ...(entry.markId === undefined ? {} : { markId: entry.markId }),
    signals: {
      bank,
      pictures,
      distanceBits: match.distanceBits,
      inliers: match.inliers,
      agreement01: match.dense.agreement01,
      orientation: match.orientation,
      isInverted: match.isInverted,
      isAdjudicated: entry.isAdjudicated === true,
    },
  };
}

/** A bank knows since when it has a picture, not who took it: whoever showed it before has something to say. */
function shownBeforeEvidence(group: readonly JudgedMatch[]): readonly Evidence[] {
  const longestMs = Math.max(0, ...group.map(({ shownBeforeBankMs = 0 }) => shownBeforeBankMs));
  const days = Math.floor(longestMs / DAY_MS);
  if (days < 1) return [];
  const why = `The seller showed this picture ${days} ${days === 1 ? 'day' : 'days'} before it was put into the bank.`;
  return [{ kind: 'FACT', why, name: 'shownBeforeBank', value: days, unit: 'days' }];
}

function summaryOf(
  bank: AccusingBank,
  told: { readonly picture: number; readonly pictures: number; readonly ownerLabel: string },
): string {
  const more = told.pictures > 1 ? ` (and ${told.pictures - 1} more)` : '';
  const whose = told.ownerLabel.slice(0, 200);
  switch (bank) {
    case 'COUNTERFEIT':
      return `Picture ${told.picture}${more} shows goods that were found counterfeit before: ${whose}.`;
    case 'PROTECTED':
      return `Picture ${told.picture}${more} is a protected picture of ${whose}.`;
    case 'SELLERS':
      return `Picture ${told.picture}${more} was shown earlier by another seller: ${whose}.`;
    case 'LOGO':
      return `Picture ${told.picture}${more} seems to carry the logo of ${whose}.`;
  }
}

/** The two pictures side by side, with how one lies on the other. */
export function matchEvidence(picture: ReadPicture, match: BankMatch): PictureMatchEvidence {
  const { entry } = match;
  return {
    kind: 'PICTURE_MATCH',
    why: whyOf(match),
    pictureIndex: picture.index,
    pictureSha256: picture.contentSha256,
    bank: entry.bank,
    bankPictureId: entry.id,
    bankPictureSha256: entry.contentSha256,
    ownerLabel: entry.ownerLabel,
    ...(entry.ownerListingId === undefined ? {} : { ownerListingId: entry.ownerListingId }),
    ...(entry.ownerSellerId === undefined ? {} : { ownerSellerId: entry.ownerSellerId }),
    ...(entry.markId === undefined ? {} : { markId: entry.markId }),
    key: match.key,
    queryWindow: match.queryWindow,
    bankWindow: match.bankWindow,
    orientation: match.orientation,
    isInverted: match.isInverted,
    distanceBits: match.distanceBits,
    ...(match.inliers === 0 ? {} : { inliers: match.inliers }),
    transform: [...match.transform],
    ...(match.learned === undefined ? {} : { learned: match.learned }),
  };
}

function whyOf(match: BankMatch): string {
  const parts = [`${Math.round(match.dense.agreement01 * 100)} % of the picture's detail agrees`];
  if (match.inliers > 0) parts.push(`${match.inliers} places coincide`);
  if (match.distanceBits <= 64) parts.push(`hashes differ by ${match.distanceBits} of 256 bits`);
  if (match.orientation.startsWith('mirror')) parts.push('mirrored');
  if (/r(90|180|270)/.test(match.orientation)) parts.push('turned');
  if (match.isInverted) parts.push('inverted');
  if (match.colours === 'edited') parts.push('recoloured');
  if (match.learned !== undefined) {
    const { modelDigest, similarity, minSimilarity } = match.learned;
    parts.push(`model ${modelDigest.slice(0, 8)} puts them at ${similarity.toFixed(2)} (from ${minSimilarity} on)`);
  }
  return `${parts.join(', ')}.`;
}
