import { Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SimilarCase } from '../../domain/views/search-view.ts';
import { AddressLink } from '../address-link.tsx';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { caseTexts } from '../texts/case-texts.ts';
import { tellAction, tellDay, tellReason, tellViolation } from '../wording.ts';

/** Past cases like this one and how they ended: like cases should end alike. */
export function SimilarCases({ caseId }: { readonly caseId: string }) {
  const texts = useTexts(caseTexts);
  const { data } = useQuery({
    queryKey: ['similar', caseId],
    queryFn: () => callApi<{ items: readonly SimilarCase[] }>(`/v1/cases/${encodeURIComponent(caseId)}/similar`),
    staleTime: 60_000,
    retry: false,
  });
  if (data === undefined) return null;
  return (
    <Card withBorder component="section" aria-label={texts.similar}>
      <Title order={3} size="h6" mb={4}>
        {texts.similar}
      </Title>
      {data.items.length === 0 && <Text size="xs">{texts.noSimilar}</Text>}
      <Stack gap={6}>
        {data.items.map(({ case: one, decision, inCommon }) => (
          <div key={one.id}>
            <Text size="xs">
              <AddressLink inherit page="/" to={{ case: one.id }}>
                {tellViolation(one.violationType)}
              </AddressLink>
              :{' '}
              <b>
                {decision === undefined
                  ? texts.undecided
                  : `${tellReason(decision.reason)}, ${decision.actions.map(tellAction).join(', ')}`}
              </b>{' '}
              {decision !== undefined && `(${tellDay(decision.decidedAt)}, ${decision.decidedByName})`}
            </Text>
            <Text size="xs" c="dimmed">
              {inCommon.map((one) => texts.inCommon[one]).join(' · ')}
            </Text>
          </div>
        ))}
      </Stack>
    </Card>
  );
}
