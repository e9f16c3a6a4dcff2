import { Checkbox, Group, NativeSelect, NumberInput, Stack, Switch, Text, Textarea } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { Action } from '../../domain/decision.ts';
import type { CaseView } from '../../domain/views/case-view.ts';
import { useTexts } from '../language/use-language.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { tellKind } from '../wording.ts';
import {
  fittingActions,
  groupOf,
  isRestriction,
  sellersOfGroup,
  subjectsOf,
  violationsOf,
  type DecisionDraft,
} from './decision-draft.ts';
import { AllowReasonSelect, ViolationSelect } from './judging-selects.tsx';
import { MeasureBoxes } from './measure-boxes.tsx';

interface DraftFormProps {
  readonly view: CaseView;
  readonly draft: DecisionDraft;
  readonly onChange: (draft: DecisionDraft) => void;
  /** The decision is taken from within the words that are typed. */
  readonly onTake: () => void;
}

/** Measures that end by themselves. */
const TIMED: ReadonlySet<Action> = new Set([
  'SUSPEND',
  'LIMIT_LISTINGS',
  'PAYOUT_HOLD',
  'INTERACTION_RESTRICT',
  'HOLD',
]);

/** Measures that somebody must answer for. */
const PENALTIES: ReadonlySet<Action> = new Set(['POINTS', 'STRIKE', 'WARN', 'LIMIT_LISTINGS', 'PAYOUT_HOLD']);

/** Everything of a decision that can be chosen or written. */
export function DraftForm({ view, draft, onChange, onTake }: DraftFormProps) {
  const texts = useTexts(decidingTexts);
  const change = (changes: Partial<DecisionDraft>): void => onChange({ ...draft, ...changes });
  const replace = onChange;
  const { ruling } = draft;
  // What is not changed is not chosen.
  const isFixed = ruling === 'UPHELD' || ruling === 'INADMISSIBLE';
  return (
    <Stack gap="xs">
      {isFixed ? null : isRestriction(draft) ? (
        <Restriction view={view} draft={draft} change={change} replace={replace} />
      ) : (
        <AllowReasonSelect size="xs" value={draft.reason} onChange={(reason) => change({ reason })} />
      )}
      {(ruling === undefined || ruling === 'MODIFIED') && <Subjects view={view} draft={draft} onChange={onChange} />}
      <Group grow align="flex-start" gap="xs">
        {(isRestriction(draft) || ruling !== undefined) && (
          <Textarea
            size="xs"
            label={texts.explanation}
            autosize
            minRows={1}
            maxRows={6}
            value={draft.explanation}
            autoFocus={ruling !== undefined}
            onKeyDown={takeByKey(onTake)}
            onChange={(event) => change({ explanation: event.currentTarget.value })}
          />
        )}
        <Textarea
          size="xs"
          label={texts.note}
          autosize
          minRows={1}
          maxRows={6}
          value={draft.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
      </Group>
    </Stack>
  );
}

/** Whoever writes takes the decision by Ctrl+Enter, and leaves the words by Escape, for the keys of the page. */
const takeByKey =
  (onTake: () => void) =>
  (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onTake();
    if (event.key === 'Escape') event.currentTarget.blur();
  };

interface RestrictionProps {
  readonly view: CaseView;
  readonly draft: DecisionDraft;
  readonly change: (changes: Partial<DecisionDraft>) => void;
  readonly replace: (draft: DecisionDraft) => void;
}

function Restriction({ view, draft, change, replace }: RestrictionProps) {
  const texts = useTexts(decidingTexts);
  const fitting = fittingActions(view);
  const isTimed = draft.actions.some((action) => TIMED.has(action));
  return (
    <>
      <Group gap="md" align="flex-end">
        <ViolationSelect
          size="xs"
          value={draft.violationType}
          first={violationsOf(view)}
          onChange={(violationType) => change({ violationType })}
        />
        <Switch
          size="sm"
          label={texts.serious}
          checked={draft.isSerious}
          onChange={(event) => change({ isSerious: event.currentTarget.checked })}
        />
        {groupOf(view) !== undefined && draft.actions.some((action) => PENALTIES.has(action)) && (
          <NativeSelect
            size="xs"
            label={texts.answersFor}
            value={draft.penalisedSellerId ?? ''}
            onChange={(event) => {
              const { penalisedSellerId: _seller, ...rest } = draft;
              const id = event.currentTarget.value;
              replace(id === '' ? rest : { ...rest, penalisedSellerId: id });
            }}
            data={[
              { value: '', label: texts.answersNobody },
              ...sellersOfGroup(view).map((id) => ({ value: id, label: id })),
            ]}
          />
        )}
        {isTimed && (
          <NumberInput
            size="xs"
            w={150}
            label={texts.days}
            placeholder={texts.daysHint}
            min={1}
            max={365}
            value={draft.durationDays ?? ''}
            onChange={(value) => {
              const { durationDays: _days, ...rest } = draft;
              replace(typeof value === 'number' ? { ...rest, durationDays: value } : rest);
            }}
          />
        )}
      </Group>
      <MeasureBoxes
        offered={fitting}
        chosen={draft.actions}
        onChange={(actions) => change({ actions: [...actions] })}
      />
    </>
  );
}

function Subjects({ view, draft, onChange }: Omit<DraftFormProps, 'onTake'>) {
  const texts = useTexts(decidingTexts);
  const all = subjectsOf(view);
  // Of a group members are ticked, not the reviews by which it was found.
  if (all.length < 2 || groupOf(view) !== undefined) return null;
  const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind}/${id}`;
  const chosen = new Set((draft.subjects ?? all).map(keyOf));
  const toggle = (key: string): void => {
    const next = all.filter((one) => (keyOf(one) === key ? !chosen.has(key) : chosen.has(keyOf(one))));
    if (next.length === 0) return;
    const { subjects: _subjects, ...rest } = draft;
    onChange(next.length === all.length ? rest : { ...rest, subjects: next });
  };
  return (
    <details>
      <summary>
        <Text span size="sm">
          {texts.subjects(chosen.size)}
        </Text>
      </summary>
      <Text size="xs" c="dimmed">
        {texts.subjectsHint}
      </Text>
      <div className="subject-ticks">
        {all.map((one) => (
          <Checkbox
            key={keyOf(one)}
            size="xs"
            label={`${tellKind(one.kind)} ${one.id}`}
            checked={chosen.has(keyOf(one))}
            onChange={() => toggle(keyOf(one))}
          />
        ))}
      </div>
    </details>
  );
}
