import type { SubjectKind } from '../domain/finding.ts';
import type { DetectorTimer } from './run-detectors.ts';

/** Told by the worker as checks run, for metrics. Neither may throw. */
export interface CheckTelemetry {
  readonly detectorRan: DetectorTimer;
  /** A check ended: with an outcome, or FAILED for good. `durationMs` counts from its begin, not from its acceptance. */
  checkFinished(check: {
    readonly subjectKind: SubjectKind;
    readonly outcome: string;
    readonly durationMs: number;
  }): void;
}
