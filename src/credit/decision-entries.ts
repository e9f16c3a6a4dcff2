import type { Authenticity, CreditEntryDraft, CreditGist } from '../domain/credit.ts';
import type { SubjectKind } from '../domain/finding.ts';
import type { ViolationType } from '../domain/violation.ts';
import { type EntryStamp, entryIdOf } from './entry-stamp.ts';
import { canonicalJson, sha256Of } from './hash-chain.ts';

export interface PenaltyInput extends EntryStamp {
  readonly decisionId: string;
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  readonly violationType: ViolationType;
  readonly points: number;
  readonly strikes: number;
  /** When the violation was committed or found, as the decision says. */
  readonly effectiveAtMs: number;
  readonly why: string;
}

/** The penalty and strike that a person's decision imposes; neither where the violation costs nothing. */
export const entriesForPenalty = (input: PenaltyInput): CreditEntryDraft[] => {
  const { decisionId, subject, violationType, effectiveAtMs, recordedAtMs, rulesetVersion, sellerLegalId, why } = input;
  const entry = (kind: 'PENALTY' | 'STRIKE', points: number): CreditEntryDraft => ({
    entryId: entryIdOf(kind, decisionId, subject.kind, subject.id, violationType),
    sellerLegalId,
    kind,
    subjectRef: `${subject.kind}/${subject.id}`,
    violationType,
    valueBp: 0,
    weightPpm: 0,
    points,
    faultParty: 'SELLER',
    effectiveAtMs,
    recordedAtMs,
    decisionId,
    why,
    gist: { code: 'CONFIRMED', values: { violationType } },
    rulesetVersion,
    evidenceSha256: sha256Of(canonicalJson({ decisionId, subject, violationType })),
  });
  return [
    ...(input.points > 0 ? [entry('PENALTY', input.points)] : []),
    ...(input.strikes > 0 ? [entry('STRIKE', input.strikes)] : []),
  ];
};

/** A change of what stands in the ledger: what made it, and what it says. */
type ChangeStamp = Omit<EntryStamp, 'sellerLegalId'> & {
  readonly decisionId: string;
  readonly why: string;
  readonly gist: CreditGist;
};

/** Undoes entries as if they had never been, at their original dates: an appeal won, a notice withdrawn. */
export const entriesForReversal = (undone: readonly CreditEntryDraft[], stamp: ChangeStamp): CreditEntryDraft[] =>
  undone.map((entry) => ({
    entryId: entryIdOf('reversal', entry.entryId, stamp.decisionId),
    sellerLegalId: entry.sellerLegalId,
    kind: 'REVERSAL',
    subjectRef: entry.subjectRef,
    ...(entry.violationType === undefined ? {} : { violationType: entry.violationType }),
    valueBp: 0,
    weightPpm: 0,
    points: 0,
    faultParty: entry.faultParty,
    effectiveAtMs: entry.effectiveAtMs,
    recordedAtMs: stamp.recordedAtMs,
    decisionId: stamp.decisionId,
    reverses: entry.entryId,
    why: stamp.why,
    gist: stamp.gist,
    rulesetVersion: stamp.rulesetVersion,
    evidenceSha256: sha256Of(canonicalJson({ decisionId: stamp.decisionId, reverses: entry.entryId })),
  }));

/** Quarantines, clears or removes evidence; a quarantine starts when it is recorded and ends by itself. */
export const entriesForAuthenticity = (
  targets: readonly CreditEntryDraft[],
  authenticity: Authenticity,
  stamp: ChangeStamp,
): CreditEntryDraft[] =>
  targets.map((entry) => ({
    entryId: entryIdOf('authenticity', entry.entryId, authenticity, stamp.decisionId),
    sellerLegalId: entry.sellerLegalId,
    kind: 'REATTRIBUTION',
    subjectRef: entry.subjectRef,
    valueBp: 0,
    weightPpm: 0,
    points: 0,
    faultParty: entry.faultParty,
    authenticity,
    effectiveAtMs: authenticity === 'QUARANTINED' ? stamp.recordedAtMs : entry.effectiveAtMs,
    recordedAtMs: stamp.recordedAtMs,
    decisionId: stamp.decisionId,
    reverses: entry.entryId,
    why: stamp.why,
    gist: stamp.gist,
    rulesetVersion: stamp.rulesetVersion,
    evidenceSha256: sha256Of(canonicalJson({ decisionId: stamp.decisionId, reverses: entry.entryId })),
  }));
