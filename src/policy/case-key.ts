import type { Finding, SubjectKind } from '../domain/finding.ts';

/** Longest key that a case can have. */
const MAX_KEY_LENGTH = 300;

/**
 * What gathers related items into one case: a ring or an account cluster by its id, else one seller and one mark,
 * else one seller and one kind of violation, else the subject alone.
 */
export const caseKeyOf = (
  subject: { readonly kind: SubjectKind; readonly id: string; readonly sellerId?: string },
  heaviest: Finding | undefined,
): string => {
  const own = `${subject.kind.toLowerCase()}:${subject.id}`;
  if (heaviest === undefined || heaviest.violationType === 'SYS_CHECK_INCOMPLETE') return own;
  const { violationType, about, markId } = heaviest;
  let key = own;
  if (violationType.startsWith('REV_RING_')) key = `ring:${about}`;
  else if (violationType.startsWith('ACC_')) key = `cluster:${about}`;
  else if (subject.sellerId !== undefined)
    key = `seller:${subject.sellerId}/${markId === undefined ? violationType : `mark:${markId}`}`;
  return key.slice(0, MAX_KEY_LENGTH);
};
