import type { Severity } from '../domain/violation.ts';
import type { QueueSettings } from './queue-settings.ts';

export interface CaseUrgency {
  readonly severity: Severity;
  /** Views or sales. */
  readonly exposure: number;
  readonly openedAtMs: number;
  readonly dueAtMs: number;
  readonly nowMs: number;
  /** How far its source is to be believed, 0–1: the probability of a detector, the accuracy of a reporter. */
  readonly confidence01: number;
}

/**
 * How urgent a case is; only the order of two such numbers means anything. Severity × exposure × due time ×
 * confidence, each a factor of `rules/queues.yaml`. Source: policy.md section 7.
 */
export const queuePriority = (urgency: CaseUrgency, settings: QueueSettings['priority']): number => {
  const { severity, exposure, openedAtMs, dueAtMs, nowMs, confidence01 } = urgency;
  const exposureFactor = Math.min(
    settings.exposureMaxFactor,
    1 + Math.log1p(Math.max(0, exposure)) / Math.log1p(settings.exposureDoublesAt),
  );
  const elapsed01 = Math.min(1, Math.max(0, (nowMs - openedAtMs) / Math.max(1, dueAtMs - openedAtMs)));
  const dueFactor = nowMs > dueAtMs ? settings.overdueFactor : 1 + (settings.dueFactor - 1) * elapsed01;
  const doubtFactor = settings.doubtFactor01 + (1 - settings.doubtFactor01) * confidence01;
  return settings.severity[severity] * exposureFactor * dueFactor * doubtFactor;
};
