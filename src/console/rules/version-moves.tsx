import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RulesetView } from '../../domain/views/rules-view.ts';
import { postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { mayAny, sessionQuery } from '../session.ts';
import { rulesTexts } from './rules-texts.ts';

type Move = 'shadow' | 'publish' | 'retire' | 'rollback';

/** The moves that a state allows, the most likely one first. */
const MOVES: Readonly<Record<RulesetView['state'], readonly Move[]>> = {
  DRAFT: ['retire'],
  CHECKED: ['retire'],
  BACKTESTED: ['shadow', 'publish', 'retire'],
  SHADOW: ['publish', 'retire'],
  PUBLISHED: [],
  RETIRED: ['rollback'],
};

/** Buttons for what may happen next to a version; each asks once more and says what it brings about. */
export function VersionMoves({
  version,
  onMoved,
}: {
  readonly version: RulesetView;
  readonly onMoved: (next: RulesetView) => void;
}) {
  const texts = useTexts(rulesTexts);
  const session = useQuery(sessionQuery);
  const [asked, setAsked] = useState<Move>();
  const [note, setNote] = useState('');
  const move = useMutation({
    mutationFn: (wanted: Move) =>
      wanted === 'rollback'
        ? postJson<RulesetView>('/v1/rulesets/rollback', { digest: version.digest, note })
        : postJson<RulesetView>(`/v1/rulesets/${version.digest}/${wanted}`, { note }),
    onSuccess: (next) => {
      setAsked(undefined);
      setNote('');
      onMoved(next);
    },
  });
  const person = session.data;
  if (person === undefined || !mayAny(person, ['ruleset:publish'])) return null;
  const isAuthor = person.id === version.author.id;
  const moves = MOVES[version.state].filter((one) => one !== 'rollback' || version.wasPublished);
  return (
    <Stack gap={4} align="flex-end">
      <Group gap="xs">
        {moves.map((one) => (
          <Button
            key={one}
            variant={one === 'publish' || one === 'rollback' ? 'filled' : 'default'}
            disabled={one === 'publish' && isAuthor}
            onClick={() => {
              move.reset();
              setAsked(one);
            }}
          >
            {texts.actions[one]}
          </Button>
        ))}
      </Group>
      {isAuthor && moves.includes('publish') && (
        <Text size="sm" c="dimmed">
          {texts.secondPerson}
        </Text>
      )}
      <Modal
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked === undefined ? '' : texts.actions[asked]}
      >
        <Stack>
          <Text>{asked === undefined ? '' : texts.confirm[asked]}</Text>
          <Textarea label={texts.noteLabel} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {move.error !== null && (
            <Alert color="red" variant="outline">
              {move.error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsked(undefined)}>
              {texts.no}
            </Button>
            <Button loading={move.isPending} onClick={() => asked !== undefined && move.mutate(asked)}>
              {texts.yes}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
