import { AppError } from '../../domain/errors.ts';
import type { SellerAppealBody, SellerAppealView } from '../../domain/views/appeal-view.ts';
import { whyNotAppealable } from '../../policy/appealable.ts';
import type { CaseworkSettings } from '../../policy/casework-settings.ts';
import type { Reach } from '../casework/reviewer.ts';
import { contentDigest } from '../content-digest.ts';
import type { Clock, IdSource } from '../ports.ts';
import type { AppealStore, AppealTarget } from './appeal-store.ts';

export interface AppealPorts {
  readonly store: AppealStore;
  /** The published rules, asked for anew each time. */
  readonly settings: () => Pick<CaseworkSettings, 'appealDays' | 'outOfCourtDays'>;
  readonly appealHours: () => number;
  readonly clock: Clock;
  readonly ids: IdSource;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Appeals of one statement that ends them. */
const ROUND = 200;
/** Characters of the statement in the list of cases. */
const SHOWN_STATEMENT = 160;

/**
 * Takes a seller's appeal against a decision. What can be told without reading it is told at once; whatever else is said
 * comes to a person who had no hand in the decision. The same appeal twice is one.
 *
 * @throws AppError `resource.not-found` where seller or decision is not stored; `appeal.other-seller`,
 * `appeal.not-possible`, `appeal.too-late`, `appeal.already-made`.
 */
export async function submitAppeal(
  ports: AppealPorts,
  sellerId: string,
  body: SellerAppealBody,
  submittedBy: string,
): Promise<SellerAppealView> {
  const nowMs = ports.clock.nowMs();
  const { appealDays } = ports.settings();
  const { decision, legalId } = await ports.store.target(body.decisionId, sellerId);
  if (legalId === undefined) throw new AppError('resource.not-found', `There is no seller “${sellerId}”.`);
  if (decision === undefined) throw new AppError('resource.not-found', `There is no decision “${body.decisionId}”.`);
  const assertAppealable = (target: AppealTarget): void => {
    const refusal = whyNotAppealable(target, legalId, { appealDays, nowMs });
    if (refusal !== undefined) throw new AppError(refusal.code, refusal.message);
  };
  const said = body.statement.trim().replaceAll(/\s+/g, ' ');
  const answer = await ports.store.submit(
    {
      ...body,
      id: ports.ids.next(),
      sellerId,
      legalId,
      submittedBy,
      handIds: decision.handIds,
      caseId: decision.caseId,
      // The seller's own words need no translation.
      summary: said.length > SHOWN_STATEMENT ? `${said.slice(0, SHOWN_STATEMENT).toWellFormed()}…` : said,
      dueAtMs: nowMs + ports.appealHours() * HOUR_MS,
      nowMs,
    },
    assertAppealable,
  );
  const { appeal } = answer;
  if (answer.kind === 'known' && !isSame(appeal, body))
    throw new AppError('appeal.already-made', `The appeal ${appeal.id} against this decision is ${appeal.state}.`, {
      members: { appealId: appeal.id },
    });
  return appeal;
}

const isSame = (appeal: SellerAppealView, { statement, documents }: SellerAppealBody): boolean =>
  contentDigest([appeal.statement, appeal.documents]) === contentDigest([statement, documents]);

/** The appeal of this id. @throws AppError `resource.not-found` */
export async function readAppeal(
  { store }: Pick<AppealPorts, 'store'>,
  id: string,
  reach: Reach,
): Promise<SellerAppealView> {
  const appeal = await store.find(id, reach);
  if (appeal === undefined) throw missingAppeal(id);
  return appeal;
}

const missingAppeal = (id: string) => new AppError('resource.not-found', `There is no appeal “${id}”.`);

/**
 * Notes that a seller who was told of the ruling goes to a body outside.
 *
 * @throws AppError `resource.not-found`; `resource.conflict` where nobody has ruled yet, or the appeal is closed.
 */
export async function goOutOfCourt(
  { store, clock }: Pick<AppealPorts, 'store' | 'clock'>,
  id: string,
  outside: { readonly body: string; readonly reference: string },
): Promise<SellerAppealView> {
  const answer = await store.goOutOfCourt(id, outside, clock.nowMs());
  if (answer === undefined) throw missingAppeal(id);
  if ('refused' in answer) throw new AppError('resource.conflict', answer.refused);
  return answer;
}

/**
 * Ends appeals whose seller was told and went nowhere in the time that the rules give, and those that went to a body
 * outside twice as long ago; gives how many. Source: DSA Art. 21(4), 90 days, and 180 in complex disputes.
 */
export async function closeAppeals({ store, settings, clock }: AppealPorts): Promise<number> {
  let closed = 0;
  for (;;) {
    const nowMs = clock.nowMs();
    const spanMs = settings().outOfCourtDays * DAY_MS;
    const before = { ruledMs: nowMs - spanMs, outsideMs: nowMs - 2 * spanMs };
    const count = await store.closeSettled(before, nowMs, ROUND);
    closed += count;
    if (count < ROUND) return closed;
  }
}
