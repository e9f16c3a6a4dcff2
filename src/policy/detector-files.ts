import type { SubjectKind } from '../domain/finding.ts';
import type { RuleFile } from './rule-file.ts';

/** What is looked at again when a file of the rules is another: subjects of a kind, by these detectors. */
export interface DetectorScope {
  readonly kind: Extract<SubjectKind, 'LISTING' | 'REVIEW' | 'ACCOUNT'>;
  readonly detectors: readonly string[];
}

const BRAND: DetectorScope = { kind: 'LISTING', detectors: ['brand', 'picture-text'] };
const IMAGE: DetectorScope = { kind: 'LISTING', detectors: ['image', 'picture-text'] };
const RING: DetectorScope = { kind: 'REVIEW', detectors: ['ring'] };
const ACCOUNT: DetectorScope = { kind: 'ACCOUNT', detectors: ['account'] };

/** Every file whose values a detector reads. Policy, credit and casework are asked anew without looking at anything. */
const SCOPES: Readonly<Record<string, readonly DetectorScope[]>> = {
  'image.yaml': [IMAGE],
  'picture-text.yaml': [{ kind: 'LISTING', detectors: ['picture-text'] }],
  'brand.yaml': [BRAND],
  'brand/context-words.yaml': [BRAND],
  'brand/category-classes.yaml': [BRAND],
  'brand/ordinary-words.yaml': [BRAND],
  'brand/rare-words.yaml': [BRAND],
  'ring.yaml': [RING, ACCOUNT],
  'account.yaml': [ACCOUNT, RING],
  'reviews.yaml': [{ kind: 'REVIEW', detectors: ['review-dimension'] }],
};

/** Files that differ between two versions and that detectors read, with what has to be looked at again. */
export interface ChangedDetectors {
  /** Sorted. */
  readonly files: readonly string[];
  /** Detectors by the kind of subject that they look at. */
  readonly byKind: ReadonlyMap<SubjectKind, ReadonlySet<string>>;
}

/** Compares the texts of two versions; comments count as a difference, which costs time and changes nothing. */
export function changedDetectors(before: readonly RuleFile[], after: readonly RuleFile[]): ChangedDetectors {
  const textOf = (files: readonly RuleFile[], wanted: string) =>
    files.find(({ name }) => name === wanted)?.text.replaceAll('\r\n', '\n');
  const files = Object.keys(SCOPES)
    .filter((name) => textOf(before, name) !== textOf(after, name))
    .toSorted();
  const byKind = new Map<SubjectKind, Set<string>>();
  for (const { kind, detectors } of files.flatMap((name) => SCOPES[name] ?? [])) {
    const known = byKind.get(kind) ?? new Set<string>();
    for (const detector of detectors) known.add(detector);
    byKind.set(kind, known);
  }
  return { files, byKind };
}
