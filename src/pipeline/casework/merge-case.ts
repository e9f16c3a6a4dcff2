import { AppError } from '../../domain/errors.ts';
import type { CaseStep } from '../../domain/views/case-work-view.ts';
import type { Reviewer } from './reviewer.ts';
import { assertWithin, type CaseworkPorts, happening, missingCase, moved, toStep } from './step-case.ts';

/** Closes a duplicate; what it held is judged with the other case from now on. */
export async function mergeCase(
  ports: CaseworkPorts,
  id: string,
  reviewer: Reviewer,
  {
    fencingToken,
    intoCaseId,
    reason,
  }: { readonly fencingToken: number; readonly intoCaseId: string; readonly reason: string },
): Promise<CaseStep> {
  if (id === intoCaseId) throw new AppError('request.invalid', 'A case cannot be merged into itself.');
  const nowMs = ports.clock.nowMs();
  const changed = await ports.cases.merge(
    { fromId: id, intoId: intoCaseId },
    (from, into) => {
      assertWithin(reviewer, from);
      assertWithin(reviewer, into);
      if ([from, into].some(({ violationType }) => violationType === 'SYS_SELLER_APPEAL'))
        throw new AppError('case.not-allowed', 'An appeal is heard by itself: it is merged with nothing.');
      const renewed = moved(from.moment, { type: 'HEARTBEAT', atMs: nowMs, byId: reviewer.id, fencingToken });
      if (!['OPEN', 'TRIAGED', 'QUEUED', 'CLAIMED', 'AWAITING_INFO'].includes(into.moment.state))
        throw new AppError('case.not-allowed', `The other case is ${into.moment.state}: it takes nothing in any more.`);
      return {
        from: {
          moment: moved(renewed, { type: 'MERGE', atMs: nowMs, byId: reviewer.id }),
          happenings: [happening('MERGE', reviewer.id, { intoCaseId, reason })],
          isKeyFree: true,
          isClosed: true,
          holdReason: null,
        },
        into: { moment: into.moment, happenings: [happening('MERGED_IN', reviewer.id, { caseId: id, reason })] },
      };
    },
    nowMs,
  );
  if (changed === undefined) throw missingCase(id);
  return toStep(changed, reviewer);
}
