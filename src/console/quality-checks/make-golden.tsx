import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { GoldenView, Judgement } from '../../domain/views/quality-view.ts';
import { postJson } from '../api.ts';
import { FormDialog } from '../form-dialog.tsx';
import { isReasonGiven, ReasonField } from '../reason-field.tsx';
import { useTexts } from '../language/use-language.ts';
import { qualityTexts } from '../texts/quality-texts.ts';
import { stepTexts } from '../texts/step-texts.ts';
import { goldenQuery } from './golden-cases.tsx';
import { JudgementFields } from './judgement-fields.tsx';

interface MakeGoldenProps {
  readonly view: CaseView;
  /** How it was decided: the answer that is proposed as the right one. */
  readonly decided: Judgement;
}

/** Keeps a decided case as one whose right answer is known, or says that it is kept already. */
export function MakeGolden({ view, decided }: MakeGoldenProps) {
  const texts = useTexts(qualityTexts);
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(goldenQuery);
  if (data === undefined) return null;
  if (data.items.some(({ caseId }) => caseId === view.id)) return <Text size="xs">{texts.goldenKept}</Text>;
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        {texts.goldenMake}
      </Button>
      {isOpen && <GoldenDialog view={view} decided={decided} onClose={() => setOpen(false)} />}
    </>
  );
}

function GoldenDialog({ view, decided, onClose }: MakeGoldenProps & { readonly onClose: () => void }) {
  const texts = useTexts(qualityTexts);
  const { cancel, why: whyLabel } = useTexts(stepTexts);
  const client = useQueryClient();
  const [expected, setExpected] = useState(decided);
  const [why, setWhy] = useState('');
  const keep = useMutation({
    mutationFn: () => postJson<GoldenView>('/v1/quality/golden', { caseId: view.id, expected, why: why.trim() }),
    onSuccess: () => {
      onClose();
      return client.invalidateQueries({ queryKey: goldenQuery.queryKey });
    },
  });
  return (
    <FormDialog
      title={texts.goldenMake}
      submitLabel={texts.goldenKeep}
      cancelLabel={cancel}
      isBusy={keep.isPending}
      isIncomplete={!isReasonGiven(why)}
      fault={keep.error}
      onClose={onClose}
      onSubmit={keep.mutate}
    >
      <Text size="sm">{texts.goldenHint}</Text>
      <JudgementFields view={view} judgement={expected} onChange={setExpected} label={texts.goldenAnswer} />
      <ReasonField label={whyLabel} value={why} onChange={setWhy} />
    </FormDialog>
  );
}
