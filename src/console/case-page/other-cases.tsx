import { Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { AddressLink } from '../address-link.tsx';
import { tellSummary } from '../evidence/tell-evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { caseTexts } from '../texts/case-texts.ts';
import { tellViolation } from '../wording.ts';
import { casesOfSellerQuery } from '../work-list/read-cases.ts';

/** What else is open about the seller: one look may settle several. */
export function OtherCases({ sellerId, caseId }: { readonly sellerId: string; readonly caseId: string }) {
  const texts = useTexts(caseTexts);
  const { data } = useQuery(casesOfSellerQuery(sellerId));
  const others = data?.items.filter(({ id }) => id !== caseId) ?? [];
  if (others.length === 0) return null;
  return (
    <Card withBorder component="section" aria-label={texts.others}>
      <Title order={3} size="h6" mb={4}>
        {texts.others}
      </Title>
      <Stack gap={6}>
        {others.map((one) => (
          <Text size="xs" key={one.id}>
            <AddressLink inherit page="/" to={{ case: one.id }}>
              {tellViolation(one.violationType)}
            </AddressLink>{' '}
            ({one.severity}): {tellSummary(one)}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}
