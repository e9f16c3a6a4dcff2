import { Group, SegmentedControl } from '@mantine/core';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { Judgement } from '../../domain/views/quality-view.ts';
import { draftFor, fittingActions, violationsOf } from '../deciding/decision-draft.ts';
import { AllowReasonSelect, ViolationSelect } from '../deciding/judging-selects.tsx';
import { MeasureBoxes } from '../deciding/measure-boxes.tsx';
import { useTexts } from '../language/use-language.ts';
import { qualityTexts } from '../texts/quality-texts.ts';
import { tellAction, tellReason, tellViolation } from '../wording.ts';

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
          <ViolationSelect
            value={judgement.violationType}
            first={found}
            onChange={(violationType) => onChange({ ...judgement, violationType })}
          />
        ) : (
          <AllowReasonSelect value={judgement.reason} onChange={(reason) => onChange({ ...judgement, reason })} />
        )}
      </Group>
      {isAgainst && (
        <MeasureBoxes
          offered={fittingActions(view)}
          chosen={judgement.actions}
          onChange={(actions) => onChange({ ...judgement, actions: [...actions] })}
        />
      )}
    </>
  );
}
