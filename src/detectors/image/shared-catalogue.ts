import type { Finding } from '../../domain/finding.ts';
import type { ImageFacts } from './image-facts.ts';
import { IMAGE_DETECTOR, matchEvidence, type ReadPicture } from './image-findings.ts';
import type { OwnerIndex } from './owner-index.ts';
import type { BankEntry, BankMatch } from './picture-index.ts';

/**
 * The finding of a picture that so many businesses use that none can be presumed to own it; undefined below that.
 * Stores of one legal entity or of one hand count once: puppets cannot make a stolen picture common.
 */
export function findSharedCatalogue(
  picture: ReadPicture,
  matches: readonly BankMatch[],
  { facts, least }: { readonly facts: ImageFacts; readonly least: number },
): Finding | undefined {
  const { seller, owners } = facts;
  const ours = owners.clusterOfSeller(seller.id) ?? seller.legalId;
  const others = matches.filter(
    ({ entry }) => businessOf(entry, owners) !== ours && entry.ownerLegalId !== seller.legalId,
  );
  const businesses = new Set(others.map(({ entry }) => businessOf(entry, owners))).size;
  if (businesses + 1 < least) return undefined;
  return {
    detector: IMAGE_DETECTOR.name,
    detectorVersion: IMAGE_DETECTOR.version,
    violationType: 'LST_SHARED_CATALOGUE_PICTURE',
    probability: Math.max(...others.map((match) => match.probability01)),
    summary: `Picture ${picture.index + 1} is used by ${businesses} other businesses: a shared catalogue picture.`,
    evidence: others.slice(0, 5).map((match) => matchEvidence(picture, match)),
    about: `shared:${picture.contentSha256}`,
    signals: { businesses },
  };
}

function businessOf(entry: BankEntry, owners: OwnerIndex): string {
  const cluster = entry.ownerSellerId === undefined ? undefined : owners.clusterOfSeller(entry.ownerSellerId);
  return cluster ?? entry.ownerLegalId ?? entry.ownerSellerId ?? entry.ownerLabel;
}
