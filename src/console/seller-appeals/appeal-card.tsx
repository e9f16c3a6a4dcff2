import { Anchor, Card, Stack, Text, Title } from '@mantine/core';
import type { CaseView } from '../../domain/views/case-view.ts';
import { EntityLink } from '../finder/entity-link.tsx';
import { useTexts } from '../language/use-language.ts';
import { appealTexts } from '../texts/appeal-texts.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { tellAction, tellReason, tellTime, tellViolation } from '../wording.ts';

/** What a seller says against a decision, beside the decision: who made it, and what it was for. */
export function AppealCard({ appeal, decision }: CaseView['appeals'][number]) {
  const texts = useTexts(appealTexts);
  return (
    <Card withBorder component="section" aria-label={texts.appeal}>
      <Stack gap="xs">
        <Title order={3} size="h5">
          {texts.appeal}
        </Title>
        <Text size="xs" c="dimmed">
          {texts.submitted(tellTime(appeal.submittedAt))} · {texts.due(tellTime(appeal.dueAt))} ·{' '}
          {texts.states[appeal.state]}
        </Text>
        <Text component="blockquote" m={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {appeal.statement}
        </Text>
        {appeal.documents.length > 0 && (
          <Text size="sm" component="div">
            {texts.documents}:
            <ul>
              {appeal.documents.map(({ name, reference }) => (
                <li key={`${name} ${reference}`}>
                  <Paper name={name} reference={reference} />
                </li>
              ))}
            </ul>
          </Text>
        )}
        <Title order={3} size="h5">
          {texts.against}
        </Title>
        <Text size="sm">
          <b>
            {decision.violationType === undefined ? tellReason(decision.reason) : tellViolation(decision.violationType)}
          </b>
          : {decision.actions.map(tellAction).join(', ')}
        </Text>
        <DecisionHands decision={decision} />
        {decision.explanation !== '' && (
          <Text size="sm">
            {texts.sellerRead}: “{decision.explanation}”
          </Text>
        )}
        {decision.note !== '' && <Text size="sm">“{decision.note}”</Text>}
        <Text size="sm">
          <EntityLink kind="CASE" id={appeal.caseId}>
            {texts.appealedCase}
          </EntityLink>
        </Text>
      </Stack>
    </Card>
  );
}

function DecisionHands({ decision }: Pick<CaseView['appeals'][number], 'decision'>) {
  const texts = useTexts(appealTexts);
  const { states, agree, disagree } = useTexts(decidingTexts);
  const { secondReview } = decision;
  const verdict = secondReview?.verdict;
  return (
    <Text size="xs" c="dimmed">
      {texts.decidedBy(decision.decidedByName, tellTime(decision.decidedAt))} · {states[decision.state]}
      {verdict !== undefined && ` · ${texts.agreedBy(verdict === 'AGREE' ? agree : disagree)}`}
    </Text>
  );
}

/** A paper; one that has an address opens in a page of its own, which learns nothing of this one. */
function Paper({ name, reference }: { readonly name: string; readonly reference: string }) {
  if (!/^https:\/\//i.test(reference))
    return (
      <>
        {name} <span className="id">{reference}</span>
      </>
    );
  return (
    <Anchor inherit underline="always" href={reference} target="_blank" rel="noopener noreferrer">
      {name}
    </Anchor>
  );
}
