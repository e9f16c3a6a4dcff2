import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MacroView } from '../../domain/views/case-decision-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { macroTexts } from '../texts/macro-texts.ts';
import { usePerson } from '../use-person.ts';

interface TidyMacrosProps {
  readonly macros: readonly MacroView[];
  readonly onClose: () => void;
}

/** Throws macros away, each after a second press; shared ones are a lead's to throw away. */
export function TidyMacros({ macros, onClose }: TidyMacrosProps) {
  const texts = useTexts(macroTexts);
  const client = useQueryClient();
  const { person, may } = usePerson();
  const [askedId, setAskedId] = useState<string>();
  const discard = useMutation({
    mutationFn: (id: string) => callApi(`/v1/macros/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => {
      setAskedId(undefined);
      return client.invalidateQueries({ queryKey: ['macros'] });
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.tidy}
      closeButtonProps={{ 'aria-label': texts.close }}
      transitionProps={{ duration: 0 }}
    >
      <Stack gap="xs">
        {discard.error !== null && (
          <Alert color="red" variant="outline" role="alert">
            {discard.error.message}
          </Alert>
        )}
        {macros.length === 0 && <Text size="sm">{texts.none}</Text>}
        {macros.map(({ id, title, ownerId, isShared }) => (
          <Group key={id} justify="space-between" wrap="nowrap">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {title} {isShared && <i>({texts.shared})</i>}
            </Text>
            {askedId === id ? (
              <Group gap={4} wrap="nowrap">
                <Button size="compact-xs" color="red.9" loading={discard.isPending} onClick={() => discard.mutate(id)}>
                  {texts.discardSure}
                </Button>
                <Button size="compact-xs" variant="default" onClick={() => setAskedId(undefined)}>
                  {texts.keepIt}
                </Button>
              </Group>
            ) : (
              (ownerId === person.id || may('cases:lead')) && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`${texts.discard}: ${title}`}
                  onClick={() => setAskedId(id)}
                >
                  {texts.discard}
                </Button>
              )
            )}
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
