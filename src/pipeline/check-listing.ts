import type { ListingLikeness } from '../detectors/account/like-goods.ts';
import { decodeShapes } from '../detectors/image/logo-shapes-codec.ts';
import { decodePictureKeys } from '../detectors/image/picture-keys-codec.ts';
import type { PictureText } from '../detectors/brand/picture-text.ts';
import type { PictureFact } from '../detectors/image/image-facts.ts';
import type { BankMatch } from '../detectors/image/picture-index.ts';
import type { Finding } from '../domain/finding.ts';
import type { Listing } from '../domain/listing.ts';
import type { Seller } from '../domain/seller.ts';
import { applyEffects, type CheckOutcome } from './apply-effects.ts';
import { beginCheck, missingSubject, type CheckPorts } from './check-ports.ts';
import type { BegunCheck, StoredPicture } from './check-store.ts';
import type { Recheck } from './effects.ts';
import { PICTURE_TEXT_TRIGGER } from './read-picture-text.ts';
import { readPictures, renewalOf, type ReadPicture } from './read-pictures.ts';
import { withCurrentKeys } from './renew-pictures.ts';
import { likeListings } from './like-listings.ts';
import { bindDetector, runDetectors } from './run-detectors.ts';
import { searchAhead } from './search-ahead.ts';
import { laterTexts, textFacts } from './text-facts.ts';
import { fileListingTexts } from './text-store.ts';

/** From this many other owners of a picture on it is a catalogue picture, and nobody is looked at again because of it. */
const CATALOGUE_OWNERS = 20;

/** Checks one version of a listing: pictures and words against marks and banks. Does nothing when it was done before. */
export async function checkListing(
  ports: CheckPorts,
  checkId: string,
  { isLastAttempt }: { readonly isLastAttempt: boolean },
): Promise<void> {
  const check = await beginCheck(ports, checkId);
  if (check === undefined) return;
  const stored = await ports.facts.listing(check.subjectId);
  if (stored === undefined) throw missingSubject(check);
  const { listing, version } = stored;
  const place = { id: listing.id, version };
  const nowMs = ports.clock.nowMs();

  const read = await readPictures(ports, place, { nowMs, isLastAttempt });
  // Into the bank before the search: of two listings checked at one moment, at least one then sees the other.
  await ports.pictures.bankListingPictures(place);
  await fileListingTexts(ports.texts, listing, version);
  await ports.knowledge.catchUp();

  const seller = await ports.facts.seller(listing.sellerId);
  const pictures = read.map(toPictureFact);
  const { findings, searches, similarTexts } = await findInListing(ports, {
    listing,
    version,
    seller,
    read,
    pictures,
    nowMs,
  });
  const likeOthers = likeListings(ports.detectors.behaviourRules, {
    listing,
    seller,
    pictures: pictures.flatMap((one) => (one.kind === 'read' ? [one.contentSha256] : [])),
    searches,
    similarTexts,
  });
  const judged = await ports.rules().decide({ check, findings, sellerId: seller.id, nowMs });
  await applyEffects(ports.effects, {
    check,
    sellerId: seller.id,
    findings,
    ...judged,
    likeOthers,
    rechecks:
      check.trigger === 'SUBMISSION'
        ? [
            ...laterCopies(listing, seller, searches.flat()),
            ...laterTexts(listing, similarTexts),
            ...(await accountsToLookAt(ports, listing, likeOthers)),
          ]
        : [],
    ...slowLook({ check, listing, read, findings }, ports),
    nowMs,
  });
  ports.kickOutbox();
}

/** A stored listing with what was read of its pictures. */
interface ReadListing {
  readonly listing: Listing;
  readonly version: number;
  readonly seller: Seller;
  readonly read: readonly ReadPicture[];
  readonly pictures: readonly PictureFact[];
  readonly nowMs: number;
}

/** What the detectors say of a listing, with what was found like its pictures and texts. Stores nothing. */
export async function findInListing(ports: CheckPorts, given: ReadListing) {
  const { listing, version, seller, read, pictures, nowMs } = given;
  const { knowledge, detectors } = ports;
  const approved = await Promise.all(
    (await ports.pictures.approvedPictures(listing.id, version)).map((one) => withCurrentKeys(renewalOf(ports), one)),
  );
  const { pictureIndex, searches } = await searchAhead(
    knowledge.pictureIndex,
    pictures,
    detectors.screenedBanks(listing),
  );
  const markIndex = knowledge.markIndex();
  const pictureTexts = textsOf(read);
  const image = {
    listing,
    seller,
    pictures,
    pictureIndex,
    listedPictures: knowledge.listedPictures,
    logoIndex: knowledge.logoIndex,
    namedMarks: detectors.namedMarks(pictureTexts, markIndex),
    owners: knowledge.owners,
    ...(approved.length > 0
      ? { approvedPictures: approved.map((picture) => toPictureFact({ kind: 'read', picture })) }
      : {}),
    nowMs,
  };
  const text = await textFacts(ports, listing, seller);
  const brand = { listing, seller, markIndex, nowMs, ...text };
  const words = { listing, seller, markIndex, pictureTexts, nowMs };
  const runs = [
    bindDetector(detectors.image, image),
    bindDetector(detectors.brand, brand),
    bindDetector(detectors.pictureText, words),
  ];
  const findings = runDetectors(runs, { nowMs: ports.monotonicMs, observe: ports.observe });
  return { findings, searches, similarTexts: text.similarTexts };
}

/** Accounts that run the store are looked at again when its goods are those of a terminated seller: he may be back. */
async function accountsToLookAt(
  { facts }: CheckPorts,
  { id, sellerId }: Listing,
  likeOthers: readonly ListingLikeness[],
): Promise<readonly Recheck[]> {
  const likeIds = likeOthers.map(({ otherListingId }) => otherListingId);
  const owners = await facts.terminatedOwnersOf(id, likeIds);
  if (owners.length === 0) return [];
  const accountIds = await facts.accountsOfSeller(sellerId);
  return accountIds.flatMap((subjectId) =>
    owners.map((owner): Recheck => ({ subjectKind: 'ACCOUNT', subjectId, trigger: `goods-of:${owner}` })),
  );
}

/** Asks for what takes long and is not known of the pictures yet, where the rules want it: words, and shapes for logos. */
function slowLook(
  { check, listing, read, findings }: SlowLookQuestion,
  { detectors, knowledge }: CheckPorts,
): Pick<CheckOutcome, 'pictureText'> {
  if (check.trigger === PICTURE_TEXT_TRIGGER) return {};
  const lacks = (what: 'text' | 'shapes'): boolean =>
    read.some((one) => one.kind === 'read' && one.picture[what] === undefined);
  const wantsText = lacks('text') && detectors.asksForText(listing, findings);
  const wantsShapes = lacks('shapes') && knowledge.logoIndex.size > 0 && detectors.asksForLogos(listing);
  if (!wantsText && !wantsShapes) return {};
  return { pictureText: { listingId: listing.id, version: check.subjectVersion, wantsText, wantsShapes } };
}

interface SlowLookQuestion {
  readonly check: BegunCheck;
  readonly listing: Listing;
  readonly read: readonly ReadPicture[];
  readonly findings: readonly Finding[];
}

/** Words of the pictures that were read for them. */
function textsOf(read: readonly ReadPicture[]): readonly PictureText[] {
  return read.flatMap((one) =>
    one.kind === 'read' && one.picture.text !== undefined
      ? [{ index: one.picture.position, lines: one.picture.text }]
      : [],
  );
}

/** A stored or unreadable picture as the image detector sees it. */
export function toPictureFact(read: ReadPicture): PictureFact {
  if (read.kind === 'unreadable') {
    return { kind: 'unreadable', index: read.position, code: read.code, detail: read.detail };
  }
  const { position: index, keys, shapes: encoded, text: _text, ...rest }: StoredPicture = read.picture;
  const decoded = decodePictureKeys(keys);
  const shapes = encoded === undefined ? undefined : decodeShapes(encoded);
  if (decoded.kind === 'keys') {
    return { kind: 'read', index, ...rest, keys: decoded.keys, ...(shapes === undefined ? {} : { shapes }) };
  }
  return { kind: 'unreadable', index, code: 'image.undecodable', detail: `Stored keys are of no use: ${decoded.why}.` };
}

/**
 * Listings of other owners that show a picture of this one but were uploaded later: when their own check ran before
 * this one's, they looked like originals.
 */
function laterCopies(listing: Listing, seller: Seller, matches: readonly BankMatch[]): readonly Recheck[] {
  const uploadedAtMs = Date.parse(listing.createdAt);
  const copies = new Set(
    matches.flatMap(({ entry: { bank, ownerListingId, ownerLegalId, uploadedAtMs: otherAtMs } }) =>
      bank === 'SELLERS' && ownerListingId !== undefined && ownerLegalId !== seller.legalId && otherAtMs > uploadedAtMs
        ? [ownerListingId]
        : [],
    ),
  );
  if (copies.size > CATALOGUE_OWNERS) return [];
  return [...copies].sort().map((subjectId) => ({
    subjectKind: 'LISTING',
    subjectId,
    trigger: `earlier-picture:${listing.id}`,
  }));
}
