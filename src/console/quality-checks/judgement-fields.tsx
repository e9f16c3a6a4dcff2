import { Checkbox, Group, NativeSelect, SegmentedControl } from '@mantine/core';
import type { Action, DecisionReason } from '../../domain/decision.ts';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { Judgement } from '../../domain/views/quality-view.ts';
import type { ViolationType } from '../../domain/violation.ts';
import { ALLOW_REASONS, draftFor, fittingActions, violationsOf } from '../deciding/decision-draft.ts';
import { useTexts } from '../language/use-language.ts';
import { qualityTexts } from '../texts/quality-texts.ts';
import { violationTexts } from '../texts/violation-texts.ts';
import { tellAction, tellReason, tellViolation } from '../wording.ts';

const ALL_VIOLATIONS = (Object.keys(violationTexts.en) as ViolationType[]).filter((type) => !type.startsWith('SYS_'));

interface JudgementFieldsProps {
  readonly view: CaseView;
  readonly judgement: Judgement;
  readonly onChange: (judgement: Judgement) => void;
  /** What the judgement is, for those who do not see where the fields stand. */
  readonly label: string;
}

/** A judgement in one line. */
export const tellJudgement = ({ reason, violationType, actions }: Judgement): string =>
  `${violationType === undefined ? tellReason(reason) : tellViolation(violationType)}: ${actions.map(tellAction).join(', ')}`;

/** Whether a case is a violation, which one or why not, and what follows. */
export function JudgementFields({ view, judgement, onChange, label }: JudgementFieldsProps) {
  const texts = useTexts(qualityTexts);
  const isAgainst = judgement.reason === 'CONFIRMED';
  const found = violationsOf(view);
  const choose = (side: string): void => {
    if (side === 'allow') return onChange({ reason: 'NOT_VIOLATION', actions: ['ALLOW'] });
    const { actions, violationType } = draftFor(view, {
      reason: 'CONFIRMED',
      violationType: found[0] ?? view.violationType,
    });
    onChange({ reason: 'CONFIRMED', actions, ...(violationType === undefined ? {} : { violationType }) });
  };
  const toggle = (action: Action): void => {
    const actions = fittingActions(view).filter((one) => (one === action) !== judgement.actions.includes(one));
    if (actions.length > 0) onChange({ ...judgement, actions });
  };
  return (
    <>
      <Group gap="md" align="flex-end">
        <SegmentedControl
          aria-label={label}
          value={isAgainst ? 'restrict' : 'allow'}
          onChange={choose}
          data={[
            { value: 'allow', label: texts.allow },
            { value: 'restrict', label: texts.restrict },
          ]}
        />
        {isAgainst ? (
          <NativeSelect
            label={texts.violation}
            value={judgement.violationType ?? ''}
            onChange={(event) => onChange({ ...judgement, violationType: event.currentTarget.value as ViolationType })}
            data={[...new Set([...found, ...ALL_VIOLATIONS])].map((value) => ({
              value,
              label: tellViolation(value),
            }))}
          />
        ) : (
          <NativeSelect
            label={texts.reason}
            value={judgement.reason}
            onChange={(event) => onChange({ ...judgement, reason: event.currentTarget.value as DecisionReason })}
            data={ALLOW_REASONS.map((value) => ({ value, label: tellReason(value) }))}
          />
        )}
      </Group>
      {isAgainst && (
        <Group gap="xs" role="group" aria-label={texts.measures}>
          {fittingActions(view).map((action) => (
            <Checkbox
              key={action}
              size="xs"
              label={tellAction(action)}
              checked={judgement.actions.includes(action)}
              onChange={() => toggle(action)}
            />
          ))}
        </Group>
      )}
    </>
  );
}
