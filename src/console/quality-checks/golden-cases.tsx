import { Alert, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { GoldenView } from '../../domain/views/quality-view.ts';
import { AddressLink } from '../address-link.tsx';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { qualityTexts } from '../texts/quality-texts.ts';
import { tellJudgement } from './judgement-fields.tsx';

/** Cases whose right answer is known, as leads keep them. */
export const goldenQuery = {
  queryKey: ['golden-cases'],
  queryFn: () => callApi<{ items: readonly GoldenView[] }>('/v1/quality/golden'),
};

/** Cases whose right answer is known, how often it was given, and taking one out of use. */
export function GoldenCases() {
  const texts = useTexts(qualityTexts);
  const client = useQueryClient();
  const { data, error } = useQuery(goldenQuery);
  const remove = useMutation({
    mutationFn: (id: string) => callApi(`/v1/quality/golden/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: goldenQuery.queryKey }),
  });
  const fault = error ?? remove.error;
  return (
    <Card withBorder component="section" aria-label={texts.golden}>
      <Title order={3} size="h5" mb={4}>
        {texts.golden}
      </Title>
      <Text size="sm" c="dimmed" maw={720}>
        {texts.goldenHint}
      </Text>
      {fault !== null && (
        <Alert color="red" variant="outline" role="alert" mt="xs">
          {fault.message}
        </Alert>
      )}
      <Stack gap="sm" mt="xs">
        {data?.items.map(({ id, caseId, expected, why, looks, correct }) => (
          <div key={id}>
            <Text size="sm">{tellJudgement(expected)}</Text>
            <Text size="sm">“{why}”</Text>
            <Group gap="xs" mt={4}>
              <Text size="sm" c="dimmed">
                {looks === 0 ? texts.goldenNone : texts.goldenRight(correct, looks)}
              </Text>
              <AddressLink page="/" to={{ case: caseId }} size="sm">
                {texts.openCase}
              </AddressLink>
              <Button
                size="compact-sm"
                variant="default"
                loading={remove.isPending && remove.variables === id}
                onClick={() => remove.mutate(id)}
              >
                {texts.goldenRemove}
              </Button>
            </Group>
          </div>
        ))}
      </Stack>
    </Card>
  );
}
