import { Alert, Button, Card, Group, Modal, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDecisionView, DecisionAnswer } from '../../domain/views/case-decision-view.ts';
import { callApi, postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { stepTexts } from '../texts/step-texts.ts';
import { usePerson } from '../use-person.ts';
import { tellAction, tellReason, tellTime, tellViolation } from '../wording.ts';
import { adoptSummary } from './adopt-step.ts';

/** Decisions about a case, the latest first. */
export const decisionsQuery = (caseId: string) => ({
  queryKey: ['case-decisions', caseId],
  queryFn: () => callApi<{ items: readonly CaseDecisionView[] }>(`/v1/cases/${encodeURIComponent(caseId)}/decisions`),
});

/** What was decided about a case, by whom, and whether it holds; leads can reverse what is in force. */
export function CaseDecisions({ caseId }: { readonly caseId: string }) {
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
              <b>{one.violationType === undefined ? tellReason(one.reason) : tellViolation(one.violationType)}</b>:{' '}
              {one.actions.map(tellAction).join(', ')}
            </Text>
            <Text size="xs" c="dimmed">
              {tellTime(one.decidedAt)} · {one.decidedByName} · {texts.states[one.state]}
            </Text>
            {one.note !== '' && <Text size="xs">“{one.note}”</Text>}
            {one.reversal !== undefined && <Text size="xs">{one.reversal.note}</Text>}
            {one.state === 'IN_FORCE' && may('cases:lead') && (
              <Button size="compact-xs" variant="default" mt={4} onClick={() => setReversing(one)}>
                {texts.reverse}
              </Button>
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
      adoptSummary(client, answer.case);
      onClose();
      return client.invalidateQueries({ queryKey: ['case-decisions', caseId] });
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.reverseTitle}
      closeButtonProps={{ 'aria-label': cancel }}
      transitionProps={{ duration: 0 }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          reverse.mutate();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{texts.reverseHint}</Text>
          <Textarea
            label={why}
            autosize
            minRows={2}
            data-autofocus
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {reverse.error !== null && (
            <Alert color="red" variant="outline" role="alert">
              {reverse.error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {cancel}
            </Button>
            <Button type="submit" color="red.9" loading={reverse.isPending} disabled={note.trim().length < 3}>
              {texts.reverse}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
