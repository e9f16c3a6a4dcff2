import type { SubjectKind } from '../domain/finding.ts';
import type { EffectStore } from './effects.ts';
import type { DetectorTimer } from './run-detectors.ts';

/** Told by the worker as checks run, for metrics. None may throw. */
export interface CheckTelemetry {
  readonly detectorRan: DetectorTimer;
  /** One attempt at a check took so long, whether or not it succeeded. */
  checkRan(subjectKind: SubjectKind, durationMs: number): void;
  /** A check ended: with the outcome of its decision, or FAILED for good. */
  checkEnded(subjectKind: SubjectKind, outcome: string): void;
  /** The breaker stopped an automatic measure, which became a case. */
  measureStopped(subjectKind: SubjectKind, checkId: string): void;
}

/** A store of effects that tells of each check that ended, once, however often its job is delivered. */
export function observedEffectStore(store: EffectStore, telemetry: CheckTelemetry): EffectStore {
  return {
    async apply(effects) {
      const result = await store.apply(effects);
      const { check, decision } = effects;
      if (result === 'applied') telemetry.checkEnded(check.subjectKind, decision.outcome);
      if (result === 'stopped') {
        telemetry.checkEnded(check.subjectKind, 'REVIEW');
        telemetry.measureStopped(check.subjectKind, check.id);
      }
      return result;
    },
  };
}
