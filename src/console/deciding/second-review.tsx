import { Alert, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DecisionAnswer } from '../../domain/views/case-decision-view.ts';
import type { CaseDecisionView } from '../../domain/views/made-decision-view.ts';
import { postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { useKeys } from '../use-keys.ts';
import { usePerson } from '../use-person.ts';
import { tellAction, tellReason, tellRuling, tellViolation } from '../wording.ts';
import { decisionsQuery } from './case-decisions.tsx';
import type { DecisionPanelProps } from './decision-panel.tsx';
import { tellStored } from './recent-decision.ts';

/** What was decided, in one line. */
export const tellDecision = ({ reason, violationType, actions, ruling }: CaseDecisionView): string =>
  `${ruling === undefined ? '' : `${tellRuling({ ruling, reason })}. `}${violationType === undefined ? tellReason(reason) : tellViolation(violationType)}: ${actions.map(tellAction).join(', ')}`;

/** A proposed decision, for another person to agree to or not. */
export function SecondReview({ view, work, onDecided }: DecisionPanelProps) {
  const texts = useTexts(decidingTexts);
  const client = useQueryClient();
  const { person } = usePerson();
  const [note, setNote] = useState('');
  const { data } = useQuery(decisionsQuery(view.id));
  const proposal = data?.items.find(({ state }) => state === 'PROPOSED');
  const token = work.hold?.fencingToken;
  const judge = useMutation({
    mutationFn: (verdict: 'AGREE' | 'DISAGREE') =>
      postJson<DecisionAnswer>(`/v1/cases/${encodeURIComponent(view.id)}/second-review`, {
        fencingToken: token,
        verdict,
        note,
      }),
    onSuccess: (answer, verdict) => {
      tellStored(client, answer, verdict === 'AGREE' ? texts.agree : texts.disagree);
      onDecided();
    },
  });
  const isOwn = proposal?.decidedBy === person.id;
  const canJudge = proposal !== undefined && !isOwn && token !== undefined;
  useKeys(
    canJudge
      ? [
          { keys: ['y'], does: texts.agree, run: () => judge.mutate('AGREE') },
          { keys: ['d'], does: texts.disagree, run: () => judge.mutate('DISAGREE') },
        ]
      : [],
    1,
  );
  if (proposal === undefined) return null;
  return (
    <Stack gap="xs" role="group" aria-label={texts.secondTitle}>
      <Title order={3} size="h6">
        {texts.secondTitle}
      </Title>
      <Text size="sm">
        {texts.proposal(proposal.decidedByName)}: <b>{tellDecision(proposal)}</b>
      </Text>
      {proposal.secondReview !== undefined && (
        <Text size="sm">
          {texts.secondWhy}: {proposal.secondReview.why}
        </Text>
      )}
      {proposal.ruling !== undefined && <Text size="sm">“{proposal.explanation}”</Text>}
      {proposal.note !== '' && <Text size="sm">“{proposal.note}”</Text>}
      {isOwn && <Text size="sm">{texts.ownProposal}</Text>}
      {canJudge && (
        <Group gap="xs" align="flex-end">
          <Textarea
            size="xs"
            label={texts.note}
            autosize
            minRows={1}
            flex={1}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button size="sm" loading={judge.isPending} onClick={() => judge.mutate('AGREE')}>
            {texts.agree} (Y)
          </Button>
          <Button size="sm" color="red.9" loading={judge.isPending} onClick={() => judge.mutate('DISAGREE')}>
            {texts.disagree} (D)
          </Button>
        </Group>
      )}
      {judge.error !== null && (
        <Alert color="red" variant="outline" role="alert">
          {judge.error.message}
        </Alert>
      )}
    </Stack>
  );
}
