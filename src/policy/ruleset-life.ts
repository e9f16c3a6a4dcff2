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
});
export type RulesetMoment = z.infer<typeof rulesetMoment>;

export interface RulesetEvent {
  readonly type: RulesetEventType;
  readonly byId: string;
}

export type RulesetMove =
  | { readonly kind: 'moved'; readonly moment: RulesetMoment }
  | {
      readonly kind: 'refused';
      readonly reason: 'NOT_ALLOWED_HERE' | 'SAME_PERSON' | 'NEVER_PUBLISHED';
      readonly why: string;
    };

/** Applies one event to a version; whoever wrote it cannot publish it, but anybody may roll back in one step. */
export const moveRuleset = (moment: RulesetMoment, event: RulesetEvent): RulesetMove => {
  const state = RULESET_MOVES[moment.state][event.type];
  if (state === undefined)
    return {
      kind: 'refused',
      reason: 'NOT_ALLOWED_HERE',
      why: `${event.type} is not possible while the rules are ${moment.state}.`,
    };
  if (event.type === 'PUBLISH' && event.byId === moment.authorId)
    return {
      kind: 'refused',
      reason: 'SAME_PERSON',
      why: 'Whoever wrote the rules cannot publish them: another person must.',
    };
  if (event.type === 'ROLL_BACK' && !moment.wasPublished)
    return {
      kind: 'refused',
      reason: 'NEVER_PUBLISHED',
      why: 'Only a version that was published can be rolled back to.',
    };
  return { kind: 'moved', moment: { ...moment, state, wasPublished: moment.wasPublished || state === 'PUBLISHED' } };
};
