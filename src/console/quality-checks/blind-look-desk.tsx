import { Alert, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BlindLook, BlindResult, Judgement } from '../../domain/views/quality-view.ts';
import { postJson } from '../api.ts';
import { CaseDetail } from '../case-page/case-detail.tsx';
import { useTexts } from '../language/use-language.ts';
import { qualityTexts } from '../texts/quality-texts.ts';
import { JudgementFields, tellJudgement } from './judgement-fields.tsx';

interface BlindLookDeskProps {
  readonly look: BlindLook;
  readonly onNext: () => void;
  readonly onLeave: () => void;
}

/** A decided case without its decision, to be judged once more. */
export function BlindLookDesk({ look, onNext, onLeave }: BlindLookDeskProps) {
  const texts = useTexts(qualityTexts);
  const client = useQueryClient();
  const view = look.case;
  const [judgement, setJudgement] = useState<Judgement>({ reason: 'NOT_VIOLATION', actions: ['ALLOW'] });
  const [note, setNote] = useState('');
  const send = useMutation({
    mutationFn: () => postJson<BlindResult>(`/v1/quality/${encodeURIComponent(look.id)}`, { ...judgement, note }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['agreement'] }),
  });
  const form =
    send.data === undefined ? (
      <Stack gap="xs" role="group" aria-label={texts.judge}>
        <Title order={3} size="h6">
          {texts.judge}
        </Title>
        <JudgementFields view={view} judgement={judgement} onChange={setJudgement} label={texts.judge} />
        <Group align="flex-end">
          <Textarea
            size="xs"
            flex={1}
            label={texts.note}
            autosize
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button loading={send.isPending} onClick={() => send.mutate()}>
            {texts.send}
          </Button>
        </Group>
        {send.error !== null && (
          <Alert color="red" variant="outline" role="alert">
            {send.error.message}
          </Alert>
        )}
      </Stack>
    ) : (
      <Alert color={send.data.agreement === 'AGREE' ? 'teal' : 'orange'} variant="outline" role="status">
        <Text fw={600}>{send.data.agreement === 'AGREE' ? texts.agreed : texts.disagreed}</Text>
        <Text size="sm">
          {texts.first}: {tellJudgement(send.data.first)}
        </Text>
        <Text size="sm">
          {texts.second}: {tellJudgement(send.data.second)}
        </Text>
        {send.data.needsAdjudication && <Text size="sm">{texts.adjudicated}</Text>}
        <Group mt="xs">
          <Button size="compact-sm" onClick={onNext}>
            {texts.again}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onLeave}>
            {texts.title}
          </Button>
        </Group>
      </Alert>
    );
  return (
    <section className="detail-pane focus-pane" tabIndex={0} data-scrolls aria-label={texts.look}>
      <CaseDetail view={view} fault={null} isEmpty={false} isBlind onAgain={onLeave} work={form} />
    </section>
  );
}
