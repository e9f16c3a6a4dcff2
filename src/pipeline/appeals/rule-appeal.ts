import { AppError, type ErrorDetail } from '../../domain/errors.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import { restoredStatus } from '../../policy/restored-status.ts';
import type { DecisionFacts } from '../casework/decision-store.ts';
import type { AppealFacts } from './appeal-store.ts';

/**
 * A decision about an appeal with what the ruling leaves to the appealed decision; any other decision as it is.
 *
 * @throws AppError `decision.invalid` where a ruling is missing or out of place, gives no reason or changes nothing.
 */
export function rulingRequest(
  { appeal }: Pick<DecisionFacts, 'appeal'>,
  request: DecisionRequest,
  isBulk: boolean,
): DecisionRequest {
  const { ruling } = request;
  if (appeal === undefined) {
    if (ruling !== undefined) throw invalid('ruling', 'is for appeals alone: this case is none');
    return request;
  }
  if (ruling === undefined) throw invalid('ruling', 'is needed: this case is an appeal');
  if (isBulk) throw invalid('ruling', 'is given for one appeal at a time: each is heard by itself');
  if (request.explanation.trim() === '') throw invalid('explanation', 'is needed: the seller reads why');
  const { decision } = appeal;
  const { subjects: _subjects, violationType: _type, ...rest } = request;
  switch (ruling) {
    case 'UPHELD':
    case 'INADMISSIBLE':
      return {
        ...rest,
        reason: decision.reason,
        ...(decision.violationType === undefined ? {} : { violationType: decision.violationType }),
        actions: [...decision.actions],
        isSerious: decision.isSerious,
      };
    case 'OVERTURNED':
      return { ...rest, actions: ['REINSTATE'] };
    case 'MODIFIED': {
      const modified = {
        ...request,
        keepMemberIds: request.keepMemberIds ?? (decision.keepMemberIds && [...decision.keepMemberIds]),
        penalisedSellerId: request.penalisedSellerId ?? decision.penalisedSellerId,
      };
      if (isTheSame(modified, decision))
        throw invalid('ruling', 'changes nothing: uphold the decision, or name another violation or other measures');
      const { keepMemberIds, penalisedSellerId, ...own } = modified;
      return {
        ...own,
        ...(keepMemberIds === undefined ? {} : { keepMemberIds }),
        ...(penalisedSellerId === undefined ? {} : { penalisedSellerId }),
      };
    }
    default:
      return ruling satisfies never;
  }
}

const asSet = (values: readonly string[] = []): string => [...new Set(values)].toSorted().join(' ');

const isTheSame = (request: DecisionRequest, decision: AppealFacts['decision']): boolean => {
  const named = (subjects: readonly { readonly kind: string; readonly id: string }[]) =>
    asSet(subjects.filter(({ kind }) => kind !== 'SELLER').map(({ kind, id }) => `${kind}/${id}`));
  return (
    request.violationType === decision.violationType &&
    asSet(request.actions) === asSet(decision.actions) &&
    request.isSerious === decision.isSerious &&
    request.durationDays === decision.durationDays &&
    asSet(request.keepMemberIds) === asSet(decision.keepMemberIds) &&
    request.penalisedSellerId === decision.penalisedSellerId &&
    (request.subjects === undefined ||
      (named(request.subjects) === named(decision.subjects) &&
        request.subjects.every(({ actions }) => actions === undefined)))
  );
};

/** The facts as they will be once the appealed decision is undone: what a decision in its place starts from. */
export function asRestored(facts: DecisionFacts): DecisionFacts {
  const { appeal, seller } = facts;
  if (appeal === undefined || appeal.decision.state !== 'IN_FORCE') return facts;
  const statusOf = (kind: string, id: string, now: string | undefined): string | undefined => {
    const decided = appeal.decision.subjects.find((one) => one.kind === kind && one.id === id);
    return decided === undefined ? now : restoredStatus(decided, now);
  };
  return {
    ...facts,
    subjects: facts.subjects.map((subject) => {
      const status = statusOf(subject.kind, subject.id, subject.status);
      return { ...subject, ...(status === undefined ? {} : { status }) };
    }),
    ...(seller === undefined
      ? {}
      : {
          seller: { ...seller, standing: statusOf('SELLER', seller.sellerId, seller.standing) ?? seller.standing },
        }),
  };
}

const invalid = (path: string, message: string): AppError => {
  const details: ErrorDetail[] = [{ path, message }];
  return new AppError('decision.invalid', `${path}: ${message}`, { details });
};
