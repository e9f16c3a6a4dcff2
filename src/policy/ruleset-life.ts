import { z } from 'zod';
import { externalId, sha256Hex } from '../domain/primitives.ts';

/** States of a version of the rules. Exactly one is PUBLISHED at any time. */
export const rulesetState = z.enum(['DRAFT', 'CHECKED', 'BACKTESTED', 'SHADOW', 'PUBLISHED', 'RETIRED']);
export type RulesetState = z.infer<typeof rulesetState>;

export const rulesetEventType = z.enum(['CHECK', 'BACKTEST', 'BEGIN_SHADOW', 'PUBLISH', 'RETIRE', 'ROLL_BACK']);
export type RulesetEventType = z.infer<typeof rulesetEventType>;

/** Where each event leads. An edit gives another digest and so another draft; ROLL_BACK brings a retired version back. */
const RULESET_MOVES: Readonly<Record<RulesetState, Readonly<Partial<Record<RulesetEventType, RulesetState>>>>> = {
  DRAFT: { CHECK: 'CHECKED', RETIRE: 'RETIRED' },
  CHECKED: { BACKTEST: 'BACKTESTED', RETIRE: 'RETIRED' },
  BACKTESTED: { BACKTEST: 'BACKTESTED', BEGIN_SHADOW: 'SHADOW', PUBLISH: 'PUBLISHED', RETIRE: 'RETIRED' },
  SHADOW: { BACKTEST: 'SHADOW', PUBLISH: 'PUBLISHED', RETIRE: 'RETIRED' },
  PUBLISHED: { RETIRE: 'RETIRED' },
  RETIRED: { ROLL_BACK: 'PUBLISHED' },
};

/** A version with what its moves depend on. */
export const rulesetMoment = z.strictObject({
  digest: sha256Hex,
  state: rulesetState,
  authorId: externalId,
  /** It was published once: only such a version can be rolled back to. */
  wasPublished: z.boolean(),
  /** Signed-in people who handed it in, backtested it or put it into shadow. */
  peopleIds: z.array(externalId),
  /** Somebody has an account here, so that keys alone put nothing into force. */
  arePeopleKnown: z.boolean(),
});
export type RulesetMoment = z.infer<typeof rulesetMoment>;

export interface RulesetEvent {
  readonly type: RulesetEventType;
  readonly byId: string;
  /** Made by somebody who signed in as themselves, not by a key. */
  readonly isPerson: boolean;
}

/**
 * Who has to stand behind a publication. TWO_PEOPLE: the one who publishes, and another who handed the version in,
 * backtested it or put it into shadow. PERSON_AND_OTHER: a person publishes what anybody else handed in, a key included.
 */
export const publicationNeeds = z.enum(['TWO_PEOPLE', 'PERSON_AND_OTHER']);
export type PublicationNeeds = z.infer<typeof publicationNeeds>;

export type RulesetMove =
  | { readonly kind: 'moved'; readonly moment: RulesetMoment }
  | {
      readonly kind: 'refused';
      readonly reason: 'NOT_ALLOWED_HERE' | 'SAME_PERSON' | 'NEVER_PUBLISHED';
      readonly why: string;
    };

/** Why somebody may not publish; undefined where they may. One person with two keys is still one person. */
const whyNotPublish = (moment: RulesetMoment, event: RulesetEvent, needs: PublicationNeeds): string | undefined => {
  if (event.byId === moment.authorId) return 'Whoever wrote the rules cannot publish them: another person must.';
  if (!moment.arePeopleKnown) return undefined;
  if (!event.isPerson)
    return 'A key cannot publish rules where people have accounts: sign in, or name yourself with --as.';
  if (needs === 'TWO_PEOPLE' && moment.peopleIds.every((id) => id === event.byId))
    return 'No second person stands behind this version: somebody else who is signed in must hand it in, backtest it or put it into shadow first.';
  return undefined;
};

/** Applies one event to a version; two people put it into force, but anybody may roll back in one step. */
export const moveRuleset = (
  moment: RulesetMoment,
  event: RulesetEvent,
  needs: PublicationNeeds = 'TWO_PEOPLE',
): RulesetMove => {
  const state = RULESET_MOVES[moment.state][event.type];
  if (state === undefined)
    return {
      kind: 'refused',
      reason: 'NOT_ALLOWED_HERE',
      why: `${event.type} is not possible while the rules are ${moment.state}.`,
    };
  const why = event.type === 'PUBLISH' ? whyNotPublish(moment, event, needs) : undefined;
  if (why !== undefined) return { kind: 'refused', reason: 'SAME_PERSON', why };
  if (event.type === 'ROLL_BACK' && !moment.wasPublished)
    return {
      kind: 'refused',
      reason: 'NEVER_PUBLISHED',
      why: 'Only a version that was published can be rolled back to.',
    };
  return { kind: 'moved', moment: { ...moment, state, wasPublished: moment.wasPublished || state === 'PUBLISHED' } };
};
