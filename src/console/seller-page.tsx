import {
  Alert,
  Button,
  Card,
  Group,
  Progress,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CreditReport } from '../domain/credit.ts';
import type { SellerView } from '../domain/views/subject-view.ts';
import { AddressLink } from './address-link.tsx';
import { callApi } from './api.ts';
import { CreditTables } from './credit-tables.tsx';
import type { SellerAppealView } from '../domain/views/appeal-view.ts';
import { EligibilityList } from './eligibility-list.tsx';
import { tellSummary } from './evidence/tell-evidence.ts';
import { casesOfSellerQuery } from './work-list/read-cases.ts';
import { creditQuery } from './seller-card.tsx';
import { useTexts } from './language/use-language.ts';
import { AppealList } from './seller-appeals/appeal-list.tsx';
import { appealTexts } from './texts/appeal-texts.ts';
import { sellerTexts } from './texts/seller-texts.ts';
import { goTo, pageAddress, useAddress } from './use-address.ts';
import { useKeys } from './use-keys.ts';
import { tellCode, tellDay, tellStatus, tellTier, tellTime, tellViolation } from './wording.ts';

/** A seller: credit at a moment, everything that makes it, what it allows, and the open cases. */
export function SellerPage() {
  const texts = useTexts(sellerTexts);
  const [sellerId = ''] = useAddress('seller');
  const [asOf, setAsOf] = useAddress('asOf');
  const path = `/v1/sellers/${encodeURIComponent(sellerId)}`;
  const seller = useQuery({ queryKey: ['seller', sellerId], queryFn: () => callApi<SellerView>(path) });
  const credit = useQuery(creditQuery(sellerId, asOf));
  const leave = (): void => goTo(pageAddress('/'));
  useKeys([{ keys: ['Escape'], does: texts.back.replace('← ', ''), run: leave }]);
  const fault = seller.error ?? credit.error;
  return (
    <div className="reading-page">
      <Stack maw={1080} mx="auto">
        <Group justify="space-between" align="flex-end">
          <Button variant="subtle" px={0} onClick={leave}>
            {texts.back}
          </Button>
          <Group gap="xs" align="flex-end">
            <TextInput
              type="date"
              label={texts.asOf}
              value={asOf ?? ''}
              max={new Date().toISOString().slice(0, 10)}
              onChange={(event) => setAsOf(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
            />
            <Button variant="default" disabled={asOf === undefined} onClick={() => setAsOf(undefined)}>
              {texts.now}
            </Button>
          </Group>
        </Group>
        {fault !== null && (
          <Alert color="red" variant="outline" title={texts.broken}>
            <Stack gap="xs" align="flex-start">
              {fault.message}
              <Button
                size="xs"
                onClick={() => {
                  void seller.refetch();
                  void credit.refetch();
                }}
              >
                {texts.again}
              </Button>
            </Stack>
          </Alert>
        )}
        {seller.data !== undefined && <SellerHead view={seller.data} />}
        {credit.data !== undefined && <Credit report={credit.data} />}
        {credit.isPending && <Skeleton height={240} role="status" aria-label={texts.loading} />}
        <OpenCases sellerId={sellerId} />
        <Appeals sellerId={sellerId} />
        <AddressLink page="/entity" to={{ kind: 'SELLER', id: sellerId }}>
          {texts.history}
        </AddressLink>
      </Stack>
    </div>
  );
}

function SellerHead({ view }: { readonly view: SellerView }) {
  const texts = useTexts(sellerTexts);
  const { seller, listings } = view;
  const counts = Object.entries(listings).filter(([, count]) => (count ?? 0) > 0);
  return (
    <header>
      <Title order={2}>{seller.storeName}</Title>
      <Text c="dimmed" size="sm">
        <span className="id">{seller.id}</span> · {texts.legal} <span className="id">{seller.legalId}</span> ·{' '}
        {seller.country ?? texts.unknown} · {texts.since(tellDay(seller.registeredAt))} · {texts.kyb}{' '}
        {tellCode(seller.kyb)}
      </Text>
      {counts.length > 0 && (
        <Text c="dimmed" size="sm">
          {texts.listings}: {counts.map(([name, count]) => `${count} ${tellStatus(name)}`).join(', ')}
        </Text>
      )}
    </header>
  );
}

function Credit({ report }: { readonly report: CreditReport }) {
  const texts = useTexts(sellerTexts);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Card withBorder component="section" aria-label={texts.credit}>
          <Title order={3} size="h5">
            {texts.credit}
          </Title>
          <Group gap="xs" align="baseline">
            <Text fz={40} fw={700} lh={1.1}>
              {report.score}
            </Text>
            <Text c="dimmed">{texts.of}</Text>
            <Text fw={600}>{tellTier(report.tier)}</Text>
          </Group>
          <Progress value={report.score / 10} size="lg" aria-label={texts.credit} />
          {report.tierNow !== report.tier && <Text size="sm">{texts.waits(tellTier(report.tierNow))}</Text>}
          <Text size="xs" c="dimmed">
            {texts.asOfTime(tellTime(report.asOfMs))}
          </Text>
        </Card>
        <Card withBorder component="section" aria-label={texts.may}>
          <Title order={3} size="h5">
            {texts.may}
          </Title>
          <EligibilityList eligibility={report.eligibility} />
        </Card>
      </SimpleGrid>
      <CreditTables report={report} />
    </>
  );
}

function OpenCases({ sellerId }: { readonly sellerId: string }) {
  const texts = useTexts(sellerTexts);
  const { data } = useQuery(casesOfSellerQuery(sellerId));
  return (
    <Card withBorder component="section" aria-label={texts.openCases}>
      <Title order={3} size="h5" mb={4}>
        {texts.openCases}
      </Title>
      {data?.items.length === 0 && <Text size="sm">{texts.noCases}</Text>}
      {data?.items.map((one) => (
        <Text size="sm" key={one.id}>
          <AddressLink inherit page="/" to={{ case: one.id }}>
            {tellViolation(one.violationType)}
          </AddressLink>{' '}
          ({one.severity}): {tellSummary(one)}
        </Text>
      ))}
    </Card>
  );
}

/** What the seller appealed against, and what became of it. */
function Appeals({ sellerId }: { readonly sellerId: string }) {
  const texts = useTexts(appealTexts);
  const { data } = useQuery({
    queryKey: ['seller-appeals', sellerId],
    queryFn: () =>
      callApi<{ items: readonly SellerAppealView[] }>(`/v1/sellers/${encodeURIComponent(sellerId)}/appeals`),
  });
  if (data === undefined) return null;
  return <AppealList items={data.items} empty={<Text size="sm">{texts.none}</Text>} />;
}
