import { Badge, Card, Group, List, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CreditReport } from '../domain/credit.ts';
import type { SellerView } from '../domain/views/subject-view.ts';
import { AddressLink } from './address-link.tsx';
import { callApi } from './api.ts';
import { tellCreditLine } from './credit-why.ts';
import { useTexts } from './language/use-language.ts';
import { sellerTexts } from './texts/seller-texts.ts';
import { tellCode, tellDay, tellSigned, tellTier } from './wording.ts';

/** Lines that a card has room for. */
const LINES_SHOWN = 4;

/** The credit of a seller, explained; `asOf`: the end of a past day, absent: now. */
export const creditQuery = (sellerId: string, asOf?: string) => ({
  queryKey: ['credit', sellerId, asOf],
  queryFn: () =>
    callApi<CreditReport>(
      `/v1/sellers/${encodeURIComponent(sellerId)}/credit${asOf === undefined ? '' : `?as_of=${asOf}T23:59:59Z`}`,
    ),
});

/** Who sells: standing, credit and what makes it, open cases. */
export function SellerCard({ view }: { readonly view: SellerView }) {
  const texts = useTexts(sellerTexts);
  const { seller, listings, openCases } = view;
  const credit = useQuery(creditQuery(seller.id));
  const offers = Object.values(listings).reduce((sum: number, count) => sum + (count ?? 0), 0);
  return (
    <Card withBorder component="section" aria-label={texts.seller}>
      <Group justify="space-between" align="flex-start" gap={4}>
        <Title order={3} size="h5">
          <AddressLink inherit page="/" to={{ seller: seller.id }}>
            {seller.storeName}
          </AddressLink>
        </Title>
        {credit.data !== undefined && (
          <Badge size="lg" variant="default" tt="none">
            {credit.data.score} · {tellTier(credit.data.tier)}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        <span className="id">{seller.id}</span> · {seller.country ?? texts.unknown} ·{' '}
        {texts.since(tellDay(seller.registeredAt))} · {texts.kyb} {tellCode(seller.kyb)} · {texts.offers(offers)} ·{' '}
        {texts.caseCount(openCases)}
      </Text>
      {credit.error !== null && <Text size="xs">{credit.error.message}</Text>}
      {credit.data !== undefined && (
        <List size="xs" mt={6} spacing={2}>
          {credit.data.lines.slice(0, LINES_SHOWN).map((line) => (
            <List.Item key={line.why}>
              {line.deltaScore !== undefined && <b>{tellSigned(line.deltaScore)} </b>}
              {tellCreditLine(line)}
            </List.Item>
          ))}
        </List>
      )}
      <Text size="xs" mt={6}>
        <AddressLink inherit page="/" to={{ seller: seller.id }}>
          {texts.inFull}
        </AddressLink>
      </Text>
    </Card>
  );
}
