import type { Finding, SubjectKind } from '../domain/finding.ts';
import type { RuleFile } from '../policy/rule-file.ts';
import type { StoredCheck } from '../policy/stored-check.ts';
import type { ChangedDetectors } from '../policy/detector-files.ts';
import { findInAccount } from './check-account.ts';
import { findInListing, toPictureFact } from './check-listing.ts';
import type { CheckPorts } from './check-ports.ts';
import { findRings } from './check-review.ts';
import type { ReadPicture } from './read-pictures.ts';

/** Detectors and indexes by the settings of one version. Nothing that they find is stored. */
export interface LookingEngine {
  readonly checks: CheckPorts;
  stop(): Promise<void>;
}

/** Builds them; it takes as long as the start of a worker. */
export type OpenEngine = (files: readonly RuleFile[]) => Promise<LookingEngine>;

/** Everything that the detectors of a kind say of a stored subject; undefined where it is not stored any more. */
async function lookAgain(ports: CheckPorts, kind: SubjectKind, id: string): Promise<readonly Finding[] | undefined> {
  const nowMs = ports.clock.nowMs();
  if (kind === 'LISTING') {
    const stored = await ports.facts.listing(id);
    if (stored === undefined) return undefined;
    const { listing, version } = stored;
    // What was never read of a picture is not fetched now: a trial does not call sellers' servers.
    const read = (await ports.pictures.sources(id, version)).flatMap((source): ReadPicture[] =>
      source.stored === undefined ? [] : [{ kind: 'read', picture: source.stored }],
    );
    const seller = await ports.facts.seller(listing.sellerId);
    return (await findInListing(ports, { listing, version, seller, read, pictures: read.map(toPictureFact), nowMs }))
      .findings;
  }
  if (kind === 'REVIEW') {
    const review = await ports.facts.review(id);
    if (review === undefined) return undefined;
    const order = review.orderId === undefined ? undefined : await ports.facts.order(review.orderId);
    return [...(await findRings(ports, review, nowMs)), ...ports.rules().findingsOfReview(review, order)];
  }
  const account = await ports.facts.account(id);
  return account === undefined ? undefined : findInAccount(ports, account, nowMs);
}

/**
 * What a stored check would have found under the draft: the changed detectors look again, what others found stays.
 * Undefined where no changed detector looks at such a subject, or the subject is gone.
 */
export async function findAgain(
  ports: CheckPorts,
  check: StoredCheck,
  { byKind }: ChangedDetectors,
): Promise<readonly Finding[] | undefined> {
  const detectors = byKind.get(check.subject.kind);
  if (detectors === undefined) return undefined;
  const found = await lookAgain(ports, check.subject.kind, check.subject.id);
  if (found === undefined) return undefined;
  return [
    ...check.findings.filter(({ detector }) => !detectors.has(detector)),
    ...found.filter(({ detector }) => detectors.has(detector)),
  ];
}
