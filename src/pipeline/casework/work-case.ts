import type { CaseEvent, CaseEventType } from '../../domain/case.ts';
import { AppError } from '../../domain/errors.ts';
import type { CaseStep, NextCase } from '../../domain/views/case-work-view.ts';
import { assertMayHearAppeal, assertTwoPeople, type Hands, readHands } from './assert-hands.ts';
import type { CaseChange, LockedCase, NextWish } from './case-store.ts';
import { isTrainedFor, type Reviewer } from './reviewer.ts';
import { type CaseworkPorts, happening, leaseOf, moved, stepCase, toStep } from './step-case.ts';

const HOUR_MS = 3_600_000;

/** Which event a claim is, by the state of the case; a lapsed lease is ended first. */
function claimed(
  current: LockedCase,
  { reviewer, hands }: { readonly reviewer: Reviewer; readonly hands: Hands },
  nowMs: number,
): CaseChange {
  const byId = reviewer.id;
  const { assigneeId, assignedUntilMs = 0, moment: before } = current;
  if (assigneeId !== undefined && assigneeId !== byId && assignedUntilMs > nowMs && !reviewer.isLead)
    throw new AppError('case.not-allowed', 'The case was assigned to somebody else: a lead can change that.');
  if (!isTrainedFor(reviewer.reach, current))
    throw new AppError(
      'case.not-allowed',
      `The case needs ${current.neededSkills.join(', ')}, which you were not trained for: hand it to somebody who was.`,
    );
  assertMayHearAppeal(hands, reviewer, current);
  const isLapsed = before.lease !== undefined && before.lease.untilMs < nowMs;
  const moment = isLapsed ? moved(before, { type: 'LEASE_LAPSED', atMs: nowMs, byId: 'assay' }) : before;
  if ((moment.level > 1 || moment.state === 'ADJUDICATION') && !reviewer.isLead)
    throw new AppError('case.not-allowed', 'The case was brought before the leads: one of them must take it.');
  const type: CaseEventType = moment.state === 'PROPOSED' ? 'BEGIN_SECOND_REVIEW' : 'CLAIM';
  const next = moved(moment, { type, atMs: nowMs, byId });
  if (type === 'BEGIN_SECOND_REVIEW' || moment.state === 'ADJUDICATION')
    assertTwoPeople(hands, reviewer, { type: 'DISAGREE', peopleBefore: current.peopleBefore });
  return {
    moment: next,
    happenings: [
      ...(isLapsed ? [happening('LEASE_LAPSED', 'assay', { holder: before.lease?.holderId })] : []),
      happening(type, byId, { fencingToken: next.lastFencingToken }),
    ],
    claimedAtMs: nowMs,
    holdReason: null,
  };
}

/** Claims one case; whoever holds it already is given the same lease again. */
export async function claimCase(ports: CaseworkPorts, id: string, reviewer: Reviewer): Promise<CaseStep> {
  const hands = await readHands(ports);
  const changed = await stepCase(ports, { id, reviewer }, (current, nowMs) => {
    const { lease } = current.moment;
    const isOwn = lease?.holderId === reviewer.id && lease.untilMs >= nowMs && current.moment.state !== 'AWAITING_INFO';
    return isOwn ? { moment: current.moment, happenings: [] } : claimed(current, { reviewer, hands }, nowMs);
  });
  return toStep(changed, reviewer);
}

/** Gives a case back if asked to, then claims the next one and names the one after it. */
export async function claimNext(
  ports: CaseworkPorts,
  wish: NextWish & { readonly release?: { readonly caseId: string; readonly fencingToken: number } },
): Promise<NextCase> {
  const { release, ...rest } = wish;
  if (release !== undefined) {
    // The next case is due even where the last one was lost meanwhile: nothing of it is written then.
    await releaseCase(ports, release.caseId, wish.reviewer, release).catch((fault: unknown) => {
      if (!(fault instanceof AppError) || fault.status >= 500) throw fault;
    });
  }
  const skipIds = release === undefined ? wish.skipIds : [...wish.skipIds, release.caseId];
  const without = wish.reviewer.isPerson ? undefined : withoutOf(await readHands(ports));
  const asked = { ...rest, skipIds, ...(without === undefined ? {} : { without }) };
  const answer = await ports.cases.claimNext(asked, ports.clock.nowMs());
  if (answer.kind === 'empty') return answer;
  return {
    kind: 'claimed',
    case: answer.changed.summary,
    lease: leaseOf(answer.changed)!,
    ...(answer.upcomingId === undefined ? {} : { upcomingId: answer.upcomingId }),
  };
}

/** What a key is not offered where people have accounts. */
const withoutOf = ({ needs, arePeopleKnown }: Hands): NonNullable<NextWish['without']> => ({
  secondReviews: arePeopleKnown && needs === 'TWO_PEOPLE',
  appeals: arePeopleKnown,
});

interface Held {
  readonly fencingToken: number;
}

/** A step of whoever holds the case. */
async function holderStep(
  ports: CaseworkPorts,
  { id, reviewer, fencingToken }: { readonly id: string; readonly reviewer: Reviewer } & Held,
  event: (current: LockedCase, nowMs: number) => Pick<CaseEvent, 'type' | 'untilMs' | 'toId'>,
  rest: Partial<CaseChange> & { readonly payload?: Readonly<Record<string, unknown>> } = {},
): Promise<CaseStep> {
  const { payload = {}, ...change } = rest;
  const changed = await stepCase(ports, { id, reviewer, fencingToken }, (current, nowMs) => {
    const given = event(current, nowMs);
    const moment = moved(current.moment, { ...given, atMs: nowMs, byId: reviewer.id, fencingToken });
    return { happenings: [happening(given.type, reviewer.id, payload)], ...change, moment };
  });
  return toStep(changed, reviewer);
}

/** Renews the lease. Nothing is written into the history: a heartbeat is no news. */
export const renewCase = (ports: CaseworkPorts, id: string, reviewer: Reviewer, { fencingToken }: Held) =>
  holderStep(ports, { id, reviewer, fencingToken }, () => ({ type: 'HEARTBEAT' }), { happenings: [] });

export const releaseCase = (ports: CaseworkPorts, id: string, reviewer: Reviewer, { fencingToken }: Held) =>
  holderStep(ports, { id, reviewer, fencingToken }, () => ({ type: 'RELEASE' }), { holdReason: null });

/**
 * Keeps a case past the normal lease.
 *
 * @throws AppError `request.invalid` where the rules allow less time.
 */
export function holdCase(
  ports: CaseworkPorts,
  id: string,
  reviewer: Reviewer,
  { fencingToken, reason, hours }: Held & { readonly reason: string; readonly hours: number },
): Promise<CaseStep> {
  const { holdMaxHours } = ports.settings();
  if (hours > holdMaxHours) {
    const details = [{ path: 'hours', message: `is more than ${holdMaxHours}` }];
    throw new AppError('request.invalid', `A case is held for ${holdMaxHours} hours at most.`, { details });
  }
  return holderStep(
    ports,
    { id, reviewer, fencingToken },
    (_current, nowMs) => ({ type: 'HOLD', untilMs: nowMs + hours * HOUR_MS }),
    { holdReason: reason, payload: { reason, hours } },
  );
}

/** @throws AppError `request.invalid` where there is nobody of this id. */
async function assertSomebody(ports: CaseworkPorts, id: string): Promise<void> {
  if ((await ports.cases.nameOf(id)) !== undefined) return;
  const details = [{ path: 'toPersonId', message: 'is nobody who may work cases' }];
  throw new AppError('request.invalid', `There is no colleague “${id}”.`, { details });
}

/** Gives a held case to a colleague, who holds it from now on. */
export async function handOverCase(
  ports: CaseworkPorts,
  id: string,
  reviewer: Reviewer,
  { fencingToken, toPersonId, reason }: Held & { readonly toPersonId: string; readonly reason: string },
): Promise<CaseStep> {
  await assertSomebody(ports, toPersonId);
  const toId = toPersonId;
  const handOver = (current: LockedCase) => {
    assertMayHearAppeal({ arePeopleKnown: false }, { id: toId, isPerson: true }, current);
    return { type: 'HANDOVER', toId } as const;
  };
  return holderStep(ports, { id, reviewer, fencingToken }, handOver, {
    claimedAtMs: ports.clock.nowMs(),
    holdReason: null,
    payload: { toId, reason },
  });
}

/** Brings a case before the leads; it waits in its queue, a level up. */
export async function escalateCase(
  ports: CaseworkPorts,
  id: string,
  reviewer: Reviewer,
  { fencingToken, reason }: Held & { readonly reason: string },
): Promise<CaseStep> {
  const changed = await stepCase(ports, { id, reviewer, fencingToken }, (current, nowMs) => {
    const escalated = moved(current.moment, { type: 'ESCALATE', atMs: nowMs, byId: reviewer.id, fencingToken });
    return {
      moment: moved(escalated, { type: 'ENQUEUE', atMs: nowMs, byId: 'assay' }),
      happenings: [happening('ESCALATE', reviewer.id, { reason }), happening('ENQUEUE', 'assay', { level: 2 })],
      assignee: null,
      holdReason: null,
    };
  });
  return toStep(changed, reviewer);
}

/** Asks somebody outside; the case stays with the asker until the answer comes or the longest hold is over. */
export const requestInfo = (
  ports: CaseworkPorts,
  id: string,
  reviewer: Reviewer,
  { fencingToken, question, of }: Held & { readonly question: string; readonly of: string },
): Promise<CaseStep> =>
  holderStep(
    ports,
    { id, reviewer, fencingToken },
    (_current, nowMs) => ({ type: 'ASK_INFO', untilMs: nowMs + ports.settings().holdMaxHours * HOUR_MS }),
    { holdReason: `Waits for an answer: ${question}`.slice(0, 1_000), payload: { question, of } },
  );

/** The answer that a case waited for. Where nobody waits any more it is kept as a note. */
export async function addInfo(ports: CaseworkPorts, id: string, reviewer: Reviewer, text: string): Promise<CaseStep> {
  const changed = await stepCase(ports, { id, reviewer }, (current, nowMs) => {
    if (current.moment.state !== 'AWAITING_INFO')
      return { moment: current.moment, happenings: [happening('NOTE', reviewer.id, { text })] };
    return {
      moment: moved(current.moment, { type: 'INFO_ARRIVED', atMs: nowMs, byId: reviewer.id }),
      happenings: [happening('INFO_ARRIVED', reviewer.id, { text })],
      holdReason: null,
    };
  });
  return toStep(changed, reviewer);
}

export async function addNote(ports: CaseworkPorts, id: string, reviewer: Reviewer, text: string): Promise<CaseStep> {
  const changed = await stepCase(ports, { id, reviewer }, ({ moment }) => ({
    moment,
    happenings: [happening('NOTE', reviewer.id, { text })],
  }));
  return toStep(changed, reviewer);
}

/** Takes a case from whoever holds it and offers it to one person alone, or to everybody. */
export async function reassignCase(
  ports: CaseworkPorts,
  id: string,
  reviewer: Reviewer,
  { toPersonId, reason }: { readonly toPersonId: string | null; readonly reason: string },
): Promise<CaseStep> {
  if (toPersonId !== null) await assertSomebody(ports, toPersonId);
  const changed = await stepCase(ports, { id, reviewer }, (current, nowMs) => {
    const untilMs = nowMs + ports.settings().assignmentHours * HOUR_MS;
    if (toPersonId !== null)
      assertMayHearAppeal({ arePeopleKnown: false }, { id: toPersonId, isPerson: true }, current);
    return {
      moment: moved(current.moment, { type: 'REASSIGN', atMs: nowMs, byId: reviewer.id }),
      happenings: [happening('REASSIGN', reviewer.id, { toId: toPersonId, reason })],
      assignee: toPersonId === null ? null : { id: toPersonId, untilMs },
      holdReason: null,
    };
  });
  return toStep(changed, reviewer);
}

/** Opens a decided case once more. What was decided stays in force until somebody reverses or decides anew. */
export async function reopenCase(
  ports: CaseworkPorts,
  id: string,
  reviewer: Reviewer,
  reason: string,
): Promise<CaseStep> {
  const changed = await stepCase(ports, { id, reviewer }, (current, nowMs) => {
    const { hearingCaseId, violationType } = current;
    if (hearingCaseId !== undefined)
      throw new AppError('case.not-allowed', `An appeal is heard in the case ${hearingCaseId}: it is decided there.`);
    if (violationType === 'SYS_SELLER_APPEAL')
      throw new AppError(
        'case.not-allowed',
        'An appeal is heard once: a lead may reverse what the ruling left in force.',
      );
    return {
      moment: moved(current.moment, { type: 'REOPEN', atMs: nowMs, byId: reviewer.id }),
      happenings: [happening('REOPEN', reviewer.id, { reason })],
      isKeyFree: false,
      isClosed: false,
      decidedAtMs: null,
    };
  });
  return toStep(changed, reviewer);
}
