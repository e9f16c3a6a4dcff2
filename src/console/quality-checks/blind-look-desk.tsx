import {
  Alert,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Action, DecisionReason } from '../../domain/decision.ts';
import type { BlindLook, BlindResult, Judgement } from '../../domain/views/quality-view.ts';
import type { ViolationType } from '../../domain/violation.ts';
import { postJson } from '../api.ts';
import { CaseDetail } from '../case-page/case-detail.tsx';
import { ALLOW_REASONS, draftFor, fittingActions, violationsOf } from '../deciding/decision-draft.ts';
import { useTexts } from '../language/use-language.ts';
import { qualityTexts } from '../texts/quality-texts.ts';
import { violationTexts } from '../texts/violation-texts.ts';
import { tellAction, tellReason, tellViolation } from '../wording.ts';

const ALL_VIOLATIONS = (Object.keys(violationTexts.en) as ViolationType[]).filter((type) => !type.startsWith('SYS_'));

interface BlindLookDeskProps {
  readonly look: BlindLook;
  readonly onNext: () => void;
  readonly onLeave: () => void;
}

/** A judgement in one line. */
export const tellJudgement = ({ reason, violationType, actions }: Judgement): string =>
  `${violationType === undefined ? tellReason(reason) : tellViolation(violationType)}: ${actions.map(tellAction).join(', ')}`;

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
  const isAgainst = judgement.reason === 'CONFIRMED';
  const found = violationsOf(view);
  const choose = (side: string): void => {
    if (side === 'allow') return setJudgement({ reason: 'NOT_VIOLATION', actions: ['ALLOW'] });
    const { actions, violationType } = draftFor(view, {
      reason: 'CONFIRMED',
      violationType: found[0] ?? view.violationType,
    });
    setJudgement({ reason: 'CONFIRMED', actions, ...(violationType === undefined ? {} : { violationType }) });
  };
  const toggle = (action: Action): void => {
    const actions = fittingActions(view).filter((one) => (one === action) !== judgement.actions.includes(one));
    if (actions.length > 0) setJudgement({ ...judgement, actions });
  };
  const form =
    send.data === undefined ? (
      <Stack gap="xs" role="group" aria-label={texts.judge}>
        <Title order={3} size="h6">
          {texts.judge}
        </Title>
        <Group gap="md" align="flex-end">
          <SegmentedControl
            aria-label={texts.judge}
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
              onChange={(event) =>
                setJudgement({ ...judgement, violationType: event.currentTarget.value as ViolationType })
              }
              data={[...new Set([...found, ...ALL_VIOLATIONS])].map((value) => ({
                value,
                label: tellViolation(value),
              }))}
            />
          ) : (
            <NativeSelect
              label={texts.reason}
              value={judgement.reason}
              onChange={(event) => setJudgement({ ...judgement, reason: event.currentTarget.value as DecisionReason })}
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
