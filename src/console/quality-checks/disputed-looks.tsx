import { Alert, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DisputedLook } from '../../domain/views/quality-view.ts';
import { AddressLink } from '../address-link.tsx';
import { callApi, postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { qualityTexts } from '../texts/quality-texts.ts';
import { tellTime } from '../wording.ts';
import { tellJudgement } from './judgement-fields.tsx';

/** Looks whose two judgements differ: a lead says which holds. */
export function DisputedLooks() {
  const texts = useTexts(qualityTexts);
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['disputed-looks'],
    queryFn: () => callApi<{ items: readonly DisputedLook[] }>('/v1/quality/disputed'),
  });
  const settle = useMutation({
    mutationFn: ({ id, holds }: { id: string; holds: 'FIRST' | 'SECOND' }) =>
      postJson(`/v1/quality/${encodeURIComponent(id)}/settle`, { holds, note: '' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['disputed-looks'] }),
  });
  return (
    <Card withBorder component="section" aria-label={texts.disputed}>
      <Title order={3} size="h5" mb={4}>
        {texts.disputed}
      </Title>
      {settle.error !== null && (
        <Alert color="red" variant="outline" role="alert">
          {settle.error.message}
        </Alert>
      )}
      {data?.items.length === 0 && <Text size="sm">{texts.disputedNone}</Text>}
      <Stack gap="sm">
        {data?.items.map((look) => (
          <div key={look.id}>
            <Text size="sm">
              {texts.first} ({texts.by(look.firstBy)}): {tellJudgement(look.first)}
            </Text>
            <Text size="sm">
              {texts.second} ({texts.by(look.secondBy)}, {tellTime(look.at)}): {tellJudgement(look.second)}
            </Text>
            {look.note !== '' && <Text size="sm">“{look.note}”</Text>}
            <Group gap="xs" mt={4}>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => settle.mutate({ id: look.id, holds: 'FIRST' })}
              >
                {texts.holds(texts.first)}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => settle.mutate({ id: look.id, holds: 'SECOND' })}
              >
                {texts.holds(texts.second)}
              </Button>
              <AddressLink page="/" to={{ case: look.caseId }} size="sm">
                {texts.openCase}
              </AddressLink>
            </Group>
          </div>
        ))}
      </Stack>
    </Card>
  );
}
