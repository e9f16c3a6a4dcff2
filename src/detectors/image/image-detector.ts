import type { PictureMatchEvidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { Detector } from '../detector.ts';
import { findBaitSwitch } from './bait-switch.ts';
import type { ImageFacts, PictureFact } from './image-facts.ts';
import { isScreened } from './bank-share.ts';
import type { BankMatch, PictureBank } from './picture-index.ts';
import { rightToShow } from './picture-rights.ts';
import type { ImageSettings } from './settings.ts';
import { findUnreadable } from './unreadable-pictures.ts';

const DETECTOR = { name: 'image', version: 1 } as const;

type ReadPicture = Extract<PictureFact, { kind: 'read' }>;

interface JudgedMatch {
  readonly picture: ReadPicture;
  readonly match: BankMatch;
}

/**
 * Looks for bank pictures in the pictures of a listing: counterfeit goods, stolen pictures, imitated logos, pictures
 * that everybody uses, pictures exchanged after approval, and pictures that cannot be read.
 */
export function createImageDetector(settings: ImageSettings): Detector<ImageFacts> {
  return {
    ...DETECTOR,
    subjects: ['LISTING'],
    needs: ['listing', 'seller', 'pictures', 'pictureIndex', 'marks', 'previousPictures', 'nowMs'],
    detect(facts) {
      if (facts.pictures.length === 0 && (facts.previousPictures ?? []).length === 0) {
        return { kind: 'skipped', why: 'the listing has no pictures' };
      }
      const suspicious: JudgedMatch[] = [];
      const findings: Finding[] = [...findUnreadable(facts.pictures, DETECTOR)];
      for (const picture of facts.pictures) {
        if (picture.kind !== 'read') continue;
        const banks = screenedBanks(facts.listing.id, settings);
        const matches = facts.pictureIndex.search(picture.keys, { banks });
        if (isSilenced(matches)) continue;
        const rest = matches.filter((match) => match.entry.bank !== 'NEGATIVE' && !mayShow(match, matches, facts));
        const shared = sharedCatalogue(matches, facts, settings);
        if (shared !== undefined) findings.push(sharedFinding(picture, shared));
        for (const match of rest) {
          if (shared !== undefined && match.entry.bank === 'SELLERS') continue;
          suspicious.push({ picture, match });
        }
      }
      findings.push(...groupByOwner(suspicious));
      const exchanged = findBaitSwitch(facts, settings, DETECTOR);
      if (exchanged !== undefined) findings.push(exchanged);
      return { kind: 'findings', findings };
    },
  };
}

function screenedBanks(listingId: string, settings: ImageSettings): readonly PictureBank[] {
  return (Object.keys(settings.banks) as PictureBank[]).filter((bank) =>
    isScreened(listingId, bank, settings.banks[bank].enabledRatio01),
  );
}

/** A negative bank picture silences the picture where it explains it at least as well as anything else does. */
function isSilenced(matches: readonly BankMatch[]): boolean {
  const negative = matches.find((match) => match.entry.bank === 'NEGATIVE');
  if (negative === undefined) return false;
  return matches.every(
    (match) => match.entry.bank === 'NEGATIVE' || match.dense.visible01 * coverOf(match) <= coverOf(negative) * 1.05,
  );
}

/** Part of the subject's picture that the bank picture covers. */
function coverOf(match: BankMatch): number {
  const [a, b, c, d] = match.transform;
  return Math.min(1, Math.abs(a * d - b * c) * match.dense.visible01);
}

function mayShow(match: BankMatch, matches: readonly BankMatch[], facts: ImageFacts): boolean {
  const { markId } = match.entry;
  return (
    rightToShow(match.entry, {
      listing: facts.listing,
      seller: facts.seller,
      mark: markId === undefined ? undefined : facts.marks.get(markId),
      nowMs: facts.nowMs,
      shownSinceMs: shownSince(matches, facts),
    }).kind !== 'none'
  );
}

/** When the seller's side first showed the picture: as far as the bank knows, else when the listing was created. */
function shownSince(matches: readonly BankMatch[], facts: ImageFacts): number {
  const own = matches.filter(
    ({ entry }) =>
      entry.bank === 'SELLERS' &&
      (entry.ownerSellerId === facts.seller.id ||
        (entry.ownerLegalId !== undefined && entry.ownerLegalId === facts.seller.legalId)),
  );
  const known = own.map(({ entry }) => entry.uploadedAtMs);
  // A changed listing shows a new picture from now on, whenever the listing itself was created.
  const assumed = facts.previousPictures === undefined ? Date.parse(facts.listing.createdAt) : facts.nowMs;
  return Math.min(assumed, ...known);
}

/** The matches of a picture that so many legal entities use that none can be presumed to own it. */
function sharedCatalogue(
  matches: readonly BankMatch[],
  facts: ImageFacts,
  settings: ImageSettings,
): readonly BankMatch[] | undefined {
  const sellers = matches.filter(({ entry }) => entry.bank === 'SELLERS');
  const entities = new Set([facts.seller.legalId, ...sellers.map(({ entry }) => legalEntityOf(entry))]);
  return entities.size >= settings.sharedCatalogueSellers ? sellers : undefined;
}

function legalEntityOf(entry: BankMatch['entry']): string {
  return entry.ownerLegalId ?? entry.ownerSellerId ?? entry.ownerLabel;
}

function sharedFinding(picture: ReadPicture, matches: readonly BankMatch[]): Finding {
  const entities = new Set(matches.map(({ entry }) => legalEntityOf(entry))).size;
  return {
    detector: DETECTOR.name,
    detectorVersion: DETECTOR.version,
    violationType: 'LST_SHARED_CATALOGUE_PICTURE',
    probability: Math.max(...matches.map((match) => match.probability01)),
    summary: `Picture ${picture.index + 1} is used by ${entities} other businesses: a shared catalogue picture.`,
    evidence: matches.slice(0, 5).map((match) => matchEvidence(picture, match)),
    about: `shared:${picture.contentSha256}`,
    signals: { businesses: entities },
  };
}

const VIOLATION_OF: Readonly<Record<Exclude<PictureBank, 'NEGATIVE'>, ViolationType>> = {
  COUNTERFEIT: 'IP_TM_COUNTERFEIT_GOODS',
  PROTECTED: 'IP_CR_IMAGE_THEFT',
  SELLERS: 'IP_CR_IMAGE_THEFT',
  LOGO: 'IP_TM_LOGO_IMITATION',
};

/** One finding for each owner and violation, however many pictures match. */
function groupByOwner(suspicious: readonly JudgedMatch[]): readonly Finding[] {
  const groups = new Map<string, JudgedMatch[]>();
  for (const judged of presumedOwnersOnly(suspicious)) {
    const { entry } = judged.match;
    const owner = entry.markId ?? entry.rightsHolderId ?? entry.ownerLegalId ?? entry.ownerSellerId ?? entry.ownerLabel;
    const about = `${entry.bank}:${owner}`.slice(0, 300);
    groups.set(about, [...(groups.get(about) ?? []), judged]);
  }
  return [...groups].map(([about, group]) => groupFinding(about, group));
}

/** Of several sellers who show one picture, only the earliest uploader is presumed to be robbed. */
function presumedOwnersOnly(suspicious: readonly JudgedMatch[]): readonly JudgedMatch[] {
  const earliest = new Map<number, number>();
  for (const { picture, match } of suspicious) {
    if (match.entry.bank !== 'SELLERS') continue;
    earliest.set(picture.index, Math.min(earliest.get(picture.index) ?? Infinity, match.entry.uploadedAtMs));
  }
  return suspicious.filter(
    ({ picture, match }) => match.entry.bank !== 'SELLERS' || match.entry.uploadedAtMs === earliest.get(picture.index),
  );
}

function groupFinding(about: string, group: readonly JudgedMatch[]): Finding {
  const sorted = [...group].sort((a, b) => b.match.probability01 - a.match.probability01);
  const { picture, match } = sorted[0] as JudgedMatch;
  const { entry } = match;
  const bank = entry.bank as Exclude<PictureBank, 'NEGATIVE'>;
  const pictures = new Set(group.map((judged) => judged.picture.index)).size;
  return {
    detector: DETECTOR.name,
    detectorVersion: DETECTOR.version,
    violationType: VIOLATION_OF[bank],
    probability: match.probability01,
    summary: summaryOf(bank, { picture: picture.index + 1, pictures, ownerLabel: entry.ownerLabel }),
    evidence: sorted.slice(0, 50).map((judged) => matchEvidence(judged.picture, judged.match)),
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

function summaryOf(
  bank: Exclude<PictureBank, 'NEGATIVE'>,
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

function matchEvidence(picture: ReadPicture, match: BankMatch): PictureMatchEvidence {
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
  return `${parts.join(', ')}.`;
}
