import { Alert, Card, List, Text, Title } from '@mantine/core';
import type { BulkPreview } from '../../domain/views/bulk-view.ts';
import { EntityLink } from '../finder/entity-link.tsx';
import { useTexts } from '../language/use-language.ts';
import { bulkTexts } from '../texts/bulk-texts.ts';
import { tellViolation } from '../wording.ts';

const LEFT_OUT_SHOWN = 10;

/** What a bulk decision would do, before it is confirmed. */
export function BulkEffects({ preview }: { readonly preview: BulkPreview }) {
  const texts = useTexts(bulkTexts);
  const { count, limit, isAboveLimit, subjects, sellers, points, needSecondReview, leftOut, examples } = preview;
  return (
    <Card withBorder component="section" aria-label={texts.effects}>
      <Title order={3} size="h5">
        {texts.effects}
      </Title>
      <Text role="status">
        <b>{texts.cases(count)}</b> · {texts.subjects(subjects)} · {texts.sellers(sellers)} · {texts.points(points)}
      </Text>
      {needSecondReview > 0 && <Text size="sm">{texts.second(needSecondReview)}</Text>}
      {isAboveLimit && (
        <Alert color="orange" variant="outline" mt="xs">
          {texts.aboveLimit(limit)}
        </Alert>
      )}
      {leftOut.length > 0 && (
        <>
          <Text size="sm" mt="xs">
            {texts.leftOut(leftOut.length)}
          </Text>
          <List size="sm">
            {leftOut.slice(0, LEFT_OUT_SHOWN).map(({ caseId, why }) => (
              <List.Item key={caseId}>
                <EntityLink kind="CASE" id={caseId}>
                  {caseId}
                </EntityLink>
                : {why}
              </List.Item>
            ))}
          </List>
        </>
      )}
      {examples.length > 0 && (
        <>
          <Text size="sm" mt="xs">
            {texts.examples}
          </Text>
          <List size="sm">
            {examples.map((one) => (
              <List.Item key={one.id}>
                <EntityLink kind="CASE" id={one.id}>
                  {tellViolation(one.violationType)}
                </EntityLink>
                : {one.summary}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Card>
  );
}
