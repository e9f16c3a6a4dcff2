import type { Detector, DetectorResult } from '../detectors/detector.ts';
import type { Finding } from '../domain/finding.ts';

/** Observes how long each detector took, for the metrics. */
export type DetectorTimer = (detector: string, elapsedMs: number) => void;

/** A detector with the facts that it is to look at, ready to run. */
export interface DetectorRun {
  readonly name: string;
  readonly version: number;
  readonly run: () => DetectorResult;
}

/** Binds a detector to its facts, so that detectors of different facts can stand in one list. */
export function bindDetector<Facts extends object>(detector: Detector<Facts>, facts: Facts): DetectorRun {
  return { name: detector.name, version: detector.version, run: () => detector.detect(facts) };
}

/**
 * Runs detectors in order. One that throws becomes a SYS_CHECK_INCOMPLETE finding, which policy sends to a person,
 * and the others still run: a failing detector never passes an item silently.
 */
export function runDetectors(
  runs: readonly DetectorRun[],
  timing: { readonly nowMs: () => number; readonly observe: DetectorTimer },
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { name, version, run } of runs) {
    const startMs = timing.nowMs();
    try {
      const result = run();
      if (result.kind === 'findings') findings.push(...result.findings);
    } catch (fault) {
      findings.push(incompleteCheck(name, version, fault));
    }
    timing.observe(name, timing.nowMs() - startMs);
  }
  return findings;
}

/** The finding that stands for a check that could not be made. */
export function incompleteCheck(detector: string, detectorVersion: number, fault: unknown): Finding {
  const detail = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
  const why = `The ${detector} check failed and said nothing about this item, so a person must look at it.`;
  return {
    detector,
    detectorVersion,
    violationType: 'SYS_CHECK_INCOMPLETE',
    probability: 1,
    summary: why,
    evidence: [
      { kind: 'FACT', why, name: 'fault', value: detail.toWellFormed().replaceAll('\u0000', '').slice(0, 900) },
    ],
    about: detector,
    signals: {},
  };
}
