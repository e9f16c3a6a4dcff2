import { Alert, Button, Group, List, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkAnswer } from '../../domain/views/bulk-view.ts';
import { postJson } from '../api.ts';
import { EntityLink } from '../finder/entity-link.tsx';
import { useTexts } from '../language/use-language.ts';
import { bulkTexts } from '../texts/bulk-texts.ts';
import { useKeys } from '../use-keys.ts';
import { useNow } from '../use-now.ts';

/** What became of a bulk decision, and the step that takes all of it back. */
export function BulkOutcome({ answer }: { readonly answer: BulkAnswer }) {
  const texts = useTexts(bulkTexts);
  const client = useQueryClient();
  const nowMs = useNow(500);
  const [since] = useState(() => Date.now());
  const undo = useMutation({
    mutationFn: () => postJson<{ undone: number }>('/v1/cases/bulk/undo', { bulkId: answer.bulkId }),
    // Lists are read anew: much of them has changed.
    onSuccess: () => client.removeQueries({ queryKey: ['cases'] }),
  });
  const untilMs = Math.max(Date.parse(answer.undoUntil), since);
  const seconds = Math.ceil((untilMs - nowMs) / 1_000);
  const canUndo = seconds > 0 && undo.data === undefined;
  useKeys(canUndo ? [{ keys: ['u'], does: texts.undo(seconds), run: () => undo.mutate() }] : []);
  const refused = answer.results.filter(({ status }) => status === 'REFUSED');
  return (
    <Alert color="teal" variant="outline" role="status">
      <Group>
        <Text>
          {undo.data === undefined ? texts.done(answer.decided, answer.proposed) : texts.undone(undo.data.undone)}
        </Text>
        {canUndo && (
          <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
            {texts.undo(seconds)}
          </Button>
        )}
      </Group>
      {undo.error !== null && <Text size="sm">{undo.error.message}</Text>}
      {refused.length > 0 && (
        <>
          <Text size="sm" mt="xs">
            {texts.refused(refused.length)}
          </Text>
          <List size="sm">
            {refused.map(({ caseId, why }) => (
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
    </Alert>
  );
}
