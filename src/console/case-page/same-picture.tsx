import { Button, Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { AddressLink } from '../address-link.tsx';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { caseTexts } from '../texts/case-texts.ts';
import { goTo, pageAddress } from '../use-address.ts';
import { usePerson } from '../use-person.ts';
import { tellViolation } from '../wording.ts';
import type { CasePage } from '../work-list/read-cases.ts';

/** Other sellers who show the same picture: cases of their own, decided in one go. */
export function SamePicture({ caseId }: { readonly caseId: string }) {
  const texts = useTexts(caseTexts);
  const { may } = usePerson();
  const { data } = useQuery({
    queryKey: ['same-picture', caseId],
    queryFn: () => callApi<CasePage>(`/v1/cases/${encodeURIComponent(caseId)}/same-picture`),
    staleTime: 60_000,
  });
  if (data === undefined || data.items.length === 0) return null;
  const all = [caseId, ...data.items.map(({ id }) => id)];
  return (
    <Card withBorder component="section" aria-label={texts.samePicture}>
      <Title order={3} size="h6" mb={4}>
        {texts.samePicture}
      </Title>
      <Stack gap={6} align="flex-start">
        {data.items.map((one) => (
          <Text size="xs" key={one.id}>
            <AddressLink inherit page="/" to={{ case: one.id }}>
              {one.sellerId ?? one.subject.id}
            </AddressLink>{' '}
            ({one.severity}): {tellViolation(one.violationType)}
          </Text>
        ))}
        {may('cases:decide') && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => goTo(pageAddress('/bulk', { cases: all.join(',') }))}
          >
            {texts.decideTogether(all.length)}
          </Button>
        )}
      </Stack>
    </Card>
  );
}
