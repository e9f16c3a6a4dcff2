import { Card, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SellerAppealView } from '../../domain/views/appeal-view.ts';
import { EntityLink } from '../finder/entity-link.tsx';
import { useTexts } from '../language/use-language.ts';
import { appealTexts } from '../texts/appeal-texts.ts';
import { tellDay, tellRuling, tellTime } from '../wording.ts';

/** Characters of a statement in a list. */
const SHOWN = 200;

/** Appeals with what became of each, and what was lost where they were won. */
export function AppealList({
  items,
  empty,
}: {
  readonly items: readonly SellerAppealView[];
  readonly empty?: ReactNode;
}) {
  const texts = useTexts(appealTexts);
  return (
    <Card withBorder component="section" aria-label={texts.appeals}>
      <Title order={3} size="h5" mb={4}>
        {texts.appeals}
      </Title>
      {items.length === 0 && empty}
      <Stack gap="xs">
        {items.map((one) => (
          <OneAppeal key={one.id} appeal={one} />
        ))}
      </Stack>
    </Card>
  );
}

function OneAppeal({ appeal }: { readonly appeal: SellerAppealView }) {
  const texts = useTexts(appealTexts);
  const { ruling, lost, statement } = appeal;
  return (
    <div>
      <Text size="sm">
        <EntityLink kind="CASE" id={appeal.appealCaseId}>
          {ruling === undefined ? texts.hearing : tellRuling(ruling)}
        </EntityLink>{' '}
        · {texts.states[appeal.state]}
      </Text>
      <Text size="xs" c="dimmed">
        {texts.submitted(tellTime(appeal.submittedAt))}
        {ruling === undefined && ` · ${texts.due(tellTime(appeal.dueAt))}`}
      </Text>
      <Text size="xs">“{statement.length > SHOWN ? `${statement.slice(0, SHOWN)}…` : statement}”</Text>
      {ruling !== undefined && <Text size="xs">{ruling.explanation}</Text>}
      {lost !== undefined && lost.periods.length > 0 && (
        <Text size="xs">
          {texts.lost(
            lost.periods.map(({ from, until }) => `${tellDay(from)} – ${tellDay(until)}`).join(', '),
            lost.campaigns.length,
          )}
        </Text>
      )}
    </div>
  );
}
