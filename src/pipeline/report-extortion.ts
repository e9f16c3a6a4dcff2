import { AppError } from '../domain/errors.ts';
import type { Finding } from '../domain/finding.ts';
import type { Clock, IdSource } from './ports.ts';

/** What a seller says of a buyer who demands something for a review, or for changing one. */
export interface ExtortionReport {
  readonly id: string;
  readonly reviewId: string;
  readonly accountId: string;
  readonly sellerId: string;
  readonly statement: string;
  /** Messages that the seller quotes. */
  readonly quotes: readonly string[];
  readonly reportedBy: string;
  readonly reportedAtMs: number;
}

export interface ExtortionStore {
  /** Whose review it is and of whom; undefined where there is none, with whether the buyer's account is stored. */
  reviewOf(
    reviewId: string,
  ): Promise<{ readonly accountId: string; readonly sellerId: string; readonly hasAccount: boolean } | undefined>;
  /** Keeps the report and has the account looked at again; a second one about the same review changes nothing. */
  save(report: ExtortionReport): Promise<'saved' | 'known'>;
}

export interface ExtortionPorts {
  readonly store: ExtortionStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly kickOutbox: () => void;
}

/**
 * Takes a seller's report: the account of the buyer is checked again and comes to a person with it. Nothing happens to
 * the review before a person has judged: a seller's word alone must not silence a buyer.
 *
 * @throws AppError `resource.not-found` where the review, or the account that wrote it, is not stored.
 */
export async function reportExtortion(
  ports: ExtortionPorts,
  reviewId: string,
  told: Pick<ExtortionReport, 'statement' | 'quotes' | 'reportedBy'>,
): Promise<{ readonly status: 'saved' | 'known'; readonly accountId: string }> {
  const review = await ports.store.reviewOf(reviewId);
  if (review === undefined) throw new AppError('resource.not-found', `There is no review “${reviewId}”.`);
  const { accountId, sellerId, hasAccount } = review;
  if (!hasAccount)
    throw new AppError(
      'resource.not-found',
      `The account “${accountId}” that wrote the review is not stored: send it to /v1/accounts first.`,
    );
  const report = { ...told, id: ports.ids.next(), reviewId, accountId, sellerId, reportedAtMs: ports.clock.nowMs() };
  const status = await ports.store.save(report);
  ports.kickOutbox();
  return { status, accountId };
}

/** The findings that reports about an account are: one for each review, with the probability of such a claim. */
export function extortionFindings(reports: readonly ExtortionReport[], probability: number): readonly Finding[] {
  return reports.map(({ reviewId, sellerId, statement, quotes }) => ({
    detector: 'seller-report',
    detectorVersion: 1,
    violationType: 'REV_BUYER_EXTORTION',
    probability,
    summary: `The seller ${sellerId} says that the buyer demands something for the review ${reviewId}.`,
    evidence: [
      { kind: 'FACT', why: 'The seller says what is demanded.', name: 'statement', value: statement },
      ...quotes.map((quote) => ({
        kind: 'FACT' as const,
        why: 'The seller quotes a message of the buyer.',
        name: 'message',
        value: quote,
      })),
      { kind: 'FACT', why: 'The report is about this review.', name: 'review', value: reviewId },
    ],
    about: reviewId,
    signals: {},
  }));
}
