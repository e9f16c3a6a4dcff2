import { Alert, Button, Card, Group, SegmentedControl, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Action } from '../../domain/decision.ts';
import type { BulkAnswer, BulkPreview, BulkPreviewRequest, CaseConditions } from '../../domain/views/bulk-view.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import { ApiFault, postJson } from '../api.ts';
import { ACTIONS_FOR } from '../deciding/decision-draft.ts';
import { AllowReasonSelect, ViolationSelect } from '../deciding/judging-selects.tsx';
import { MeasureBoxes } from '../deciding/measure-boxes.tsx';
import { useTexts } from '../language/use-language.ts';
import { bulkTexts } from '../texts/bulk-texts.ts';
import { goTo, pageAddress, useAddress } from '../use-address.ts';
import { BulkEffects } from './bulk-effects.tsx';
import { BulkOutcome } from './bulk-outcome.tsx';

const ALLOW: DecisionRequest = {
  reason: 'NOT_VIOLATION',
  actions: ['ALLOW'],
  isSerious: false,
  explanation: '',
  note: '',
};
const ACTIONS: readonly Action[] = [
  ...new Set([...ACTIONS_FOR.LISTING, ...ACTIONS_FOR.REVIEW, ...ACTIONS_FOR.ACCOUNT]),
];

/** The cases that the address names: one by one, or by the filters of the list. */
function readChoice(cases: string | undefined, filter: string | undefined): BulkPreviewRequest['choice'] | undefined {
  if (cases !== undefined && cases !== '') return { caseIds: cases.split(',') };
  if (filter === undefined) return undefined;
  const query = new URLSearchParams(filter);
  const { isOverdue, ...rest } = Object.fromEntries(query);
  const state = query.getAll('state');
  return {
    filter: {
      ...rest,
      ...(state.length === 0 ? {} : { state }),
      ...(isOverdue === undefined ? {} : { isOverdue: isOverdue === 'true' }),
    } as CaseConditions,
  };
}

/** One decision about many cases: put together, looked at, confirmed by their number, and taken back in one step. */
export function BulkPage() {
  const texts = useTexts(bulkTexts);
  const client = useQueryClient();
  const [cases] = useAddress('cases');
  const [filter] = useAddress('filter');
  const choice = readChoice(cases, filter);
  const [decision, setDecision] = useState(ALLOW);
  const [typedCount, setTypedCount] = useState('');
  const preview = useMutation({
    mutationFn: (body: BulkPreviewRequest) => postJson<BulkPreview>('/v1/cases/bulk/preview', body),
    onSuccess: () => setTypedCount(''),
  });
  const decide = useMutation({
    mutationFn: ({ count, token }: BulkPreview) =>
      postJson<BulkAnswer>('/v1/cases/bulk', { choice, decision, token, count }),
    // Lists are read anew: much of them has changed.
    onSuccess: () => client.removeQueries({ queryKey: ['cases'] }),
    onError: (fault) => fault instanceof ApiFault && fault.code === 'bulk.changed' && preview.reset(),
  });
  const change = (next: DecisionRequest): void => {
    setDecision(next);
    // What was looked at is not what would be decided any more.
    preview.reset();
  };
  const leave = (): void => goTo(pageAddress('/', filter === undefined ? {} : listFilters(filter)));
  const found = preview.data;
  return (
    <div className="reading-page">
      <Stack>
        <Button variant="subtle" px={0} style={{ alignSelf: 'flex-start' }} onClick={leave}>
          {texts.back}
        </Button>
        <Title order={2}>{texts.title}</Title>
        {choice === undefined && (
          <Alert color="gray" variant="outline" title={texts.none}>
            {texts.noneHint}
          </Alert>
        )}
        {choice !== undefined && decide.data === undefined && (
          <>
            <Text>{'caseIds' in choice ? texts.byTick(choice.caseIds.length) : texts.byFilter}</Text>
            <DecisionCard decision={decision} onChange={change} />
            <Button
              style={{ alignSelf: 'flex-start' }}
              loading={preview.isPending}
              onClick={() => preview.mutate({ choice, decision })}
            >
              {texts.preview}
            </Button>
            {[preview.error, decide.error].map(
              (fault, at) =>
                fault !== null && (
                  <Alert key={String(at)} color="red" variant="outline" role="alert">
                    {fault instanceof ApiFault && fault.code === 'bulk.changed' ? texts.changed : fault.message}
                  </Alert>
                ),
            )}
            {found !== undefined && <BulkEffects preview={found} />}
            {found !== undefined && !found.isAboveLimit && found.count > 0 && (
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  decide.mutate(found);
                }}
              >
                <Group align="flex-end">
                  <TextInput
                    label={texts.confirm(found.count)}
                    inputMode="numeric"
                    value={typedCount}
                    onChange={(event) => setTypedCount(event.currentTarget.value)}
                  />
                  <Button
                    type="submit"
                    {...(decision.reason === 'CONFIRMED' ? { color: 'red.9' } : {})}
                    loading={decide.isPending}
                    disabled={Number(typedCount) !== found.count}
                  >
                    {texts.decide(found.count)}
                  </Button>
                </Group>
              </form>
            )}
          </>
        )}
        {decide.data !== undefined && <BulkOutcome answer={decide.data} />}
      </Stack>
    </div>
  );
}

/** The filters of the API as the address bar of the list names them. */
function listFilters(filter: string): Readonly<Record<string, string>> {
  const { violationType, ...rest } = Object.fromEntries(new URLSearchParams(filter));
  return violationType === undefined ? rest : { ...rest, type: violationType };
}

interface DecisionCardProps {
  readonly decision: DecisionRequest;
  readonly onChange: (decision: DecisionRequest) => void;
}

function DecisionCard({ decision, onChange }: DecisionCardProps) {
  const texts = useTexts(bulkTexts);
  const isAgainst = decision.reason === 'CONFIRMED';
  return (
    <Card withBorder component="section" aria-label={texts.what}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={texts.what}
          style={{ alignSelf: 'flex-start' }}
          value={isAgainst ? 'restrict' : 'allow'}
          onChange={(value) =>
            onChange(
              value === 'allow'
                ? { ...ALLOW, note: decision.note }
                : { ...decision, reason: 'CONFIRMED', violationType: 'IP_TM_COUNTERFEIT_GOODS', actions: ['REMOVE'] },
            )
          }
          data={[
            { value: 'allow', label: texts.allow },
            { value: 'restrict', label: texts.restrict },
          ]}
        />
        {isAgainst ? (
          <>
            <ViolationSelect
              maw={420}
              value={decision.violationType}
              onChange={(violationType) => onChange({ ...decision, violationType })}
            />
            <MeasureBoxes
              offered={ACTIONS}
              chosen={decision.actions}
              onChange={(actions) => onChange({ ...decision, actions: [...actions] })}
            />
            <Textarea
              label={texts.explanation}
              autosize
              value={decision.explanation}
              onChange={(event) => onChange({ ...decision, explanation: event.currentTarget.value })}
            />
          </>
        ) : (
          <AllowReasonSelect
            maw={420}
            value={decision.reason}
            onChange={(reason) => onChange({ ...decision, reason })}
          />
        )}
        <Textarea
          label={texts.note}
          autosize
          value={decision.note}
          onChange={(event) => onChange({ ...decision, note: event.currentTarget.value })}
        />
      </Stack>
    </Card>
  );
}
