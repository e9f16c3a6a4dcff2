import type { Decision } from '../domain/decision.ts';
import { AppError } from '../domain/errors.ts';
import type { Finding } from '../domain/finding.ts';
import type { Listing } from '../domain/listing.ts';
import type { Review } from '../domain/review.ts';
import { toPictureFact } from './check-listing.ts';
import { bytesMd5 } from './content-digest.ts';
import type { CheckPorts } from './check-ports.ts';
import { findRings } from './check-review.ts';
import { parseItem } from './parse-item.ts';
import type { ReadPicture } from './read-pictures.ts';
import { bindDetector, runDetectors } from './run-detectors.ts';
import { searchAhead } from './search-ahead.ts';
import { textFacts } from './text-facts.ts';

/** What a check would say of an item, without anything being stored. */
export interface PreviewedCheck {
  readonly findings: readonly Finding[];
  readonly decision: Decision;
}

/**
 * Checks an item that is not stored, against everything that is, and stores nothing.
 *
 * @throws AppError `item.invalid` or `item.future-date` with every place that is wrong.
 */
export async function previewCheck(
  ports: CheckPorts,
  kind: 'LISTING' | 'REVIEW',
  value: unknown,
): Promise<PreviewedCheck> {
  const nowMs = ports.clock.nowMs();
  const parsed = parseItem(kind, value, nowMs);
  if (parsed.kind === 'invalid') {
    throw new AppError(parsed.code, `The ${kind.toLowerCase()} does not fit its schema.`, { details: parsed.details });
  }
  await ports.knowledge.catchUp();
  const { item } = parsed;
  const findings =
    kind === 'LISTING'
      ? await lookAtListing(ports, item as Listing, nowMs)
      : await lookAtReview(ports, item as Review, nowMs);
  const check = {
    id: 'preview',
    subjectKind: kind,
    subjectId: item.id,
    subjectVersion: 1,
    trigger: 'PREVIEW',
  } as const;
  const { decision } = await ports
    .rules()
    .decide({ check, findings, sellerId: (item as Listing | Review).sellerId, nowMs });
  return { findings, decision };
}

async function lookAtListing(ports: CheckPorts, listing: Listing, nowMs: number): Promise<readonly Finding[]> {
  const { knowledge, detectors } = ports;
  const seller = await ports.facts.seller(listing.sellerId);
  const pictures = await Promise.all(
    listing.pictures.map((picture, position) => readUnstored(ports, picture, position).then(toPictureFact)),
  );
  const { pictureIndex } = await searchAhead(knowledge.pictureIndex, pictures, detectors.screenedBanks(listing));
  const image = {
    listing,
    seller,
    pictures,
    pictureIndex,
    listedPictures: knowledge.listedPictures,
    logoIndex: knowledge.logoIndex,
    owners: knowledge.owners,
    nowMs,
  };
  const brand = {
    listing,
    seller,
    markIndex: knowledge.markIndex(),
    nowMs,
    ...(await textFacts(ports, listing, seller)),
  };
  return runDetectors([bindDetector(detectors.image, image), bindDetector(detectors.brand, brand)], {
    nowMs: ports.monotonicMs,
    observe: ports.observe,
  });
}

async function readUnstored(
  ports: CheckPorts,
  { url, base64, uploadId }: Listing['pictures'][number],
  position: number,
): Promise<ReadPicture> {
  try {
    const bytes =
      base64 !== undefined
        ? Buffer.from(base64, 'base64')
        : url !== undefined
          ? await ports.fetcher.fetch(url)
          : await ports.pictures.upload(uploadId!);
    if (bytes === undefined) throw new AppError('image.upload-missing', `There is no upload “${uploadId}”.`);
    const reading = await ports.reader.read(bytes);
    if (reading.kind === 'unreadable') return { ...reading, position };
    const { contentSha256, widthPx, heightPx, flags, keys } = reading;
    const md5 = bytesMd5(bytes);
    return { kind: 'read', picture: { position, contentSha256, md5, widthPx, heightPx, flags, keys } };
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    return { kind: 'unreadable', position, code: fault.code, detail: fault.message };
  }
}

/** The review takes its place among the others while it is looked at, and leaves it afterwards. */
async function lookAtReview(ports: CheckPorts, review: Review, nowMs: number): Promise<readonly Finding[]> {
  const { ringState } = ports.knowledge;
  const wasThere = ringState.slotOfReview(review.id) !== undefined;
  const order = review.orderId === undefined ? undefined : await ports.facts.order(review.orderId);
  const findings = [...(await findRings(ports, review, nowMs)), ...ports.rules().findingsOfReview(review, order)];
  if (!wasThere) ringState.remove(review.id);
  return findings;
}
