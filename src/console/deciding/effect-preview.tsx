import { Alert, List, Stack, Text, Title } from '@mantine/core';
import type { DecisionPreview } from '../../domain/views/case-decision-view.ts';
import { useTexts } from '../language/use-language.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { tellAction, tellStatus, tellTier, tellName } from '../wording.ts';

/** Subjects that are listed by name; more of them say the same. */
const SUBJECTS_SHOWN = 6;

interface EffectPreviewProps {
  readonly preview: DecisionPreview | undefined;
  readonly fault: Error | null;
}

/** What a decision would bring about: items, points, tier, what is told to whom. */
export function EffectPreview({ preview, fault }: EffectPreviewProps) {
  const texts = useTexts(decidingTexts);
  if (fault !== null) {
    return (
      <Alert color="red" variant="outline" role="alert">
        {fault.message}
      </Alert>
    );
  }
  return (
    <section aria-label={texts.effects} aria-busy={preview === undefined} className="effects">
      <Title order={4} size="h6">
        {texts.effects}
      </Title>
      {preview === undefined ? <Text size="sm">{texts.effectsLoading} …</Text> : <Effects preview={preview} />}
    </section>
  );
}

function Effects({ preview }: { readonly preview: DecisionPreview }) {
  const texts = useTexts(decidingTexts);
  const { subjects, credit, statements, secondReview, warnings, undoSeconds } = preview;
  const moved = credit.filter(
    ({ before, after, points, strikes }) =>
      points + strikes > 0 || before.tier !== after.tier || before.score !== after.score,
  );
  return (
    <Stack gap={4}>
      {warnings.map((warning) => (
        <Text key={warning} size="sm" fw={600}>
          ⚠ {warning}
        </Text>
      ))}
      {secondReview !== undefined && (
        <Text size="sm" fw={600}>
          {texts.secondNeeded} {secondReview.why}
        </Text>
      )}
      <List size="sm">
        {subjects.slice(0, SUBJECTS_SHOWN).map((one) => (
          <List.Item key={`${one.kind}/${one.id}`}>
            {one.title === '' ? one.id : one.title}: {one.actions.map(tellAction).join(', ')}
            {one.statusAfter !== undefined && one.statusAfter !== one.statusBefore && (
              <b> ({texts.subjectMoves(tellStatus(one.statusBefore ?? '–'), tellStatus(one.statusAfter))})</b>
            )}
          </List.Item>
        ))}
        {subjects.length > SUBJECTS_SHOWN && <List.Item>+ {subjects.length - SUBJECTS_SHOWN}</List.Item>}
        {moved.map(({ sellerId, points, strikes, before, after }) => (
          <List.Item key={sellerId}>
            <span className="id">{sellerId}</span>: {points + strikes > 0 && `${texts.points(points, strikes)}. `}
            {texts.credit(`${before.score} (${tellTier(before.tier)})`, `${after.score} (${tellTier(after.tier)})`)}
          </List.Item>
        ))}
        {subjects.length + moved.length === 0 && <List.Item>{texts.effectsNone}</List.Item>}
      </List>
      {statements.length > 0 && (
        <details>
          <summary>{texts.statements(statements.length)}</summary>
          <StatementFields statement={statements[0]!} />
        </details>
      )}
      {undoSeconds > 0 && (
        <Text size="xs" c="dimmed">
          {texts.undoFor(undoSeconds)}
        </Text>
      )}
    </Stack>
  );
}

function StatementFields({ statement }: { readonly statement: DecisionPreview['statements'][number] }) {
  return (
    <dl className="fields">
      {Object.entries(statement).map(([name, value]) => (
        <div key={name}>
          <dt>{tellName(name)}</dt>
          <dd>{Array.isArray(value) ? value.join(', ') : String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
