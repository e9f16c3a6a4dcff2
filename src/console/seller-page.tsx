import {
  Alert,
  AppShell,
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
import { EligibilityList } from './eligibility-list.tsx';
import type { CasePage } from './flagged-page.tsx';
import { creditQuery } from './seller-card.tsx';
import { changeAddress, useAddress } from './use-address.ts';
import { useKeys } from './use-keys.ts';
import { tellDay, tellName, tellTier, tellTime, tellViolation } from './wording.ts';

const TEXTS = {
  back: '← All flagged items',
  asOf: 'As of the end of',
  now: 'Now',
  broken: 'The seller could not be read',
  again: 'Try again',
  loading: 'Loading the seller',
  unknown: 'country unknown',
  since: 'registered',
  kyb: 'business check',
  legal: 'legal entity',
  credit: 'Credit',
  of: 'of 1,000',
  waits: (tier: string) => `The figures alone would make it ${tier}; a rise waits seven days.`,
  may: 'What the seller may do',
  cases: 'Open cases',
  noCases: 'No case is open.',
  listings: 'Listings',
  asOfTime: (asOf: string) => `As of ${asOf}`,
} as const;

/** A seller: credit at a moment, everything that makes it, what it allows, and the open cases. */
export function SellerPage({ sellerId }: { readonly sellerId: string }) {
  const [asOf, setAsOf] = useAddress('asOf');
  const path = `/v1/sellers/${encodeURIComponent(sellerId)}`;
  const seller = useQuery({ queryKey: ['seller', sellerId], queryFn: () => callApi<SellerView>(path) });
  const credit = useQuery(creditQuery(sellerId, asOf));
  const leave = (): void => changeAddress({ seller: undefined, asOf: undefined });
  useKeys({ Escape: leave });
  const fault = seller.error ?? credit.error;
  return (
    <AppShell.Main className="seller-page" id="content">
      <Stack maw={1080} mx="auto" p="md">
        <Group justify="space-between" align="flex-end">
          <Button variant="subtle" px={0} onClick={leave}>
            {TEXTS.back}
          </Button>
          <Group gap="xs" align="flex-end">
            <TextInput
              type="date"
              label={TEXTS.asOf}
              value={asOf ?? ''}
              max={new Date().toISOString().slice(0, 10)}
              onChange={(event) => setAsOf(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
            />
            <Button variant="default" disabled={asOf === undefined} onClick={() => setAsOf(undefined)}>
              {TEXTS.now}
            </Button>
          </Group>
        </Group>
        {fault !== null && (
          <Alert color="red" variant="outline" title={TEXTS.broken}>
            <Stack gap="xs" align="flex-start">
              {fault.message}
              <Button
                size="xs"
                onClick={() => {
                  void seller.refetch();
                  void credit.refetch();
                }}
              >
                {TEXTS.again}
              </Button>
            </Stack>
          </Alert>
        )}
        {seller.data !== undefined && <SellerHead view={seller.data} />}
        {credit.data !== undefined && <Credit report={credit.data} />}
        {credit.isPending && <Skeleton height={240} role="status" aria-label={TEXTS.loading} />}
        <OpenCases sellerId={sellerId} />
      </Stack>
    </AppShell.Main>
  );
}

function SellerHead({ view }: { readonly view: SellerView }) {
  const { seller, listings } = view;
  const counts = Object.entries(listings).filter(([, count]) => (count ?? 0) > 0);
  return (
    <header>
      <Title order={2}>{seller.storeName}</Title>
      <Text c="dimmed" size="sm">
        <span className="id">{seller.id}</span> · {TEXTS.legal} <span className="id">{seller.legalId}</span> ·{' '}
        {seller.country ?? TEXTS.unknown} · {TEXTS.since} {tellDay(seller.registeredAt)} · {TEXTS.kyb}{' '}
        {tellName(seller.kyb)}
      </Text>
      {counts.length > 0 && (
        <Text c="dimmed" size="sm">
          {TEXTS.listings}: {counts.map(([name, count]) => `${count} ${tellName(name)}`).join(', ')}
        </Text>
      )}
    </header>
  );
}

function Credit({ report }: { readonly report: CreditReport }) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Card withBorder component="section" aria-label={TEXTS.credit}>
          <Title order={3} size="h5">
            {TEXTS.credit}
          </Title>
          <Group gap="xs" align="baseline">
            <Text fz={40} fw={700} lh={1.1}>
              {report.score}
            </Text>
            <Text c="dimmed">{TEXTS.of}</Text>
            <Text fw={600}>{tellTier(report.tier)}</Text>
          </Group>
          <Progress value={report.score / 10} size="lg" aria-label={TEXTS.credit} />
          {report.tierNow !== report.tier && <Text size="sm">{TEXTS.waits(tellTier(report.tierNow))}</Text>}
          <Text size="xs" c="dimmed">
            {TEXTS.asOfTime(tellTime(report.asOfMs))}
          </Text>
        </Card>
        <Card withBorder component="section" aria-label={TEXTS.may}>
          <Title order={3} size="h5">
            {TEXTS.may}
          </Title>
          <EligibilityList eligibility={report.eligibility} />
        </Card>
      </SimpleGrid>
      <CreditTables report={report} />
    </>
  );
}

function OpenCases({ sellerId }: { readonly sellerId: string }) {
  const { data } = useQuery({
    queryKey: ['cases-of-seller', sellerId],
    queryFn: () => callApi<CasePage>(`/v1/cases?limit=20&sellerId=${encodeURIComponent(sellerId)}`),
  });
  return (
    <Card withBorder component="section" aria-label={TEXTS.cases}>
      <Title order={3} size="h5" mb={4}>
        {TEXTS.cases}
      </Title>
      {data?.items.length === 0 && <Text size="sm">{TEXTS.noCases}</Text>}
      {data?.items.map((one) => (
        <Text size="sm" key={one.id}>
          <AddressLink inherit to={{ seller: undefined, asOf: undefined, case: one.id }}>
            {tellViolation(one.violationType)}
          </AddressLink>{' '}
          ({one.severity}): {one.summary}
        </Text>
      ))}
    </Card>
  );
}
