import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';

/** Pictures that a case is known by, at most. */
const MAX_KEYS = 50;

type PictureMatch = Extract<Evidence, { kind: 'PICTURE_MATCH' }>;

/** Banks whose match says that the very picture was taken; a logo on two pictures does not make them one. */
const SAME_PICTURE: ReadonlySet<PictureMatch['bank']> = new Set(['PROTECTED', 'COUNTERFEIT', 'SELLERS']);

/**
 * The bank pictures that a subject shows again, as `BANK/id`, each once and in the order of the findings: cases of
 * different sellers that have one in common are about the same picture.
 */
export function pictureKeysOf(findings: readonly Pick<Finding, 'evidence'>[]): readonly string[] {
  const keys = findings
    .flatMap(({ evidence }) => evidence)
    .flatMap((piece) =>
      piece.kind === 'PICTURE_MATCH' && SAME_PICTURE.has(piece.bank) ? [`${piece.bank}/${piece.bankPictureId}`] : [],
    );
  return [...new Set(keys)].slice(0, MAX_KEYS);
}
