import type { Finding } from '../../domain/finding.ts';
import type { Detector } from '../detector.ts';
import { findBaitSwitch } from './bait-switch.ts';
import { isScreened } from './bank-share.ts';
import { findLogos } from './find-logos.ts';
import type { ImageFacts } from './image-facts.ts';
import { groupByOwner, IMAGE_DETECTOR, type JudgedMatch, type ReadPicture } from './image-findings.ts';
import { findListed, searchLists } from './listed-pictures.ts';
import { isExplainedBy, unsilenced } from './match-region.ts';
import type { ListedMatch } from './pdq-list.ts';
import type { BankMatch, PictureBank } from './picture-index.ts';
import { ownSide, rightToShow, type Showing } from './picture-rights.ts';
import type { ImageSettings } from './settings.ts';
import { findSharedCatalogue } from './shared-catalogue.ts';
import { findUnreadable } from './unreadable-pictures.ts';

/**
 * Looks for bank pictures in the pictures of a listing: counterfeit goods, stolen pictures, imitated logos, pictures
 * that everybody uses, pictures exchanged after approval, and pictures that cannot be read.
 */
export function createImageDetector(settings: ImageSettings): Detector<ImageFacts> {
  return {
    ...IMAGE_DETECTOR,
    subjects: ['LISTING'],
    needs: [
      'listing',
      'seller',
      'pictures',
      'pictureIndex',
      'listedPictures',
      'logoIndex',
      'owners',
      'approvedPictures',
      'nowMs',
    ],
    detect(facts) {
      if (facts.pictures.length === 0 && (facts.approvedPictures ?? []).length === 0) {
        return { kind: 'skipped', why: 'the listing has no pictures' };
      }
      const banks = screenedBanks(facts.listing.id, settings);
      const suspicious: JudgedMatch[] = [];
      const listed: { picture: ReadPicture; match: ListedMatch }[] = [];
      const findings: Finding[] = [...findUnreadable(facts.pictures, IMAGE_DETECTOR)];
      for (const picture of facts.pictures) {
        if (picture.kind !== 'read') continue;
        const lists = searchLists(picture, facts, settings);
        if (lists.isSilenced) continue;
        listed.push(...lists.matches.map((match) => ({ picture, match })));
        const matches = unsilenced(facts.pictureIndex.search(picture.keys, { banks }));
        const showing = { ...facts, shownSinceMs: shownSince(matches, facts) };
        suspicious.push(...judgeBanks(picture, matches, showing));
        const ofSellers = unclaimed(matches);
        const shared = findSharedCatalogue(picture, ofSellers, { facts, least: settings.sharedCatalogueSellers });
        if (shared !== undefined) findings.push(shared);
        else suspicious.push(...judgeSellers(picture, ofSellers, showing));
      }
      const told = new Set(suspicious.map(({ picture, match }) => `${picture.index}:${match.entry.bank}`));
      findings.push(...groupByOwner(suspicious), ...findListed(listed, { facts, settings, told }));
      findings.push(...findLogos(facts, settings));
      const exchanged = findBaitSwitch(facts, settings, IMAGE_DETECTOR);
      if (exchanged !== undefined) findings.push(exchanged);
      return { kind: 'findings', findings };
    },
  };
}

/** The banks that the pictures of a listing are compared with. */
export function screenedBanks(listingId: string, settings: ImageSettings): readonly PictureBank[] {
  return (Object.keys(settings.banks) as PictureBank[]).filter((bank) =>
    isScreened(listingId, bank, settings.banks[bank].enabledRatio01),
  );
}

/** Matches in the banks that people fill, as far as the seller has no right to them. */
function judgeBanks(picture: ReadPicture, matches: readonly BankMatch[], showing: Showing): readonly JudgedMatch[] {
  return matches
    .filter(({ entry }) => entry.bank !== 'SELLERS' && rightToShow(entry, showing).kind === 'none')
    .map((match) => ({
      picture,
      match,
      shownBeforeBankMs: Math.max(0, match.entry.uploadedAtMs - showing.shownSinceMs),
    }));
}

/**
 * The listings that show the picture, unless it is a protected one: then its rights holder is the owner, and who of the
 * sellers showed it first is no matter, neither to those who may show it nor to those who may not.
 */
function unclaimed(matches: readonly BankMatch[]): readonly BankMatch[] {
  const claims = matches.filter(({ entry }) => entry.bank === 'PROTECTED');
  return matches.filter(
    (match) => match.entry.bank === 'SELLERS' && !claims.some((claim) => isExplainedBy(match, claim)),
  );
}

/**
 * Of all who show a picture the earliest is presumed to own it, and the right to show it is the owner's to give: who
 * has it takes nothing from those who came between.
 */
function judgeSellers(picture: ReadPicture, matches: readonly BankMatch[], showing: Showing): readonly JudgedMatch[] {
  const earliestMs = Math.min(...matches.map(({ entry }) => entry.uploadedAtMs));
  const owners = matches.filter(({ entry }) => entry.uploadedAtMs === earliestMs);
  if (owners.some(({ entry }) => rightToShow(entry, showing).kind !== 'none')) return [];
  // Of several who came at the same moment one is named: they are not owners each of its own.
  return owners.slice(0, 1).map((match) => ({ picture, match }));
}

/** When the seller's side first showed the picture: as far as the bank knows, else when the listing was created. */
function shownSince(matches: readonly BankMatch[], facts: ImageFacts): number {
  const known = matches
    .filter(({ entry }) => entry.bank === 'SELLERS' && ownSide(entry, facts) !== undefined)
    .map(({ entry }) => entry.uploadedAtMs);
  if (known.length > 0) return Math.min(...known);
  // A changed listing shows a new picture from now on, whenever the listing itself was created.
  return facts.approvedPictures === undefined ? Date.parse(facts.listing.createdAt) : facts.nowMs;
}
