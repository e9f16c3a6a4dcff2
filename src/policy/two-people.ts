import type { PublicationNeeds } from './ruleset-life.ts';

/** A step of a decision that the rules put into two people's hands. */
export interface SharedStep {
  readonly type: 'PROPOSE' | 'AGREE' | 'DISAGREE' | 'ADJUDICATE';
  /** Whoever takes the step has signed in as themselves: a key is nobody, and two keys may be one person's. */
  readonly isPerson: boolean;
  /** Others with a hand in the decision so far who are people: proposer, and second reviewer. */
  readonly peopleBefore: number;
}

/**
 * Why a step does not count as another person's; undefined where it does. Where nobody has an account, keys are all there
 * is. Source: OWASP ASVS 5.0 2.3.5, approval by several users.
 */
export const whyNotTwoPeople = (
  { type, isPerson, peopleBefore }: SharedStep,
  { needs, arePeopleKnown }: { readonly needs: PublicationNeeds; readonly arePeopleKnown: boolean },
): string | undefined => {
  if (!arePeopleKnown) return undefined;
  if (needs === 'TWO_PEOPLE' && !isPerson)
    return 'This takes two people, and a key is nobody: sign in to the console as yourself.';
  if (type === 'PROPOSE' || type === 'DISAGREE') return undefined;
  const people = peopleBefore + (isPerson ? 1 : 0);
  if (needs === 'TWO_PEOPLE' && people < 2)
    return 'A key proposed this, so no second person stands behind it: disagree, and a lead decides it as the second.';
  return people < 1 ? 'Nobody who signed in stands behind this: keys alone are not two people.' : undefined;
};
