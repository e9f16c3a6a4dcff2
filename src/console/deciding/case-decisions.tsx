import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { DecisionAnswer } from '../../domain/views/case-decision-view.ts';
import type { CaseDecisionView } from '../../domain/views/made-decision-view.ts';
import { callApi, postJson } from '../api.ts';
import { FormDialog } from '../form-dialog.tsx';
import { isReasonGiven, ReasonField } from '../reason-field.tsx';
import { useTexts } from '../language/use-language.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { stepTexts } from '../texts/step-texts.ts';
import { MakeGolden } from '../quality-checks/make-golden.tsx';
import type { Judgement } from '../../domain/views/quality-view.ts';
import { usePerson } from '../use-person.ts';
import { tellAction, tellReason, tellRuling, tellTime, tellViolation } from '../wording.ts';
import { adoptStep } from './adopt-step.ts';

/** Decisions about a case, the latest first. */
export const decisionsQuery = (caseId: string) => ({
  queryKey: ['case-decisions', caseId],
  queryFn: () => callApi<{ items: readonly CaseDecisionView[] }>(`/v1/cases/${encodeURIComponent(caseId)}/decisions`),
});

/** What was decided about a case, by whom, and whether it holds; leads can reverse what is in force. */
export function CaseDecisions({ view }: { readonly view: CaseView }) {
  const caseId = view.id;
  const texts = useTexts(decidingTexts);
  const { may } = usePerson();
  const { data } = useQuery(decisionsQuery(caseId));
  const [reversing, setReversing] = useState<CaseDecisionView>();
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Card withBorder component="section" aria-label={texts.decisions}>
      <Title order={3} size="h6" mb={4}>
        {texts.decisions}
      </Title>
      <Stack gap="xs">
        {data.items.map((one) => (
          <div key={one.id}>
            <Text size="sm">
              <b>
                {one.ruling !== undefined && `${tellRuling({ ruling: one.ruling, reason: one.reason })}. `}
                {one.violationType === undefined ? tellReason(one.reason) : tellViolation(one.violationType)}
              </b>
              : {one.actions.map(tellAction).join(', ')}
            </Text>
            <Text size="xs" c="dimmed">
              {tellTime(one.decidedAt)} · {one.decidedByName} · {texts.states[one.state]}
            </Text>
            {one.note !== '' && <Text size="xs">“{one.note}”</Text>}
            {one.reversal !== undefined && <Text size="xs">{one.reversal.note}</Text>}
            {one.state === 'IN_FORCE' && mayReverse(one) && may('cases:lead') && (
              <Group gap={6} mt={4}>
                <Button size="compact-xs" variant="default" onClick={() => setReversing(one)}>
                  {texts.reverse}
                </Button>
                {one.ruling === undefined && <MakeGolden view={view} decided={judgementOf(one)} />}
              </Group>
            )}
          </div>
        ))}
      </Stack>
      {reversing !== undefined && (
        <ReverseDialog caseId={caseId} decision={reversing} onClose={() => setReversing(undefined)} />
      )}
    </Card>
  );
}

/** A ruling that put nothing in force leaves nothing to take back. */
const mayReverse = ({ ruling }: CaseDecisionView): boolean => ruling === undefined || ruling === 'MODIFIED';

const judgementOf = ({ reason, violationType, actions }: CaseDecisionView): Judgement => ({
  reason,
  actions: [...actions],
  ...(violationType === undefined ? {} : { violationType }),
});

interface ReverseDialogProps {
  readonly caseId: string;
  readonly decision: CaseDecisionView;
  readonly onClose: () => void;
}

function ReverseDialog({ caseId, decision, onClose }: ReverseDialogProps) {
  const texts = useTexts(decidingTexts);
  const { cancel, why } = useTexts(stepTexts);
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const reverse = useMutation({
    mutationFn: () =>
      postJson<DecisionAnswer>(`/v1/cases/${encodeURIComponent(caseId)}/reverse`, { decisionId: decision.id, note }),
    onSuccess: (answer) => {
      adoptStep(client, answer);
      onClose();
      return client.invalidateQueries({ queryKey: ['case-decisions', caseId] });
    },
  });
  return (
    <FormDialog
      title={texts.reverseTitle}
      submitLabel={texts.reverse}
      cancelLabel={cancel}
      isBusy={reverse.isPending}
      isIncomplete={!isReasonGiven(note)}
      isGrave
      fault={reverse.error}
      onClose={onClose}
      onSubmit={reverse.mutate}
    >
      <Text size="sm">{texts.reverseHint}</Text>
      <ReasonField label={why} value={note} onChange={setNote} />
    </FormDialog>
  );
}
