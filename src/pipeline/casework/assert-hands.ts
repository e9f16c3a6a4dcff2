import { AppError } from '../../domain/errors.ts';
import { type SharedStep, whyNotTwoPeople } from '../../policy/two-people.ts';
import type { LockedCase } from './case-store.ts';
import type { Reviewer } from './reviewer.ts';
import type { CaseworkPorts } from './step-case.ts';

/** Whether the two of a decision have to be people. */
export interface Hands {
  readonly needs: ReturnType<CaseworkPorts['settings']>['secondPerson']['needs'];
  readonly arePeopleKnown: boolean;
}

const APPEALS: ReadonlySet<string | undefined> = new Set(['SYS_STANDING_APPEAL', 'SYS_SELLER_APPEAL']);

/** Who must be a person by the rules in force, and whether anybody has an account. */
export async function readHands({ cases, settings }: CaseworkPorts): Promise<Hands> {
  return { needs: settings().secondPerson.needs, arePeopleKnown: await cases.arePeopleKnown() };
}

/** @throws AppError `case.person-needed` where a step of two people's decision does not count as another person's. */
export function assertTwoPeople(
  hands: Hands,
  { isPerson }: Reviewer,
  step: Pick<SharedStep, 'type' | 'peopleBefore'>,
): void {
  const why = whyNotTwoPeople({ ...step, isPerson }, hands);
  if (why !== undefined) throw new AppError('case.person-needed', why);
}

/**
 * Of an appeal: somebody else than whoever decided what is appealed, and a person.
 *
 * @throws AppError `case.same-person`, `case.person-needed`
 */
export function assertMayHearAppeal(
  { arePeopleKnown }: Pick<Hands, 'arePeopleKnown'>,
  { id, isPerson }: Pick<Reviewer, 'id' | 'isPerson'>,
  current: LockedCase,
  decidedType?: string,
): void {
  if (!APPEALS.has(current.violationType) && !APPEALS.has(decidedType)) return;
  if (current.appealedDeciders.includes(id) || current.barredIds.includes(id))
    throw new AppError('case.same-person', 'This appeals against a decision of the same person: a colleague hears it.');
  if (arePeopleKnown && !isPerson)
    throw new AppError('case.person-needed', 'An appeal is heard by a person: sign in to the console as yourself.');
}

/**
 * Of a decision that is taken back without an appeal: by a lead who neither made nor approved it, where the rules say so.
 *
 * @throws AppError `case.same-person`, `case.person-needed`
 */
export async function assertMayReverse(
  { cases, settings }: CaseworkPorts,
  { id, isPerson }: Pick<Reviewer, 'id' | 'isPerson'>,
  handIds: readonly string[],
): Promise<void> {
  const { needs, reversal } = settings().secondPerson;
  if (reversal === 'ANYBODY' || !(await cases.arePeopleKnown())) return;
  if (handIds.includes(id))
    throw new AppError('case.same-person', 'You had a hand in this decision: another lead reverses it.');
  if (needs === 'TWO_PEOPLE' && !isPerson)
    throw new AppError(
      'case.person-needed',
      'A key is nobody, so nobody would stand behind this: sign in as yourself.',
    );
}
