import type { GoldenView, Judgement } from '../../domain/views/quality-view.ts';

/** A second judgement of a decided case: drawn, taken, or given. */
export interface StoredLook {
  readonly id: string;
  readonly caseId: string;
  readonly kind: 'SAMPLE' | 'GOLDEN';
  readonly state: 'SAMPLED' | 'TAKEN' | 'AGREE' | 'DISAGREE' | 'ADJUDICATED';
  readonly goldenId?: string;
  readonly violationType: string;
  readonly firstBy: string;
  readonly first: Judgement;
  readonly secondBy?: string;
  readonly second?: Judgement;
  readonly note: string;
  readonly dueAtMs: number;
  readonly answeredAtMs?: number;
}

export interface QualityStore {
  /** Takes a look for this reviewer, who had no hand in the decision; undefined where none waits. Never two people one. */
  take(by: { readonly id: string; readonly queues: readonly string[] }, nowMs: number): Promise<StoredLook | undefined>;
  /** Makes a look of a golden case that this reviewer has not had yet; undefined where there is none. */
  takeGolden(
    by: string,
    look: { readonly id: string; readonly nowMs: number; readonly dueAtMs: number },
  ): Promise<StoredLook | undefined>;
  find(id: string): Promise<StoredLook | undefined>;
  /** Writes the second judgement; false where it was given already or the look is another's. */
  answer(
    id: string,
    by: string,
    given: {
      readonly second: Judgement;
      readonly note: string;
      readonly state: 'AGREE' | 'DISAGREE';
      readonly nowMs: number;
    },
  ): Promise<boolean>;
  /** Writes which of two judgements holds; false where nothing is in dispute. */
  settle(id: string, by: string, holds: 'FIRST' | 'SECOND'): Promise<boolean>;
  /** Looks that were answered since a moment. */
  answered(sinceMs: number): Promise<readonly StoredLook[]>;
  /** Where two judgements differ and nobody has settled it. */
  disputed(limit: number): Promise<readonly StoredLook[]>;
  countWaiting(): Promise<number>;
  addGolden(golden: Omit<GoldenView, 'looks' | 'correct'>, nowMs: number): Promise<'added' | 'there-is-one'>;
  golden(): Promise<readonly GoldenView[]>;
  deleteGolden(id: string): Promise<void>;
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
