import type { Finding, SubjectKind } from '../domain/finding.ts';

/** What a detector says: findings (none is an answer too), or why it had nothing to look at. */
export type DetectorResult =
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  | { readonly kind: 'skipped'; readonly why: string };

/**
 * A pure function from facts to findings: no I/O, no clock, no randomness, no environment.
 * Indexes that it reads are values among its facts. Settings are bound when it is created.
 * It throws only when it is defective; the pipeline turns a throw into SYS_CHECK_INCOMPLETE.
 */
export interface Detector<Facts extends object> {
  readonly name: string;
  readonly version: number;
  readonly subjects: readonly SubjectKind[];
  /** The facts that must be gathered before `detect` is called. */
  readonly needs: readonly (keyof Facts & string)[];
  detect(facts: Facts): DetectorResult;
}
