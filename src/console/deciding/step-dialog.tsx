import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { colleague } from '../../domain/views/person-view.ts';
import { callApi } from '../api.ts';
import { FormDialog } from '../form-dialog.tsx';
import { isReasonGiven, ReasonField } from '../reason-field.tsx';
import { useTexts } from '../language/use-language.ts';
import { stepTexts } from '../texts/step-texts.ts';
import { usePerson } from '../use-person.ts';
import type { CaseWork } from './use-case-work.ts';

/** Steps of a case's work that need some words; the last part of their address. */
export type StepKind =
  'escalate' | 'hold' | 'handover' | 'reassign' | 'request-info' | 'info' | 'note' | 'merge' | 'reopen';

interface StepDialogProps {
  readonly kind: StepKind;
  readonly work: CaseWork;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const HOLD_HOURS = 24;
const INFORMANTS = ['SELLER', 'RIGHTS_HOLDER', 'BUYER', 'COLLEAGUE'] as const;

/** Asks for what a step needs, and takes it. */
export function StepDialog({ kind, work, onClose, onDone }: StepDialogProps) {
  const texts = useTexts(stepTexts);
  const [text, setText] = useState('');
  const [hours, setHours] = useState(HOLD_HOURS);
  const [personId, setPersonId] = useState('');
  const [of, setOf] = useState<string>('SELLER');
  const [intoCaseId, setIntoCaseId] = useState('');
  const [fault, setFault] = useState<Error | null>(null);
  const reason = text.trim();
  const bodies: Readonly<Record<StepKind, Readonly<Record<string, unknown>>>> = {
    escalate: { reason },
    hold: { reason, hours },
    handover: { reason, toPersonId: personId },
    reassign: { reason, toPersonId: personId === '' ? null : personId },
    'request-info': { question: reason, of },
    info: { text: reason },
    note: { text: reason },
    merge: { reason, intoCaseId: intoCaseId.trim() },
    reopen: { reason },
  };
  const titles: Readonly<Record<StepKind, string>> = {
    escalate: texts.escalateTitle,
    hold: texts.holdTitle,
    handover: texts.handoverTitle,
    reassign: texts.reassignTitle,
    'request-info': texts.askTitle,
    info: texts.answerTitle,
    note: texts.noteTitle,
    merge: texts.mergeTitle,
    reopen: texts.reopenTitle,
  };
  const label =
    { 'request-info': texts.question, info: texts.answer, note: texts.noteTitle }[kind as string] ?? texts.why;
  const isReady =
    isReasonGiven(reason) && (kind !== 'handover' || personId !== '') && (kind !== 'merge' || intoCaseId.trim() !== '');
  return (
    <FormDialog
      title={titles[kind]}
      submitLabel={texts.send}
      cancelLabel={texts.cancel}
      isBusy={work.isBusy}
      isIncomplete={!isReady}
      fault={fault}
      onClose={onClose}
      onSubmit={() => void work.step(kind, bodies[kind]).then(onDone, setFault)}
    >
      {(kind === 'handover' || kind === 'reassign') && (
        <ColleagueSelect value={personId} onChange={setPersonId} allowsEverybody={kind === 'reassign'} />
      )}
      {kind === 'hold' && (
        <NumberInput
          label={texts.hours}
          min={1}
          max={72}
          value={hours}
          onChange={(value) => setHours(Number(value) || HOLD_HOURS)}
        />
      )}
      {kind === 'request-info' && (
        <NativeSelect
          label={texts.of}
          value={of}
          onChange={(event) => setOf(event.currentTarget.value)}
          data={INFORMANTS.map((value) => ({ value, label: texts.ofWhom[value] }))}
        />
      )}
      {kind === 'merge' && (
        <TextInput
          label={texts.intoCase}
          value={intoCaseId}
          onChange={(event) => setIntoCaseId(event.currentTarget.value)}
        />
      )}
      <ReasonField label={label} value={text} onChange={setText} />
    </FormDialog>
  );
}

interface ColleagueSelectProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly allowsEverybody: boolean;
}

function ColleagueSelect({ value, onChange, allowsEverybody }: ColleagueSelectProps) {
  const texts = useTexts(stepTexts);
  const { person } = usePerson();
  const { data } = useQuery({
    queryKey: ['colleagues'],
    queryFn: () => callApi<{ items: readonly z.infer<typeof colleague>[] }>('/v1/colleagues'),
  });
  const others = data?.items.filter(({ id }) => id !== person.id) ?? [];
  return (
    <NativeSelect
      label={texts.to}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: allowsEverybody ? texts.everybody : '–' },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
